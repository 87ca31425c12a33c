"""What each edit of a newsroom does to one text, by hand."""

import pytest

from copydesk.seeds.derive.changes import Derivative
from copydesk.seeds.derive.newsroom_insert import Furniture, InsertReport
from copydesk.seeds.derive.newsroom_length import CutTail, DropParagraphs, Tighten
from copydesk.seeds.derive.newsroom_order import LateLead, Reorder, Reshape
from copydesk.seeds.derive.newsroom_style import Credits, HouseStyle
from copydesk.seeds.derive.page import read_page
from copydesk.seeds.derive.style_rules import ALTERNATIVES, STYLE_RULES


def parts(text: str) -> list[str]:
    return text.strip().split("\n\n")


def test_cuts_from_the_end(port: str) -> None:
    # Six paragraphs: half of the five behind the first is three when rounded up.
    assert parts(CutTail(0.5).derive(port).text) == parts(port)[:3]
    assert parts(CutTail(1.0).derive(port).text) == parts(port)[:1]


def test_a_cut_takes_the_credit_along(bridge: str) -> None:
    assert "Reporting by" not in CutTail(0.2).derive(bridge).text


def test_drops_from_the_middle(port: str) -> None:
    kept = parts(DropParagraphs(0.5).derive(port).text)
    assert len(kept) == 4
    assert (kept[0], kept[-1]) == (parts(port)[0], parts(port)[-1])
    assert parts(DropParagraphs(1.0).derive(port).text) == [parts(port)[0], parts(port)[-1]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Mr Orth, who heads the team, left early.", "Mr Orth left early."),
        ("They found Lena Orth, who heads the team.", "They found Lena Orth."),
        ("Cracks were found, the ministry said.", "Cracks were found."),
        ("Cracks were found, according to two officials.", "Cracks were found."),
        ("Use the ferry, until further notice.", "Use the ferry."),
        ("It was closed late on Tuesday.", "It was closed."),
        ("They had also seen it.", "They had seen it."),
        ("The team (of nine) left.", "The team left."),
        ('"We saw it, who also knows, the ministry said."', None),
        ("Nothing to be taken out here.", None),
    ],
)
def test_tightens(before: str, after: str | None) -> None:
    assert Tighten(1.0).derive(before).text == (after or before)


def test_merges_and_splits() -> None:
    text = "One came. Two left.\n\nThree stayed here."
    derived = Reshape(1.0).derive(text)
    assert derived.text == "One came.\n\nTwo left. Three stayed here."
    assert [change.kind for change in derived.changes] == ["split", "merge"]


def test_reorders_all_but_the_first(port: str) -> None:
    moved = parts(Reorder(1.0).derive(port).text)
    assert moved[0] == parts(port)[0]
    assert sorted(moved) == sorted(parts(port))
    assert not any(a == b for a, b in zip(moved[1:], parts(port)[1:], strict=True))


def test_a_single_paragraph_has_nowhere_to_go(port: str) -> None:
    assert Reorder(0.2).derive(port) == Derivative(port, ())


def test_makes_the_last_sentence_that_stands_alone_the_lead(port: str) -> None:
    moved = parts(LateLead(1.0).derive(port).text)
    assert moved == [parts(port)[-1], *parts(port)[:-1]]


def test_a_sentence_leaves_the_rest_of_its_paragraph_whole() -> None:
    text = (
        "The ferry ran aground near the harbour.\n\n"
        "Divers from the capital arrived on Monday evening. They found a hole. It was old."
    )
    assert LateLead(1.0).derive(text).text == (
        "Divers from the capital arrived on Monday evening.\n\n"
        "The ferry ran aground near the harbour.\n\n"
        "They found a hole. It was old."
    )


def rule(group: str, text: str) -> str:
    (found,) = (rule for rule in STYLE_RULES if rule.group == group)
    return found.pattern.sub(found.replace, text)


