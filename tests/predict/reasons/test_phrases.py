"""What counts say, in sentences."""

from dataclasses import replace

import pytest

from copydesk.predict.reasons.contributions import Question, QuestionAccount
from copydesk.predict.reasons.counts import PairCounts, Share, TextCounts
from copydesk.predict.reasons.pair_phrases import pair_phrases
from copydesk.predict.reasons.phrase import Phrase, count_of, instead_of
from copydesk.predict.reasons.reasons import against, find_reasons, strongest
from copydesk.predict.reasons.text_phrases import text_phrases
from copydesk.predict.reasons.topics import Topic
from copydesk.types import Answers, Evidence, Label, Source, Verdict

NONE = Share(0, 0)
TEXT = TextCounts(200, Share(1, 4), Share(0, 200), Share(20, 200))
PAIR = PairCounts(
    n_source_words=300,
    aligned=Share(8, 10),
    reworded=Share(7, 8),
    verbatim=Share(1, 8),
    quotes_intact=Share(2, 12),
    quotes_different=Share(10, 12),
    quotes_kept=Share(2, 12),
    quotes_told=NONE,
    names=Share(5, 5),
    source_names=Share(5, 6),
    numbers=NONE,
    source_numbers=NONE,
    rare_words=NONE,
    source_rare_words=NONE,
    long_run_words=Share(20, 200),
    longest_run=14,
    order=0.9,
    n_padding=0,
    damaged_names=(("Lyabkov", "Ryabkov"),),
)


def said(phrases: tuple[Phrase, ...], topic: Topic) -> list[str]:
    return [phrase.text for phrase in phrases if phrase.topic is topic]


def test_counts_are_said_as_an_editor_would() -> None:
    phrases = pair_phrases(PAIR, TEXT)
    assert said(phrases, Topic.QUOTES)[0] == (
        "10 of 12 quotations differ from the source’s wording."
    )
    assert said(phrases, Topic.NAMES)[0] == "1 name is damaged: “Lyabkov” for “Ryabkov”."
    assert said(phrases, Topic.VERBATIM)[0].startswith("Only 10% of its words stand in verbatim")
    assert said(phrases, Topic.ORDER) == ["What both texts tell comes in the same order."]


def test_nothing_is_said_of_what_is_not_there() -> None:
    phrases = pair_phrases(PAIR, TEXT)
    assert said(phrases, Topic.NUMBERS) == []
    intact = replace(PAIR, quotes_different=Share(0, 12), damaged_names=())
    assert not any(
        "damaged" in text or "differ" in text
        for text in said(pair_phrases(intact, TEXT), Topic.QUOTES)
        + said(pair_phrases(intact, TEXT), Topic.NAMES)
    )


def test_text_alone_is_described() -> None:
    phrases = text_phrases(TEXT)
    assert said(phrases, Topic.QUOTES) == ["It quotes nobody."]
    assert said(phrases, Topic.STYLE)[0].startswith("1 of 4 sentences reads more like machine")


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (Share(0, 3), "None of 3 names are gone."),
        (Share(1, 1), "The only name is gone."),
        (Share(3, 3), "All 3 names are gone."),
        (Share(1, 3), "1 of 3 names is gone."),
    ],
)
def test_counts_agree_with_their_verbs(share: Share, expected: str) -> None:
    assert count_of(share, "name", ("is", "are"), "gone.") == expected


def test_only_three_examples_are_named() -> None:
    shown = instead_of([("a", "b")] * 4)
    assert shown.count("“a”") == 3
    assert shown.endswith(" and more")


def verdict(label: Label, derives: float | None, source: Source | None) -> Verdict:
    return Verdict(
        id="a",
        label=label,
        probabilities={},
        label_set=(label,),
        source=source,
        evidence=Evidence(),
        model_id="m",
        answers=Answers("compared", 0.5, derives, 0.9),
    )


def test_a_contribution_is_shown_by_what_speaks_its_way() -> None:
    account = QuestionAccount(
        Question.REWORDED, 0.0, 0.0, {"quotes_altered": -2.0, "name_share": 1.0}
    )
    reasons = find_reasons([account], pair_phrases(PAIR, TEXT), text_phrases(TEXT))
    assert [(reason.topic, reason.text) for reason in reasons] == [
        (Topic.QUOTES, "2 of 12 quotations are the source’s, word for word."),
        (Topic.NAMES, "1 name is damaged: “Lyabkov” for “Ryabkov”."),
    ]
    assert [reason.speaks_for for reason in reasons] == [
        "a desk edited it",
        "a machine reworded it",
    ]
    spun = verdict(Label.SPUN, 0.9, Source("w", 0.9))
    assert [reason.topic for reason in strongest(spun, reasons)] == [Topic.NAMES]
    assert [reason.topic for reason in against(spun, reasons)] == [Topic.QUOTES]


def test_without_a_phrase_a_contribution_is_said_in_general() -> None:
    account = QuestionAccount(Question.MACHINE, 0.0, 0.0, {"says_share": 1.0})
    (reason,) = find_reasons([account], (), ())
    assert reason.text == "What is measured of its voice is usual in machines’ texts."


def test_what_weighs_nothing_is_no_reason() -> None:
    account = QuestionAccount(Question.MACHINE, 0.0, 0.0, {"says_share": 0.0})
    assert find_reasons([account], (), ()) == ()
