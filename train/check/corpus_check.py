"""What a corpus holds, and what of it would teach a model something else than its labels say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from copydesk.models import Model
from copydesk.seeds.corpus.labelled import CorpusRecord, read_lines
from copydesk.train.base import ids_with
from copydesk.train.check.formatting import probe_formatting
from copydesk.train.check.likely import find_likely_errors
from copydesk.train.check.look import look_at
from copydesk.train.check.one_hand import outlet_of
from copydesk.train.check.problems import (
    find_duplicates,
    find_hands,
    find_learned_otherwise,
    find_set_alike,
    find_untaught,
    find_wrong_ids,
    find_wrong_lines,
)
from copydesk.train.check.result import CorpusCheck, Problem, Weight
from copydesk.train.learned import KnownText
from copydesk.train.pairs import story_groups
from copydesk.types import LABELS, Rejected


def check_corpus(
    paths: Iterable[Path],
    model: Model,
    known: Mapping[str, KnownText],
    learned: Collection[str],
    n_jobs: int = 1,
    on_read: Callable[[int, int], None] = lambda n_more, n_records: None,
) -> CorpusCheck:
    """Read corpora and look for what would go wrong in training.

    Parameters
    ----------
    paths : iterable of Path
        As ``copydesk train --corpus`` takes them.
    model : Model
        Says what it makes of texts that it has not learned.
    known : mapping of str to KnownText
        What it learned of texts, as ``copydesk.train.learned.learned_labels`` gives it.
    learned : collection of str
        All that it has seen, as ``learned_texts`` gives them: it is not asked about these.
    n_jobs : int
        Processes, as joblib counts them.
    on_read : callable
        Told how many more records are read, and of how many; first of none.

    Raises
    ------
    InvalidInput
        A path is missing or cannot be read.
    """
    items = list(read_lines(paths))
    records = [item for item in items if isinstance(item, CorpusRecord)]
    problems = find_wrong_lines([item for item in items if isinstance(item, Rejected)])
    wrong_ids = find_wrong_ids(records)
    if wrong_ids or not records:  # texts and stories go by id
        return _sum_up(records, {}, 0, [*problems, *wrong_ids])
    groups = story_groups(records)
    on_read(0, len(records))
    looked = look_at(
        records,
        model.manifest.encoder,
        model.style,
        n_jobs,
        lambda n_more: on_read(n_more, len(records)),
    )
    problems += find_untaught(records, looked, groups)
    problems += find_duplicates(records, looked, groups)
    problems += find_learned_otherwise(records, known)
    problems += find_hands(records)
    y = np.array([LABELS.index(record.label) for record in records], np.int64)
    stories = [groups[record.article.id] for record in records]
    probes = tuple(probe_formatting([record.article.text for record in records], y, stories))
    problems += find_set_alike(probes)
    known_ids = ids_with(learned, records)
    is_known = [record.article.id in known_ids for record in records]
    likely = tuple(
        find_likely_errors(records, looked, np.array(stories), np.array(is_known), model.judge)
    )
    if likely:
        message = f"{len(likely)} labels are likely wrong: look at them, the likeliest first"
        names = tuple(error.id for error in likely)
        problems.append(Problem("label errors", Weight.WARNING, message, names))
    found = _sum_up(records, groups, sum(is_known), problems)
    return replace(found, formatting=probes, likely_errors=likely)


def _sum_up(
    records: Sequence[CorpusRecord],
    groups: Mapping[str, str],
    n_known: int,
    problems: Sequence[Problem],
) -> CorpusCheck:
    story_of = [groups.get(record.article.id, record.story) for record in records]
    counts = {
        "label": Counter(str(record.label) for record in records),
        "story": Counter(record.story for record in records),
        "outlet": Counter(filter(None, map(outlet_of, records))),
        "engine": Counter(record.engine for record in records if record.engine),
        "dataset": Counter(record.dataset for record in records),
    }
    stories = {
        str(label): len({s for s, r in zip(story_of, records, strict=True) if r.label is label})
        for label in LABELS
    }
    ordered = sorted(problems, key=lambda problem: problem.weight is not Weight.UNUSABLE)
    return CorpusCheck(len(records), len(set(story_of)), n_known, counts, stories, tuple(ordered))
