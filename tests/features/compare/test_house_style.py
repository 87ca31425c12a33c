"""House style between two texts: what is set aside, what is shown of it, and what is not."""

from collections.abc import Callable

import pytest

from copydesk.features import Comparison, Document
from copydesk.features.compare.house_style import in_source_style
from copydesk.features.evidence import collect_evidence
from copydesk.types import Evidence

CompareTexts = Callable[[str, str | None], Comparison]
EvidenceOf = Callable[[str, str], Evidence]


@pytest.fixture(scope="module")
def evidence_of(compare_texts: CompareTexts) -> EvidenceOf:
    def collect(article: str, source: str) -> Evidence:
        return collect_evidence(compare_texts(article, source))

    return collect


def shown(evidence: Evidence) -> list[tuple[str, str]]:
    assert {finding.kind for finding in evidence.house_style} <= {"house_style"}
    return [(f.article.text, f.source.text) for f in evidence.house_style if f.source is not None]


def faults(evidence: Evidence) -> list[str]:
    kinds = {"swapped_word", "broken_term"}
    groups = (
        *evidence.altered_quotes,
        *evidence.corrupted_names,
        *evidence.changed_numbers,
        *(finding for finding in evidence.oddities if finding.kind in kinds),
    )
    return [f"{finding.kind}: {finding.article.text}" for finding in groups]


PAIRS = [
    # spelling and vocabulary
    ("harbour", "The {} was closed to fishing boats for a week.", "harbor"),
    ("organised", "The march was {} by the teachers of the valley.", "organized"),
    ("paediatric", "A {} ward of forty beds opened in the town.", "pediatric"),
    ("lorries", "Three {} were stuck on the pass overnight.", "trucks"),
    ("aubergine", "The price of {} doubled at the market in Velmar.", "eggplant"),
    ("whilst", "He spoke to the crowd {} the votes were counted.", "while"),
    # accents, folded or transcribed
    ("Søndergård", "The mayor, Ida {}, opened the bridge.", "Soendergaard"),
    ("Kowalczyk-Łęcka", "The envoy, Anna {}, signed it.", "Kowalczyk-Lecka"),
    ("Gökçe", "The striker Emre {} scored twice.", "Gokce"),
    ("Schröder", "The baker Ulrich {} won the prize.", "Schroeder"),
    ("Đurić", "The pilot Milan {} landed the plane.", "Djuric"),
    # exonyms and renamed places
    ("Calcutta", "The ferry company has offices in {} and on the coast.", "Kolkata"),
    ("Burma", "The trawlers were seized off {} last month.", "Myanmar"),
    ("Türkiye", "A cargo of hazelnuts left {} for the island.", "Turkey"),
    ("Swaziland", "The king of {} opened the sugar mill.", "Eswatini"),
    ("München", "The orchestra will play in {} in the autumn.", "Munich"),
    ("Chernigov", "Shells fell on the outskirts of {} at dawn.", "Chernihiv"),
    ("Peking", "Talks in {} ended without a treaty.", "Beijing"),
    ("Danzig", "A shipyard in {} will build the hull.", "Gdansk"),
    # romanisation
    ("Mohammed", "The engineer {} Darwaz repaired the dam.", "Muhammad"),
    ("Qadhafi", "A cousin of {} was seen at the border.", "Gaddafi"),
    ("Sergey", "The skipper {} Lomov was rescued.", "Sergei"),
    ("Rudkovskiy", "The linesman Pavel {} raised his flag.", "Rudkovsky"),
    ("Yeltsin", "Advisers to {} wrote the memoir.", "Eltsin"),
    ("Teheran", "Students from {} won the chess cup.", "Tehran"),
    ("Hossein", "The goalkeeper {} Karvani was injured.", "Hussein"),
    ("Rhee", "The poet {} Han-sol read from her book.", "Yi"),
    # titles and abbreviations
    ("Gen.", "The order came from {} Tom Reed of the reserve.", "General"),
    ("Prof", "The find was dated by {} Orla Finch in May.", "Professor"),
    ("Blvd", "The shop stands on Linden {} in the old town.", "Boulevard"),
]


