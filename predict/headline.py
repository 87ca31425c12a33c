"""A verdict in words: what it is, how sure that is, and what it rests on."""

from __future__ import annotations

from copydesk.models.judgement import LIKELY, Situation
from copydesk.types import Label, Verdict

_SURENESS = (
    (0.97, "almost certain"),
    (0.85, "very likely"),
    (0.7, "likely"),
    (0.5, "more likely than not"),
    (0.3, "possible"),
    (0.1, "unlikely"),
    (0.0, "very unlikely"),
)
LABEL_WORDS = {
    Label.ORIGINAL: "original",
    Label.EDITED_WIRE: "edited wire copy",
    Label.SPUN: "spun by a machine",
}
"""What the labels are called in a sentence."""


def in_words(probability: float) -> str:
    """Say how sure a probability is.

    Examples
    --------
    >>> in_words(0.99), in_words(0.6)
    ('almost certain', 'more likely than not')
    """
    return next(words for least, words in _SURENESS if probability >= least)


def headline(verdict: Verdict) -> tuple[str, ...]:
    """Say what a verdict says, in sentences: that it is unsure or has no source comes first.

    Parameters
    ----------
    verdict : Verdict
        Any.
    """
    sentences = []
    if len(verdict.label_set) > 1:
        first, *others = sorted(verdict.label_set, key=lambda one: -verdict.probabilities[one])
        rest = " or ".join(_with_probability(verdict, other) for other in others)
        sentences.append(f"Unsure: {_with_probability(verdict, first)}, but it may be {rest}.")
    if verdict.source is None:
        sentences.append(f"No source at hand: {_why_no_source(verdict)}. {_ALONE}")
    if len(verdict.label_set) < 2:
        p = verdict.probabilities[verdict.label]
        sentences.append(f"{_what(verdict)} That is {in_words(p)} ({p:.2f}).")
    return tuple(sentences)


def _with_probability(verdict: Verdict, label: Label) -> str:
    return f"{LABEL_WORDS[label]} ({verdict.probabilities[label]:.2f})"


_ALONE = "Judged by the text alone, so less is known."


def _why_no_source(verdict: Verdict) -> str:
    if verdict.related is not None:
        return f"“{verdict.related.id}” reports the same event, but the article is not made from it"
    answers = verdict.answers
    if answers is None or answers.situation in (Situation.UNSEARCHED, Situation.COMPARED):
        return "none was given, and none was searched for"
    return "none of the texts searched is near it"


def _what(verdict: Verdict) -> str:
    source = verdict.source
    derives = verdict.answers is None or (verdict.answers.derives or 0.0) >= LIKELY
    if verdict.label is Label.ORIGINAL:
        not_from = "" if source is None else f", not made from “{source.id}”"
        return f"Original: a report of its own{not_from}."
    made_from = f" from “{source.id}”" if source is not None and derives else ""
    if verdict.label is Label.SPUN:
        return f"Spun: a machine made it{made_from}."
    return f"Edited wire copy: a newsroom took it{made_from or ' from an agency'}."


def answer_lines(verdict: Verdict) -> tuple[tuple[str, float, str], ...]:
    """Give the answers behind a verdict: what was asked, the probability, and what it means.

    Examples
    --------
    >>> from copydesk.types import Answers, Evidence
    >>> verdict = Verdict(id="a", label=Label.SPUN, probabilities={}, label_set=(), source=None,
    ...     evidence=Evidence(), model_id="m", answers=Answers("unsearched", machine=0.75))
    >>> answer_lines(verdict)
    (('Reads like a machine’s, by the text alone', 0.75, 'likely'),)
    """
    answers = verdict.answers
    if answers is None:
        return ()
    found = []
    near = verdict.source or verdict.related
    if answers.derives is not None:
        name = f"“{near.id}”" if near is not None else "the text it was compared with"
        found.append((f"Derives from {name}", answers.derives))
        if answers.reworded is not None and answers.derives >= LIKELY:
            found.append(("A machine reworded it, if it derives", answers.reworded))
    found.append(("Reads like a machine’s, by the text alone", answers.machine))
    return tuple((asked, p, in_words(p)) for asked, p in found)
