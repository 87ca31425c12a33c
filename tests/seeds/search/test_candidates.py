"""Candidates for an article: what is found, and what never is."""

from collections.abc import Callable

import pytest

from copydesk.features import load_encoder, read_document
from copydesk.seeds.search.candidates import (
    Candidate,
    Candidates,
    FingerprintList,
    find_sources,
    index_fingerprints,
)
from copydesk.seeds.search.fingerprint import Fingerprint, fingerprint
from copydesk.types import Article

MakePrint = Callable[..., Fingerprint]
MORNING, NOON, EVENING = 9.0, 12.0, 20.0


def candidates(
    wanted: Fingerprint, *others: Fingerprint, are_canonical: bool = True
) -> list[Candidate]:
    table = FingerprintList(others)
    search = Candidates(index_fingerprints(others), table, are_canonical=are_canonical)
    return [found for found, _ in search.find(wanted)]


def found_ids(wanted: Fingerprint, *others: Fingerprint, are_canonical: bool = True) -> list[str]:
    found = candidates(wanted, *others, are_canonical=are_canonical)
    return [candidate.id for candidate in found]


def woven(wanted: Fingerprint, *others: Fingerprint) -> list[str]:
    search = Candidates(index_fingerprints(others), FingerprintList(others))
    found = find_sources(wanted, search)
    return [candidate.id for candidate in found]


def test_nothing_is_found_among_nothing(make_print: MakePrint) -> None:
    assert index_fingerprints([]) is None
    assert candidates(make_print("a")) == []
    assert woven(make_print("a")) == []


def test_candidate_by_hand(make_print: MakePrint) -> None:
    # 5 of 20 trigrams, 10 of 20 stems, half of 2 of 4 names; 350 words take nothing off.
    text = make_print(
        "w", similarity=0.8, trigrams=range(5), stems=range(10, 30), names=range(2, 9)
    )
    (candidate,) = candidates(make_print("a"), text)
    assert candidate.id == "w"
    assert candidate.similarity == pytest.approx(0.8, abs=0.005)
    assert candidate.closeness == pytest.approx(0.25 + 0.5 + 0.25)


def test_a_long_text_has_more_by_chance(make_print: MakePrint) -> None:
    # ln((750 + 50) / 400) = ln 2, times 0.3.
    (candidate,) = candidates(make_print("a"), make_print("w", n_words=750))
    assert candidate.closeness == pytest.approx(2.5 - 0.3 * 0.693147, abs=1e-5)


def test_too_few_names_tell_nothing(make_print: MakePrint) -> None:
    (candidate,) = candidates(make_print("a", names=range(2)), make_print("w", names=range(0)))
    assert candidate.closeness == pytest.approx(2.25)


def test_the_closest_wording_wins_over_the_nearest_vector(make_print: MakePrint) -> None:
    near = make_print("near", similarity=0.99, trigrams=range(2))
    close = make_print("close", similarity=0.7, trigrams=range(15))
    assert found_ids(make_print("a"), near, close) == ["close", "near"]
    assert found_ids(make_print("a"), close, near) == ["close", "near"]


@pytest.mark.parametrize(
    ("n_trigrams", "n_names", "expected"),
    # 5 of 20 stems, so many of 20 trigrams, and half of so many of 4 names: 0.5 is what it takes.
    [(6, 3, ["w"]), (3, 2, ["w"]), (3, 1, ["w"]), (1, 1, []), (4, 0, [])],
)
def test_little_in_common_is_no_candidate(
    n_trigrams: int, n_names: int, expected: list[str], make_print: MakePrint
) -> None:
    text = make_print(
        "w", trigrams=range(n_trigrams), stems=range(15, 35), names=range(4 - n_names, 8 - n_names)
    )
    assert found_ids(make_print("a"), text) == expected


def test_where_none_is_close_the_nearest_report_is_found(make_print: MakePrint) -> None:
    # 0.7 and 0.65; beside a close text neither is looked at.
    near = make_print("near", trigrams=range(4), stems=range(15, 35), names=range(2, 8))
    far = make_print("far", trigrams=range(3), stems=range(15, 35), names=range(2, 8))
    close = make_print("close", trigrams=range(5), stems=range(15, 35), names=range(2, 8))
    other = make_print("other", trigrams=range(6), stems=range(15, 35), names=range(2, 8))
    assert found_ids(make_print("a"), far, near) == ["near"]
    assert found_ids(make_print("a"), far, near, close) == ["close"]
    assert found_ids(make_print("a"), far, near, close, other) == ["other", "close"]


