"""Fit the style score: real human news against real machine text, passage by passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from copydesk.errors import InvalidInput
from copydesk.features import StyleModel, load_encoder, read_document
from copydesk.features.read.style import part_into_passages
from copydesk.features.read.style_terms import Keys
from copydesk.seeds.corpus.groups import fold_of_groups
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.pairs import Pair, hash_beginning, texts_of
from copydesk.types import Article, Label

_MIN_PASSAGE_WORDS = 20
_MIN_PASSAGES_OF_TERM = 10
_CHUNK = 200
_POOL = "pool"
N_FOLDS = 5
# Inverse strength of the L2 penalty: 8 and 30 differ by less than noise.
_C = 8.0
_MAX_ITERATIONS = 200
_TOLERANCE = 1e-4


@dataclass(frozen=True, slots=True)
class StyleText:
    """A text whose making is known; ``group`` and ``dataset`` are what is left out together."""

    text: str
    is_machine: bool
    group: str
    dataset: str


@dataclass(frozen=True, slots=True)
class StyleModels:
    """Style models for training rows: none has seen the text that it scores.

    Parameters
    ----------
    released : StyleModel
        Fitted on everything; for scoring, and for texts that no style model has seen.
    folds : tuple of StyleModel
        Each has not seen the groups of one fold.
    fold_of : mapping of str to int
        By group, and by the hash of a text's beginning, the fold that has not seen it.
    without : mapping of str to StyleModel
        By data set, one that has seen nothing of it: for measuring what is new as a whole.
    """

    released: StyleModel
    folds: tuple[StyleModel, ...] = ()
    fold_of: Mapping[str, int] | None = None
    without: Mapping[str, StyleModel] | None = None

    def for_pair(self, pair: Pair) -> StyleModel:
        """Give the model to score a training pair with: it has seen no text of its group.

        A text that was cut or reworded begins otherwise than the one that was seen, so the group
        is asked first. A stranger beside the article may have been seen.
        """
        known = self.fold_of or {}
        texts = (one for one in (pair.text, pair.source_text) if one is not None)
        folds = map(known.get, (pair.group, *map(hash_beginning, texts)))
        fold = next((fold for fold in folds if fold is not None), None)
        return self.released if fold is None else self.folds[fold]

    def without_dataset(self, name: str) -> StyleModel | None:
        """Give the model that has seen nothing of a data set; None where none has seen any."""
        return (self.without or {}).get(name)


def collect_style_texts(
    records: Sequence[CorpusRecord], groups: Mapping[str, str], pool: Iterable[Article]
) -> list[StyleText]:
    """Take machine text from a corpus's spins, human text from all else and from a pool.

    Parameters
    ----------
    records : sequence of CorpusRecord
        Of data sets in which spins are machines' work, and nothing else is.
    groups : mapping of str to str
        Of each record, by its id; see ``story_groups``.
    pool : iterable of Article
        Human news; what the corpus has already is left out.

    Returns
    -------
    list of StyleText
        Every text once.
    """
    by_id = {record.article.id: record.article.text for record in records}
    collected: dict[str, StyleText] = {}
    for record in records:
        group = groups[record.article.id]
        for i, text in enumerate(texts_of(record, by_id)):
            is_machine = i == 0 and record.label is Label.SPUN
            style_text = StyleText(text, is_machine, group, record.dataset)
            collected.setdefault(hash_beginning(text), style_text)
    for article in pool:
        key = hash_beginning(article.text)
        collected.setdefault(key, StyleText(article.text, False, f"pool {key}", _POOL))
    return list(collected.values())


def fit_style_models(
    texts: Sequence[StyleText], random_state: int = 0, n_jobs: int = 1
) -> StyleModels:
    """Fit the style model on all texts, without each fold of groups, and without each data set.

    Where a data set is left out, so are all texts of its groups.

    Parameters
    ----------
    texts : sequence of StyleText
        Human and machine text, also where any fold is left out.
    random_state : int
        Seed of the folds.
    n_jobs : int
        Processes, as joblib counts them.

    Raises
    ------
    InvalidInput
        All texts, or all but those of one fold, are human or are machine text.
    """
    chunks = [texts[i : i + _CHUNK] for i in range(0, len(texts), _CHUNK)]
    cut = Parallel(n_jobs=n_jobs)(
        delayed(_cut_texts)([text.text for text in chunk]) for chunk in chunks
    )
    passages = [keys for chunk in cut for keys in chunk]
    owner = np.repeat(np.arange(len(texts)), [len(own) for own in passages])
    machine = np.array([text.is_machine for text in texts], bool)[owner]
    datasets = np.array([text.dataset for text in texts], str)[owner]
    groups = np.array([text.group for text in texts], str)[owner]
    fold_of = fold_of_groups((text.group for text in texts), N_FOLDS, random_state)
    folds = np.array([fold_of[group] for group in groups], int)
    parts = [np.ones(len(owner), bool), *(folds != fold for fold in range(N_FOLDS))]
    for rows in parts:
        if not _has_both(machine[rows]):
            kind = "machine" if machine[rows].any() else "human"
            raise InvalidInput(
                f"{rows.sum()} of {len(owner)} passages, all that a style model would learn from, "
                f"are {kind} text, expected both human and machine text"
            )
    without = {
        str(name): ~np.isin(groups, groups[datasets == name])
        for name in np.unique(datasets)
        if name != _POOL
    }
    without = {name: rows for name, rows in without.items() if _has_both(machine[rows])}
    terms = Passages.of([keys for own in passages for keys in own])
    fitted = Parallel(n_jobs=n_jobs)(
        delayed(fit_style)(terms, machine, datasets, np.flatnonzero(rows))
        for rows in (*parts, *without.values())
    )
    return StyleModels(
        fitted[0],
        tuple(fitted[1 : N_FOLDS + 1]),
        fold_of | {hash_beginning(text.text): fold_of[text.group] for text in texts},
        dict(zip(without, fitted[N_FOLDS + 1 :], strict=True)),
    )


def _has_both(is_machine: NDArray[np.bool_]) -> bool:
    return bool(is_machine.any() and not is_machine.all())


@dataclass(frozen=True, slots=True)
class Passages:
    """The terms of passages.

    Parameters
    ----------
    keys : ndarray of uint64, shape (n_terms,)
        Those that stand in several passages, sorted.
    counts : csr_matrix of float32, shape (n_passages, n_terms)
        How often each stands in each.
    """

    keys: Keys
    counts: csr_matrix

    @classmethod
    def of(cls, passages: Sequence[Keys]) -> Passages:
        """Count the terms of passages."""
        owner = np.repeat(np.arange(len(passages)), [len(keys) for keys in passages])
        keys, places = np.unique(np.concatenate(passages), return_inverse=True)
        ones = np.ones(len(places), np.float32)
        counts = csr_matrix((ones, (owner, places)), (len(passages), len(keys)))
        counts.sum_duplicates()
        usual = np.bincount(counts.indices, minlength=len(keys)) >= _least(len(passages))
        return cls(keys[usual], counts[:, usual])


def _least(n_passages: int) -> int:
    return min(_MIN_PASSAGES_OF_TERM, n_passages)


def fit_style(
    passages: Passages,
    is_machine: NDArray[np.bool_],
    datasets: NDArray[np.str_],
    rows: NDArray[np.intp],
) -> StyleModel:
    """Fit a logistic regression on TF-IDF weights.

    Both classes weigh the same in all; in either, a data set weighs the square root of its size:
    what the largest is about would be learned else.

    Parameters
    ----------
    passages : Passages
        Their terms.
    is_machine : ndarray of bool, shape (n_passages,)
        Which of them machines wrote.
    datasets : ndarray of str, shape (n_passages,)
        Where each comes from.
    rows : ndarray of intp, shape (n_rows,)
        Which of them to learn from, of both classes.
    """
    counts = passages.counts[rows]
    frequency = np.bincount(counts.indices, minlength=len(passages.keys))
    counted = frequency >= _least(len(rows))
    counts, frequency = counts[:, counted], frequency[counted]
    idf = (np.log((1 + len(rows)) / (1 + frequency)) + 1).astype(np.float32)
    counts.data = (1 + np.log(counts.data)) * idf[counts.indices]
    lengths = np.sqrt(np.asarray(counts.multiply(counts).sum(axis=1)).ravel())
    counts.data /= np.repeat(np.maximum(lengths, 1e-12), np.diff(counts.indptr))
    regression = LogisticRegression(C=_C, max_iter=_MAX_ITERATIONS, tol=_TOLERANCE)
    weights = _passage_weights(is_machine[rows], datasets[rows])
    regression.fit(counts, is_machine[rows], sample_weight=weights)
    return StyleModel(
        passages.keys[counted],
        idf,
        regression.coef_[0].astype(np.float32),
        np.asarray(regression.intercept_[0], np.float32),
    )


def _passage_weights(
    is_machine: NDArray[np.bool_], datasets: NDArray[np.str_]
) -> NDArray[np.float64]:
    """Weigh passages: both classes alike, in each a data set by the square root of its size."""
    weights = np.zeros(len(is_machine))
    for kind in (False, True):
        for name in np.unique(datasets[is_machine == kind]):
            cell = (is_machine == kind) & (datasets == name)
            weights[cell] = 1 / np.sqrt(cell.sum())
        weights[is_machine == kind] /= weights[is_machine == kind].sum()
    return weights * (len(weights) / 2)


def _cut_texts(texts: Sequence[str]) -> list[list[Keys]]:
    """Cut texts into passages, as scoring does; gives the term keys of each."""
    encoder = load_encoder()
    result = []
    for text in texts:
        terms = read_document(text, encoder).style_terms
        passage_of = part_into_passages(terms.sentence_words)
        n_words = np.bincount(passage_of, terms.sentence_words)
        of_term = passage_of[terms.sentence_of]
        result.append(
            [terms.keys[of_term == i] for i in np.flatnonzero(n_words >= _MIN_PASSAGE_WORDS)]
        )
    return result
