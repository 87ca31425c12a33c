"""What holds of every verdict, whatever the model: no surer, and no more shown, than may be."""

from itertools import product

import pytest

from copydesk.predict import Scorer
from copydesk.seeds.corpus.labelled import CorpusRecord, read_starter
from copydesk.types import LABELS, Article, Label, Verdict

N_STORIES = 4
MANY = 3


@pytest.fixture(scope="module")
def records() -> list[CorpusRecord]:
    stories = sorted({record.story for record in read_starter()})[:N_STORIES]
    return [record for record in read_starter() if record.story in stories][::3]


@pytest.fixture(scope="module")
def verdicts(scorer: Scorer, records: list[CorpusRecord]) -> list[tuple[Verdict, Verdict]]:
    """Articles beside candidates of their own and of other stories, and alone."""
    articles = [Article(record.article.id, record.article.text) for record in records]
    alone = {article.id: scorer.label_pair(article, None) for article in articles}
    return [
        (scorer.label_pair(article, candidate), alone[article.id])
        for article, candidate in product(articles, articles[::4])
        if article.id != candidate.id
    ]


def derives(verdict: Verdict) -> float:
    assert verdict.answers is not None
    assert verdict.answers.derives is not None
    return verdict.answers.derives


def test_a_candidate_moves_a_verdict_by_no_more_than_it_is_the_source(
    verdicts: list[tuple[Verdict, Verdict]],
) -> None:
    for beside, alone in verdicts:
        for label in LABELS:
            moved = abs(beside.probabilities[label] - alone.probabilities[label])
            assert moved <= derives(beside) + 1e-9


def test_a_text_from_which_it_does_not_derive_makes_no_verdict_surer(
    verdicts: list[tuple[Verdict, Verdict]],
) -> None:
    strangers = [pair for pair in verdicts if derives(pair[0]) < 0.01]
    assert len(strangers) > len(verdicts) / 2
    for beside, alone in strangers:
        surest = max(alone.probabilities.values())
        assert max(beside.probabilities.values()) <= surest + 0.01


def test_no_original_is_shown_to_have_changed_another_text(
    verdicts: list[tuple[Verdict, Verdict]],
) -> None:
    originals = [beside for beside, _ in verdicts if beside.label is Label.ORIGINAL]
    assert originals
    for verdict in originals:
        evidence = verdict.evidence
        assert evidence.altered_quotes == evidence.changed_numbers == evidence.house_style == ()
        assert all(found.kind == "inconsistent_name" for found in evidence.corrupted_names)


def test_an_edit_with_many_damages_says_so(verdicts: list[tuple[Verdict, Verdict]]) -> None:
    for verdict, _ in verdicts:
        evidence = verdict.evidence
        damages = [
            found
            for found in (*evidence.altered_quotes, *evidence.corrupted_names)
            if found.kind not in {"rendered_differently", "inconsistent_name"}
        ]
        if verdict.label is Label.EDITED_WIRE and len(damages) >= MANY:
            assert any("speak against" in warning for warning in verdict.warnings)
