"""The shape of the text and what it says of its way to the reader."""

from __future__ import annotations

from collections import Counter

import numpy as np

from copydesk.features.compare.comparison import Comparison
from copydesk.features.measure.feature import INFINITY, Feature, shares
from copydesk.features.read.credits import CreditKind
from copydesk.features.read.document import Document
from copydesk.features.stats import ratio

_GROUP = "structure"
FEATURES: tuple[Feature, ...] = (
    Feature(
        "length_ratio", _GROUP, "log ratio", -INFINITY, INFINITY, True, "words, log article/source"
    ),
    Feature("sentence_words", _GROUP, "log words", 0, INFINITY, False, "mean sentence length"),
    Feature(
        "sentence_words_spread",
        _GROUP,
        "ratio",
        0,
        INFINITY,
        False,
        "its standard deviation over the mean",
    ),
    Feature(
        "sentence_words_gain",
        _GROUP,
        "log ratio",
        -INFINITY,
        INFINITY,
        True,
        "sentence length, log article/source",
    ),
    Feature(
        "republication",
        _GROUP,
        "log count",
        0,
        INFINITY,
        False,
        "credits that only somebody else's copy bears",
    ),
    Feature("credit_line", _GROUP, "log count", 0, INFINITY, False, "bylines and copyright lines"),
    Feature("dateline", _GROUP, "log count", 0, INFINITY, False, "datelines"),
    Feature("agency", _GROUP, "log count", 0, INFINITY, False, "agencies named as the origin"),
    *shares(_GROUP, False, {"repeated_share": "body that stands there a second time"}),
)
# What a credit means, by the row that counts it; a mention credits nothing.
_COUNTED = {
    "republication": (CreditKind.REPUBLICATION, CreditKind.CONTRIBUTION),
    "credit_line": (CreditKind.BYLINE, CreditKind.CREDIT_LINE),
    "dateline": (CreditKind.DATELINE,),
    "agency": (CreditKind.AGENCY, CreditKind.TOLD_AGENCY),
}


def measure(comparison: Comparison) -> dict[str, float]:
    """Measure the features of group structure; length itself would teach a model its data sets."""
    article, pair = comparison.article, comparison.with_source
    lengths = np.array([sentence.n_tokens for sentence in article.sentences], float)
    if not len(lengths):
        return {}
    n_repeated = sum(end - start for start, end in article.repeated)
    n_kept = sum(sentence.end - sentence.start for sentence in article.sentences)
    kinds = Counter(credit.kind for credit in article.credits)
    values = {
        **{
            row: float(np.log1p(sum(kinds[kind] for kind in counted)))
            for row, counted in _COUNTED.items()
        },
        "sentence_words": _log_sentence_words(article),
        "sentence_words_spread": ratio(float(lengths.std()), float(lengths.mean())),
        "repeated_share": ratio(n_repeated, n_repeated + n_kept),
    }
    if pair is None or not pair.source.words:
        return values
    return values | {
        "length_ratio": float(np.log(len(article.words) / len(pair.source.words))),
        "sentence_words_gain": _log_sentence_words(article) - _log_sentence_words(pair.source),
    }


def _log_sentence_words(document: Document) -> float:
    return float(np.log(len(document.words) / len(document.sentences)))
