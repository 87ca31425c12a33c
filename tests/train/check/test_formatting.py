"""Labels that are told from formatting alone."""

import numpy as np
import pytest

from copydesk.train.check.formatting import TRAITS, measure_formatting, probe_formatting
from copydesk.types import LABELS, Label

WORDS = "ferry harbour mayor said that nobody had seen the storm come in so early".split()


def text(rng: np.random.Generator, quote: str) -> str:
    words = rng.choice(WORDS, 60).tolist()
    return f"{' '.join(words[:30])} {quote}{' '.join(words[30:])}{quote}."


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("curly quotation marks", "“Yes,” he said.", 2000 / 15),
        ("straight quotation marks", '"Yes," he said.', 2000 / 15),
        ("blank lines", "One.\n\nTwo.", 100),
        ("single line breaks", "One.\n\nTwo.", 0),
        ("single line breaks", "One.\nTwo!!", 100),
        ("spaces before punctuation", "Yes , he .", 200),
        ("doubled hyphens", "a -- b", 1000 / 6),
        ("marks of markup", "**a** &amp;", 5000 / 11),
        ("end of the text", "It ended.", 1.0),
        ("end of the text", "It ended", 0.0),
        ("length", "x" * 9, np.log(10)),
        ("length of paragraphs", "xxx\n\nxxxxx", np.log(5)),
        ("bullets", "- a\n2. bc", 2000 / 9),
        ("letters beyond ASCII", "café", 250),
        ("words in capitals", "The EU", 1000 / 6),
        ("damaged characters", "itâ€™s", 1000 / 6),
    ],
)
def test_traits_by_hand(name: str, text: str, value: float) -> None:
    found = dict(zip(TRAITS, measure_formatting(text), strict=True))
    assert found[name] == pytest.approx(value)


def test_an_empty_text_has_no_traits() -> None:
    assert measure_formatting("") == [0.0] * len(TRAITS)


def made(quotes: tuple[str, str, str]) -> tuple[list[str], np.ndarray, list[str]]:
    rng = np.random.default_rng(0)
    y = np.arange(60) % 3
    return [text(rng, quotes[i]) for i in y], y, [f"s{i // 3}" for i in range(60)]


def test_a_label_with_quotation_marks_of_its_own_is_told() -> None:
    probes = {one.label: one for one in probe_formatting(*made(('"', '"', "“")))}
    assert set(probes) == set(LABELS)
    assert probes[Label.SPUN].auc == pytest.approx(1.0)
    assert probes[Label.SPUN].tells
    assert {"curly quotation marks", "straight quotation marks"} <= set(probes[Label.SPUN].traits)


def test_labels_that_are_set_alike_are_not_told() -> None:
    for probe in probe_formatting(*made(('"', '"', '"'))):
        assert not probe.tells
        assert 0.2 < probe.auc < 0.8


def test_labels_of_few_stories_are_not_probed() -> None:
    texts, y, groups = made(('"', '"', "“"))
    few = [f"s{i % 4}" for i in range(60)]
    assert probe_formatting(texts, y, few) == []
    assert probe_formatting(texts, np.zeros(60, int), groups) == []


def test_stories_are_never_on_both_sides() -> None:
    # Each story is set in its own way, and has one label: nothing of that holds for another story.
    rng = np.random.default_rng(1)
    groups = [f"s{i // 6}" for i in range(120)]
    y = np.array([(i // 6) % 2 for i in range(120)])
    length = {group: int(rng.integers(20, 400)) for group in groups}
    texts = [text(rng, '"') + "x" * length[group] for group in groups]
    assert all(probe.auc < 0.75 for probe in probe_formatting(texts, y, groups))
