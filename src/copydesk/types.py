"""Boundary types: what goes into copydesk and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Label(StrEnum):
    """How a text came to be. The order is the order of every probability array."""

    ORIGINAL = "original"
    EDITED_WIRE = "edited_wire"
    SPUN = "spun"


LABELS: tuple[Label, ...] = tuple(Label)


@dataclass(frozen=True, slots=True)
class Article:
    """A text to be labelled, or one that others may derive from.

    Parameters
    ----------
    id : str
        Unique within an input.
    text : str
        Headline excluded, site furniture allowed.
    headline, url, outlet : str, optional
        Metadata, carried along.
    published : datetime or date, optional
        When the text appeared; an article is never derived from a later one. A date stands for
        that day, a time without a zone for that time in any.
    source_id : str, optional
        Id of the article it is said to derive from.
    source_text : str, optional
        That article's text, where the record brings it along.
    notes : tuple of str
        What was wrong with the record and did not matter; shown among a verdict's warnings.

    Examples
    --------
    >>> Article(id="a1", text="The ferry ran aground on Monday.").id
    'a1'
    """

    id: str
    text: str
    headline: str | None = None
    url: str | None = None
    published: date | None = None
    outlet: str | None = None
    source_id: str | None = None
    source_text: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The canonical article that an article was compared with.

    Parameters
    ----------
    id : str
        Its id, or ``"given"`` where only a text came.
    similarity : float
        Cosine similarity of the two texts' vectors, in [-1, 1].
    """

    id: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text as it was given: ``raw_text[start:end]``, offsets in characters."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of evidence: where it stands in the article and, if anywhere, in the source.

    An ``inconsistent_name`` has no source: its ``source`` is the other spelling in the article.
    The ``detail`` of a credit is the agency's name.
    """

    kind: str
    article: Span
    source: Span | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a label was given.

    Shares are in [0, 1] of the article's words in aligned sentences; None without a source.

    Parameters
    ----------
    coverage : float or None
        Share of the article that is aligned with the source.
    verbatim_share, reworded_share : float or None
        Share of the article in sentences taken over as they are, or said in other words. What
        is left of ``coverage`` is sentences with words left out.
    altered_quotes, corrupted_names, changed_numbers : tuple of Finding
        Quotations, names and numbers that differ from the source's. Of quotations also those in
        another's mouth (``misattributed_quote``) and, no damage, those that two reports render
        in their own words (``rendered_differently``).
    oddities : tuple of Finding
        Language unlikely in edited English news, sentences that read like a machine's, and
        sentences that bring no fact to a text that else derives from its source.
    credits : tuple of Finding
        Agency credits, datelines, bylines and copyright lines; what the text tells of agencies
        as of itself (``told_agency``) or as of others (``mention``).
    repeated_blocks : tuple of Finding
        Sentences that stand a second time in the article.
    second_source : str or None
        Id of another text that the article was woven from.
    house_style : tuple of Finding
        What is written as another house writes it: spelling, vocabulary, accents, exonyms,
        romanisations, titles, the form of numbers, units and days. It weighs nothing.
    """

    coverage: float | None = None
    verbatim_share: float | None = None
    reworded_share: float | None = None
    altered_quotes: tuple[Finding, ...] = ()
    corrupted_names: tuple[Finding, ...] = ()
    changed_numbers: tuple[Finding, ...] = ()
    oddities: tuple[Finding, ...] = ()
    credits: tuple[Finding, ...] = ()
    repeated_blocks: tuple[Finding, ...] = ()
    second_source: str | None = None
    house_style: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to the questions behind a verdict, probabilities in [0, 1].

    Parameters
    ----------
    situation : str
        What was known of the article's source: ``compared`` with a candidate that was given,
        ``unsearched``, or, searched for, ``nothing_related`` or ``related`` reports of the event.
    machine : float
        That a machine wrote the text, by the text itself; as if half of all texts were machines'.
    derives : float or None
        That the article derives from the text that it was compared with; None without one.
    reworded : float or None
        That a machine reworded it, if it derives; None without a candidate.
    """

    situation: str
    machine: float
    derives: float | None = None
    reworded: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The label of one article, with its evidence.

    Parameters
    ----------
    id : str
        The article's.
    label : Label
        The most probable label.
    probabilities : mapping of Label to float
        Calibrated, in [0, 1], summing to 1.
    label_set : tuple of Label
        Conformal prediction set; more than one label means unsure.
    source : Source or None
        What the article derives from, or the candidate that was given for it; None where it was
        judged alone.
    evidence : Evidence
        What was found.
    warnings : tuple of str
        What a reader of the verdict should know.
    model_id : str
        Which model decided.
    story : str or None
        Id of the text that most of the article's story come from, where the articles of a batch
        are each other's candidates and it has relatives among them.
    related : Source or None
        The nearest report of the event, from which it does not derive, where none was found from
        which it does.
    answers : Answers or None
        What the label comes from.
    """

    id: str
    label: Label
    probabilities: Mapping[Label, float]
    label_set: tuple[Label, ...]
    source: Source | None
    evidence: Evidence
    model_id: str
    warnings: tuple[str, ...] = field(default=())
    story: str | None = None
    related: Source | None = None
    answers: Answers | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the output record: what ``copydesk label`` writes as a line of JSON.

        Returns
        -------
        dict
            The fields of ``docs/fields.md`` in their order, without those that ``--keep`` adds:
            strings, numbers, lists, dicts and None, as ``json`` reads them back.

        Examples
        --------
        >>> verdict = Verdict("a", Label.SPUN, {"original": 0.0, "edited_wire": 0.25, "spun": 0.75},
        ...     (Label.SPUN,), Source("w", 0.5), Evidence(), "m")
        >>> record = verdict.to_dict()
        >>> record["label"], record["p_spun"], record["label_set"], record["source_id"]
        ('spun', 0.75, ['spun'], 'w')
        """
        from copydesk.predict.fields import verdict_record  # deferred: it is made of these types

        return verdict_record(self)

    def _repr_html_(self) -> str:
        """Show the verdict in a notebook."""
        from copydesk.predict.card import verdict_card  # deferred: it is made of these types

        return verdict_card(self)


@dataclass(frozen=True, slots=True)
class Rejected:
    """An article that could not be judged, and why."""

    id: str
    reason: str
