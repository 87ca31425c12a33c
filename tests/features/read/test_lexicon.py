"""Word and bigram frequencies, stems, and the closed classes of words."""

import gzip
import math
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgpack
import pytest
import symspellpy
import wordfreq
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import MissingPackage
from copydesk.features.read import lexicon
from copydesk.features.read.lexicon import (
    FUNCTION_WORDS,
    ODD_REPORTING_VERBS,
    REPORTING_VERBS,
    bigram_count,
    is_content_word,
    is_dictionary_word,
    stem,
    zipf_frequency,
)


@pytest.mark.parametrize("word", ["the", "ferry", "sandbank", "coastguard", "opined"])
def test_frequency_is_that_of_wordfreq(word: str) -> None:
    assert zipf_frequency(word) == pytest.approx(
        wordfreq.zipf_frequency(word, "en", wordlist="large"), abs=0.005
    )


def test_a_word_never_seen_has_frequency_zero() -> None:
    assert zipf_frequency("qxzvlmar") == 0.0


def test_frequencies_are_those_of_wordfreq_for_all_its_words() -> None:
    frequencies = wordfreq.get_frequency_dict("en", wordlist="large")
    look_up = zipf_frequency.__wrapped__  # past its cache, which the tests that follow can use
    wrong = [w for w, share in frequencies.items() if look_up(w) != math.log10(share) + 9]
    assert wrong == []
    assert len(frequencies) > 300_000


_SPELLED = """ferry firefighters harbour harbor colored tonnes theater theatre traveled traveling
    analyzed defense aluminum organize organise"""


def test_dictionary_words_are_spelled_right() -> None:
    assert all(map(is_dictionary_word, _SPELLED.split()))
    assert not any(map(is_dictionary_word, "ferrry firefigh longterm ryabkov Ferry".split()))


def test_bigrams_are_those_of_the_table() -> None:
    table = Path(symspellpy.__file__).parent / "frequency_bigramdictionary_en_243_342.txt"
    lines = [line.rsplit(" ", 1) for line in table.read_text(encoding="utf-8-sig").splitlines()]
    look_up = bigram_count.__wrapped__
    assert [bigram for bigram, count in lines if look_up(bigram) != int(count)] == []
    assert len(lines) == 242_342


@pytest.mark.parametrize(
    ("bigram", "count"),
    [
        ("prime minister", 135_895_680),
        ("prime pastor", 0),
        # Before the first line, after the last, and beginnings and continuations of what is there.
        ("aaa aaa", 0),
        ("zzz zzz", 0),
        ("prime ministe", 0),
        ("prime ministersx", 0),
        ("rime minister", 0),
        ("élan vital", 0),
        ("\ud800 minister", 0),
    ],
)
def test_bigrams_by_hand(bigram: str, count: int) -> None:
    assert bigram_count(bigram) == count


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let the frequencies be read from another file, and only here."""
    path = tmp_path / "words"
    monkeypatch.setattr(lexicon, "_package_file", lambda package, name: path)
    lexicon._rarities.cache_clear()
    yield path
    lexicon._rarities.cache_clear()


def test_rarity_is_the_place_of_a_words_list(elsewhere: Path) -> None:
    packed = msgpack.packb([{"format": "cB", "version": 1}, [], ["b", "a"], [], ["é"]])
    elsewhere.write_bytes(gzip.compress(packed))
    assert lexicon._rarities() == {"b": 1, "a": 1, "é": 3}


def test_words_of_another_format_are_refused(elsewhere: Path) -> None:
    elsewhere.write_bytes(gzip.compress(msgpack.packb([{"format": "cB", "version": 2}, ["a"]])))
    with pytest.raises(MissingPackage, match=r"have format \{.*2\}: pip install 'wordfreq<4'"):
        lexicon._rarities()


def test_a_package_that_is_not_there_is_named() -> None:
    with pytest.raises(MissingPackage, match="need the package nothing_here: pip install"):
        lexicon._package_file("nothing_here", "words")


def test_frequencies_are_read_without_the_packages_they_come_with() -> None:
    program = (
        "import sys; from copydesk.features.read.lexicon import bigram_count, zipf_frequency;"
        "assert zipf_frequency('ferry') and bigram_count('prime minister');"
        "print(*{'wordfreq', 'symspellpy'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("ferries", "ferrie"),
        ("tugs", "tug"),
        ("gas", "gas"),
        ("class", "class"),
        ("negotiations", "negoti"),
        ("negotiated", "negoti"),
        ("boats", "boat"),
        ("a", "a"),
        ("", ""),
    ],
)
def test_stems(word: str, expected: str) -> None:
    assert stem(word) == expected


@given(st.text("abcs", max_size=12))
def test_a_stem_is_a_beginning_of_at_most_six_letters(word: str) -> None:
    assert word.startswith(stem(word))
    assert len(stem(word)) == min(6, len(word)) or stem(word) == word[:-1]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("ferry", True), ("the", False), ("don't", False), ("7", True), ("x", False), ("84", True)],
)
def test_content_words(word: str, expected: bool) -> None:
    assert is_content_word(word) is expected


def test_word_classes_are_lower_case_and_apart() -> None:
    classes = (FUNCTION_WORDS, REPORTING_VERBS, ODD_REPORTING_VERBS)
    assert {word for words in classes for word in words if word != word.lower()} == set()
    assert len(frozenset.union(*classes)) == sum(map(len, classes))
