"""Credits: what names the agency or author of a text, and what only a republisher says."""

import pytest

from copydesk.features.read.blocks import split_blocks
from copydesk.features.read.credits import find_credits
from copydesk.features.read.text import normalize_text

BODY = (
    "The ferry Astra ran aground on a sandbank near Velmar on Monday morning, the coastguard said."
)


def agencies_of(text: str) -> list[tuple[str, str | None]]:
    credits = find_credits(text, split_blocks(text))
    return [(credit.kind.value, credit.agency) for credit in credits]


def credits_of(text: str) -> list[tuple[str, str]]:
    credits = find_credits(text, split_blocks(text))
    return [(credit.kind.value, text[credit.start : credit.end].strip()) for credit in credits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VELMAR, March 3 (MNA) - The ferry sank.", [("dateline", "VELMAR, March 3 (MNA) -")]),
        ("VELMAR (MNA) - The ferry sank.", [("dateline", "VELMAR (MNA) -")]),
        ("VELMAR - The ferry sank.", [("dateline", "VELMAR -")]),
        ("(MNA) - The ferry sank.", [("dateline", "(MNA) -")]),
        ("VELMAR (AFP) - The ferry sank.", [("dateline", "VELMAR (AFP) -")]),
        ("The ferry sank. (Reuters)", [("agency", "(Reuters)")]),
        ("It sank, with inputs from Tarn News.", [("republication", "with inputs from Tarn News")]),
        ("It sank, a news agency said.", []),
        ("It sank, according to wire reports.", [("mention", "wire reports")]),
        ("The story came via AFP today.", [("republication", "came via AFP")]),
        ("© 2024 The Associated Press", [("republication", "© 2024 The Associated Press")]),
        ("By Nordlinje News Agency", [("republication", "By Nordlinje News Agency")]),
        ("It sank, by staff and agencies.", [("republication", "staff and agencies")]),
        (
            "This story was originally published by Tarn Weekly.",
            [("republication", "This story was originally published by")],
        ),
        ("VELMAR - The boat came via Tarn.", [("dateline", "VELMAR -")]),
        ("© 2024 Nordlinje Media", [("credit_line", "© 2024 Nordlinje Media")]),
        ("By Jo Lind, with CPA", [("republication", "By Jo Lind, with CPA")]),
        ("By Jo Lind and Allied Dispatch", [("republication", "By Jo Lind and Allied Dispatch")]),
        ("With a report from MNA", [("republication", "With a report from MNA")]),
        ("From Reuters in Oslo", [("republication", "From Reuters in Oslo")]),
        (
            "AFP contributed to this report.",
            [("contribution", "AFP contributed to this report")],
        ),
        ("This story by the AP is from May.", [("republication", "This story by the AP")]),
        ("He met with AP reporters on Monday.", []),
        ("- Allied Dispatch", [("agency", "Allied Dispatch")]),
        ("CPA, Taipei", [("agency", "CPA, Taipei")]),
        ("Continental Press (CPA)", [("agency", "Continental Press (CPA)")]),
        ("Reporting by AFP (Reuters)", [("republication", "Reporting by AFP (Reuters)")]),
        ("The ferry - a wreck - sank.", []),
        ("He left - then she did.", []),
        ("He bought a map from APPLETON and a reuter.", []),
    ],
)
def test_finds_credits_of_every_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert credits_of(text) == expected


def test_credits_are_found_block_by_block() -> None:
    text = f"VELMAR (MNA) - {BODY} (AP)\n© 2024 Nordlinje Media\n{BODY} (AP)"
    assert [kind for kind, _ in credits_of(text)] == ["dateline", "agency", "credit_line", "agency"]


def test_a_dateline_stands_at_the_beginning_of_a_block() -> None:
    assert credits_of(f"{BODY} VELMAR (XYZ) - {BODY}") == []


@pytest.mark.parametrize(
    ("beginning", "agency"),
    [
        ("New Delhi, Sep 5 (PTI) ", "Press Trust of India"),
        ("Tarn [Ostmark], September 5 (ANI): ", "Asian News International"),
        ("TARN, Sept. 5 (Xinhua) - ", "Xinhua"),
        ("MOSCOW, September 5. /TASS/. ", "TASS"),
        ("MOSCOW, Sept 5 - RIA Novosti. ", "RIA Novosti"),
        ("VELMAR. Sept 5 (Interfax) - ", "Interfax"),
        ("TOKYO, Sept. 5, Kyodo - ", "Kyodo News"),
        ("Riyadh, Sep 5, SPA - ", "Saudi Press Agency"),
        ("(ANSA) - ", "ANSA"),
        ("Velmar (CNN) ", "CNN Newsource"),
        ("NEW TARN, Jan. 5, 2025 /PRNewswire/ - ", "PR Newswire"),
        ("[Velmar, Reuters] ", "Reuters"),
        ("VELMAR (Tarn Valley News Agency) - ", "Tarn Valley News Agency"),
        ("VELMAR (XYZ) - ", "XYZ"),
        ("VELMAR (Continued) - ", None),
        ("VELMAR - ", None),
    ],
)
def test_datelines_give_their_agency(beginning: str, agency: str | None) -> None:
    assert agencies_of(beginning + BODY) == [("dateline", agency)]


