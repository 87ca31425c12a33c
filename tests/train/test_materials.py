"""What a recipe names is read below its folder; what it makes is made once."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from copydesk.errors import InvalidInput
from copydesk.models import DEFAULT_MODEL, load_model
from copydesk.seeds.corpus.labelled import CorpusRecord, Provenance, read_starter
from copydesk.seeds.derive.registry import ENGINES
from copydesk.train.base import hashes_of
from copydesk.train.learned import learned_texts
from copydesk.train.materials import (
    build_rows,
    draw_wires,
    engines_of,
    join_rows,
    read_materials,
    read_pool,
)
from copydesk.train.pairs import short_hash
from copydesk.train.recipe import DeriveRecipe, Recipe, StyleRecipe, recipe_of
from copydesk.train.style import StyleModels
from copydesk.types import Article, Label

WIRE = (
    "The ferry {0} ran aground off Morvik on Tuesday with {1} people on board, the coastguard "
    "said. Two tugs pulled it free at high water and nobody was hurt, a spokeswoman said.\n\n"
    '"We felt a jolt and then it was quiet," said {0} Berg, who was on her way to work.\n\n'
    "The operator said that it would look into the fault and that sailings would go on.\n"
)
ONLY_CUTS = tuple(name for name in ENGINES if name != "cut_tail")


def wire(i: int) -> dict[str, str]:
    return {"id": f"w{i}", "text": WIRE.format(f"Halla{'abcdefgh'[i]}", 80 + i)}


@pytest.fixture
def data(tmp_path: Path, small_corpus: Path) -> Path:
    """A folder of data: a pool of eight wires, a record too short among them, and a corpus."""
    folder = tmp_path / "data"
    (folder / "pools").mkdir(parents=True)
    rows = [*map(wire, range(8)), {"id": "short", "text": "Too short."}, {"no": "article"}]
    with gzip.open(folder / "pools" / "wires.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.write("\n".join(map(json.dumps, rows)))
    (folder / "corpus").symlink_to(small_corpus)
    return folder


@pytest.fixture
def derive() -> DeriveRecipe:
    return DeriveRecipe("pools/wires.jsonl.gz", 3, 30, 90, (0.5,), ONLY_CUTS)


@pytest.fixture
def recipe(derive: DeriveRecipe) -> Recipe:
    return replace(recipe_of([]), corpora=("corpus",), derive=derive)


def test_a_new_file_changes_nothing_until_it_is_named(data: Path, recipe: Recipe) -> None:
    plain = replace(recipe, derive=None)
    before = read_materials(plain, data)
    (data / "other.jsonl").write_text(
        json.dumps({"id": "o", "text": "A text.", "label": "spun", "story": "o"}), encoding="utf-8"
    )
    assert read_materials(plain, data).records == before.records
    named = read_materials(replace(plain, corpora=("corpus", "other.jsonl")), data)
    assert named.records[:-1] == before.records
    assert named.records[-1].dataset == "other"


def test_without_a_style_of_its_own_the_released_one_is_taken(data: Path, recipe: Recipe) -> None:
    materials = read_materials(replace(recipe, derive=None), data)
    styles = materials.styles
    learned = learned_texts(DEFAULT_MODEL)
    assert learned is not None
    assert materials.style_texts == learned - hashes_of(read_starter())
    np.testing.assert_array_equal(styles.released.coef, load_model().style.coef)
    assert styles.folds == ()
    assert styles.without_dataset("corpus") is None


def test_a_style_of_its_own_learns_from_the_corpora_and_pools_named(
    data: Path, recipe: Recipe
) -> None:
    more = [
        {**wire(i), "id": f"m{i}", "label": label, "story": f"m{i}"}
        for i, label in enumerate(["spun", "original"])
    ]
    (data / "more.jsonl").write_text("\n".join(map(json.dumps, more)), encoding="utf-8")
    both = ("corpus", "more.jsonl")
    style = StyleRecipe(both, {"pools/wires.jsonl.gz": 4})
    materials = read_materials(replace(recipe, corpora=both, derive=None, style=style), data)
    styles = materials.styles
    pool = [one.text for one in read_pool(data / "pools/wires.jsonl.gz")]
    own = {short_hash(record.article.text) for record in materials.records}
    assert own | set(map(short_hash, pool[:4])) <= materials.style_texts
    assert short_hash(pool[-1]) not in materials.style_texts
    assert set(styles.without or {}) == {"corpus", "more"}
    groups = read_materials(replace(recipe, corpora=both, derive=None), data).groups
    assert set(groups.values()) < set(styles.fold_of or {})
    assert not np.array_equal(styles.released.coef, load_model().style.coef)


def test_what_is_never_split_is_said_in_the_recipe(data: Path, recipe: Recipe) -> None:
    plain = replace(recipe, derive=None)
    apart = read_materials(plain, data).groups
    larger = replace(plain, larger_groups={"corpus": r"\w+-\w"})
    joined = read_materials(larger, data)
    assert apart.keys() == joined.groups.keys()
    topics = {record.story[: record.story.index("-") + 2] for record in joined.records}
    assert 1 < len(topics) < len(set(apart.values()))
    assert len(set(joined.groups.values())) == len(topics)
    rows, _ = build_rows(larger, joined)
    assert set(rows.groups.tolist()) == set(joined.groups.values())


def test_derivatives_say_what_they_are(data: Path, recipe: Recipe) -> None:
    records = read_materials(recipe, data).derived_records
    wires = [r for r in records if r.engine == "wire"]
    others = [r for r in records if r.engine != "wire"]
    assert len(wires) == 3
    assert {r.provenance for r in wires} == {Provenance.HUMAN}
    assert others and {r.engine for r in others} == {"cut_tail"}
    assert {r.provenance for r in others} == {Provenance.ENGINE}
    assert {r.dataset for r in records} == {"derived"}


def test_derivatives_and_rows_are_made_once(
    data: Path, recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    first = read_materials(recipe, data, cache)
    rows = build_rows(recipe, first, cache)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr("copydesk.train.materials.derive_corpus", never)
    monkeypatch.setattr("copydesk.train.materials.build_dataset", never)
    again = read_materials(recipe, data, cache)
    assert again.derived_records == first.derived_records
    for one, other in zip(rows, build_rows(recipe, again, cache), strict=True):
        assert one is not None and other is not None
        np.testing.assert_array_equal(one.X, other.X)
    regrouped = replace(again, groups={key: f"new {of}" for key, of in again.groups.items()})
    restyled = replace(
        again,
        styles=StyleModels(
            replace(again.styles.released, intercept=again.styles.released.intercept + 1)
        ),
    )
    for other in (regrouped, restyled):
        with pytest.raises(AssertionError, match="made again"):
            build_rows(recipe, other, cache)
    # An engine that changed is not taken from an older corpus.
    monkeypatch.setattr("copydesk.train.materials.code_digest", lambda *_: "changed")
    with pytest.raises(AssertionError, match="made again"):
        read_materials(recipe, data, cache)
    with pytest.raises(AssertionError, match="made again"):
        build_rows(recipe, again, cache)


def test_rows_of_both_parts_are_joined(data: Path, recipe: Recipe) -> None:
    real, derived = build_rows(recipe, read_materials(recipe, data))
    assert derived is not None
    joined = join_rows(real, derived)
    assert len(joined) == len(real) + len(derived)
    assert set(joined.datasets.tolist()) == {"corpus", "derived"}
    assert join_rows(real, None) is real


def test_known_and_short_wires_are_not_drawn(data: Path, derive: DeriveRecipe) -> None:
    known = [
        CorpusRecord(Article("a", wire(0)["text"]), Label.ORIGINAL, "s"),
        CorpusRecord(Article("b", "x", source_text=wire(1)["text"]), Label.SPUN, "s"),
    ]
    drawn = draw_wires(derive, known, data, n_wires=6)
    assert [article.id for article in drawn] == [f"w{i}" for i in range(2, 8)]
    with pytest.raises(InvalidInput, match="has 6 wires to derive from, expected 7"):
        draw_wires(derive, known, data, n_wires=7)
    assert len(draw_wires(derive, known, data)) == derive.n_wires


def test_engines_are_left_out_by_the_beginning_of_their_names(derive: DeriveRecipe) -> None:
    assert engines_of(derive) == ["cut_tail"]
    without = engines_of(replace(derive, without=("names_", "quote_paraphrase")))
    assert len(without) == len(ENGINES) - 5
    assert not [name for name in without if name.startswith("names_")]


def test_a_file_that_is_missing_is_named(data: Path, recipe: Recipe) -> None:
    with pytest.raises(InvalidInput, match=r"none\.jsonl does not exist"):
        read_materials(replace(recipe, corpora=("none.jsonl",)), data)


def test_one_id_for_two_texts_is_refused(small_corpus: Path, tmp_path: Path) -> None:
    path = min(small_corpus.iterdir())
    record = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({**record, "source_id": None}), encoding="utf-8")
    both = recipe_of([small_corpus, other])
    n_records = len(read_materials(both).records)  # the same text twice is no matter
    assert n_records == len(read_materials(recipe_of([small_corpus])).records) + 1
    other.write_text(json.dumps({**record, "source_id": None, "text": "x"}), encoding="utf-8")
    with pytest.raises(InvalidInput, match=f"1 ids .* the first is '{record['id']}': ids must be"):
        read_materials(both)
