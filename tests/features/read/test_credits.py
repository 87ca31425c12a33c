"""Credits: what names the agency or author of a text, and what only a republisher says."""

import pytest

from copydesk.features.read.blocks import split_blocks
from copydesk.features.read.credits import find_credits

BODY = (
    "The ferry Astra ran aground on a sandbank near Velmar on Monday morning, the coastguard said."
)


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
        ("It sank, with inputs from Tarn News.", [("agency", "with inputs from Tarn News")]),
        ("It sank, a news agency said.", []),
        ("It sank, according to wire reports.", [("agency", "wire reports")]),
        ("The story came via AFP today.", [("republication", "via AFP")]),
        ("© 2024 The Associated Press", [("republication", "© 2024 The Associated Press")]),
        ("By Nordlinje News Agency", [("republication", "By Nordlinje News Agency")]),
        ("It sank, by staff and agencies.", [("republication", "staff and agencies")]),
        (
            "This story was originally published by Tarn Weekly.",
            [("republication", "This story was originally published by")],
        ),
        ("VELMAR - The boat came via Tarn.", [("dateline", "VELMAR -")]),
        ("© 2024 Nordlinje Media", [("credit_line", "© 2024 Nordlinje Media")]),
        ("By Jo Lind, with CPA", [("republication", "with CPA")]),
        ("By Jo Lind and Allied Dispatch", [("republication", "By Jo Lind and Allied Dispatch")]),
        ("With a report from MNA", [("republication", "With a report from MNA")]),
        ("From Reuters in Oslo", [("republication", "From Reuters")]),
        (
            "AFP contributed to this report.",
            [("republication", "AFP contributed to this report")],
        ),
        ("This story by the AP is from May.", [("republication", "This story by the AP")]),
        ("He met with AP reporters on Monday.", []),
        ("- Allied Dispatch", [("agency", "- Allied Dispatch")]),
        ("CPA, Taipei", [("agency", "CPA, Taipei")]),
        ("Continental Press (CPA)", [("agency", "Continental Press (CPA)")]),
        ("Reporting by AFP (Reuters)", [("credit_line", "Reporting by AFP (Reuters)")]),
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
