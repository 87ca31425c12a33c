"""Names compared: near misses told from other names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.compare.names import (
    find_corrupted_names,
    find_inconsistent_names,
    is_transliteration_trace,
)
from copydesk.features.read.names import NameMention

NAME_WORDS = st.sampled_from(
    "ryabkov lyabkov riabkov marquez marques martens martinez russia russian velmar berg".split()
)


def mentions(*words: str) -> tuple[NameMention, ...]:
    return tuple(NameMention(word, token) for token, word in enumerate(words))


def corrupted_pairs(
    article: str, source: str, nearby: dict[str, frozenset[str]] | None = None
) -> list[tuple[str, str]]:
    found = find_corrupted_names(
        mentions(*article.split()),
        mentions(*source.split()),
        frozenset(article.split()),
        frozenset(source.split()),
        nearby or {},
    )
    return [(one.mention.word, one.source_mention.word) for one in found]


@pytest.mark.parametrize(
    ("word", "original"),
    [
        ("lyabkov", "ryabkov"),
        ("riabkow", "ryabkov"),
        ("sheremetievo", "sheremetyevo"),
        ("mikhail", "mykhailo"),
        ("xavi", "shavi"),
        ("wolodimer", "volodymyr"),
    ],
)
def test_letters_that_transliteration_confuses(word: str, original: str) -> None:
    assert is_transliteration_trace(word, original) is True


@pytest.mark.parametrize(
    ("word", "original"), [("smith", "jones"), ("berg", "berg"), ("marten", "martinez")]
)
def test_other_names_are_no_trace(word: str, original: str) -> None:
    assert is_transliteration_trace(word, original) is False


@given(NAME_WORDS, NAME_WORDS)
def test_a_trace_goes_both_ways(one: str, other: str) -> None:
    assert is_transliteration_trace(one, other) == is_transliteration_trace(other, one)


@pytest.mark.parametrize(
    ("article", "source", "expected"),
    [
        ("lyabkov", "ryabkov berg", [("lyabkov", "ryabkov")]),
        ("marques", "marquez", [("marques", "marquez")]),
        (
            "nordlinie velmer",
            "nordlinje velmar",
            [("nordlinie", "nordlinje"), ("velmer", "velmar")],
        ),
        ("ryabkov", "ryabkov", []),
        ("smith", "jones", []),
        ("russian", "russia", []),
        ("germans", "german", []),
        ("mark", "marc", [("mark", "marc")]),
        ("jon", "john", []),
        ("tarn", "tarnholm", []),
        # Jaro-Winkler similarity of 0.864; of 0.81 and 0.84, other names.
        ("rosmall", "rasmal", [("rosmall", "rasmal")]),
        ("tarvika", "varnika", []),
        ("brekke", "brenne", []),
        ("lyabkov ryabkov", "ryabkov", [("lyabkov", "ryabkov")]),
        ("martines martinez", "martinez", [("martines", "martinez")]),
        ("martina martinez", "martinez", []),
        ("constantinus", "constance", []),
        ("", "ryabkov", []),
        ("lyabkov", "", []),
    ],
)
def test_finds_near_misses(article: str, source: str, expected: list[tuple[str, str]]) -> None:
    assert corrupted_pairs(article, source) == expected


def test_a_word_that_the_source_has_is_no_misspelling() -> None:
    found = find_corrupted_names(
        mentions("lyabkov"),
        mentions("ryabkov"),
        frozenset({"lyabkov"}),
        frozenset({"ryabkov", "lyabkov"}),
        {},
    )
    assert found == ()


def test_less_likeness_will_do_in_aligned_sentences() -> None:
    article, source = "vladimir", "volodymyr"
    nearby = {article: frozenset({source})}
    assert corrupted_pairs(article, source) == []
    assert corrupted_pairs(article, source, nearby) == [(article, source)]
    assert corrupted_pairs(f"{article} {source}", source, nearby) == []
    assert corrupted_pairs("smith", "jones", {"smith": frozenset({"jones"})}) == []


@given(st.lists(NAME_WORDS, max_size=5), st.lists(NAME_WORDS, max_size=5))
def test_the_order_of_names_does_not_matter(article: list[str], source: list[str]) -> None:
    forth = corrupted_pairs(" ".join(article), " ".join(source))
    back = corrupted_pairs(" ".join(article[::-1]), " ".join(source[::-1]))
    assert sorted(forth) == sorted(back)
    assert all(one not in source and other in source for one, other in forth)


@given(st.lists(NAME_WORDS, max_size=8))
def test_no_name_is_a_near_miss_of_a_text_with_the_same_names(names: list[str]) -> None:
    assert corrupted_pairs(" ".join(names), " ".join(reversed(names))) == []


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("ryabkov lyabkov ryabkov", [("lyabkov", "ryabkov")]),
        ("lyabkov ryabkov lyabkov", [("ryabkov", "lyabkov")]),
        ("nordlinje nordlinie nordlinje berg", [("nordlinie", "nordlinje")]),
        ("ryabkov berg ryabkov", []),
        ("russia russian russians", []),
        ("berg borg bergs", []),
        ("mark marc mark", []),
        ("", []),
    ],
)
def test_finds_names_spelled_in_two_ways(names: str, expected: list[tuple[str, str]]) -> None:
    found = find_inconsistent_names(mentions(*names.split()))
    assert [(one.mention.word, one.source_mention.word) for one in found] == expected
