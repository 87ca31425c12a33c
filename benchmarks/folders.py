"""Folders of pages about one event, labelled as users do: each other's candidates, no dates.

Models that have seen nothing of a folder's event label it; so they do with every true source in one
pool among thousands of others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from situations import spun_against
from sklearn.metrics import f1_score

from copydesk.features.read.blocks import split_blocks
from copydesk.features.read.credits import find_credits
from copydesk.features.read.text import normalize_text
from copydesk.models import load_model
from copydesk.models.manifest import Model
from copydesk.predict import Scorer
from copydesk.predict.credits_rule import is_credited
from copydesk.seeds.corpus.groups import join_groups
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.dataset import Dataset
from copydesk.train.fit import fit_estimators, judge_of
from copydesk.train.materials import Materials
from copydesk.train.pairs import hash_beginning, short_hash
from copydesk.types import LABELS, Article, Label, Verdict

_SPUN = LABELS.index(Label.SPUN)
FOLDERS = ("gn25", "farm")


@dataclass(slots=True)
class Folder:
    """The pages of an event.

    Parameters
    ----------
    articles : dict of str to Article
        By id, the hash of their beginning.
    labels : dict of str to Label
        Of those that are labelled.
    parents : dict of str to str
        Of those that derive from another, its id.
    """

    articles: dict[str, Article] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def add(self, text: str) -> str:
        """Add a page where it is not there; gives its id."""
        key = short_hash(text)
        self.articles.setdefault(key, Article(key, text))
        return key


def read_folders(records: Iterable[CorpusRecord]) -> dict[str, Folder]:
    """Put together what was published on each event.

    Where no page is labelled original, the sources are, but for those that bear an agency's credit:
    by that alone, an agency's own page is not told from a copy of it.
    """
    folders: dict[str, Folder] = defaultdict(Folder)
    for record in records:
        folder = folders[record.story]
        key, source = folder.add(record.article.text), record.article.source_text
        folder.labels[key] = record.label
        if source is not None and record.label is not Label.ORIGINAL:
            folder.parents[key] = folder.add(source)
        for other in (source, record.related_text):
            if other is not None:
                folder.add(other)
    for folder in folders.values():
        if all(label is not Label.ORIGINAL for label in folder.labels.values()):
            for source in folder.parents.values():
                if not _is_credited(folder.articles[source].text):
                    folder.labels.setdefault(source, Label.ORIGINAL)
    return dict(folders)


def _is_credited(text: str) -> bool:
    normalized = normalize_text(text).text
    return is_credited(find_credits(normalized, split_blocks(normalized)))


def scorers_without(
    dataset: Dataset, materials: Materials, temperatures: Mapping[str, float]
) -> Iterator[tuple[int, Scorer]]:
    """Give, for each fold of the style models, a scorer that has seen nothing of its stories."""
    released = load_model().manifest
    folds = fold_of_rows(dataset, materials)
    for fold, style in enumerate(materials.styles.folds):
        known = dataset.rows(folds != fold)
        estimators = fit_estimators(known, temperatures, n_jobs=-1)
        yield fold, Scorer(Model(released, judge_of(estimators), style))


def fold_of_rows(dataset: Dataset, materials: Materials) -> NDArray[np.int64]:
    """Give the style fold of each row's story; -1 for those that style has not seen."""
    fold_of = materials.styles.fold_of or {}
    return np.array([fold_of.get(group, -1) for group in dataset.groups.tolist()])


