"""The fields of an output record: what they hold, how they are typed, where they come from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from copydesk.types import LABELS, Evidence, Label, Verdict

DEFAULT_KEEP = ("url", "headline", "outlet")
"""Fields of an input record that are copied into the output where nobody says which."""


class Kind(StrEnum):
    """What a field holds, in every format that is written."""

    TEXT = "text"
    NUMBER = "number"
    TEXTS = "list of texts"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class OutputField:
    """A field of the output record.

    Parameters
    ----------
    name : str
        Its key, or the heading of its column.
    kind : Kind
        What it holds.
    may_be_null : bool
        Whether it may hold nothing.
    meaning : str
        One line for whoever reads the output.
    value : callable
        Takes it from a verdict.
    """

    name: str
    kind: Kind
    may_be_null: bool
    meaning: str
    value: Callable[[Verdict], Any]


def _probability(label: Label) -> OutputField:
    return OutputField(
        f"p_{label}",
        Kind.NUMBER,
        False,
        f"calibrated probability of `{label}`, in [0, 1]; those of the three labels sum to 1",
        lambda verdict: verdict.probabilities[label],
    )


OUTPUT_FIELDS: tuple[OutputField, ...] = (
    OutputField("id", Kind.TEXT, False, "the article's id", lambda v: v.id),
    OutputField("label", Kind.TEXT, False, "the most probable label", lambda v: str(v.label)),
    *(_probability(label) for label in LABELS),
    OutputField(
        "label_set",
        Kind.TEXTS,
        False,
        "conformal prediction set at 90 % for texts of each label; more than one means unsure",
        lambda v: [str(label) for label in v.label_set],
    ),
    OutputField(
        "source_id",
        Kind.TEXT,
        True,
        "what the article derives from, or the candidate that was given for it",
        lambda v: None if v.source is None else v.source.id,
    ),
    OutputField(
        "source_similarity",
        Kind.NUMBER,
        True,
        "cosine similarity of the two texts' vectors, in [-1, 1]",
        lambda v: None if v.source is None else v.source.similarity,
    ),
    OutputField(
        "evidence",
        Kind.OBJECT,
        False,
        "what was found, see below",
        lambda v: _evidence_record(v.evidence),
    ),
    OutputField(
        "warnings",
        Kind.TEXTS,
        False,
        "what a reader of the verdict should know",
        lambda v: list(v.warnings),
    ),
    OutputField("model_id", Kind.TEXT, False, "which model decided", lambda v: v.model_id),
    OutputField(
        "story",
        Kind.TEXT,
        True,
        "id of the text that most of the article's story come from, where the articles of a "
        "batch are each other's candidates and it has relatives among them",
        lambda v: v.story,
    ),
    OutputField(
        "related_id",
        Kind.TEXT,
        True,
        "nearest report of the event, where none was found from which the article derives",
        lambda v: None if v.related is None else v.related.id,
    ),
    OutputField(
        "p_derives",
        Kind.NUMBER,
        True,
        "probability that it derives from `source_id` or `related_id`",
        lambda v: None if v.answers is None else v.answers.derives,
    ),
    OutputField(
        "p_reworded",
        Kind.NUMBER,
        True,
        "probability that a machine reworded it, if it derives",
        lambda v: None if v.answers is None else v.answers.reworded,
    ),
    OutputField(
        "p_machine",
        Kind.NUMBER,
        True,
        "probability that a machine wrote it, by the text alone, as if half of all texts were "
        "machines'",
        lambda v: None if v.answers is None else v.answers.machine,
    ),
    OutputField(
        "situation",
        Kind.TEXT,
        True,
        "what was known of its source: `compared` with a candidate, `unsearched`, or, searched "
        "for, `nothing_related` or `related` reports at hand",
        lambda v: None if v.answers is None else v.answers.situation,
    ),
)

EVIDENCE_FIELDS = {
    "coverage": "share of the article's words in sentences aligned with the source, in [0, 1]; "
    "`null` without a source",
    "verbatim_share": "share taken over as it is",
    "reworded_share": "share said in other words",
    "altered_quotes": "quotations that differ from the source's",
    "corrupted_names": "names that differ from the source's",
    "changed_numbers": "numbers that differ from the source's",
    "oddities": "language unlikely in edited English news",
    "credits": "agency credits, datelines, bylines, copyright lines; `detail` is the agency",
    "repeated_blocks": "sentences that stand a second time in the article",
    "second_source": "id of another text that the article was woven from, or `null`",
    "house_style": "what is written as another house writes it; it weighs nothing",
}
"""What the fields of ``Evidence`` are, for whoever reads the output."""

FIELDS: tuple[str, ...] = tuple(field.name for field in OUTPUT_FIELDS)


def verdict_record(verdict: Verdict) -> dict[str, Any]:
    """Turn a verdict into the output record, field by field as ``FIELDS`` has them.

    Examples
    --------
    >>> FIELDS[:3]
    ('id', 'label', 'p_original')
    """
    return {field.name: field.value(verdict) for field in OUTPUT_FIELDS}


def _evidence_record(evidence: Evidence) -> dict[str, Any]:
    """Turn evidence into what JSON has; a finding without a detail has no such field."""
    return {
        name: list(map(_finding_record, value)) if isinstance(value, tuple) else value
        for name, value in asdict(evidence).items()
    }


def _finding_record(finding: dict[str, Any]) -> dict[str, Any]:
    finding["kind"] = str(finding["kind"])  # a member of an enum, maybe
    if finding["detail"] is None:
        del finding["detail"]
    return finding