def test_formula_copy_is_no_report_of_the_event(make_print: MakePrint) -> None:
    text = make_print("w", trigrams=range(4), stems=range(15, 35), facts=tuple(range(5)))
    assert found_ids(make_print("a", facts=tuple(range(5))), text) == ["w"]
    assert found_ids(make_print("a", facts=tuple(range(5, 10))), text) == []


def test_an_article_never_finds_itself(make_print: MakePrint) -> None:
    article = make_print("a")
    assert found_ids(article, article) == []
    assert found_ids(article, article, make_print("b")) == ["b"]


def test_what_names_the_article_as_its_source_is_passed_over(make_print: MakePrint) -> None:
    assert found_ids(make_print("a"), make_print("b", source_id="a")) == []
    assert found_ids(make_print("a"), make_print("b", source_id="c")) == ["b"]


@pytest.mark.parametrize(
    ("other", "own", "expected"),
    [
        (MORNING, NOON, ["b"]),
        (NOON, NOON, ["b"]),
        (EVENING, NOON, []),
        (NOON - 366 * 86_400, NOON, ["b"]),
        (NOON - 366 * 86_400 - 1, NOON, []),
        (EVENING, None, ["b"]),
        (None, NOON, ["b"]),
    ],
)
def test_what_was_published_later_or_long_before_is_passed_over(
    other: float | None, own: float | None, expected: list[str], make_print: MakePrint
) -> None:
    article = make_print("a", published=own)
    assert found_ids(article, make_print("b", published=other)) == expected


def test_among_equals_a_part_of_the_article_is_passed_over_unless_dates_decide(
    make_print: MakePrint,
) -> None:
    # All of its stems are in the article, 16 or 18 of 20 of the article's in it.
    part = make_print("b", stems=range(16))
    assert found_ids(make_print("a"), part) == ["b"]
    assert found_ids(make_print("a"), part, are_canonical=False) == []
    more = make_print("b", stems=range(18))
    assert found_ids(make_print("a"), more, are_canonical=False) == ["b"]
    dated = make_print("b", stems=range(16), published=MORNING)
    assert found_ids(make_print("a", published=NOON), dated, are_canonical=False) == ["b"]


def test_an_article_that_is_a_part_of_a_text_derives_from_it(make_print: MakePrint) -> None:
    part = make_print("a", trigrams=range(8), stems=range(10))
    assert found_ids(part, make_print("b")) == ["b"]


@pytest.mark.parametrize(
    ("trigrams", "stems", "names", "expected"),
    [
        # The first lacks 10 trigrams, 8 content words and 5 names of the article.
        (range(19, 50), range(18, 50), range(8, 50), ["one", "two"]),  # 1, 2 and 2 of them
        (range(20, 50), range(18, 50), range(8, 50), ["one"]),
        (range(19, 50), range(19, 50), range(8, 50), ["one"]),
        (range(19, 50), range(18, 50), range(9, 50), ["one"]),
        (range(17, 50), range(16, 50), range(0), ["one", "two"]),  # 3, 4 and none of them
        (range(18, 50), range(16, 50), range(0), ["one"]),
        (range(17, 50), range(17, 50), range(0), ["one"]),
        (range(0, 10), range(0, 12), range(0, 5), ["one"]),
    ],
)
def test_a_second_source_has_what_the_first_lacks(
    trigrams: range, stems: range, names: range, expected: list[str], make_print: MakePrint
) -> None:
    first = make_print(
        "one", trigrams=range(10), stems=range(12), names=range(5), published=MORNING
    )
    second = make_print("two", trigrams=trigrams, stems=stems, names=names, published=MORNING)
    assert woven(make_print("a", names=range(10), published=NOON), first, second) == expected


def test_a_text_that_has_nearly_all_leaves_no_second_source(make_print: MakePrint) -> None:
    second = make_print("two", trigrams=range(10, 30), stems=range(19, 30), names=range(2, 10))
    article = make_print("a", names=range(10))
    for trigrams, names, expected in [
        (range(18), range(7), ["one", "two"]),
        (range(20), range(7), ["one"]),  # no trigram is lacking
        (range(18), range(8), ["one"]),  # two names are, too few to count
    ]:
        first = make_print("one", trigrams=trigrams, stems=range(17), names=names)
        assert woven(article, first, second) == expected


