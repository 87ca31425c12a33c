"""An article's sentences beside the source's."""

import pytest

from copydesk.predict import Scorer
from copydesk.predict.sentence_pairs import PairKind, SentencePair, pair_sentences
from copydesk.types import Article

WIRE = (
    "The harbour ferry ran aground on a sandbank on Monday morning, the coastguard said. "
    "Nobody was hurt in the accident. Two tugs pulled the vessel free at high water, shortly "
    "after three in the afternoon, and it returned to its berth under its own power. "
    "The theatre will open a new stage in the spring."
)


def pairs_of(scorer: Scorer, text: str) -> tuple[SentencePair, ...]:
    return pair_sentences(scorer.compare_texts(text, WIRE))


def test_a_copy_is_verbatim_without_changes(scorer: Scorer) -> None:
    pairs = pairs_of(scorer, WIRE)
    assert {pair.kind for pair in pairs} == {PairKind.VERBATIM}
    assert all(pair.changes == () and pair.drift == pytest.approx(0, abs=1e-5) for pair in pairs)
    assert [WIRE[p.article.start : p.article.end] for p in pairs] == [p.article.text for p in pairs]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Nobody was hurt in the accident.", PairKind.VERBATIM),
        ("Two tugs pulled the vessel free at high water.", PairKind.TIGHTENED),
        (
            "Two tugboats freed the ship at high water, just past three in the afternoon, and it "
            "went back to its berth with its own power.",
            PairKind.REWORDED,
        ),
        ("Bakers in Tallinn have raised the price of rye bread again.", PairKind.NEW),
    ],
)
def test_each_kind_is_told(scorer: Scorer, sentence: str, kind: PairKind) -> None:
    rest = (
        "The harbour ferry ran aground on a sandbank on Monday morning, the coastguard said. "
        "The theatre will open a new stage in the spring. "
    )
    *_, last = pairs_of(scorer, rest + sentence)
    assert last.kind is kind
    assert (last.source == ()) is (kind is PairKind.NEW)
    assert (last.drift is None) is (kind is PairKind.NEW)


def test_house_style_is_a_kind_of_its_own(scorer: Scorer) -> None:
    text = WIRE.replace("theatre", "theater").replace("harbour", "harbor")
    kinds = [pair.kind for pair in pairs_of(scorer, text)]
    assert kinds.count(PairKind.HOUSE_STYLE) == 2


def test_changes_name_both_wordings(scorer: Scorer, bridge: dict[str, Article]) -> None:
    comparison = scorer.compare_texts(bridge["spun"].text, bridge["wire"].text)
    pairs = pair_sentences(comparison)
    for pair in pairs:
        for change in pair.changes:
            for span, text in (
                (change.article, bridge["spun"].text),
                (change.source, bridge["wire"].text),
            ):
                assert span is None or text[span.start : span.end] == span.text
    swaps = {
        (change.article.text, change.source.text)
        for pair in pairs
        for change in pair.changes
        if change.article is not None and change.source is not None
    }
    assert ("lorry", "truck") in swaps or ("truck", "lorry") in swaps


def test_alone_there_are_no_pairs(scorer: Scorer) -> None:
    assert pair_sentences(scorer.compare_texts(WIRE, None)) == ()
