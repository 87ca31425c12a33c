"""Article and source in, named numbers and evidence out."""

from copydesk.features.compare.comparison import Comparison, compare, with_style
from copydesk.features.evidence import Derivation, collect_evidence
from copydesk.features.measure.feature import Feature
from copydesk.features.pair_reader import PairReader
from copydesk.features.read.document import Document, read_document
from copydesk.features.read.encoder import Encoder, load_encoder
from copydesk.features.read.style import StyleModel
from copydesk.features.registry import (
    FEATURE_NAMES,
    FEATURES,
    NEEDS_SOURCE,
    extract_features,
)

__all__ = [
    "FEATURES",
    "FEATURE_NAMES",
    "NEEDS_SOURCE",
    "Comparison",
    "Derivation",
    "Document",
    "Encoder",
    "Feature",
    "PairReader",
    "StyleModel",
    "collect_evidence",
    "compare",
    "extract_features",
    "load_encoder",
    "read_document",
    "with_style",
]