def test_a_dateline_of_a_known_agency_may_stand_below_a_headline() -> None:
    assert credits_of(f"Ferry runs aground off Velmar. TARN (Reuters) - {BODY}") == [
        ("dateline", "TARN (Reuters) -")
    ]


@pytest.mark.parametrize(
    ("line", "kind", "agency"),
    [
        ("PTI ABC XYZ", "agency", "Press Trust of India"),
        ("Agence France Presse", "agency", "Agence France-Presse"),
        ("AFP/Reuters", "agency", "Agence France-Presse"),
        ("\u2014 AP", "agency", "Associated Press"),
        ("[Xinhua]", "agency", "Xinhua"),
        ("IANS | Velmar", "agency", "Indo-Asian News Service"),
        ("jl/ao (AFP, dpa, Reuters)", "agency", "Agence France-Presse"),
        ("By JO LIND and AL ODE, Associated Press", "agency", "Associated Press"),
        ("By Xinhua writers Jo Lind, Al Ode", "agency", "Xinhua"),
        ("Velmar News Agency (VNAX)", "agency", "Velmar News Agency"),
        ("Enditem", "agency", "Xinhua"),
        ("--With assistance from Jo Lind.", "agency", "Bloomberg News"),
        ("(Reporting by Jo Lind in Velmar; Editing by Al Ode)", "agency", "Reuters"),
        (
            "Associated Press writers Jo Lind in Tarn and Al Ode in Velmar contributed to this"
            " report.",
            "agency",
            "Associated Press",
        ),
        ("By Agencies", "republication", None),
        ("(Agencies)", "republication", None),
        ("(With inputs from agencies)", "republication", None),
        ("Courier staff and agencies", "republication", None),
        ("From staff and wire reports", "republication", None),
        ("Compiled from agency dispatches", "republication", None),
        ("(TARN 24 with AFP, Reuters)", "republication", "Agence France-Presse"),
        ("SOURCE: Reuters", "republication", "Reuters"),
        ("via The Canadian Press", "republication", "Canadian Press"),
        ("Copyright 2025 The Associated Press. All rights reserved.", "republication", None),
        (
            "\u00a9 2025 The Tarn Post. Distributed by Tribune Content Agency.",
            "republication",
            None,
        ),
        ("(This story has not been edited by Courier staff.)", "republication", None),
        ("This report is auto-generated from a syndicated feed.", "republication", None),
        ("The Associated Press contributed to this report.", "contribution", "Associated Press"),
        ("Contributing: Jo Lind; The Associated Press", "contribution", "Associated Press"),
        ("By Jo Lind", "byline", None),
        ("From our own correspondent", "byline", None),
    ],
)
def test_a_line_of_credit_means_what_it_says(line: str, kind: str, agency: str | None) -> None:
    text = normalize_text(f"{BODY}\n\n{line}").text
    (credit, *others) = find_credits(text, split_blocks(text))
    assert credit.kind == kind
    assert others == []
    assert agency is None or credit.agency == agency


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The mayor told Reuters on Monday that the ferry would be moved.", "told_agency"),
        ("In a statement to the AFP news agency, the owner said it was sorry.", "told_agency"),
        ("An AFP journalist saw two tugs pull at the ferry.", "told_agency"),
        ("The owner did not reply to a request for comment from Reuters.", "told_agency"),
        ("Reuters reported on Tuesday that the ferry would be moved.", "mention"),
        ("The ferry would be moved, according to the state news agency Xinhua.", "mention"),
        ("The mayor was quoted as telling Reuters that the ferry would move.", "mention"),
        ("A report by Yonhap News said that the ferry would be moved.", "mention"),
    ],
)
def test_what_is_told_to_an_agency_is_not_what_it_is_quoted_for(sentence: str, kind: str) -> None:
    (credit,) = find_credits(sentence, split_blocks(sentence))
    assert credit.kind == kind
    assert credit.agency is not None


@pytest.mark.parametrize(
    "text",
    [
        "Four flights from Delta were late, and two by BBC crews were not.",
        "The council voted with input from Councillor Jo Lind of Velmar.",
        "The envoy met with Reuters staff on Monday.",
        "Reuters, founded in the city, moved its desk in May.",
        "The Velmar Post (ELTA) is among the operators that halted parcels.",
        "The party (AAP) said that it would not stand.",
        "The plans were taken by government agencies on Monday.",
        "Photo: Reuters",
        "(AP Photo/Jo Lind)",
        "The ferry on Monday. (Jo Lind/AFP)",
        "Image via AP",
        "The ferry sank on Monday.\n\nREAD ALSO: What the mayor told Reuters\n\nNobody was hurt.",
        "By the time that the ferry sank, nobody was on board.",
        "Jo Lind bought a Reuterswerda map and an APPLETON.",
        "Water agencies and power agencies met in Velmar.",
    ],
)
def test_what_only_looks_like_a_credit(text: str) -> None:
    assert agencies_of(text) == []
