"""Corrections and what was scored, put together."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from copydesk.train.corrections.match import (
    Matched,
    Taken,
    TextsAtHand,
    count_changes,
    match_corrections,
)
from copydesk.train.corrections.read import Correction
from copydesk.train.corrections.write import corpus_line
from copydesk.types import LABELS, Article, Evidence, Label, Rejected, Source, Verdict

WIRE = Article("w", "The wire's words.")
ARTICLES = {
    "w": WIRE,
    "a": Article("a", "Words of a.", outlet="Echo", source_id="old", notes=("odd",)),
    "b": Article("b", "Words of b."),
}
ORIGINAL, EDITED, SPUN = LABELS


def verdict(
    article_id: str,
    label: Label = SPUN,
    *,
    source: str | None = None,
    related: str | None = None,
    story: str | None = None,
    verbatim: float = 0.1,
) -> Verdict:
    return Verdict(
        article_id,
        label,
        dict.fromkeys(LABELS, 1 / 3),
        (label,),
        None if source is None else Source(source, 0.9),
        Evidence(verbatim_share=verbatim),
        "m-1",
        story=story,
        related=None if related is None else Source(related, 0.5),
    )


def look_up(articles: Mapping[str, Article] = ARTICLES) -> TextsAtHand:
    def candidate(of: Verdict, article: Article) -> Article | None:
        near = of.source or of.related
        return None if near is None else articles.get(near.id)

    return TextsAtHand(lambda of: articles.get(of.id), candidate, articles.get)


def match(*pairs: tuple[Correction, Verdict | None], texts: TextsAtHand | None = None) -> Matched:
    verdicts = {of.id: of for _, of in pairs if of is not None}
    corrections = [correction for correction, _ in pairs]
    return match_corrections(corrections, verdicts, {"r": "too short"}, texts or look_up())


def correction(article_id: str, label: Label, source_id: str | None = None) -> Correction:
    return Correction(article_id, label, f"f:{article_id}", source_id=source_id)


def only(matched: Matched) -> Taken:
    assert matched.rejected == ()
    (taken,) = matched.taken
    return taken


def test_a_derivative_gets_the_source_that_was_found() -> None:
    taken = only(match((correction("a", EDITED), verdict("a", source="w"))))
    assert taken.record.article == replace(
        ARTICLES["a"], source_id="w", source_text=WIRE.text, notes=()
    )
    assert (taken.record.label, taken.record.story) == (EDITED, "w")
    assert taken.is_change
    assert not taken.lacks_source


@pytest.mark.parametrize("near", [{"source": "w"}, {"related": "w"}])
def test_an_original_is_learned_beside_what_was_found_and_does_not_derive(
    near: dict[str, str],
) -> None:
    taken = only(match((correction("a", ORIGINAL), verdict("a", **near))))  # type: ignore[arg-type]
    assert taken.record.related_text == WIRE.text
    assert (taken.record.article.source_id, taken.record.article.source_text) == (None, None)


def test_an_original_that_shares_half_of_its_wording_is_learned_without_that_text() -> None:
    of = verdict("a", source="w", verbatim=0.51)
    assert only(match((correction("a", ORIGINAL), of))).record.related_text is None


def test_an_original_is_not_learned_beside_what_was_made_from_it() -> None:
    pairs = (
        (correction("a", ORIGINAL), verdict("a", source="b")),
        (correction("b", SPUN), verdict("b", source="a")),
    )
    first, second = match(*pairs).taken
    assert first.record.related_text is None
    assert second.record.article.source_text == "Words of a."


def test_a_derivative_of_which_nothing_was_found_has_no_source() -> None:
    of = verdict("a", ORIGINAL, related="w")
    taken = only(match((correction("a", SPUN), of)))
    assert taken.lacks_source
    assert taken.record.article.source_text is None
    assert taken.record.related_text is None


def test_the_source_that_a_correction_names_comes_first() -> None:
    taken = only(match((correction("a", SPUN, "b"), verdict("a", source="w"))))
    assert (taken.record.article.source_id, taken.record.story) == ("b", "b")


@pytest.mark.parametrize(
    ("named", "why"), [("gone", "is not among the texts at hand"), ("a", "is the article itself")]
)
def test_a_named_source_has_to_be_another_text_at_hand(named: str, why: str) -> None:
    (reject,) = match((correction("a", SPUN, named), verdict("a"))).rejected
    assert reject == Rejected("a", f"f:a: its source {named!r} {why}")


@pytest.mark.parametrize(
    ("of", "story"),
    [
        (verdict("a", story="s", source="w"), "s"),
        (verdict("a", related="w"), "w"),
        (verdict("a"), "a"),
    ],
)
def test_the_story_is_that_of_the_batch_or_of_what_was_found(of: Verdict, story: str) -> None:
    assert only(match((correction("a", SPUN), of))).record.story == story


@pytest.mark.parametrize(
    ("article_id", "reason"),
    [
        ("x", "f:x: no article of this id was scored"),
        ("r", "f:r: it was not scored: too short"),
    ],
)
def test_ids_that_were_not_scored_are_rejected(article_id: str, reason: str) -> None:
    matched = match((correction(article_id, SPUN), None))
    assert matched.rejected == (Rejected(article_id, reason),)


def test_a_text_that_is_not_at_hand_is_rejected() -> None:
    (reject,) = match((correction("a", SPUN), verdict("a")), texts=look_up({})).rejected
    assert reject.reason.startswith("f:a: its text is not at hand")


def test_an_id_corrected_to_two_labels_is_not_averaged() -> None:
    of = verdict("a")
    pairs = ((correction("a", SPUN), of), (correction("a", EDITED), of))
    matched = match(*pairs)
    assert matched.taken == ()
    assert [reject.reason for reject in matched.rejected] == [
        "corrected to different labels: spun (f:a), edited_wire (f:a): give one"
    ] * 2


def test_a_correction_that_is_given_twice_counts_once() -> None:
    of = verdict("a")
    matched = match((correction("a", SPUN), of), (correction("a", SPUN), of))
    assert len(matched.taken) == 1
    assert matched.n_repeated == 1


def test_changes_are_counted_by_both_labels() -> None:
    pairs = (
        (correction("a", SPUN), verdict("a", ORIGINAL)),
        (correction("b", SPUN), verdict("b", SPUN)),
    )
    assert count_changes(match(*pairs).taken) == {(ORIGINAL, SPUN): 1, (SPUN, SPUN): 1}


def test_the_corpus_line_has_what_is_there() -> None:
    line = corpus_line(only(match((correction("a", EDITED), verdict("a", source="w")))))
    assert line == {
        "id": "a",
        "label": "edited_wire",
        "story": "w",
        "outlet": "Echo",
        "text": "Words of a.",
        "source_id": "w",
        "source_text": "The wire's words.",
        "was": "spun",
        "model_id": "m-1",
    }
