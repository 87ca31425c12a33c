"""What features are about, in the words of an editor: the account is added up by topic."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from copydesk.features import FEATURES, Feature
from copydesk.predict.reasons.contributions import CREDIT


class Topic(StrEnum):
    """What a group of features is about; the value reads after "how its" or "its"."""

    QUOTES = "quotations"
    NAMES = "names"
    NUMBERS = "numbers"
    RARE_WORDS = "uncommon words"
    VERBATIM = "verbatim runs"
    SENTENCES = "sentences in common"
    REWORDING = "rewording"
    ORDER = "order"
    LENGTH = "length"
    ODDITIES = "odd phrases"
    STYLE = "style"
    WORD_FIT = "choice of words"
    VOICE = "voice"
    CREDITS = "credits"
    REPETITION = "repetitions"


_OF_GROUP = {
    "drift": Topic.REWORDING,
    "reuse": Topic.VERBATIM,
    "rewording": Topic.REWORDING,
    "quotes": Topic.QUOTES,
    "names": Topic.NAMES,
    "numbers": Topic.NUMBERS,
    "oddities": Topic.ODDITIES,
    "relative_oddities": Topic.ODDITIES,
    "structure": Topic.LENGTH,
    "style": Topic.STYLE,
    "voice": Topic.VOICE,
    "word_fit": Topic.WORD_FIT,
}
# What of a group is about something else than the rest of it, by how the name begins.
_OTHERWISE = {
    "order_tau": Topic.ORDER,
    "fact_order": Topic.ORDER,
    "aligned_share": Topic.SENTENCES,
    "source_coverage": Topic.SENTENCES,
    "own_share": Topic.SENTENCES,
    "document_similarity": Topic.SENTENCES,
    "reporting_share": Topic.SENTENCES,
    "padding_share": Topic.SENTENCES,
    "quoted_drift": Topic.QUOTES,
    "quote_gap": Topic.QUOTES,
    "containment_3_inside_quotes": Topic.QUOTES,
    "changed_names": Topic.NAMES,
    "transliterated_names": Topic.NAMES,
    "rare_words": Topic.RARE_WORDS,
    "source_rare_words": Topic.RARE_WORDS,
    "new_rare_words": Topic.RARE_WORDS,
    "content_containment": Topic.RARE_WORDS,
    "source_content_containment": Topic.RARE_WORDS,
    "tightened_share": Topic.REWORDING,
    "reworded_share": Topic.REWORDING,
    "stem_gain": Topic.REWORDING,
    "deleted_rate": Topic.REWORDING,
    "inserted_rate": Topic.REWORDING,
    "substituted_rate": Topic.REWORDING,
    "synonym_rate": Topic.REWORDING,
    "changed_style": Topic.STYLE,
    "changed_run_share": Topic.VERBATIM,
    "republication": Topic.CREDITS,
    "credit_line": Topic.CREDITS,
    "dateline": Topic.CREDITS,
    "agency": Topic.CREDITS,
    "repeated_share": Topic.REPETITION,
}


def topic_of(feature: Feature) -> Topic:
    """Say what a feature is about.

    Examples
    --------
    >>> from copydesk.features import FEATURES
    >>> topic_of(next(feature for feature in FEATURES if feature.name == "quotes_altered")).value
    'quotations'
    """
    for beginning, topic in _OTHERWISE.items():
        if feature.name.startswith(beginning):
            return topic
    return _OF_GROUP[feature.group]


_TOPICS: Mapping[str, Topic] = {
    CREDIT: Topic.CREDITS,
    **{feature.name: topic_of(feature) for feature in FEATURES},
}


def add_up(contributions: Mapping[str, float]) -> dict[Topic, float]:
    """Add contributions up by topic, the weightiest first.

    Parameters
    ----------
    contributions : mapping of str to float
        Log-odds by feature.

    Examples
    --------
    >>> add_up({"quotes_altered": 1.5, "quotes_new": -0.5, "name_share": -2.0})
    {<Topic.NAMES: 'names'>: -2.0, <Topic.QUOTES: 'quotations'>: 1.0}
    """
    sums: dict[Topic, float] = {}
    for name, added in contributions.items():
        topic = _TOPICS[name]
        sums[topic] = sums.get(topic, 0.0) + added
    return dict(sorted(sums.items(), key=lambda item: -abs(item[1])))