@pytest.mark.parametrize(
    ("group", "before", "after"),
    [
        ("british", "the labor program was organized", "the labour programme was organised"),
        ("british", "Center of the neighborhood", "Centre of the neighbourhood"),
        ("american", "the Labour colours, honoured", "the Labor colours, honoured"),
        ("titles_plain", "Mr. Orth and Dr. Feld", "Mr Orth and Dr Feld"),
        ("titles_dotted", "Mr Orth and Dr. Feld", "Mr. Orth and Dr. Feld"),
        ("titles_dropped", "Mr. Orth and Ms Feld", "Orth and Feld"),
        ("per_cent_sign", "40 percent, 3 per cent", "40%, 3%"),
        ("per_cent_word", "40% more", "40 percent more"),
        ("units_metric", "31 miles south", "50 kilometres south"),
        ("units_metric", "1,200 feet up", "366 metres up"),
        ("units_metric", "2 miles", "3.2 kilometres"),
        ("units_imperial", "50 kilometres", "31 miles"),
        ("units_imperial", "1,000 kilograms", "2,205 pounds"),
        ("british", "LABOR, Kilometers and truck", "Labour, Kilometres and lorry"),
        ("british", "the cell phone, 3 percent", "the mobile phone, 3 per cent"),
        ("british", "labors, trucker, Fulfill", "labors, trucker, Fulfil"),
        ("american", "harbours, Lorries, mobile phone", "harbours, Trucks, cell phone"),
        ("date_day_first", "on May 12", "on 12 May"),
        ("date_day_first", "on May 12, 2019", "on May 12, 2019"),
        ("date_month_first", "on 12 May", "on May 12"),
        ("date_short", "on September 9", "on Sept. 9"),
        ("said_says", "the ministry said", "the ministry says"),
        ("said_added", "It rained, he said", "It rained, he added"),
        ("said_that", "He said the road was shut", "He said that the road was shut"),
        ("numbers_words", "some 7 boats of $7 million", "some seven boats of $7 million"),
        ("numbers_short", "18 million crowns", "18m crowns"),
        ("acronyms", "the U.S. envoy", "the US envoy"),
        ("marks_curly", "it's", "it\u2019s"),
        ("marks_straight", "it\u2019s", "it's"),
    ],
)
def test_house_style(group: str, before: str, after: str) -> None:
    assert rule(group, before) == after


def test_alternatives_name_rules_that_are_there() -> None:
    groups = {rule.group for rule in STYLE_RULES}
    assert {group for pair in ALTERNATIVES for group in pair} <= groups


def test_house_style_spares_quotations_and_names() -> None:
    text = (
        'They met at the Labor Center. "The labor program was organized by Mr. Orth," he said. '
        "The labor talks failed. Then Anna Labor of the Labor Center went home."
    )
    for seed in range(8):
        derived = HouseStyle(1.0, seed).derive(text).text
        assert '"The labor program was organized by Mr. Orth,"' in derived
        assert derived.count("Labor Center") == 2
    assert "The labour talks" in HouseStyle(1.0).derive(text).text


def test_credits_are_dropped_or_moved(bridge: str) -> None:
    outcomes = {Credits(1.0, seed).derive(bridge).text for seed in range(20)}
    assert len(outcomes) == 4
    for text in outcomes:
        assert text.startswith("Engineers closed")
    assert any(text.endswith("Source: Castel Wire\n") for text in outcomes)
    assert any("Reporting by Dora Feld" not in text for text in outcomes)


def test_a_text_without_credit_gets_one() -> None:
    (change,) = Credits(0.5).derive("The ferry sank.").changes
    assert (change.kind, change.before, change.start) == ("credit_added", "", 15)


def test_inserts_neighbouring_paragraphs_under_half(bridge: str, port: str) -> None:
    (change,) = InsertReport(1.0).derive(bridge, port).changes
    inserted = change.after.removeprefix("\n\n").split("\n\n")
    assert inserted == parts(port)[: len(inserted)]
    n_words = sum(paragraph.n_words for paragraph in read_page(bridge).body)
    n_inserted = sum(paragraph.n_words for paragraph in read_page(change.after).body)
    assert 0 < n_inserted < n_words
    assert len(InsertReport(0.1).derive(bridge, port).changes) == 1


def test_a_dozen_pieces_of_furniture_at_full_strength(bridge: str) -> None:
    assert len(Furniture(1.0).derive(bridge).changes) == 12
    assert len(Furniture(0.1).derive(bridge).changes) == 2
    pieces = {c.after for s in range(60) for c in Furniture(1.0, s).derive(bridge).changes}
    assert len(pieces) > 150
    assert not any("{" in piece for piece in pieces)


def test_a_sentence_with_a_quotation_is_no_lead() -> None:
    text = (
        "The ferry ran aground near the harbour.\n\n"
        "Divers from the capital arrived on Monday evening.\n\n"
        'Anna Berg of the coastguard said "we are all well" on Monday.'
    )
    assert LateLead(1.0).derive(text).text.startswith("Divers from the capital")


def test_a_long_report_does_not_outweigh_a_short_text(bridge: str, port: str) -> None:
    short = "\n\n".join(parts(port)[:3])
    (change,) = InsertReport(1.0).derive(short, bridge).changes
    assert 0 < len(change.after.split()) < len(short.split())
