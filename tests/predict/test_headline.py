"""A verdict in words."""

import pytest

from copydesk.predict.headline import headline, in_words
from copydesk.types import Answers, Evidence, Label, Source, Verdict


def verdict(
    label: Label,
    labels: tuple[Label, ...] = (),
    source: Source | None = None,
    related: Source | None = None,
    answers: Answers | None = None,
) -> Verdict:
    shares = dict.fromkeys(Label, 0.1) | {label: 0.8}
    return Verdict(
        "a",
        label,
        shares,
        labels or (label,),
        source,
        Evidence(),
        "m",
        related=related,
        answers=answers,
    )


WIRE = Source("w", 0.9)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            verdict(Label.SPUN, source=WIRE, answers=Answers("compared", 0.5, 0.9, 0.9)),
            ("Spun: a machine made it from “w”. That is likely (0.80).",),
        ),
        (
            verdict(Label.EDITED_WIRE, source=WIRE, answers=Answers("compared", 0.5, 0.9, 0.1)),
            ("Edited wire copy: a newsroom took it from “w”. That is likely (0.80).",),
        ),
        (
            verdict(Label.ORIGINAL, source=WIRE, answers=Answers("compared", 0.5, 0.1, 0.1)),
            ("Original: a report of its own, not made from “w”. That is likely (0.80).",),
        ),
    ],
)
def test_label_source_and_sureness_are_said(found: Verdict, expected: tuple[str, ...]) -> None:
    assert headline(found) == expected


def test_unsure_comes_first_and_stands_for_the_label() -> None:
    found = verdict(Label.SPUN, (Label.ORIGINAL, Label.SPUN), source=WIRE)
    assert headline(found) == ("Unsure: spun by a machine (0.80), but it may be original (0.10).",)


@pytest.mark.parametrize(
    ("situation", "related", "why"),
    [
        ("unsearched", None, "none was given, and none was searched for"),
        ("nothing_related", None, "none of the texts searched is near it"),
        ("related", Source("r", 0.5), "“r” reports the same event, but"),
    ],
)
def test_no_source_comes_before_the_label(situation: str, related: Source | None, why: str) -> None:
    found = verdict(Label.ORIGINAL, related=related, answers=Answers(situation, 0.2))
    first, second = headline(found)
    assert first.startswith(f"No source at hand: {why}")
    assert second.startswith("Original: ")


def test_sureness_falls_with_the_probability() -> None:
    words = [in_words(p / 100) for p in range(100, -1, -1)]
    assert list(dict.fromkeys(words)) == [
        "almost certain",
        "very likely",
        "likely",
        "more likely than not",
        "possible",
        "unlikely",
        "very unlikely",
    ]
