"""Evidence: what a reader is shown, and where it stands in the texts as they were given."""

from collections.abc import Callable
from dataclasses import fields, replace

import numpy as np
import pytest

from copydesk.features import Comparison, Derivation, collect_evidence
from copydesk.features.compare.comparison import StyleComparison
from copydesk.features.read.style import StyleScores
from copydesk.types import Evidence, Finding

CompareTexts = Callable[[str, str | None], Comparison]


def findings_of(evidence: Evidence) -> list[Finding]:
    values = [getattr(evidence, field.name) for field in fields(evidence)]
    return [finding for value in values if isinstance(value, tuple) for finding in value]


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str, str | None]]:
    return [(f.kind, f.article.text, f.source.text if f.source else None) for f in findings]


@pytest.fixture(scope="module")
def evidence_of(compare_texts: CompareTexts) -> Callable[[str, str | None], Evidence]:
    def collect(article: str, source: str | None) -> Evidence:
        return collect_evidence(compare_texts(article, source))

    return collect


EvidenceOf = Callable[[str, str | None], Evidence]


def test_a_spun_article_gives_itself_away(evidence_of: EvidenceOf, story: dict[str, str]) -> None:
    evidence = evidence_of(story["spun"], story["source"])
    assert told(evidence.altered_quotes) == [
        (
            "altered_quote",
            "We felt a strong bump and then everything was extremely quiet for a long time",
            "We felt a heavy jolt and then everything was very quiet for a long time",
        )
    ]
    assert told(evidence.corrupted_names) == [
        ("transliterated_name", "Lyabkov", "Ryabkov"),
        ("inconsistent_name", "Ryabkov", "Lyabkov"),
    ]
    assert told(evidence.changed_numbers) == [("changed_number", "48", "84")]
    shown = [(finding.kind, finding.article.text) for finding in evidence.oddities]
    assert ("odd_reporting_verb", "opined") in shown
    assert ("broken_term", "school educator") in shown
    assert ("stock_phrase", "In conclusion") in shown
    assert ("swapped_word", "injured") in shown
    assert {kind for kind, _ in shown}.isdisjoint({"rare_word", "unlikely_bigram"})
    assert evidence.credits == evidence.repeated_blocks == ()


PADDED_SOURCE = (
    "The ferry Astra ran aground near Velmar on Monday. Two tugs pulled it free at high water. "
    "Nobody on board was hurt in the accident."
)
PADDING = "Experts agree that such moments matter deeply to everyone."


def test_padding_is_shown_where_most_of_the_text_derives(evidence_of: EvidenceOf) -> None:
    padded = f"{PADDED_SOURCE} {PADDING} Bread rose by 2 crowns in Tarnholm. So be it."
    shown = [f for f in evidence_of(padded, PADDED_SOURCE).oddities if f.kind == "padding_sentence"]
    # Nor is what brings a name and a number, or is too short to matter.
    assert [f.article.text for f in shown] == [PADDING]
    assert padded[shown[0].article.start : shown[0].article.end] == PADDING


def test_sentences_of_an_independent_report_are_no_padding(evidence_of: EvidenceOf) -> None:
    own = f"{PADDING} Prices of bread rose sharply again this year. Two tugs pulled it free."
    assert not [f for f in evidence_of(own, PADDED_SOURCE).oddities if f.kind == "padding_sentence"]
    assert not [f for f in evidence_of(own, None).oddities if f.kind == "padding_sentence"]


def test_a_copy_gives_nothing_away_but_its_dateline(
    evidence_of: EvidenceOf, story: dict[str, str]
) -> None:
    source = story["source"]
    evidence = evidence_of(source, source)
    assert (evidence.coverage, evidence.verbatim_share, evidence.reworded_share) == (1, 1, 0)
    assert told(tuple(findings_of(evidence))) == [("dateline", "VELMAR, March 3 (MNA) - ", None)]


def test_offsets_are_into_the_texts_as_given(
    evidence_of: EvidenceOf, story_texts: tuple[str, ...]
) -> None:
    n_seen = 0
    for source in story_texts:
        for article in story_texts:
            ragged = [
                "  "
                + text.replace('"', "”")
                .replace("\n\n", " \r\n\u200b\r\n")
                .replace(" the ", " &nbsp;the ")
                for text in (article, source)
            ]
            for finding in findings_of(evidence_of(ragged[0], ragged[1])):
                n_seen += 1
                span = finding.article
                assert ragged[0][span.start : span.end] == span.text != ""
                if finding.source is not None and finding.kind != "inconsistent_name":
                    span = finding.source
                    assert ragged[1][span.start : span.end] == span.text != ""
    assert n_seen > 20


