"""Recipes: the released one as it is, and every mistake in one named."""

from pathlib import Path

import pytest

from copydesk.errors import InvalidInput
from copydesk.models import DEFAULT_MODEL, read_manifest
from copydesk.train.pairs import PairKind
from copydesk.train.recipe import RELEASED, STARTER, Recipe, read_recipe, recipe_of

DATA_CARD = RELEASED.with_name("DATA.md").read_text(encoding="utf-8")

WEIGHTS = """
[weights]
complete = 1
[weights.kinds]
source = [1, 2, 3]
related = [1, 0, 0]
hard_negative = [0, 0, 0]
unrelated = [0.5, 0, 0]
alone = [1, 1, 1]
reversed = [0, 0, 0]
in_part = [0, 0, 0]
"""
PLAIN = 'name = "own"\ncorpora = ["a.jsonl"]\n'


def read(tmp_path: Path, text: str) -> Recipe:
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return read_recipe(path)


def test_a_plain_recipe_by_hand(tmp_path: Path) -> None:
    recipe = read(tmp_path, PLAIN + WEIGHTS)
    assert (recipe.name, recipe.corpora, recipe.encoder) == ("own", ("a.jsonl",), "static")
    assert (recipe.random_state, recipe.style, recipe.derive) == (0, None, None)
    assert recipe.weights.kinds[PairKind.SOURCE] == (1, 2, 3)
    assert (recipe.weights.complete, recipe.weights.engine_made) == (1.0, 1.0)


def test_the_released_recipe_names_what_the_released_model_saw() -> None:
    recipe = read_recipe()
    manifest = read_manifest(DEFAULT_MODEL)
    assert manifest.model_id.startswith(f"{recipe.name}-")
    assert manifest.encoder == recipe.encoder
    assert len(manifest.data) == len(recipe.corpora) + (recipe.derive is not None)
    assert STARTER in recipe.corpora


def test_every_data_set_of_the_released_model_is_in_the_data_card() -> None:
    for name, described in read_manifest(DEFAULT_MODEL).data.items():
        assert isinstance(described, dict)
        (row,) = (line for line in DATA_CARD.splitlines() if line.startswith(f"| {name} |"))
        assert f"| {described['rows']:,} |" in row, name
        assert f"`{described['sha256'][:16]}`" in row, name
    for path in read_recipe().corpora:
        assert path in DATA_CARD


def test_ones_own_corpora_weigh_as_in_the_released_recipe(tmp_path: Path) -> None:
    recipe = recipe_of([tmp_path / "a.jsonl"], name="own", random_state=3)
    assert recipe.corpora == (str(tmp_path / "a.jsonl"),)
    assert recipe.weights == read_recipe().weights
    assert (recipe.name, recipe.random_state, recipe.style) == ("own", 3, None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = ", "cannot be read: Invalid value"),
        (WEIGHTS, "name is missing, expected a string"),
        ('name = "own"\n' + WEIGHTS, "corpora is missing, expected a list"),
        ('name = "own"\ncorpora = []\n' + WEIGHTS, "corpora is empty, expected at least one"),
        ('name = "own"\ncorpora = [1]\n' + WEIGHTS, r"corpora is \[1\], expected strings"),
        (PLAIN, "weights is missing, expected a table"),
        (PLAIN + "seed = true\n" + WEIGHTS, "seed is True, expected a whole number"),
        (PLAIN + "sede = 1\n" + WEIGHTS, "there is no field sede; there are: corpora, derive, "),
        (PLAIN + WEIGHTS.replace("in_part", "part"), "kinds has .*part, expected each of source"),
        (PLAIN + WEIGHTS.replace("[1, 2, 3]", "[1, 2]"), r"kinds: source is \[1, 2\], expected a"),
        (PLAIN + WEIGHTS.replace("[1, 2, 3]", "[1, 2, -3]"), "expected a number of at least 0"),
        (PLAIN + WEIGHTS.replace("= 1\n", '= "x"\n', 1), "complete is 'x', expected a number"),
        (PLAIN + '[style]\ncorpora = ["b.jsonl"]\n' + WEIGHTS, "names b.jsonl, expected some of"),
        (
            PLAIN + '[style]\ncorpora = []\n[style.pools]\n"p.jsonl" = 0\n' + WEIGHTS,
            "p.jsonl is 0, expected 1 or more",
        ),
        (
            PLAIN + '[derive]\nwires = "w"\nn_wires = 3\nstrengths = [2.0]\n' + WEIGHTS,
            "strength is 2.0, expected a share from 0 to 1",
        ),
        (PLAIN + "[derive]\nn_wires = 3\n" + WEIGHTS, "wires is missing, expected a string"),
        (PLAIN + '[derive]\nwires = "w"\nn_wire = 3\n' + WEIGHTS, "n_wires is missing"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        read(tmp_path, text)


def test_a_recipe_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"the recipe .*none\.toml cannot be read"):
        read_recipe(tmp_path / "none.toml")
