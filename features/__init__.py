"""Article and source in, named numbers and evidence out."""

from copydesk.features.comparison import Comparison, compare
from copydesk.features.document import Document, read_document
from copydesk.features.encoder import Encoder, load_encoder
from copydesk.features.evidence import collect_evidence
from copydesk.features.registry import (
    FEATURE_NAMES,
    FEATURES,
    NEEDS_SOURCE,
    Feature,
    extract_features,
)
from copydesk.features.style import StyleModel

__all__ = [
    "FEATURES",
    "FEATURE_NAMES",
    "NEEDS_SOURCE",
    "Comparison",
    "Document",
    "Encoder",
    "Feature",
    "StyleModel",
    "collect_evidence",
    "compare",
    "extract_features",
    "load_encoder",
    "read_document",
]
