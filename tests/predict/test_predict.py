"""``predict``: one text in, one verdict out."""

from dataclasses import replace

import pytest

from copydesk.errors import InvalidArticle
from copydesk.predict import Scorer, predict
from copydesk.types import LABELS, Article, Verdict


def test_text_alone(bridge: dict[str, Article]) -> None:
    verdict = predict(bridge["spun"].text)
    assert verdict.id == "text"
    assert verdict.source is None
    assert verdict.evidence.coverage is None
    assert sum(verdict.probabilities.values()) == pytest.approx(1.0)


def test_text_with_source(bridge: dict[str, Article]) -> None:
    verdict = predict(bridge["edited"].text, source=bridge["wire"].text)
    assert verdict.source is not None
    assert verdict.source.id == "given"
    assert verdict.source.similarity > 0.9
    assert verdict.label == "edited_wire"
    assert verdict.evidence.verbatim_share is not None
    assert verdict.evidence.verbatim_share > 0.5


def test_articles_keep_their_ids(bridge: dict[str, Article]) -> None:
    verdict = predict(bridge["spun"], source=bridge["wire"])
    assert verdict.id == "bridge-spun"
    assert verdict.source is not None
    assert verdict.source.id == "bridge-wire"


def test_source_text_of_the_article_is_the_source(bridge: dict[str, Article]) -> None:
    text, wire = bridge["spun"].text, bridge["wire"].text
    named = predict(Article("a", text, source_id="w", source_text=wire))
    assert named.source is not None
    assert named.source.id == "w"
    assert named.warnings == ()
    unnamed = predict(Article("a", text, source_text=wire))
    assert unnamed.source is not None
    assert unnamed.source.id == "given"
    assert unnamed.probabilities == named.probabilities


def test_source_asked_for_wins_over_the_article_s(bridge: dict[str, Article]) -> None:
    spun = Article("a", bridge["spun"].text)
    asked = predict(replace(spun, source_text=bridge["frost"].text), source=bridge["wire"])
    assert asked.source is not None
    assert asked.source.id == "bridge-wire"
    assert asked.probabilities == predict(spun, bridge["wire"]).probabilities


def test_is_what_the_scorer_says(bridge: dict[str, Article], scorer: Scorer) -> None:
    article, source = bridge["spun"], bridge["wire"]
    (labelled,) = scorer.label([replace(article, source_id=source.id)], [source])
    assert isinstance(labelled, Verdict)
    assert predict(replace(article, source_id=source.id), source) == labelled
    assert predict(article) == next(scorer.label([article], []))


def test_text_and_article_are_judged_alike(bridge: dict[str, Article]) -> None:
    text = bridge["staff"].text
    assert predict(text).probabilities == predict(Article("x", text)).probabilities


def test_probabilities_are_in_the_order_of_labels(bridge: dict[str, Article]) -> None:
    assert tuple(predict(bridge["wire"]).probabilities) == LABELS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "text is empty, expected at least 20 words"),
        (" \n\t ", "text is empty, expected at least 20 words"),
        ("Ferry", "text has 1 word, expected at least 20: too short to judge"),
        ("The ferry sank.", "text has 3 words, expected at least 20"),
        ("\x00\x01\x02" * 50, "150 control or undecodable characters among 150: .*binary"),
        ("?!... --- ,,, " * 30, "text has 0 words"),
    ],
)
def test_what_cannot_be_judged_is_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidArticle, match=message):
        predict(text)


@pytest.mark.parametrize("language", ["french", "german"])
def test_other_languages_are_refused(language: str, foreign: dict[str, str]) -> None:
    with pytest.raises(InvalidArticle, match=r"does not look like English: .* expected at least"):
        predict(foreign[language])


def test_source_that_cannot_be_compared_with_is_refused(bridge: dict[str, Article]) -> None:
    with pytest.raises(InvalidArticle, match="the source cannot be compared with: text has 3 w"):
        predict(bridge["spun"].text, source="The ferry sank.")


def test_lone_surrogates_are_refused_or_judged(bridge: dict[str, Article]) -> None:
    # JSON can carry half of a character: "\\ud800".
    try:
        verdict = predict(f"{bridge['wire'].text} \ud800 x")
    except InvalidArticle as error:
        assert "undecodable" in str(error)
    else:
        assert sum(verdict.probabilities.values()) == pytest.approx(1.0)
