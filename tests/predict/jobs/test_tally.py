"""Tallies add up."""

from collections import Counter

import pytest

from copydesk.predict.jobs.tally import Tally, reason_kind, tally
from copydesk.types import Evidence, Label, Rejected, Source, Verdict


def verdict(label: Label, *others: Label, source: str | None = None) -> Verdict:
    return Verdict(
        id="a",
        label=label,
        probabilities=dict.fromkeys(Label, 1 / 3),
        label_set=(label, *others),
        source=None if source is None else Source(source, 0.5),
        evidence=Evidence(),
        model_id="m",
    )


def test_verdicts_and_rejects_are_counted() -> None:
    found = tally(
        [
            verdict(Label.SPUN, source="w"),
            verdict(Label.SPUN, Label.ORIGINAL),
            Rejected("b", "text has 3 words, expected at least 20: too short to judge"),
            verdict(Label.ORIGINAL, source="w"),
            Rejected("c", "text has 11 words, expected at least 20: too short to judge"),
        ],
        {"judging": 2.0},
    )
    kind = "text has # words, expected at least #: too short to judge"
    assert found == Tally(Counter(spun=2, original=1), 1, 1, Counter({kind: 2}), {"judging": 2.0})
    assert (found.n_labelled, found.n_rejected) == (3, 2)


def test_tallies_add_up_and_come_back_from_json() -> None:
    one = Tally(Counter(spun=2), 1, 0, Counter(empty=1), {"judging": 1.0})
    other = Tally(Counter(spun=1, original=4), 2, 3, Counter(), {"judging": 0.5, "reading": 1.0})
    total = one + other
    assert total == Tally(
        Counter(spun=3, original=4), 3, 3, Counter(empty=1), {"judging": 1.5, "reading": 1.0}
    )
    assert Tally.from_dict(total.to_dict()) == Tally(total.labels, 3, 3, total.reasons)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (
            "data/in.jsonl:6: field id is 'x y', expected a string",
            "field id is …, expected a string",
        ),
        ("id 'a' stands twice in the input (in.jsonl)", "id … stands twice in the input …"),
        ("its 1,204 bytes of 3.5", "its # bytes of #"),
        ("x" * 100, "x" * 79 + "…"),
    ],
)
def test_reasons_of_one_kind_are_one(reason: str, kind: str) -> None:
    assert reason_kind(reason) == kind
