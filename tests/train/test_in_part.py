"""Rewrites in which sentences of the source are put back."""

from dataclasses import replace

import pytest

from copydesk.features import load_encoder, read_document
from copydesk.features.compare.alignment import align_sentences
from copydesk.seeds.corpus.labelled import Provenance
from copydesk.train.in_part import add_reworded_in_part
from copydesk.train.pairs import Pair, PairKind
from copydesk.types import Label

# What the source says, and how it was reworded.
TOLD = (
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
    (
        "The accident board will open an inquiry into the grounding on Wednesday, it announced.",
        "On Wednesday, the board for accidents announced, its inquiry of the grounding will begin.",
    ),
    (
        "Divers found a long scratch in the paint of the hull but no leak, the police said.",
        "Police said that no leak was found by divers, only a lengthy scratch in the hull's paint.",
    ),
)
OWN = "Fishermen mending their nets on the quay shrugged and poured themselves more coffee."
COPIES = [f"{old[:-1]}, page {n}." for n in range(2, 6) for old, _ in TOLD]
SOURCE = "\n\n".join(old for old, _ in TOLD)
TEXT = "\n\n".join(new for _, new in TOLD)
SPUN = Pair(TEXT, SOURCE, PairKind.SOURCE, Label.SPUN, "ferry", "llm", "own")
MERGED = replace(SPUN, kind=PairKind.HARD_NEGATIVE, label=Label.ORIGINAL)


def made_of(pair: Pair, seed: int = 0) -> Pair | None:
    before, *made = add_reworded_in_part([pair], "static", seed)
    assert before == pair
    return made[0] if made else None


def variants(pair: Pair, n_seeds: int = 12) -> list[Pair]:
    """What is made with different seeds."""
    return [made for seed in range(n_seeds) if (made := made_of(pair, seed)) is not None]


def where_changed(made: Pair) -> list[int]:
    """Which sentences are still the rewrite's; the others are the source's."""
    lines = made.text.split("\n\n")
    assert all(line in both for line, both in zip(lines, TOLD, strict=True))
    return [i for i, (_, new) in enumerate(TOLD) if lines[i] == new]


def test_every_sentence_is_aligned_and_changed() -> None:
    encoder = load_encoder()
    alignment = align_sentences(read_document(TEXT, encoder), read_document(SOURCE, encoder))
    assert alignment.changed == tuple(range(len(TOLD)))
    assert [link.source_first for link in alignment.links] == list(range(len(TOLD)))


@pytest.mark.parametrize(
    ("pair", "n_changed"),
    # Three tenths, not quite one half and three fifths of six, rounded up; where four stay, less
    # than two fifths of a merged report would be the other's.
    [(SPUN, {2, 3, 4}), (MERGED, {2, 3})],
)
def test_so_many_sentences_stay_changed(pair: Pair, n_changed: set[int]) -> None:
    assert {len(where_changed(made)) for made in variants(pair)} == n_changed


def test_what_stays_is_one_stretch_or_here_and_there() -> None:
    kept = [where_changed(made) for made in variants(SPUN, 20)]
    assert {at[-1] - at[0] == len(at) - 1 for at in kept} == {True, False}


def test_the_label_is_by_who_reworded_and_all_else_is_the_pair_s() -> None:
    for pair, label in ((SPUN, Label.SPUN), (MERGED, Label.EDITED_WIRE)):
        made = variants(pair)[0]
        assert made == replace(pair, text=made.text, label=label, kind=PairKind.IN_PART)


def test_a_sentence_that_two_were_made_of_is_put_back_once() -> None:
    joined = [f"{TOLD[0][0][:-1]}, and {TOLD[1][0]}", *(old for old, _ in TOLD[2:])]
    pair = replace(SPUN, source_text="\n\n".join(joined))
    assert {made.text.count(joined[0]) for made in variants(pair)} == {0, 1}


@pytest.mark.parametrize(
    "pair",
    [
        replace(SPUN, provenance=Provenance.ENGINE),
        replace(SPUN, label=Label.EDITED_WIRE),
        replace(SPUN, kind=PairKind.UNRELATED),
        replace(SPUN, kind=PairKind.ALONE, source_text=None),
        replace(SPUN, text="\n\n".join(new for _, new in TOLD[:5])),  # five changed sentences
        replace(MERGED, text="\n\n".join(new for _, new in TOLD[:3])),
        # Of 26 sentences that derive from the source, fewer than a quarter are changed.
        replace(
            SPUN,
            text="\n\n".join(
                [TEXT, *(f"{old[:-1]} {n}." for n in range(100, 500, 100) for old, _ in TOLD)]
            ),
        ),
        # Half of the words derive from nothing, and a third.
        replace(MERGED, text="\n\n".join([TEXT, *(f"{OWN[:-1]} {n}." for n in range(6))])),
        replace(MERGED, text="\n\n".join([TEXT, *(f"{OWN[:-1]} {n}." for n in range(4))])),
    ],
)
def test_others_are_left_as_they_are(pair: Pair) -> None:
    assert variants(pair) == []


def test_processes_do_not_change_what_is_made() -> None:
    pairs = [SPUN, MERGED, replace(SPUN, group="other")]
    made = add_reworded_in_part(pairs, "static", n_jobs=2)
    assert made == add_reworded_in_part(pairs, "static")
    assert len(made) == 6