def test_without_source_shares_are_none(evidence_of: EvidenceOf, story: dict[str, str]) -> None:
    evidence = evidence_of(story["spun"], None)
    assert (evidence.coverage, evidence.verbatim_share, evidence.reworded_share) == (None,) * 3
    assert evidence.altered_quotes == evidence.changed_numbers == ()
    assert told(evidence.corrupted_names) == [("inconsistent_name", "Ryabkov", "Lyabkov")]
    kinds = {finding.kind for finding in evidence.oddities}
    assert kinds == {"odd_reporting_verb", "stock_phrase"}


def test_shares_by_hand(evidence_of: EvidenceOf) -> None:
    source = "Nobody was hurt in the accident. Two tugs pulled the vessel free at high water."
    article = (
        "Nobody was hurt in the accident. High tide let the vessel come free; "
        "tugs pulled strongly. Prices of bread rose in Norway last May."
    )
    evidence = evidence_of(article, source)
    assert evidence.verbatim_share == 6 / 24
    assert evidence.reworded_share == 10 / 24
    assert evidence.coverage == pytest.approx(16 / 24)


LEAD = "The harbour council met in Velmar on Monday evening to talk about the ferry.\n\n"


@pytest.mark.parametrize(
    ("attribution", "said", "expected"),
    [
        ("said Anna Berg", "Nobody told us about the fog", []),
        ("said Jonas Lind", "Nobody told us about the fog", ["misattributed_quote"]),
        ("said Anna Berg", "Somebody told us about the fog", ["altered_quote"]),
        ("said Jonas Lind", "Somebody told us about the fog", []),
    ],
)
def test_kinds_of_damage_to_a_quotation(
    evidence_of: EvidenceOf, attribution: str, said: str, expected: list[str]
) -> None:
    source = f'{LEAD}"Nobody told us about the fog," said Anna Berg.'
    evidence = evidence_of(f'{LEAD}"{said}," {attribution}.', source)
    assert [finding.kind for finding in evidence.altered_quotes] == expected


def test_two_renderings_of_speech_are_no_alteration(evidence_of: EvidenceOf) -> None:
    own = "Fishermen of Tarnholm heard of the rescue by radio. Jonas Lind mended his nets all day. "
    article = f'{own}"Nobody had ever told us about this fog," Anna Berg said on state TV.'
    evidence = evidence_of(article, f'{LEAD}"Nobody told us about the fog," said Anna Berg.')
    assert told(evidence.altered_quotes) == [
        (
            "rendered_differently",
            "Nobody had ever told us about this fog",
            "Nobody told us about the fog",
        )
    ]


def test_what_a_machine_reworded_has_no_two_renderings(compare_texts: CompareTexts) -> None:
    article = (
        "Fishermen of Tarnholm heard of the rescue by radio. Jonas Lind mended his nets all day. "
        '"Nobody had ever told us about this fog," Anna Berg said on state TV.'
    )
    comparison = compare_texts(article, f'{LEAD}"Nobody told us about the fog," said Anna Berg.')
    found = {
        derivation: [f.kind for f in collect_evidence(comparison, derivation).altered_quotes]
        for derivation in Derivation
    }
    assert found == {
        Derivation.NONE: [],
        Derivation.DESK: ["rendered_differently"],
        Derivation.MACHINE: ["altered_quote"],
    }


@pytest.mark.parametrize("name", ["spun", "trimmed", "independent"])
def test_what_does_not_derive_shows_what_is_in_the_article_alone(
    name: str, compare_texts: CompareTexts, story: dict[str, str]
) -> None:
    beside, alone = (compare_texts(story[name], source) for source in (story["source"], None))
    found = collect_evidence(beside, Derivation.NONE)
    expected = collect_evidence(alone)
    derived = collect_evidence(beside)
    # How much of it is in the other text is said all the same.
    shares = (derived.coverage, derived.verbatim_share, derived.reworded_share)
    assert (found.coverage, found.verbatim_share, found.reworded_share) == shares
    assert None not in shares
    assert replace(found, coverage=None, verbatim_share=None, reworded_share=None) == expected


