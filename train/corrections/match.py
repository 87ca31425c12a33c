"""Corrections and what was scored, put together: records of a corpus, and what cannot be one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.corrections.read import Correction
from copydesk.types import Article, Label, Rejected, Verdict

# Of an original beside another report hardly a sentence is the other's; where half of it is, that
# text may have been made from the original, and would teach the contrary.
_MAX_VERBATIM = 0.5


@dataclass(frozen=True, slots=True)
class TextsAtHand:
    """Where the texts of what was scored are looked up; each gives None where one is missing.

    Parameters
    ----------
    article : callable
        Gives the text that a verdict is about.
    candidate : callable
        Gives what a verdict compared its article with.
    by_id : callable
        Gives any text by its id.
    """

    article: Callable[[Verdict], Article | None]
    candidate: Callable[[Verdict, Article], Article | None]
    by_id: Callable[[str], Article | None]


@dataclass(frozen=True, slots=True)
class Taken:
    """A correction that became a record of a corpus.

    Parameters
    ----------
    record : CorpusRecord
        To learn from.
    verdict : Verdict
        What the model had said.
    correction : Correction
        What a person said.
    lacks_source : bool
        Whether it is a derivative whose source is not at hand, or was not found.
    """

    record: CorpusRecord
    verdict: Verdict
    correction: Correction
    lacks_source: bool = False

    @property
    def is_change(self) -> bool:
        """Whether the label is another than the model's."""
        return self.record.label is not self.verdict.label


@dataclass(frozen=True, slots=True)
class Matched:
    """What became of corrections.

    Parameters
    ----------
    taken : tuple of Taken
        In the order of the corrections.
    rejected : tuple of Rejected
        Those that cannot be used, with reasons.
    n_repeated : int
        Corrections that say again what another one said.
    """

    taken: tuple[Taken, ...]
    rejected: tuple[Rejected, ...]
    n_repeated: int = 0


def match_corrections(
    corrections: Sequence[Correction],
    verdicts: Mapping[str, Verdict],
    unscored: Mapping[str, str],
    texts: TextsAtHand,
) -> Matched:
    """Make records of corrections.

    A derivative gets the source that was found for it, or the one that its correction names; an
    original gets the text found for it as another report of the event, from which it does not
    derive. The story is that of the batch, or else the text found, or the article by itself.

    Parameters
    ----------
    corrections : sequence of Correction
        As they were read.
    verdicts : mapping of str to Verdict
        By id, of the articles that corrections name.
    unscored : mapping of str to str
        By id, why an article was not scored.
    texts : TextsAtHand
        Looks up what was compared.
    """
    by_id: dict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        by_id[correction.id].append(correction)
    taken: list[Taken] = []
    rejected: list[Rejected] = []
    n_repeated = 0
    for article_id, same in by_id.items():
        labels = {correction.label for correction in same}
        if len(labels) > 1:
            said = ", ".join(f"{c.label} ({c.where})" for c in same)
            rejected += [
                Rejected(article_id, f"corrected to different labels: {said}: give one")
                for _ in same
            ]
            continue
        n_repeated += len(same) - 1
        item = _make(same[-1], verdicts, unscored, texts)
        (taken if isinstance(item, Taken) else rejected).append(item)  # type: ignore[arg-type]
    return Matched(tuple(_without_reversed(taken)), tuple(rejected), n_repeated)


def _make(
    correction: Correction,
    verdicts: Mapping[str, Verdict],
    unscored: Mapping[str, str],
    texts: TextsAtHand,
) -> Taken | Rejected:
    verdict = verdicts.get(correction.id)
    if verdict is None:
        reason = f"{correction.where}: no article of this id was scored"
        if correction.id in unscored:
            reason = f"{correction.where}: it was not scored: {unscored[correction.id]}"
        return Rejected(correction.id, reason)
    article = texts.article(verdict)
    if article is None:
        return Rejected(
            correction.id,
            f"{correction.where}: its text is not at hand, or is not the one that was scored: "
            "--articles names what was labelled",
        )
    if correction.label is Label.ORIGINAL:
        return Taken(_original(verdict, article, texts), verdict, correction)
    return _derivative(correction, verdict, article, texts)


def _original(verdict: Verdict, article: Article, texts: TextsAtHand) -> CorpusRecord:
    candidate = texts.candidate(verdict, article)
    share = verdict.evidence.verbatim_share or 0.0
    return CorpusRecord(
        replace(article, source_id=None, source_text=None, notes=()),
        Label.ORIGINAL,
        _story(verdict, article),
        related_text=None if candidate is None or share > _MAX_VERBATIM else candidate.text,
    )


def _derivative(
    correction: Correction, verdict: Verdict, article: Article, texts: TextsAtHand
) -> Taken | Rejected:
    story = _story(verdict, article)
    if correction.source_id is not None:
        source = texts.by_id(correction.source_id)
        if source is None or source.id == article.id:
            why = "is the article itself" if source else "is not among the texts at hand"
            reason = f"{correction.where}: its source {correction.source_id!r} {why}"
            return Rejected(correction.id, reason)
        story = verdict.story or source.id
    else:
        source = None if verdict.source is None else texts.candidate(verdict, article)
    article = replace(
        article,
        source_id=None if source is None else source.id,
        source_text=None if source is None else source.text,
        notes=(),
    )
    record = CorpusRecord(article, correction.label, story)
    return Taken(record, verdict, correction, lacks_source=source is None)


def _story(verdict: Verdict, article: Article) -> str:
    near = verdict.source or verdict.related
    return verdict.story or (article.id if near is None else near.id)


def _without_reversed(taken: Sequence[Taken]) -> Iterator[Taken]:
    """Keep an original from being taught beside a text that was made from it."""
    made_from = defaultdict(set)
    for item in taken:
        made_from[item.record.article.source_id].add(item.record.article.text)
    for item in taken:
        record = item.record
        if record.related_text in made_from.get(record.article.id, ()):
            item = replace(item, record=replace(record, related_text=None))  # noqa: PLW2901
        yield item


def count_changes(taken: Sequence[Taken]) -> Counter[tuple[Label, Label]]:
    """Count corrections by the label that the model gave and the right one."""
    return Counter((item.verdict.label, item.record.label) for item in taken)
