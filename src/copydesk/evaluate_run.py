"""A run of ``copydesk evaluate``: a model is asked of a corpus as its users would ask it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from joblib import Parallel, delayed

from copydesk.models.judgement import Situation
from copydesk.predict.batch import label_batch
from copydesk.predict.matching import Match
from copydesk.predict.scorer import Scorer
from copydesk.progress import Progress
from copydesk.train.evaluation.asked import Asked, View, ask_given, lay_out
from copydesk.train.evaluation.outcomes import Outcome
from copydesk.types import Label, Rejected, Verdict

if TYPE_CHECKING:
    from copydesk.seeds.corpus.labelled import CorpusRecord

_CHUNK = 100


def ask_all(
    scorer: Scorer,
    records: Sequence[CorpusRecord],
    groups: Mapping[str, str],
    *,
    random_state: int = 0,
    n_jobs: int = 1,
) -> list[Outcome]:
    """Ask a model of every text of a corpus in every situation.

    Parameters
    ----------
    scorer : Scorer
        The model's.
    records : sequence of CorpusRecord
        Of two groups at least.
    groups : mapping of str to str
        Of each record by its id.
    random_state : int
        Seed of the choice of wrong candidates: the same for models that are compared.
    n_jobs : int
        Processes, as joblib counts them.
    """
    folder = lay_out(records)
    asked = ask_given(records, folder, groups, random_state)
    outcomes: list[Outcome] = []
    with Progress(len(asked) + len(folder.pages)) as progress:
        row_of = {folder.pages[i].id: row for i, row in enumerate(folder.first)}
        labelled = label_batch(scorer, folder.pages, None, n_jobs)
        for page, result in zip(folder.pages, labelled, strict=True):
            progress.advance(1)
            row = row_of.get(page.id)
            if row is None:
                continue
            named = folder.named[row]
            derives = records[row].label is not Label.ORIGINAL
            wanted = named.id if named is not None and derives else None
            outcomes.append(Outcome(View.FOUND, row, result, wanted))
        for chunk in _in_processes(scorer, asked, n_jobs):
            progress.advance(len(chunk))
            outcomes += chunk
    return outcomes


def _in_processes(scorer: Scorer, asked: Sequence[Asked], n_jobs: int) -> Iterator[list[Outcome]]:
    chunks = [asked[i : i + _CHUNK] for i in range(0, len(asked), _CHUNK)]
    if n_jobs == 1:
        yield from (_answer(scorer, chunk) for chunk in chunks)
        return
    yield from Parallel(n_jobs=n_jobs, return_as="generator")(
        delayed(_answer)(scorer, chunk) for chunk in chunks
    )


def _answer(scorer: Scorer, asked: Sequence[Asked]) -> list[Outcome]:
    return [Outcome(one.view, one.row, _label(scorer, one)) for one in asked]


def _label(scorer: Scorer, one: Asked) -> Verdict | Rejected:
    if one.view is View.MISSING:
        return next(scorer.label([one.article], one.others))
    situation = Situation.UNSEARCHED if one.source is None else Situation.COMPARED
    return scorer.label_match(Match(one.article, one.source, situation))
