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
from copydesk.features import load_encoder, read_document
from copydesk.features.read.style import N_TERMS, StyleModel, tf_idf
from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.pairs import hash_beginning, own_and_source, story_groups
from copydesk.types import Article, Label

_PASSAGE_WORDS = (40, 140)
_MIN_PASSAGE_WORDS = 20
_MIN_PASSAGES_OF_TERM = 5
_CHUNK = 200
_POOL = "pool"
# Inverse strength of the L2 penalty: of 0.1 to 30, best on data sets left out.
_C = 10.0
_MAX_ITERATIONS = 300
_TOLERANCE = 1e-5

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class StyleText:
    """A text whose making is known; ``group`` and ``dataset`` are what is left out together."""

    text: str
    is_machine: bool
    group: str
    dataset: str


@dataclass(frozen=True, slots=True)
class StyleModels:
    """Style models for training rows: none has seen the data set that it scores.

    Parameters
    ----------
    released : StyleModel
        Fitted on everything; for scoring, and for data sets that no style model has seen.
    left_out : mapping of str to StyleModel
        By the data set that each has not seen.
    """

    released: StyleModel
    left_out: Mapping[str, StyleModel]

    def for_dataset(self, name: str) -> StyleModel:
        """Give the model to score a data set's texts with."""
        return self.left_out.get(name, self.released)


def collect_style_texts(
    records: Sequence[CorpusRecord], pool: Iterable[Article]
) -> list[StyleText]:
    """Take machine text from a corpus's spins, human text from all else and from a pool.

    Parameters
    ----------
    records : sequence of CorpusRecord
        Of data sets in which spins are machines' work, and nothing else is.
    pool : iterable of Article
        Human news; what the corpus has already is left out.

    Returns
    -------
    list of StyleText
        Every text once.
    """
    texts = {record.article.id: record.article.text for record in records}
    groups = story_groups(records)
    collected: dict[str, StyleText] = {}
    for record in records:
        group = groups[record.article.id]
        for i, text in enumerate(own_and_source(record, texts)):
            is_machine = i == 0 and record.label is Label.SPUN
            style_text = StyleText(text, is_machine, group, record.dataset)
            collected.setdefault(hash_beginning(text), style_text)
    for article in pool:
        style_text = StyleText(article.text, False, article.id, _POOL)
        collected.setdefault(hash_beginning(article.text), style_text)
    return list(collected.values())


def fit_style_models(
    texts: Sequence[StyleText], random_state: int = 0, n_jobs: int = 1
) -> StyleModels:
    """Fit the style model on all texts, and once more without each data set.

    Where a data set is left out, so are all texts of its groups.

    Parameters
    ----------
    texts : sequence of StyleText
        Human and machine text, also where any one data set is left out.
    random_state : int
        Seed of where passages end.
    n_jobs : int
        Processes, as joblib counts them.

    Raises
    ------
    InvalidInput
        All texts, or all but those of one data set, are human or are machine text.
    """
    chunks = [texts[i : i + _CHUNK] for i in range(0, len(texts), _CHUNK)]
    cut = Parallel(n_jobs=n_jobs)(
        delayed(_cut_texts)([text.text for text in chunk], random_state) for chunk in chunks
    )
    passages = [ids for chunk in cut for ids in chunk]
    owner = np.repeat(np.arange(len(texts)), [len(own) for own in passages])
    flat = [ids for own in passages for ids in own]
    machine = np.array([text.is_machine for text in texts], bool)[owner]
    groups = np.array([text.group for text in texts])[owner]
    datasets = np.array([text.dataset for text in texts])[owner]
    subsets = [np.ones(len(flat), bool)]
    names = [str(name) for name in np.unique(datasets) if name != _POOL]
    for name in names:
        held_out = datasets == name
        subsets.append(~held_out & ~np.isin(groups, np.unique(groups[held_out])))
    fitted = Parallel(n_jobs=n_jobs)(
        delayed(fit_style)([flat[i] for i in np.flatnonzero(rows)], machine[rows], datasets[rows])
        for rows in subsets
    )
    return StyleModels(fitted[0], dict(zip(names, fitted[1:], strict=True)))


def fit_style(
    passages: Sequence[Ids], is_machine: NDArray[np.bool_], datasets: NDArray[np.str_]
) -> StyleModel:
    """Fit a logistic regression on TF-IDF weights.

    Both classes weigh the same in all, and in either every data set does: what the largest is
    about would be learned else.

    Parameters
    ----------
    passages : sequence of ndarray of int32
        Term ids of each passage.
    is_machine : ndarray of bool, shape (n_passages,)
        Which of them machines wrote.
    datasets : ndarray of str, shape (n_passages,)
        Where each comes from.

    Raises
    ------
    InvalidInput
        The passages are all human or all machine text.
    """
    if is_machine.all() or not is_machine.any():
        kind = "machine text" if is_machine.any() else "human text"
        raise InvalidInput(f"all {len(passages)} passages are {kind}, expected both")
    frequency = np.zeros(N_TERMS)
    for ids in passages:
        frequency[np.unique(ids)] += 1
    idf = np.log((1 + len(passages)) / (1 + frequency)) + 1
    idf[frequency < min(_MIN_PASSAGES_OF_TERM, len(passages))] = 0
    idf = idf.astype(np.float32)
    rows = [tf_idf(ids, idf) for ids in passages]
    X = csr_matrix(
        (
            np.concatenate([weights for _, weights in rows]),
            np.concatenate([ids for ids, _ in rows]),
            np.cumsum([0, *(len(ids) for ids, _ in rows)]),
        ),
        shape=(len(rows), N_TERMS),
    )
    weights = _passage_weights(is_machine, datasets)
    regression = LogisticRegression(C=_C, max_iter=_MAX_ITERATIONS, tol=_TOLERANCE)
    regression.fit(X, is_machine, sample_weight=weights)
    return StyleModel(
        idf,
        regression.coef_[0].astype(np.float32),
        np.asarray(regression.intercept_[0], np.float32),
    )


def _passage_weights(
    is_machine: NDArray[np.bool_], datasets: NDArray[np.str_]
) -> NDArray[np.float64]:
    """Weigh passages so that both classes, and in each its data sets, count the same; mean 1."""
    weights = np.empty(len(is_machine))
    for kind in (False, True):
        names = np.unique(datasets[is_machine == kind])
        for name in names:
            cell = (is_machine == kind) & (datasets == name)
            weights[cell] = 1 / (len(names) * cell.sum())
    return weights * (len(weights) / 2)


def _cut_texts(texts: Sequence[str], random_state: int) -> list[list[Ids]]:
    """Cut texts into passages of whole sentences; gives the term ids of each."""
    encoder = load_encoder()
    rng = np.random.default_rng(random_state)
    result = []
    for text in texts:
        document = read_document(text, encoder)
        terms = document.style_terms
        passages, first = [], 0
        while first < len(document.sentences):
            wanted, last, n_words = rng.integers(*_PASSAGE_WORDS), first, 0
            while last < len(document.sentences) and n_words < wanted:
                n_words += document.sentences[last].n_tokens
                last += 1
            if n_words >= _MIN_PASSAGE_WORDS:
                inside = (terms.sentence_of >= first) & (terms.sentence_of < last)
                passages.append(terms.ids[inside])
            first = last
        result.append(passages)
    return result
