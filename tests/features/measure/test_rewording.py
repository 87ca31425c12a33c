"""How changed sentences were changed, by hand."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from copydesk.features import Comparison, Document, StyleModel, compare
from copydesk.features.measure.rewording import measure
from copydesk.features.read.encoder import Encoder

CompareTexts = Callable[[str, str | None], Comparison]

COPIED = "The operator, Nordlinje, has carried passengers between Velmar and Tarnholm since 1987."
REWORDED = (
    "On Monday, a boat called Astra with 84 people hit a sandbank close to Velmar, police said."
)
TOLD = (
    "The ferry Astra ran aground on a sandbank near Velmar on Monday with 84 people, police said."
)
OTHER = "Investigators boarded the vessel in the evening and took away the recording equipment."


def test_values_by_hand(compare_texts: CompareTexts) -> None:
    comparison = compare_texts(f"{COPIED} {REWORDED}", f"{TOLD} {COPIED} {OTHER}")
    pair = comparison.with_source
    assert pair is not None
    assert pair.alignment.changed == (1,)
    link = pair.alignment.links[1]
    found = measure(comparison)
    assert found["changed_similarity"] == pytest.approx(link.similarity)
    assert found["changed_recall"] == pytest.approx(link.recall)
    assert found["changed_edit_similarity"] == pytest.approx(link.edit_similarity)
    assert found["changed_run_share"] == 0  # "with 84 people" is three words long
    assert found["changed_length_ratio"] == pytest.approx(math.log(17 / 17))
    assert found["changed_names_kept"] == 1  # Astra and Velmar
    assert found["changed_names_new"] == 0
    edits = pair.edits.sentences[1]
    assert edits.sentence == 1
    assert found["changed_deleted_rate"] == edits.n_deleted / edits.n_content
    assert found["changed_inserted_rate"] == edits.n_inserted / edits.n_content
    assert found["changed_substituted_rate"] == edits.n_substituted / edits.n_content


def test_what_is_copied_beside_does_not_count(compare_texts: CompareTexts) -> None:
    source = f"{TOLD} {COPIED} {OTHER}"
    alone = measure(compare_texts(REWORDED, source))
    beside = measure(compare_texts(f"{COPIED} {REWORDED} {OTHER}", source))
    names = [name for name in alone if name.startswith("changed_")]
    assert len(names) == 10
    assert [alone[name] for name in names] == pytest.approx([beside[name] for name in names])


def test_names_are_looked_for_where_the_sentence_comes_from(compare_texts: CompareTexts) -> None:
    reworded = REWORDED.replace("Velmar", "Tarnholm")
    found = measure(compare_texts(f"{reworded} {COPIED}", f"{TOLD} {OTHER} {COPIED}"))
    # Tarnholm is a name of the source, but of another sentence.
    assert (found["changed_names_kept"], found["changed_names_new"]) == (0.5, 0.5)


def test_a_copy_has_no_changed_sentences(compare_texts: CompareTexts) -> None:
    assert measure(compare_texts(COPIED, f"{TOLD} {COPIED}")) == {
        "isolated_swap_rate": 0,
        "isolated_swap_share": 0,
    }


def test_one_swap_made_throughout_counts_once(compare_texts: CompareTexts) -> None:
    lines = [f"The old ferry left the port of {name} again." for name in ("Velmar", "Lund")]
    source = " ".join(lines)
    once = measure(compare_texts(source.replace("ferry", "boat", 1), source))
    throughout = measure(compare_texts(source.replace("ferry", "boat"), source))
    two = measure(
        compare_texts(source.replace("ferry", "boat", 1).replace("port", "docks"), source)
    )
    n_content = 2 * 5  # old ferry left port velmar
    assert once == pytest.approx({"isolated_swap_rate": 1 / n_content, "isolated_swap_share": 0.5})
    assert throughout == pytest.approx({**once, "isolated_swap_share": 1.0})
    assert two["isolated_swap_rate"] == pytest.approx(2 / n_content)


def test_style_is_that_of_changed_sentences(
    compare_texts: CompareTexts,
    read: Callable[[str], Document],
    encoder: Encoder,
    style: StyleModel,
) -> None:
    source = f"{TOLD} {COPIED} {OTHER}"
    found = compare(read(f"{COPIED} {REWORDED}"), read(source), encoder, style).style
    assert found.changed == pytest.approx(style.score(read(REWORDED).style_terms).document)
    assert found.unchanged == pytest.approx(style.score(read(TOLD).style_terms).document)
    copy = compare(read(COPIED), read(source), encoder, style).style
    assert np.isnan([copy.changed, copy.unchanged]).all()