def test_a_second_source_far_from_the_whole_is_found(
    make_print: MakePrint, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The article's vector lies near its first source and many texts on the same topic; what
    # the second brought lies near the second.
    monkeypatch.setattr("copydesk.seeds.search.candidates.N_NEIGHBOURS", 3)
    article = make_print("a", similarity=0.8, names=range(10))
    first = make_print("one", similarity=0.85, trigrams=range(12), stems=range(12), names=range(5))
    other = {"trigrams": range(50, 70), "stems": range(50, 70), "names": range(50, 60)}
    topic = [make_print(f"t{i}", similarity=0.9, **other) for i in range(5)]
    second = make_print(
        "two", similarity=0.0, trigrams=range(12, 20), stems=range(12, 20), names=range(5, 10)
    )
    assert found_ids(article, first, *topic, second) == ["one"]
    assert woven(article, first, *topic, second) == ["one", "two"]


def test_a_derivative_finds_its_source_among_others(bridge: dict[str, Article]) -> None:
    encoder = load_encoder()
    prints = {
        name: fingerprint(article, read_document(article.text, encoder))
        for name, article in bridge.items()
    }
    found = {
        name: found_ids(wanted, *prints.values(), are_canonical=False)
        for name, wanted in prints.items()
    }
    assert found["edited"][0] == found["spun"][0] == "bridge-wire"
    assert found["wire"] == found["frost"] == []
    assert found["staff"] == ["bridge-edited"]  # of the reports of its event, the nearest


def origins(wanted: Fingerprint, *others: Fingerprint) -> list[tuple[str, str | None]]:
    search = Candidates(index_fingerprints(others), FingerprintList(others))
    return [(one.id, one.origin) for one in find_sources(wanted, search)]


def test_a_source_made_from_another_leads_to_that(make_print: MakePrint) -> None:
    # Of the copy 18/20 + 1 + 1/2 is in the first text, 0.25 more by half in the second.
    wire = make_print("w", trigrams=range(16), published=MORNING)
    edit = make_print("e", trigrams=range(18), published=NOON)
    copy = make_print("a", published=EVENING)
    assert origins(copy, edit, wire) == origins(copy, wire, edit) == [("w", None)]


def test_where_much_would_be_lost_the_origin_is_only_named(make_print: MakePrint) -> None:
    wire = make_print("w", trigrams=range(12), published=MORNING)
    spin = make_print("s", trigrams=range(18), published=NOON)
    assert origins(make_print("a", published=EVENING), spin, wire) == [("s", "w")]


@pytest.mark.parametrize(("of_wire", "expected"), [(2.0, "w"), (1.0, None), (0.0, None)])
def test_without_dates_the_origin_is_more_source_like(
    of_wire: float, expected: str | None, make_print: MakePrint
) -> None:
    wire = make_print("w", trigrams=range(16), likeness=of_wire)
    spin = make_print("s", trigrams=range(18), likeness=1.0)
    assert origins(make_print("a"), spin, wire) == [("s", expected)]


def test_what_a_source_names_as_its_own_is_its_origin(make_print: MakePrint) -> None:
    wire = make_print("w", trigrams=range(16))
    spin = make_print("s", trigrams=range(18), likeness=1.0, source_id="w")
    assert origins(make_print("a"), spin, wire) == [("w", None)]


def test_a_later_text_is_no_origin(make_print: MakePrint) -> None:
    wire = make_print("w", trigrams=range(18), published=MORNING)
    spin = make_print("s", trigrams=range(16), published=NOON, likeness=9.0)
    assert origins(make_print("a", published=EVENING), spin, wire) == [("w", None)]


def test_what_was_made_from_the_first_source_is_no_second(make_print: MakePrint) -> None:
    # Either has all of the wording that the wire lacks.
    wire = make_print("w", trigrams=range(10), stems=range(18), names=range(1), published=MORNING)
    spin = make_print("s", trigrams=range(8, 20), stems=range(10, 20), published=NOON)
    other = make_print(
        "o", trigrams=range(10, 20), stems=range(18, 38), names=range(1, 8), published=NOON
    )
    article = make_print("a", published=EVENING)
    assert woven(article, wire, spin) == ["w"]
    assert woven(article, wire, other) == ["w", "o"]


def test_formula_copy_is_no_origin(make_print: MakePrint) -> None:
    # The article has the facts of both texts; those of the two differ.
    early = make_print("w", trigrams=range(16), published=MORNING, facts=tuple(range(5)))
    late = make_print("s", trigrams=range(18), published=NOON, facts=tuple(range(5, 10)))
    article = make_print("a", published=EVENING, facts=tuple(range(10)))
    assert origins(article, late, early) == [("s", None)]
