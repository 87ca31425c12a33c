"""Names compared: corrupted ones told from other people's and from house style."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features import Document, Encoder
from copydesk.features.compare.alignment import align_sentences
from copydesk.features.compare.names import find_corrupted_names, find_inconsistent_names

Read = Callable[[str], Document]
Pairs = Callable[[str, str], list[tuple[str, str]]]

NAMES = st.sampled_from(
    ["Sergei Ryabkov", "Sergei Lyabkov", "Anna Berg", "Ryabkov", "Velmar", "Jonas Lind", "Velmor"]
)


@pytest.fixture(scope="module")
def corrupted(read: Read, encoder: Encoder) -> Pairs:
    def find(article: str, source: str) -> list[tuple[str, str]]:
        one, other = read(article), read(source)
        found = find_corrupted_names(one, other, align_sentences(one, other), encoder)
        return [(name.mention.word, name.source_mention.word) for name in found]

    return find


@pytest.fixture(scope="module")
def inconsistent(read: Read) -> Callable[[str], list[tuple[str, str]]]:
    def find(text: str) -> list[tuple[str, str]]:
        found = find_inconsistent_names(read(text))
        return [(name.mention.word, name.source_mention.word) for name in found]

    return find


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("Sergei Lyabkov", "Sergei Ryabkov"),  # the first name is the same
        ("Serhiy Ryabkov", "Sergei Ryabkov"),  # the last is
        ("Danilo Gorbenko", "Danylo Horbenko"),  # neither, both are near
        ("Samuel Nabberg", "Samuel Nunberg"),
        ("minister Sibikha", "minister Sybiha"),
        ("Mark Gurmann", "Mark Gurman"),
        ("Velmor", "Velmar"),
        ("Nordlinie", "Nordlinje"),
        ("the New Ferry Occasions", "the New Ferry Times"),
        ("the Tremendous Ferry", "the Super Ferry"),
    ],
)
def test_corrupted_names_of_one_person_or_place(corrupted: Pairs, new: str, old: str) -> None:
    frame = "The envoys said on Monday that {} had asked for a report on the accident at sea."
    found = corrupted(frame.format(new), frame.format(old))
    differing = [
        (one.lower(), other.lower())
        for one, other in zip(new.split(), old.split(), strict=True)
        if one != other
    ]
    assert found == differing


@pytest.mark.parametrize(
    ("article", "source"),
    [
        # Other people: another name altogether beside the one that is alike.
        ("Festival-goer Billy Marsh said it was over.", "Singer Perry Dunmore said it was over."),
        ("Steward Carl Denby led 900 people out.", "Chief Gary Winslow led 900 people out."),
        ("His friend Kelly Otway lost her shoes.", "Drummer Kerry Bragg lost her shoes."),
        ("The guard Dina Fosse said so on Sunday.", "The guard Tina Rowbotham said so on Sunday."),
        ("The court heard Mitch Connell.", "The court heard Bob Donnell."),
        # Other places, demonyms, inflections.
        ("The ferry went from Syria on Monday.", "The ferry of Shelly went on Monday."),
        ("The Russian ferry sank on Monday.", "The ferry of Russia sank on Monday."),
        ("The ferry sank off Arabia on Monday.", "The Arabic ferry sank on Monday."),
        # House style: accents, spelling, short forms, what was typed wrong in the source.
        ("Jan Dvoracek left on Monday.", "Jan Dvořáček left on Monday."),
        ("The Velmar Labour Centre shut on Monday.", "The Velmar Labor Center shut on Monday."),
        ("The ship left Massachusetts on Monday.", "The ship left Mass. on Monday."),
        ("It lay off Meyer Boulevard on Monday.", "It lay off Meyer Blvd. on Monday."),
        ("Committee Mediators met on Monday.", "Committee Meditators met on Monday."),
        ("Marc Tuohy left on Monday.", "Mark Tuohy left on Monday."),
        ("They left Tel Velmar on Monday.", "They left Tal Velmar on Monday."),
        # Capitals for emphasis make no name.
        ("The Humane Society of Velmar met.", "It wants HUMAN SOULS, the boy of Velmar said."),
        # The source has both.
        ("Then Lyabkov met him on Monday.", "Ryabkov met him on Monday. Lyabkov did too."),
        ("", "Ryabkov met him on Monday."),
        ("Ryabkov met him on Monday.", ""),
    ],
)
def test_other_names_are_not_corrupted(corrupted: Pairs, article: str, source: str) -> None:
    assert corrupted(article, source) == []
    assert corrupted(source, source) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met Trehubova.", [("trehubova", "tregubova")]),
        ("TREHUBOVA TOLD THE PRESS THAT SHE AND THE HARBOUR OF VELMAR WERE SAFE.", "same"),
        ("Trehubova Told The Press That She And The Harbour Of Velmar Were Safe.", "same"),
    ],
)
def test_where_all_is_capitals_only_rare_words_are_names(
    corrupted: Pairs, text: str, expected: str | list[tuple[str, str]]
) -> None:
    if expected == "same":
        expected = [("trehubova", "tregubova")]
    assert corrupted(text, text.replace("ehub", "egub").replace("EHUB", "EGUB")) == expected
    spun = text.replace("HARBOUR", "HARPOUR").replace("TOLD", "COLD").replace("Told", "Cold")
    assert corrupted(spun, text) in ([], [("harpour", "harbour")])


def test_a_name_that_the_article_has_too_was_misspelled_by_a_letter(corrupted: Pairs) -> None:
    source = "The envoy Sergei Ryabkov left on Monday."
    both = "The envoy Sergei Lyabkov left on Monday. They thanked Ryabkov."
    assert corrupted(both, source) == [("lyabkov", "ryabkov")]
    other = "The envoy Sergei Rabinov left on Monday. They thanked Ryabkov."
    assert corrupted(other, source) == []


@given(st.lists(NAMES, max_size=4), st.lists(NAMES, max_size=4))
def test_a_corrupted_name_is_missing_in_the_source(
    corrupted: Pairs, article: list[str], source: list[str]
) -> None:
    texts = [
        " ".join(f"They met {name} on Monday." for name in names) for names in (article, source)
    ]
    for one, other in corrupted(texts[0], texts[1]):
        assert one not in texts[1].lower().replace(".", "").split()
        assert other in texts[1].lower()
    assert corrupted(texts[0], texts[0]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We saw Ryabkov. Then Ryabkov met Lyabkov.", [("lyabkov", "ryabkov")]),
        ("We saw Anna Trehubova. Then Anna Tregubova left.", [("tregubova", "trehubova")]),
        ("The Nordlinje ship sank. Nordlinje and Nordlinie paid.", [("nordlinie", "nordlinje")]),
        ("We saw Mitch McConnell. The former governor Bob McDonnell left.", []),
        ("We saw Donald Berg. The late Ronald Lind left.", []),
        ("We saw Arabia. The Arabic ship left.", []),
        ("God Bless Velmar, they sang. Meet the Press was on.", []),
        ("We met Posti of Velmar. Then Bpost shut.", []),
        ("Ryabkov met Berg. Berg met Borg.", []),
        ("", []),
    ],
)
def test_finds_names_spelled_in_two_ways(
    inconsistent: Callable[[str], list[tuple[str, str]]],
    text: str,
    expected: list[tuple[str, str]],
) -> None:
    found = inconsistent(text)
    assert [tuple(sorted(pair)) for pair in found] == [tuple(sorted(pair)) for pair in expected]


@pytest.mark.parametrize(
    "text",
    [
        "We saw Ryabkov, known as @SRyabkov there.",
        "The ferry of Marholm was greeted with #Marhollm on Monday.",
        "We saw Trelborg on the pier. He is @Trelborgg there.",
    ],
)
def test_handles_and_tags_spell_no_name(
    inconsistent: Callable[[str], list[tuple[str, str]]], text: str
) -> None:
    assert inconsistent(text) == []
    plain = text.replace("@", "").replace("#", "")
    assert inconsistent(plain) != []
