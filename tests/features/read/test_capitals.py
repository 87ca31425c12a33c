"""Capitals that say nothing."""

import pytest

from copydesk.features.read.capitals import silent_sentences
from copydesk.features.read.sentences import Sentence

UPPER = "FERRY SINKS OFF VELMAR"
TITLE = "Ferry Sinks Off Coast After Heavy Fog"
PLAIN = "The ferry sank off Velmar on Monday"
NAMES = "Anna Berg, Jonas Lind and Sergei Ryabkov"


def silent(*lines: str) -> frozenset[int]:
    tokens: list[str] = []
    sentences = []
    for line in lines:
        words = line.replace(",", "").split()
        sentences.append(Sentence(0, 0, len(tokens), len(tokens) + len(words)))
        tokens += words
    return silent_sentences(tokens, sentences)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([PLAIN], set()),
        ([UPPER, PLAIN], {0}),
        ([UPPER, UPPER, "IT FELL"], {0, 1, 2}),
        ([TITLE, PLAIN, PLAIN], set()),
        ([TITLE, TITLE, PLAIN], {0, 1, 2}),
        ([f"The {NAMES}", NAMES], set()),
        (["NATO said", "The EU and UN"], set()),
        (["IT FELL"], set()),
        ([], set()),
    ],
)
def test_says_which_sentences_do_not_tell_names(lines: list[str], expected: set[int]) -> None:
    assert silent(*lines) == expected
