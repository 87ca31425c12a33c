"""The verdict on a source that was found: an article is hardly better than what it comes from."""

from __future__ import annotations

from dataclasses import replace

from copydesk.models.judgement import LIKELY
from copydesk.types import LABELS, Label, Verdict

# Judged alone, 21 of 264 true sources look spun by half and none by so much; of 397 other reports
# and wire stories 6.
_SURE_ALONE = 0.8
# A copy has nearly all of its sentences word for word from its source.
_MIN_COPIED = 0.8


def is_spun(verdict: Verdict) -> bool:
    """Whether a text is more likely spun than not."""
    return verdict.probabilities[Label.SPUN] >= LIKELY


def with_source_alone(verdict: Verdict, source_id: str, of_source: Verdict) -> Verdict:
    """Say of an article's source what it looks like where its own source is not at hand.

    A copy of a text that is spun is spun: it takes over that text's verdict where that is sure,
    and is unsure where it is not.

    Parameters
    ----------
    verdict : Verdict
        The article's, beside its source.
    source_id : str
        The source's.
    of_source : Verdict
        The source's, judged alone.
    """
    if not is_spun(of_source):
        return verdict
    p_spun = of_source.probabilities[Label.SPUN]
    warning = f"its source {source_id} looks spun: judged alone, with {p_spun:.2f}"
    if (verdict.evidence.verbatim_share or 0.0) < _MIN_COPIED:
        return with_warning(verdict, warning)
    warning += "; a copy of it is what it is"
    if p_spun < _SURE_ALONE:
        labels = {*verdict.label_set, Label.SPUN}
        verdict = replace(verdict, label_set=tuple(one for one in LABELS if one in labels))
    else:
        verdict = replace(
            verdict,
            label=of_source.label,
            probabilities=of_source.probabilities,
            label_set=of_source.label_set,
        )
    return with_warning(verdict, warning)


def with_warning(verdict: Verdict, warning: str) -> Verdict:
    """Add a warning."""
    return replace(verdict, warnings=(*verdict.warnings, warning))