@pytest.mark.parametrize(("own", "sentence", "source"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_variants_are_house_style_both_ways(
    own: str, sentence: str, source: str, evidence_of: EvidenceOf
) -> None:
    texts = (sentence.format(own), sentence.format(source))
    for one, other in (texts, texts[::-1]):
        evidence = evidence_of(one, other)
        assert faults(evidence) == []
        assert shown(evidence) != []


PHRASES = [
    ("ten people", "a dozen people", []),
    ("Mr Bell spoke to the council", "Bell spoke to the council", [("Mr Bell", "Bell")]),
    ("Lt. Gen. Orr took the salute", "Orr took the salute", [("Lt. Gen. Orr", "Orr")]),
    ("Orr took the salute", "Sir Orr took the salute", [("Orr", "Sir Orr")]),
    ("Ivory Coast signed the pact", "Côte d'Ivoire signed the pact",
     [("Ivory Coast", "Côte d'Ivoire")]),
    ("The mill in Saigon was sold", "The mill in Ho Chi Minh City was sold",
     [("Saigon", "Ho Chi Minh City")]),
    ("The council met yesterday", "The council met on Tuesday", [("yesterday", "Tuesday")]),
    ("The council met on Friday", "The council met on Tuesday", []),
    ("It reopens on 5 March to all", "It reopens on March 5 to all", [("5 March", "March 5")]),
    ("It reopens on the 5th of March", "It reopens on March 5", [("5th of March", "March 5")]),
    ("Dues rose 7% in May", "Dues rose 7 per cent in May", [("7%", "7 per cent")]),
]  # fmt: skip


@pytest.mark.parametrize(("article", "source", "expected"), PHRASES)
def test_what_is_shown(
    article: str, source: str, expected: list[tuple[str, str]], evidence_of: EvidenceOf
) -> None:
    close = " and the harbour master of the town said that nobody would object."
    assert shown(evidence_of(article + close, source + close)) == expected


@pytest.mark.parametrize(
    ("own", "source"),
    [("Lyabkov", "Ryabkov"), ("Velmarr", "Velmar"), ("Tarnhorm", "Tarnholm"), ("Berk", "Berg")],
)
def test_a_corrupted_name_is_no_house_style(own: str, source: str, evidence_of: EvidenceOf) -> None:
    sentence = "The deputy minister {} said that nobody on the ferry was hurt."
    assert shown(evidence_of(sentence.format(own), sentence.format(source))) == []


def test_a_synonym_that_is_no_regional_word_is_still_a_swap(evidence_of: EvidenceOf) -> None:
    sentence = "Two tugs pulled the {} free at high water and it came home."
    evidence = evidence_of(sentence.format("ship"), sentence.format("vessel"))
    assert faults(evidence) == ["swapped_word: ship"]
    assert shown(evidence) == []


def test_quotations_that_differ_in_house_style_are_verbatim(evidence_of: EvidenceOf) -> None:
    said = 'Berg told the council: "The harbour will lose {} of its lorries in 2 years."'
    other = 'Berg told the council: "The harbor will lose {} of its trucks in two years."'
    assert faults(evidence_of(said.format("3%"), other.format("3 percent"))) == []
    assert "altered_quote" in faults(evidence_of(said.format("3%"), other.format("4 percent")))[0]


def test_a_word_that_the_source_has_in_both_forms_stays(read: Callable[[str], Document]) -> None:
    article = read("Two lorries left the harbour.")
    source = read("Two trucks and two lorries left the harbor.")
    assert in_source_style(article, source).words == ("two", "lorries", "left", "the", "harbor")


def test_without_variants_the_article_is_itself(read: Callable[[str], Document]) -> None:
    article, source = read("Two trucks left the pier."), read("Two trucks left the yard.")
    assert in_source_style(article, source) is article


def test_a_respelt_copy_measures_as_the_copy(
    measure: Callable[[str, str | None], dict[str, float]],
) -> None:
    source = (
        "The center near Kyiv tests armor, and its labor union organized a march on Saturday. "
        "About 1,987 workers joined it, said Anna Berg, a skeptical neighbor of the theater."
    )
    respelt = (
        "The centre near Kiev tests armour, and its labour union organised a march on Saturday. "
        "About 2,000 workers joined it, said Anna Berg, a sceptical neighbour of the theatre."
    )
    values, copy = measure(respelt, source), measure(source, source)
    for name in ("names_in_source", "numbers_in_source", "synonym_rate", "stem_gain"):
        assert values[name] == copy[name]
    # Only the rounded figure is another word.
    assert values["content_containment"] == pytest.approx(copy["content_containment"], abs=0.06)
