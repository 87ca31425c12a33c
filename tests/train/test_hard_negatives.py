"""Two reports of one event, cut to what both tell."""

from dataclasses import replace

import pytest

from copydesk.features import load_encoder, read_document
from copydesk.seeds.corpus.labelled import Provenance
from copydesk.train.hard_negatives import add_hard_negatives
from copydesk.train.pairs import Pair, PairKind
from copydesk.types import Label

# Both reports tell these, each in words of its own.
SHARED = (
    (
        "The ferry Halla struck a sandbank off Morvik at dawn on Tuesday with 84 people on board.",
        "With 84 people on board the Halla, a ferry, hit a sandbank near Morvik early on Tuesday.",
    ),
    (
        "Coast guard boats took all of the passengers to the harbour of Morvik within two hours.",
        "Within two hours every passenger had been brought to Morvik harbour by the coast guard.",
    ),
    (
        "Two of the crew were treated for bruises at the hospital in Lund, the shipping line said.",
        "The shipping line said the Lund hospital treated two crew members, both with bruises.",
    ),
    (
        "The captain, Ines Dahl, has sailed the route between Morvik and Lund for eleven years.",
        "Ines Dahl, the captain, has been sailing between Lund and Morvik for eleven years.",
    ),
)
VERBATIM = "The accident board will open an inquiry into the grounding on Wednesday, it announced."
OWN = "Fishermen mending their nets on the quay shrugged and poured themselves more coffee."
OWN_OF_SOURCE = "Shares of insurers fell slightly in Oslo, while crude oil and copper were steady."
TEXT = "\n".join([SHARED[0][0], OWN, *(one for one, _ in SHARED[1:]), VERBATIM])
SOURCE = "\n".join([OWN_OF_SOURCE, *(other for _, other in SHARED), VERBATIM])
BESIDE = Pair(TEXT, SOURCE, PairKind.RELATED, Label.ORIGINAL, "ferry", "presser", "own")


def join_two(side: int) -> str:
    return "\n".join(f"{SHARED[k][side][:-1]}, and {SHARED[k + 1][side]}" for k in (0, 2))


def cut(pair: Pair, seed: int = 0) -> Pair:
    before, *made = add_hard_negatives([pair], "static", seed)
    assert before == pair
    (negative,) = made
    return negative


def test_what_both_tell_is_kept_in_its_order() -> None:
    for seed in range(10):
        negative = cut(BESIDE, seed)
        lines = negative.text.split("\n")
        assert [line for line in lines if line not in (OWN, VERBATIM)] == [one for one, _ in SHARED]
        others = (negative.source_text or "").split("\n")
        assert [line for line in others if line not in (OWN_OF_SOURCE, VERBATIM)] == [
            other for _, other in SHARED
        ]


@pytest.mark.parametrize("sentence", [OWN, OWN_OF_SOURCE, VERBATIM])
def test_what_one_tells_and_what_is_copied_mostly_go(sentence: str) -> None:
    made = [cut(BESIDE, seed) for seed in range(30)]
    kept = sum(sentence in pair.text or sentence in (pair.source_text or "") for pair in made)
    assert 0 < kept < 10  # one in five, on average


def test_all_else_is_the_pair_s() -> None:
    negative = cut(BESIDE)
    assert negative == replace(
        BESIDE,
        text=negative.text,
        source_text=negative.source_text,
        kind=PairKind.HARD_NEGATIVE,
    )


@pytest.mark.parametrize(
    "pair",
    [
        replace(BESIDE, kind=PairKind.UNRELATED),
        replace(BESIDE, kind=PairKind.ALONE, source_text=None),
        replace(BESIDE, label=Label.SPUN),
        replace(BESIDE, provenance=Provenance.ENGINE),
        replace(BESIDE, label=Label.EDITED_WIRE),
        replace(BESIDE, source_text=OWN_OF_SOURCE),  # tells nothing of it
        replace(BESIDE, text=join_two(0), source_text=join_two(1)),  # two sentences, 60 words
        replace(BESIDE, text=SHARED[0][0], source_text=SOURCE),
    ],
)
def test_others_are_not_cut(pair: Pair) -> None:
    assert add_hard_negatives([pair], "static") == (pair,)


def test_texts_left_have_sixty_words() -> None:
    short = [(one, other) for one, other in SHARED[:3]]
    words = [
        len(read_document(" ".join(side), load_encoder()).words)
        for side in zip(*short, strict=True)
    ]
    assert min(words) < 60
    pair = replace(
        BESIDE,
        text="\n".join(one for one, _ in short),
        source_text="\n".join(other for _, other in short),
    )
    assert add_hard_negatives([pair], "static") == (pair,)


def test_processes_and_order_of_work_change_nothing() -> None:
    pairs = [BESIDE] * 150
    assert add_hard_negatives(pairs, "static", n_jobs=2) == add_hard_negatives(pairs, "static")
