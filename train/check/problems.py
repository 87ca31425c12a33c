"""Problems of a corpus, each as a sentence: what there is, what it does, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from copydesk.errors import InvalidRecord
from copydesk.seeds.corpus.labelled import CorpusRecord, check_sources, find_ambiguous_ids
from copydesk.train.check.formatting import FormattingProbe
from copydesk.train.check.look import Looked
from copydesk.train.check.one_hand import find_one_hand
from copydesk.train.check.result import Problem, Weight
from copydesk.train.corrections.contradictions import (
    find_contradictions,
    find_known_contradictions,
)
from copydesk.train.duplicates import find_same_texts
from copydesk.train.job import MIN_STORIES
from copydesk.train.learned import KnownText
from copydesk.types import LABELS, Label, Rejected

_WARNING, _UNUSABLE = Weight.WARNING, Weight.UNUSABLE


def find_wrong_lines(rejected: Sequence[Rejected]) -> list[Problem]:
    """Tell lines that are no corpus records."""
    if not rejected:
        return []
    message = f"{len(rejected)} lines are no records: training refuses the file"
    lines = tuple(f"{reject.id}: {reject.reason}" for reject in rejected)
    return [Problem("lines", _UNUSABLE, message, lines)]


def find_wrong_ids(records: Sequence[CorpusRecord]) -> list[Problem]:
    """Tell an empty corpus, ids that stand twice, and sources that are not there."""
    if not records:
        return [Problem("empty", _UNUSABLE, "no record: nothing to learn from")]
    counts = Counter((record.dataset, record.article.id) for record in records)
    twice = {name for (_, name), count in counts.items() if count > 1}
    twice |= set(find_ambiguous_ids(records))
    if twice:
        message = f"{len(twice)} ids stand for more than one text: an id must be unique"
        return [Problem("ids", _UNUSABLE, message, tuple(sorted(twice)))]
    try:
        check_sources(records)
    except InvalidRecord as error:
        return [Problem("sources", _UNUSABLE, str(error))]
    return []


def find_untaught(
    records: Sequence[CorpusRecord], looked: Sequence[Looked], groups: Mapping[str, str]
) -> list[Problem]:
    """Tell what training needs and does not get: texts that can be judged, sources, stories."""
    pairs = list(zip(records, looked, strict=True))
    problems = []
    for what, reasons in (
        ("text", [(r.article.id, one.problem) for r, one in pairs if one.problem]),
        ("source", [(r.article.id, one.source_problem) for r, one in pairs if one.source_problem]),
    ):
        if reasons:
            message = (
                f"{len(reasons)} records have a {what} that cannot be judged: what is learned of "
                "it is noise; leave it out"
            )
            names = tuple(f"{name}: {reason}" for name, reason in reasons)
            problems.append(Problem(f"{what}s", _WARNING, message, names))
    alone = [
        record.article.id
        for record, one in pairs
        if record.label is not Label.ORIGINAL and not one.is_compared and not one.problem
    ]
    if alone:
        n_derived = sum(record.label is not Label.ORIGINAL for record in records)
        message = (
            f"{len(alone)} of {n_derived} derivatives are without their source: they teach only "
            "what a text says by itself, not what became of its source"
        )
        problems.append(Problem("no source", _WARNING, message, tuple(alone)))
    return [*problems, *_too_few_stories(records, groups)]


def _too_few_stories(records: Sequence[CorpusRecord], groups: Mapping[str, str]) -> list[Problem]:
    if len(set(groups.values())) < 2:
        message = "all texts are of one story: training refuses that; add another story"
        return [Problem("stories", _UNUSABLE, message)]
    counts = {
        label: len({groups[r.article.id] for r in records if r.label is label}) for label in LABELS
    }
    few = [f"{label} in {count}" for label, count in counts.items() if count < MIN_STORIES]
    if not few:
        return []
    message = (
        f"some labels occur in fewer than {MIN_STORIES} stories ({', '.join(few)}): too few to "
        "learn from alone; --base released adds the released model's rows"
    )
    return [Problem("stories", _WARNING, message)]


def find_duplicates(
    records: Sequence[CorpusRecord], looked: Sequence[Looked], groups: Mapping[str, str]
) -> list[Problem]:
    """Tell texts that are the same or nearly: across stories, and with other labels."""
    texts = [record.article.text for record in records]
    same = find_same_texts(texts, [one.fingerprint for one in looked])
    problems = []
    contradictions = find_contradictions(records, same)
    for is_sure, kind, message in (
        (True, "contradictions", "labels of the same text contradict each other: give one"),
        (False, "near copies", "labels of nearly the same text differ: name one's source"),
    ):
        found = tuple(str(pair) for pair in contradictions if pair.is_sure is is_sure)
        if found:
            problems.append(Problem(kind, _WARNING, f"{len(found)} pairs of {message}", found))
    names = [record.article.id for record in records]
    across = [p for p in same if groups[names[p.one]] != groups[names[p.other]]]
    if across:
        message = (
            f"{len(across)} pairs of texts are nearly the same and stand in two stories: what is "
            "learned of one is measured on the other; give them one story"
        )
        pairs = tuple(f"{names[p.one]} and {names[p.other]}: {p.share}" for p in across)
        problems.append(Problem("duplicates across stories", _WARNING, message, pairs))
    repeated = [names[p.other] for p in same if p.overlap == 1]
    if repeated:
        message = f"{len(repeated)} texts stand in the corpus before: they weigh double"
        problems.append(Problem("duplicates", _WARNING, message, tuple(repeated)))
    return problems


def find_learned_otherwise(
    records: Sequence[CorpusRecord], known: Mapping[str, KnownText]
) -> list[Problem]:
    """Tell labels that contradict what a model learned of the same texts."""
    found = tuple(map(str, find_known_contradictions(records, known)))
    if not found:
        return []
    message = (
        f"{len(found)} labels are not those that the model learned for the same texts: with "
        "--base, yours are learned, and the model's rows of these stories left out"
    )
    return [Problem("learned otherwise", _WARNING, message, found)]


def find_hands(records: Sequence[CorpusRecord]) -> list[Problem]:
    """Tell labels that only one outlet, engine or data set has."""
    found = tuple(map(str, find_one_hand(records)))
    if not found:
        return []
    message = "a label has one hand, whose traits are learned along with it: add texts of others"
    return [Problem("one hand", _WARNING, message, found)]


def find_set_alike(probes: Sequence[FormattingProbe]) -> list[Problem]:
    """Tell labels that formatting alone tells."""
    found = tuple(
        f"{probe.label}: AUC {probe.auc:.2f}, by {', '.join(probe.traits)}"
        for probe in probes
        if probe.tells
    )
    if not found:
        return []
    message = (
        "labels are told from formatting alone, on stories left out: a model may learn how texts "
        "were prepared; prepare all of them alike"
    )
    return [Problem("one format", _WARNING, message, found)]
