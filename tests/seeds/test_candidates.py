"""Candidates for an article: what is found, and what never is."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from copydesk.features import load_encoder, read_document
from copydesk.seeds.candidates import CandidateIndex, Fingerprint, fingerprint
from copydesk.types import Article

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
MORNING = NOON.replace(hour=9)
EVENING = NOON.replace(hour=20)
STEMS = frozenset(f"stem{i}" for i in range(20))
TRIGRAMS = frozenset((f"a{i}", f"b{i}", f"c{i}") for i in range(20))


def part(full: frozenset, n: int) -> frozenset:
    return frozenset(sorted(full)[:n])


def text(
    article_id: str,
    *,
    similarity: float = 1.0,
    trigrams: int = 20,
    stems: int = 20,
    published: datetime | None = None,
    source_id: str | None = None,
    is_credited: bool = False,
    n_words: int = 100,
) -> Fingerprint:
    """A text at a cosine similarity to ``similarity=1`` texts, with parts of their wording."""
    vector = np.array([similarity, np.sqrt(1 - similarity**2), 0, 0], np.float32)
    article = Article(article_id, "text", published=published, source_id=source_id)
    wording = part(TRIGRAMS, trigrams), part(STEMS, stems)
    return Fingerprint(article, vector, *wording, is_credited, n_words)


def found_id(wanted: Fingerprint, *others: Fingerprint) -> str | None:
    candidate = CandidateIndex(others).find(wanted)
    return None if candidate is None else candidate.article.id


def test_empty_index_finds_nothing() -> None:
    index = CandidateIndex([])
    assert len(index) == 0
    assert index.find(text("a")) is None


def test_length_is_the_number_of_texts() -> None:
    assert len(CandidateIndex([text("a"), text("b")])) == 2


def test_candidate_by_hand() -> None:
    # 5 of the article's 20 trigrams and 10 of its 20 stems: 0.25 + 0.5 / 2.
    candidate = CandidateIndex([text("w", similarity=0.8, trigrams=5, stems=10)]).find(
        replace(text("a"), article=Article("a", "text", published=NOON))
    )
    assert candidate is None  # ten of its ten stems are in the article: it looks like a part
    dated = text("w", similarity=0.8, trigrams=5, stems=10, published=MORNING)
    candidate = CandidateIndex([dated]).find(text("a", published=NOON))
    assert candidate is not None
    assert candidate.article == dated.article
    assert candidate.source.id == "w"
    assert candidate.source.similarity == pytest.approx(0.8, abs=1e-6)
    assert candidate.closeness == pytest.approx(0.5)


def test_the_closest_wording_wins_over_the_nearest_vector() -> None:
    near = text("near", similarity=0.99, trigrams=2)
    close = text("close", similarity=0.7, trigrams=15)
    assert found_id(text("a"), near, close) == "close"
    assert found_id(text("a"), close, near) == "close"


def test_content_words_count_where_wording_does_not() -> None:
    reworded = text("reworded", trigrams=0, stems=19)
    assert found_id(text("a"), reworded, text("b", trigrams=0, stems=18)) == "reworded"


@pytest.mark.parametrize(("similarity", "expected"), [(0.61, "w"), (0.59, None)])
def test_far_vectors_are_not_looked_at(similarity: float, expected: str | None) -> None:
    assert found_id(text("a"), text("w", similarity=similarity)) == expected


@pytest.mark.parametrize(("trigrams", "expected"), [(6, "w"), (5, None)])
def test_little_in_common_is_no_source(trigrams: int, expected: str | None) -> None:
    candidate = text("w", trigrams=trigrams, stems=0)
    assert found_id(text("a"), candidate) == expected


def test_an_article_never_finds_itself() -> None:
    assert found_id(text("a"), text("a")) is None
    assert found_id(text("a"), text("a"), text("b", trigrams=10)) == "b"


def test_what_names_the_article_as_its_source_is_passed_over() -> None:
    assert found_id(text("a"), text("b", source_id="a")) is None
    assert found_id(text("a"), text("b", source_id="c")) == "b"


@pytest.mark.parametrize(
    ("other", "own", "expected"),
    [
        (MORNING, NOON, "b"),
        (NOON, NOON, "b"),
        (EVENING, NOON, None),
        (EVENING, None, "b"),
        (None, NOON, "b"),
    ],
)
def test_what_was_published_later_is_passed_over(
    other: datetime | None, own: datetime | None, expected: str | None
) -> None:
    assert found_id(text("a", published=own), text("b", published=other)) == expected


def test_a_part_of_the_article_is_passed_over_unless_dates_decide() -> None:
    # All of its stems are in the article, 16 or 17 of 20 of the article's in it.
    assert found_id(text("a"), text("b", stems=16)) is None
    assert found_id(text("a"), text("b", stems=18)) == "b"
    dated = text("b", stems=16, published=MORNING)
    assert found_id(text("a", published=NOON), dated) == "b"


def test_an_article_that_is_a_part_of_a_text_derives_from_it() -> None:
    assert found_id(text("a", trigrams=8, stems=10), text("b")) == "b"


def test_fingerprint_is_read_off_the_document() -> None:
    article = Article("a", "The ferry sank near Velmar. The ferry sank.")
    document = read_document(article.text, load_encoder())
    found = fingerprint(article, document)
    assert found.article is article
    np.testing.assert_array_equal(found.vector, document.vector)
    assert found.stems == frozenset().union(*document.content_stems)
    words = document.words
    triples = {tuple(words[i : i + 3]) for i in range(len(words) - 2)}
    assert {tuple(trigram) for trigram in found.trigrams} == triples
    assert found.n_words == 8
    assert not found.is_credited
    credited = "VELMAR (MNA) - The ferry sank near Velmar."
    assert fingerprint(article, read_document(credited, load_encoder())).is_credited
    signed = "By Anna Berg\n\nThe ferry sank near Velmar."
    assert not fingerprint(article, read_document(signed, load_encoder())).is_credited


def among(*texts: Fingerprint) -> dict[str, str]:
    found = CandidateIndex(texts).find_among_themselves()
    return {key: candidate.article.id for key, candidate in found.items()}


def test_of_two_texts_only_one_derives() -> None:
    # Alike in all but what is said; each is the other's candidate.
    assert among(text("a", n_words=90), text("b", n_words=100)) == {"a": "b"}
    credited = text("a", n_words=90, is_credited=True)
    assert among(credited, text("b", n_words=100)) == {"b": "a"}
    assert among(text("b", n_words=100), credited) == {"b": "a"}


def test_the_text_that_more_texts_point_to_is_the_source() -> None:
    wire = text("w", n_words=50)
    ordered = sorted(TRIGRAMS)
    copies = [
        replace(
            text(f"c{i}", similarity=0.99, stems=19),
            trigrams=frozenset(ordered[4 * i : 4 * i + 12]),
        )
        for i in range(3)
    ]
    assert among(copies[0], wire) == {"w": "c0"}
    assert among(*copies, wire) == {"c0": "w", "c1": "w", "c2": "w"}


def test_the_first_of_two_like_texts_is_the_source() -> None:
    assert among(text("b"), text("a")) == {"a": "b"}


def test_dates_decide_before_all_else() -> None:
    early = text("a", n_words=10, published=MORNING)
    late = text("b", n_words=100, is_credited=True, published=EVENING)
    assert among(early, late) == {"b": "a"}


def test_one_time_for_both_tells_nothing() -> None:
    assert among(text("a", published=NOON), text("b", published=NOON)) == {"b": "a"}


def test_a_derivative_finds_its_source_among_others(bridge: dict[str, Article]) -> None:
    encoder = load_encoder()
    prints = {
        name: fingerprint(article, read_document(article.text, encoder))
        for name, article in bridge.items()
    }
    index = CandidateIndex(prints.values())
    candidates = {name: index.find(wanted) for name, wanted in prints.items()}
    found = {name: c.article.id if c else None for name, c in candidates.items()}
    assert found == {
        "wire": None,
        "edited": "bridge-wire",
        "spun": "bridge-wire",
        "staff": None,
        "frost": None,
    }
