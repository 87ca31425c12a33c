"""What is injected fires, what is drawn from the same does not, however many seeds are tried."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from copydesk.errors import InvalidInput
from copydesk.features import FEATURE_NAMES, NEEDS_SOURCE
from copydesk.models import DEFAULT_MODEL
from copydesk.models.reference import Reference, load_reference
from copydesk.train.base import read_base
from copydesk.train.dataset import Dataset
from copydesk.train.monitor.features import FeatureRows, feature_figures
from copydesk.train.monitor.figures import (
    ALPHA,
    Count,
    Figure,
    Level,
    judge,
    share_figure,
)
from copydesk.train.monitor.monitor import Monitored, monitor
from copydesk.train.monitor.records import Scored
from copydesk.train.monitor.spread import Shift
from copydesk.train.reference import reference_of

Make = Callable[..., Scored]

N_SEEDS = 100
# Chance alone fires in one run of a hundred; five of a hundred would be very bad luck.
MOST_FALSE = 5


@pytest.fixture(scope="module")
def learned() -> Dataset:
    """The rows of the released model that articles are like when they are scored."""
    rows = read_base(DEFAULT_MODEL, "static").rows
    return rows.rows(np.isin(rows.kinds, ["alone", "source", "related"]))


@pytest.fixture(scope="module")
def reference() -> Reference:
    found = load_reference(DEFAULT_MODEL)
    assert found is not None
    return found


def draw(learned: Dataset, n: int, seed: int, among: Any = slice(None)) -> FeatureRows:
    places = np.arange(len(learned))[among]
    chosen = learned.rows(np.random.default_rng(seed).choice(places, n))
    return FeatureRows(chosen.X, chosen.y, chosen.kinds != "alone")


def level(figures: list[Figure]) -> Level:
    return max(figure.level for figure in judge(figures))


@pytest.mark.parametrize("n", [120, 400])
def test_a_resample_of_the_reference_does_not_fire(
    n: int, learned: Dataset, reference: Reference
) -> None:
    levels = [level(feature_figures(draw(learned, n, s), reference)) for s in range(N_SEEDS)]
    assert sum(one is not Level.NOTHING for one in levels) <= MOST_FALSE


def test_more_of_one_label_is_no_move_of_features(learned: Dataset, reference: Reference) -> None:
    is_spun = learned.y == 2
    among = np.concatenate([np.flatnonzero(is_spun), np.flatnonzero(~is_spun)[:1500]])
    assert is_spun.mean() < 0.6 < is_spun[among].mean()
    levels = [
        level(feature_figures(draw(learned, 300, s, np.flatnonzero(is_spun)), reference))
        for s in range(30)
    ]
    assert sum(one is not Level.NOTHING for one in levels) <= 2


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("drift_mean", lambda x: x + 0.15),
        ("sentence_words", lambda x: x * 1.2),
        ("first_person", lambda x: np.full_like(x, np.nan)),
        ("containment_5", np.zeros_like),
    ],
)
def test_an_injected_shift_fires_and_is_named(
    name: str, change: Callable[..., Any], learned: Dataset, reference: Reference
) -> None:
    column = FEATURE_NAMES.index(name)
    rows = draw(learned, 600, 0)
    rows.X[:, column] = change(rows.X[:, column])
    figures = judge(feature_figures(rows, reference))
    assert {figure.name for figure in figures if figure.level is not Level.NOTHING} == {name}
    assert level(feature_figures(rows, reference)) is Level.ACT


def test_a_shift_too_small_to_matter_does_not_fire(learned: Dataset, reference: Reference) -> None:
    column = FEATURE_NAMES.index("sentence_words")
    rows = draw(learned, 20_000, 0)
    rows.X[:, column] += 0.02
    (figure,) = (
        one
        for one in judge(feature_figures(rows, reference))
        if one.name == "sentence_words" and one.group == "features, alone"
    )
    assert figure.p is not None
    assert figure.p < ALPHA  # no chance, and yet nothing to act on
    assert figure.level is Level.NOTHING


def test_a_shift_in_a_few_articles_does_not_fire(learned: Dataset, reference: Reference) -> None:
    rows = draw(learned, 40, 0)
    rows.X[:] += 1
    assert feature_figures(rows, reference) == []


def test_articles_alone_are_asked_for_nothing_of_a_source(
    learned: Dataset, reference: Reference
) -> None:
    rows = draw(learned, 200, 0, np.flatnonzero(learned.kinds == "alone"))
    names = {figure.name for figure in feature_figures(rows, reference)}
    assert names == set(np.array(FEATURE_NAMES)[~NEEDS_SOURCE])


def test_a_label_that_was_never_learned_says_nothing(
    learned: Dataset, reference: Reference
) -> None:
    n_rows, n_present, at_most = (
        array.copy() for array in (reference.n_rows, reference.n_present, reference.at_most)
    )
    for array in (n_rows, n_present, at_most):
        array[:, 2] = 0
    partial = Reference(reference.values, at_most, n_present, n_rows, reference.texts)
    only_spun = draw(learned, 200, 0, np.flatnonzero(learned.y == 2))
    assert feature_figures(only_spun, partial) == []
    assert feature_figures(draw(learned, 300, 0, np.flatnonzero(learned.y != 2)), partial)


def test_files_of_the_same_do_not_fire(make_scored: Make) -> None:
    levels = [
        monitor(make_scored(150, 2 * s), before=make_scored(300, 2 * s + 1)).level
        for s in range(N_SEEDS)
    ]
    assert sum(one is not Level.NOTHING for one in levels) <= MOST_FALSE


def blank_outlet(record: dict[str, Any]) -> None:
    record["url"] = f"https://{record['id']}.farm.example/"


def unsure(record: dict[str, Any]) -> None:
    if int(record["id"][1:]) % 4 == 0:
        record["label_set"] = ["original", "spun"]


def without_source(record: dict[str, Any]) -> None:
    if int(record["id"][1:]) % 2:
        record.update(source_id=None, source_similarity=None)


def less_similar(record: dict[str, Any]) -> None:
    if record["source_similarity"] is not None:
        record["source_similarity"] -= 0.2


def credit(record: dict[str, Any]) -> None:
    if int(record["id"][1:]) % 3 == 0:
        span = {"text": "x", "start": 0, "end": 1}
        credit = {"kind": "credit", "article": span, "source": None, "detail": "Southwire"}
        record["evidence"]["credits"] = [credit]


@pytest.mark.parametrize(
    ("change", "options", "moved"),
    [
        (unsure, {}, {"unsure"}),
        (without_source, {}, {"without source", "source_similarity"}),
        (less_similar, {}, {"source_similarity"}),
        (blank_outlet, {}, {"new outlets"}),
        (credit, {}, {"new agencies"}),
        (lambda _: None, {"n_rejected": 80}, {"rejected"}),
        (lambda _: None, {"shares": (0.4, 0.3, 0.3)}, {"original", "spun"}),
    ],
)
def test_what_moved_in_a_file_is_named(
    change: Callable[[dict[str, Any]], None],
    options: dict[str, Any],
    moved: set[str],
    make_scored: Make,
) -> None:
    found = monitor(make_scored(600, 1, change, **options), before=make_scored(900, 2))
    assert {figure.name for figure in found.moved} >= moved
    assert found.level is not Level.NOTHING
    assert found.say().startswith(f"{found.level}: {len(found.moved)} of ")
    shares = {figure.name for figure in found.moved if figure.group == "shares"}
    assert shares <= moved


def test_names_that_are_seldom_are_always_new_to_some(make_scored: Make) -> None:
    """Every outlet stands once, before as now: that all are new is no news, nor that none is."""

    def other_outlet(record: dict[str, Any]) -> None:
        record["url"] = f"https://{record['id']}.press.example/"

    before = make_scored(500, 2, blank_outlet)
    for change, share in ((other_outlet, 1.0), (blank_outlet, 0.0)):
        found = monitor(make_scored(500, 1, change), before=before)
        (figure,) = (one for one in found.figures if one.name == "new outlets")
        assert (figure.before, figure.now) == (1.0, share)
        assert figure.level is Level.NOTHING


def test_without_a_file_labels_are_compared_with_what_was_learned(
    make_scored: Make, reference: Reference
) -> None:
    n_rows = reference.n_rows.astype(float)
    shares = tuple((n_rows / n_rows.sum(axis=1, keepdims=True)).mean(axis=0).tolist())

    def half_beside(record: dict[str, Any]) -> None:
        source = "w" if int(record["id"][1:]) % 2 else None
        record.update(source_id=source, source_similarity=None)

    same = make_scored(600, 1, half_beside, shares=shares)
    assert monitor(same, reference=reference).level is Level.NOTHING
    other = make_scored(600, 1, half_beside, shares=(0.7, 0.2, 0.1))
    found = monitor(other, reference=reference)
    assert found.level is Level.ACT
    assert {figure.group for figure in found.moved} == {"labels"}
    assert {figure.name for figure in found.figures if figure.p is None} == {
        "unsure",
        "without source",
        "rejected",
    }


def test_beside_a_file_labels_are_not_compared_with_what_was_learned(
    make_scored: Make, reference: Reference
) -> None:
    found = monitor(make_scored(400, 1), before=make_scored(400, 2), reference=reference)
    assert found.level is Level.NOTHING


def test_shares_ask_for_what_is_large_and_no_chance() -> None:
    def judged(before: Count, now: Count) -> Level:
        return judge([share_figure("shares", "unsure", "", before, now)])[0].level

    assert judged(Count(100, 1000), Count(140, 1000)) is Level.NOTHING
    assert judged(Count(1000, 10_000), Count(1550, 10_000)) is Level.WATCH
    assert judged(Count(1000, 10_000), Count(2050, 10_000)) is Level.ACT
    assert judged(Count(1, 10), Count(5, 10)) is Level.NOTHING


@pytest.mark.parametrize(
    ("shift", "expected"),
    [
        (Shift(0.3, 1e-9, 0.0, 1.0, ()), Level.ACT),
        (Shift(0.12, 1e-9, 0.0, 1.0, ()), Level.WATCH),
        (Shift(0.05, 1.0, 0.3, 1e-9, ()), Level.ACT),
        (Shift(0.05, 1.0, 0.15, 1e-9, ()), Level.WATCH),
        (Shift(0.3, 0.5, 0.3, 0.5, ()), Level.NOTHING),
        (Shift(0.09, 1e-9, 0.12, 1e-9, ()), Level.NOTHING),
        (Shift(0.3, 0.5, 0.05, 1e-9, ()), Level.NOTHING),
        (Shift(0.3, 1e-9, None, 1.0, ()), Level.ACT),
    ],
)
def test_either_statistic_may_ask_by_its_own_chance(shift: Shift, expected: Level) -> None:
    assert judge([Figure("g", "n", "", 100, 100, shift=shift)])[0].level is expected


def test_a_third_is_not_above_a_third(learned: Dataset) -> None:
    some = learned.rows(np.random.default_rng(0).choice(len(learned), 1000))
    column = FEATURE_NAMES.index("sentence_words")
    some.X[:, column] = 1 / 3
    rows = FeatureRows(some.X, some.y, some.kinds != "alone")
    figures = [
        figure
        for figure in feature_figures(rows, reference_of(some))
        if figure.name == "sentence_words"
    ]
    assert len(figures) == 2
    assert [figure.shift and figure.shift.distance for figure in figures] == [0.0, 0.0]


def test_many_figures_make_each_less_telling() -> None:
    one = share_figure("shares", "unsure", "", Count(20, 200), Count(42, 200))
    assert judge([one])[0].level is Level.ACT
    many = judge([one, *[share_figure("s", "x", "", Count(1, 9), Count(1, 9))] * 200])
    assert many[0].level is Level.NOTHING
    assert many[0].p is not None
    assert many[0].p > ALPHA


def test_notes_say_what_could_not_be_compared(make_scored: Make, reference: Reference) -> None:
    few = monitor(make_scored(20), before=make_scored(20))
    assert few.level is Level.NOTHING
    assert few.notes == (
        "20 articles are too few to compare distributions: 50 are needed",
        "the model has no training reference: features are not compared",
        "20 articles before are too few to compare distributions",
    )
    alone = monitor(make_scored(60, n_rejected=None), reference=reference)
    assert alone.notes == (
        "the articles are not given (--articles): features are not compared",
        "no scored file to compare with is given (--reference): only shares of labels are "
        "compared, with those of what the model learned",
        "rejects bear no date: how many were rejected is not compared",
    )

    def relabel(record: dict[str, Any]) -> None:
        record["model_id"] = f"drawn-{int(record['id'][1:]) % 2}"

    mixed = monitor(make_scored(60, 0, relabel), before=make_scored(60, 1), reference=reference)
    assert mixed.notes[1:] == (
        "several models labelled what is scored now: drawn-0, drawn-1",
        "another model labelled what was scored before: drawn-1",
    )


def test_nothing_to_monitor_or_to_compare_with_is_said(make_scored: Make) -> None:
    nothing, some = make_scored(0), make_scored(60)
    with pytest.raises(InvalidInput, match="nothing is scored: there is nothing to monitor"):
        monitor(nothing, before=some)
    with pytest.raises(InvalidInput, match="nothing was scored before"):
        monitor(some, before=nothing)
    with pytest.raises(InvalidInput, match="the model has no training reference, and no --refe"):
        monitor(some)


def test_what_moved_stands_with_the_gravest_first() -> None:
    figures = tuple(
        Figure("g", name, "", 9, 9, 0.1, now, level=level)
        for name, now, level in (
            ("a", 0.16, Level.WATCH),
            ("b", 0.3, Level.ACT),
            ("c", 0.11, Level.NOTHING),
            ("d", 0.9, Level.ACT),
        )
    )
    found = Monitored(figures, (), 9)
    assert [figure.name for figure in found.moved] == ["d", "b", "a"]
    assert found.level is Level.ACT
