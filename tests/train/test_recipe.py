"""Recipes: the released one as it is, and every mistake in one named."""

from pathlib import Path

import pytest

from copydesk.errors import InvalidInput
from copydesk.models import DEFAULT_MODEL, read_manifest
from copydesk.train.recipe import (
    RELEASED,
    STARTER,
    DeriveRecipe,
    Recipe,
    StyleRecipe,
    read_recipe,
    recipe_of,
)

DATA_CARD = RELEASED.with_name("DATA.md").read_text(encoding="utf-8")

PLAIN = 'name = "own"\ncorpora = ["a.jsonl"]\n'


def read(tmp_path: Path, text: str) -> Recipe:
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return read_recipe(path)


def test_a_plain_recipe_by_hand(tmp_path: Path) -> None:
    recipe = read(tmp_path, PLAIN)
    assert (recipe.name, recipe.corpora, recipe.encoder) == ("own", ("a.jsonl",), "static")
    assert (recipe.random_state, recipe.style, recipe.derive) == (0, None, None)
    assert recipe.larger_groups == {}


def test_a_full_recipe_by_hand(tmp_path: Path) -> None:
    text = r"""
name = "own"
corpora = ["a.jsonl", "starter"]
encoder = "minilm"
seed = 7
[larger_groups]
a = 'doc\d'
[style]
corpora = ["a.jsonl"]
[style.pools]
"p.jsonl" = 3
[derive]
wires = "w.jsonl"
n_wires = 2
max_words = 90
strengths = [0.5]
without = ["names_"]
"""
    assert read(tmp_path, text) == Recipe(
        name="own",
        corpora=("a.jsonl", STARTER),
        encoder="minilm",
        random_state=7,
        larger_groups={"a": r"doc\d"},
        style=StyleRecipe(("a.jsonl",), {"p.jsonl": 3}),
        derive=DeriveRecipe("w.jsonl", 2, 150, 90, (0.5,), ("names_",)),
    )


def test_the_released_recipe_names_what_the_released_model_saw() -> None:
    recipe = read_recipe()
    manifest = read_manifest(DEFAULT_MODEL)
    assert manifest.model_id.startswith(f"{recipe.name}-")
    assert manifest.encoder == recipe.encoder
    related = [path for path in recipe.corpora if path.startswith("related/")]  # of data sets named
    assert len(manifest.data) == len(recipe.corpora) - len(related) + (recipe.derive is not None)
    assert STARTER in recipe.corpora


def test_every_data_set_of_the_released_model_is_in_the_data_card() -> None:
    for name, described in read_manifest(DEFAULT_MODEL).data.items():
        assert isinstance(described, dict)
        (row,) = (line for line in DATA_CARD.splitlines() if line.startswith(f"| {name} |"))
        assert f"| {described['rows']:,} |" in row, name
        assert f"`{described['sha256'][:16]}`" in row, name
    for path in read_recipe().corpora:
        assert path in DATA_CARD


def test_a_recipe_of_ones_own_corpora(tmp_path: Path) -> None:
    recipe = recipe_of([tmp_path / "a.jsonl"], name="own", random_state=3)
    assert recipe == Recipe("own", (str(tmp_path / "a.jsonl"),), "static", 3)
    assert (recipe.style, recipe.derive) == (None, None)


def test_the_released_recipe_groups_and_leaves_out_what_it_says() -> None:
    recipe = read_recipe()
    assert recipe.derive is not None and recipe.style is not None
    assert recipe.larger_groups == {"wmt_roundtrip": r"wmt\d\d"}
    assert STARTER not in recipe.style.corpora


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = ", "cannot be read: Invalid value"),
        ("", "name is missing, expected a string"),
        ('name = "own"\n', "corpora is missing, expected a list"),
        ('name = "own"\ncorpora = []\n', "corpora is empty, expected at least one"),
        ('name = "own"\ncorpora = [1]\n', r"corpora is \[1\], expected strings"),
        (PLAIN + "seed = true\n", "seed is True, expected a whole number"),
        (PLAIN + "sede = 1\n", "there is no field sede; there are: corpora, derive, "),
        (PLAIN + "weights = 1\n", "there is no field weights"),
        (PLAIN + "larger_groups = 1\n", "larger_groups is 1, expected a table"),
        (
            PLAIN + "[larger_groups]\na = 1\n",
            "larger_groups: a is 1, expected a regular expression",
        ),
        (PLAIN + "[larger_groups]\na = '('\n", r"larger_groups: a is '\(', expected a regular exp"),
        (PLAIN + '[style]\ncorpora = ["b.jsonl"]\n', "names b.jsonl, expected some of"),
        (
            PLAIN + '[style]\ncorpora = []\n[style.pools]\n"p.jsonl" = 0\n',
            "p.jsonl is 0, expected 1 or more",
        ),
        (
            PLAIN + '[derive]\nwires = "w"\nn_wires = 3\nstrengths = [2.0]\n',
            "strength is 2.0, expected a share from 0 to 1",
        ),
        (PLAIN + "[derive]\nn_wires = 3\n", "wires is missing, expected a string"),
        (PLAIN + '[derive]\nwires = "w"\nn_wire = 3\n', "n_wires is missing"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        read(tmp_path, text)


def test_a_recipe_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"the recipe .*none\.toml cannot be read"):
        read_recipe(tmp_path / "none.toml")
