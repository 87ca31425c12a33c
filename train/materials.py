"""What a recipe names, read and made: records, style models, derivatives, pairs, feature rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from copydesk.errors import InvalidInput
from copydesk.models import DEFAULT_MODEL, load_model
from copydesk.models.arrays import arrays_of
from copydesk.seeds.corpus.labelled import (
    CorpusRecord,
    find_ambiguous_ids,
    read_corpus,
    read_starter,
)
from copydesk.seeds.corpus.readers import read_articles
from copydesk.seeds.derive.job import CORPUS_NAME, derive_corpus
from copydesk.seeds.derive.registry import ENGINES
from copydesk.train.base import hashes_of
from copydesk.train.cache import Cache, code_digest, digest
from copydesk.train.dataset import Dataset, KeptRows, build_dataset, concatenate
from copydesk.train.hard_negatives import add_hard_negatives
from copydesk.train.in_part import add_reworded_in_part
from copydesk.train.learned import learned_texts
from copydesk.train.pairs import Pair, build_pairs, hash_beginning, short_hash, story_groups
from copydesk.train.recipe import STARTER, DeriveRecipe, Recipe
from copydesk.train.steps import Step, Steps
from copydesk.train.style import StyleModels, StyleText, collect_style_texts, fit_style_models
from copydesk.train.word_fit import fit_neighbour_models
from copydesk.types import Article

DATA_VARIABLE = "COPYDESK_DATA"
DERIVED = "derived"
_CODE_OF_DERIVATIVES = ("seeds.derive", "seeds.corpus", "features")
_CODE_OF_STYLE = ("features", "train.style", "train.word_fit")
_CODE_OF_ROWS = (
    *("features", "seeds.corpus", "train.pairs", "train.derived_pairs", "train.hard_negatives"),
    *("train.in_part", "train.dataset", "train.style"),
)


@dataclass(frozen=True, slots=True)
class Materials:
    """What a recipe names, read.

    Parameters
    ----------
    records, derived_records : tuple of CorpusRecord
        Of the corpora, and what engines made.
    groups : mapping of str to str
        What never straddles a split: the group of each record, by its id.
    styles : StyleModels
        The style score, and those that have not seen a part of it.
    style_texts : frozenset of str
        Hashes of what the style score was fitted on, as ``short_hash`` gives them; where it was
        taken over, of all that the model learned from which it is.
    """

    records: tuple[CorpusRecord, ...]
    derived_records: tuple[CorpusRecord, ...]
    groups: Mapping[str, str]
    styles: StyleModels
    style_texts: frozenset[str]


def read_materials(
    recipe: Recipe, data: Path | None = None, cache: Path | None = None, n_jobs: int = 1
) -> Materials:
    """Read a recipe's corpora, fit its style score, make its derivatives.

    Parameters
    ----------
    recipe : Recipe
        Names them.
    data : Path, optional
        Folder that its paths are below; by default that in ``COPYDESK_DATA``, or the current one.
    cache : Path, optional
        Folder for derivatives and feature rows, keyed by content and code.
    n_jobs : int
        Processes, as joblib counts them.

    Raises
    ------
    InvalidInput
        A file is missing or empty.
    InvalidRecord
        A record is wrong; says where.
    """
    folder = data or Path(os.environ.get(DATA_VARIABLE, "."))
    by_corpus = {
        name: tuple(
            replace(record, dataset=recipe.one_hand.get(record.dataset, record.dataset))
            for record in _read_corpus(name, folder)
        )
        for name in recipe.corpora
    }
    records = tuple(record for part in by_corpus.values() for record in part)
    ambiguous = find_ambiguous_ids(records)
    if ambiguous:
        raise InvalidInput(
            f"{len(ambiguous)} ids stand for different texts in two corpora, the first is "
            f"{ambiguous[0]!r}: ids must be unique"
        )
    groups = story_groups(records, recipe.larger_groups)
    if recipe.style is None:
        styles = StyleModels(load_model().style)
        # The style score learned nothing of the starter corpus: one hand wrote all of its labels.
        style_texts = (learned_texts(DEFAULT_MODEL) or frozenset()) - hashes_of(read_starter())
    else:
        taught = [record for name in recipe.style.corpora for record in by_corpus[name]]
        pool = (
            article
            for path, count in recipe.style.pools.items()
            for article in islice(read_pool(folder / path), count)
        )
        texts = collect_style_texts(taught, groups, pool)
        styles = _fit_styles(texts, recipe.random_state, Cache(cache), n_jobs)
        style_texts = frozenset(short_hash(text.text) for text in texts)
    derived: tuple[CorpusRecord, ...] = ()
    if recipe.derive is not None:
        public = [r for name in recipe.corpora if name != STARTER for r in by_corpus[name]]
        wires = draw_wires(recipe.derive, public, folder, recipe.random_state)
        derived = _derive(recipe.derive, wires, recipe.random_state, Cache(cache), n_jobs)
    groups = {**groups, **story_groups(derived)}
    return Materials(records, derived, groups, styles, style_texts)


def _fit_styles(
    texts: Sequence[StyleText], random_state: int, cache: Cache, n_jobs: int
) -> StyleModels:
    """Fit the style models and count neighbours in the same texts."""

    def make() -> StyleModels:
        styles = fit_style_models(texts, random_state, n_jobs)
        return fit_neighbour_models(texts, random_state, n_jobs).join(styles)

    return cache.styles(digest(texts, random_state, code_digest(*_CODE_OF_STYLE)), make)


def _read_corpus(name: str, folder: Path) -> tuple[CorpusRecord, ...]:
    return read_starter() if name == STARTER else read_corpus([folder / name])


def read_pool(path: Path) -> Iterable[Article]:
    """Read articles without a label; what cannot be read is left out."""
    return (row for row in read_articles([str(path)]) if isinstance(row, Article))


def draw_wires(
    recipe: DeriveRecipe,
    records: Sequence[CorpusRecord],
    folder: Path,
    random_state: int = 0,
    n_wires: int | None = None,
) -> list[Article]:
    """Draw wires whose beginning is in no record, neither as text nor as source.

    Parameters
    ----------
    recipe : DeriveRecipe
        Says where the wires are, how long, and how many.
    records : sequence of CorpusRecord
        What is known already.
    folder : Path
        Of data.
    random_state : int
        Seed of the draw.
    n_wires : int, optional
        Another number than the recipe's.

    Raises
    ------
    InvalidInput
        There are fewer.
    """
    n = n_wires or recipe.n_wires
    texts = (t for r in records for t in (r.article.text, r.article.source_text or ""))
    known = {hash_beginning(text) for text in texts}
    unknown = [
        Article(wire.id, wire.text)
        for wire in read_pool(folder / recipe.wires)
        if recipe.min_words <= len(wire.text.split()) <= recipe.max_words
        and hash_beginning(wire.text) not in known
    ]
    if len(unknown) < n:
        raise InvalidInput(f"{recipe.wires} has {len(unknown)} wires to derive from, expected {n}")
    chosen = np.random.default_rng(random_state).choice(len(unknown), n, replace=False)
    return [unknown[i] for i in sorted(map(int, chosen))]


def engines_of(recipe: DeriveRecipe) -> list[str]:
    """Name the engines that a recipe uses."""
    return [name for name in ENGINES if not name.startswith(recipe.without)]


def _derive(
    recipe: DeriveRecipe, wires: Sequence[Article], random_state: int, cache: Cache, n_jobs: int
) -> tuple[CorpusRecord, ...]:
    engines = engines_of(recipe)
    code = code_digest(*_CODE_OF_DERIVATIVES)
    key = digest(wires, engines, recipe.strengths, random_state, code)
    kept = cache.place(DERIVED, key)
    with TemporaryDirectory() as temporary:
        folder = kept or Path(temporary)
        if not (folder / CORPUS_NAME).exists():
            derive_corpus(
                wires,
                folder,
                engines=engines,
                strengths=recipe.strengths,
                random_state=random_state,
                n_jobs=n_jobs,
            )
        return read_corpus([folder / CORPUS_NAME], DERIVED)


def training_pairs(
    records: Sequence[CorpusRecord],
    groups: Mapping[str, str],
    encoder: str,
    random_state: int = 0,
    n_jobs: int = 1,
) -> tuple[Pair, ...]:
    """Give the pairs that a model learns from: those of the corpora, and what is made of them."""
    pairs = build_pairs(records, random_state, groups)
    pairs = add_hard_negatives(pairs, encoder, random_state, n_jobs)
    return add_reworded_in_part(pairs, encoder, random_state, n_jobs)


def build_rows(
    recipe: Recipe,
    materials: Materials,
    cache: Path | None = None,
    n_jobs: int = 1,
    steps: Steps | None = None,
) -> tuple[Dataset, Dataset | None]:
    """Give the feature rows of a recipe's corpora, and of what engines made.

    Parameters
    ----------
    recipe, materials
        The recipe, and what ``read_materials`` read of it.
    cache, n_jobs
        As for ``read_materials``.
    steps : Steps, optional
        Told what is done.
    """
    code = code_digest(*_CODE_OF_ROWS)
    style = digest(*(array.tobytes() for array in arrays_of(materials.styles.released).values()))

    def rows_of(records: Sequence[CorpusRecord]) -> Dataset:
        key = digest(
            *(records, recipe.encoder, recipe.random_state),
            *(sorted(materials.groups.items()), style, code),
        )

        def make() -> Dataset:
            if steps is not None:
                steps.begin(Step.PAIRS, len(records))
            pairs = training_pairs(
                records, materials.groups, recipe.encoder, recipe.random_state, n_jobs
            )
            rows = Cache(cache).rows
            kept = None if rows is None else KeptRows(rows, digest(style, code))
            return build_dataset(pairs, recipe.encoder, materials.styles, n_jobs, kept, steps)

        return Cache(cache).dataset(key, make)

    derived = materials.derived_records
    return rows_of(materials.records), rows_of(derived) if derived else None


def join_rows(real: Dataset, derived: Dataset | None) -> Dataset:
    """Put what engines made behind the rest."""
    return real if derived is None else concatenate([real, derived])