def test_a_desk_is_thought_of_where_nobody_says(
    compare_texts: CompareTexts, story: dict[str, str]
) -> None:
    comparison = compare_texts(story["spun"], story["source"])
    assert collect_evidence(comparison) == collect_evidence(comparison, Derivation.DESK)
    assert collect_evidence(comparison).changed_numbers != ()


def test_two_spellings_that_the_source_has_are_two_names(evidence_of: EvidenceOf) -> None:
    text = "We saw Ryabkov. Then Ryabkov met Lyabkov at sea."
    assert [f.kind for f in evidence_of(text, None).corrupted_names] == ["inconsistent_name"]
    assert evidence_of(text, text).corrupted_names == ()


def test_a_part_of_a_name_put_in_other_words(evidence_of: EvidenceOf) -> None:
    text = "They sailed home on the {} Ferry on Monday evening."
    evidence = evidence_of(text.format("Tremendous"), text.format("Super"))
    assert told(evidence.corrupted_names) == [("translated_name", "Tremendous", "Super")]


def test_misspelled_is_told_from_transliterated(evidence_of: EvidenceOf) -> None:
    source = "The envoy Anna Johnston met Sergei Ryabkov in Velmar."
    evidence = evidence_of("The envoy Anna Jonston met Sergei Lyabkov in Velmor.", source)
    assert told(evidence.corrupted_names) == [
        ("transliterated_name", "Jonston", "Johnston"),
        ("transliterated_name", "Lyabkov", "Ryabkov"),
        ("misspelled_name", "Velmor", "Velmar"),
    ]


def test_credits_of_every_kind(evidence_of: EvidenceOf) -> None:
    text = (
        "VELMAR (MNA) - The ferry sank on Monday, wire reports said.\n\n"
        "Nobody was hurt. (Reuters)\n\n© 2024 Nordlinje Media"
    )
    assert told(evidence_of(text, None).credits) == [
        ("dateline", "VELMAR (MNA) - ", None),
        ("mention", "wire reports", None),
        ("agency", "(Reuters)", None),
        ("credit_line", "© 2024 Nordlinje Media", None),
    ]


def test_a_credit_gives_its_agency(evidence_of: EvidenceOf) -> None:
    text = "The ferry sank on Monday, its owner told AFP. (Agencies)"
    assert [(c.kind, c.detail) for c in evidence_of(text, None).credits] == [
        ("told_agency", "Agence France-Presse"),
        ("republication", None),
    ]


def test_repeated_sentences_are_shown_where_they_stand_again(evidence_of: EvidenceOf) -> None:
    sentence = "Two tugs pulled the vessel free at high water."
    raw = f"{sentence} Nobody was hurt.\n\n{sentence}"
    (finding,) = evidence_of(raw, None).repeated_blocks
    assert (finding.kind, finding.article.text) == ("repeated", sentence)
    assert finding.article.start == raw.rindex("Two tugs")


def test_one_place_is_shown_once_and_in_order(
    evidence_of: EvidenceOf, story: dict[str, str]
) -> None:
    evidence = evidence_of(story["spun"], story["source"])
    for findings in (evidence.oddities, evidence.corrupted_names):
        places = [(finding.article.start, finding.article.end) for finding in findings]
        assert places == sorted(set(places))


def test_shares_of_an_empty_article_are_no_nan(evidence_of: EvidenceOf) -> None:
    evidence = evidence_of("", "The ferry sank on Monday.")
    for share in (evidence.coverage, evidence.verbatim_share, evidence.reworded_share):
        assert share is None or 0 <= share <= 1


def test_sentences_that_read_like_a_machines_are_shown(compare_texts: CompareTexts) -> None:
    names = ("one", "two", "three", "four", "five")
    text = " ".join(f"The ferry number {name} sank." for name in names)
    comparison = compare_texts(text, None)

    def shown(passage: float, sentences: list[float]) -> list[str]:
        scores = StyleScores(np.array([passage]), np.array(sentences))
        style = StyleComparison(scores, comparison.style.word_fits)
        oddities = collect_evidence(replace(comparison, style=style)).oddities
        return [f.article.text.split()[3] for f in oddities if f.kind == "machine_style"]

    # The three highest above 1, in the order of the text.
    assert shown(0.1, [1.5, 0.9, 4.0, 1.1, 2.0]) == ["one", "three", "five"]
    assert shown(0.1, [1.5, 0.9, 0.0, 1.0, 0.0]) == ["one"]
    assert shown(0.0, [1.5, 0.9, 4.0, 1.1, 2.0]) == []