def measure_folders(
    dataset: Dataset,
    materials: Materials,
    temperatures: Mapping[str, float],
    pool: Sequence[Article],
) -> dict[str, Any]:
    """Label every folder, and the same articles with all sources in a pool.

    Parameters
    ----------
    dataset, materials, temperatures
        What models are fitted of.
    pool : sequence of Article
        Reports of other events, to find true sources among.
    """
    fold_of = materials.styles.fold_of or {}
    folders = {
        name: read_folders(r for r in materials.records if r.dataset == name) for name in FOLDERS
    }
    outcomes: dict[str, list[_Outcome]] = defaultdict(list)
    for fold, scorer in scorers_without(dataset, materials, temperatures):
        for name in FOLDERS:
            own = [f for f in folders[name].values() if _fold_of(f, fold_of) == fold]
            for folder in own:
                articles = list(folder.articles.values())
                outcomes[f"{name} folder"] += _outcomes(folder, scorer.label(articles))
            sources = [f.articles[key] for f in own for key in sorted(set(f.parents.values()))]
            for folder, verdicts in _label_with_pool(scorer, own, [*sources, *pool]):
                outcomes[f"{name} in a pool"] += _outcomes(folder, verdicts)
    return {name: _measure(found) for name, found in outcomes.items()}


def _fold_of(folder: Folder, fold_of: Mapping[str, int]) -> int:
    texts = (folder.articles[key].text for key in folder.labels)
    folds = (fold_of.get(hash_beginning(text)) for text in texts)
    return next(fold for fold in folds if fold is not None)


def _label_with_pool(
    scorer: Scorer, folders: Sequence[Folder], pool: Sequence[Article]
) -> Iterator[tuple[Folder, list[Verdict]]]:
    asked = [
        replace(folder.articles[key], id=f"{i} {key}")
        for i, folder in enumerate(folders)
        for key in sorted(folder.parents)
    ]
    verdicts = [v for v in scorer.label(asked, pool) if isinstance(v, Verdict)]
    for i, folder in enumerate(folders):
        own = [replace(v, id=v.id.split()[1]) for v in verdicts if v.id.startswith(f"{i} ")]
        yield folder, own


@dataclass(frozen=True, slots=True)
class _Outcome:
    true: int
    probabilities: list[float]
    n_in_set: int
    in_set: bool
    parent_is_right: bool | None
    family_is_right: bool | None


def _outcomes(folder: Folder, verdicts: Iterable[Any]) -> list[_Outcome]:
    found = []
    families = join_groups(folder.parents.items())
    for verdict in verdicts:
        if isinstance(verdict, Verdict) and verdict.id in folder.labels:
            label = folder.labels[verdict.id]
            parent = folder.parents.get(verdict.id)
            source = None if verdict.source is None else verdict.source.id
            found.append(
                _Outcome(
                    LABELS.index(label),
                    [verdict.probabilities[one] for one in LABELS],
                    len(verdict.label_set),
                    label in verdict.label_set,
                    None if parent is None else source == parent,
                    None if parent is None else families.get(source or "") == families[parent],
                )
            )
    return found


def _measure(outcomes: Sequence[_Outcome]) -> dict[str, Any]:
    y = np.array([one.true for one in outcomes])
    p = np.array([one.probabilities for one in outcomes])
    called = p.argmax(axis=1)
    parents = [one.parent_is_right for one in outcomes if one.parent_is_right is not None]
    families = [one.family_is_right for one in outcomes if one.family_is_right is not None]
    found = {
        "n": len(y),
        "macro_f1": round(float(f1_score(y, called, average="macro", labels=np.unique(y))), 4),
        "recall": {
            str(label): round(float((called[y == i] == i).mean()), 4)
            for i, label in enumerate(LABELS)
            if (y == i).any()
        },
        "parent_right": round(float(np.mean(parents)), 4),
        "parent_or_its_copy": round(float(np.mean(families)), 4),
        "sure_and_wrong": round(float(((p.max(axis=1) >= 0.95) & (called != y)).mean()), 4),
        "covered": round(float(np.mean([one.in_set for one in outcomes])), 4),
        "mean_labels": round(float(np.mean([one.n_in_set for one in outcomes])), 3),
        "called": {
            str(label): {
                str(other): int(((y == i) & (called == j)).sum()) for j, other in enumerate(LABELS)
            }
            for i, label in enumerate(LABELS)
            if (y == i).any()
        },
    }
    honest = y != _SPUN
    if honest.any() and not honest.all():
        found |= spun_against(p[~honest, _SPUN], p[honest, _SPUN])
    return found
