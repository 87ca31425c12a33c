"""Agencies: the table, and where a text names one."""

import pytest

from copydesk.features.read.agencies import find_agency, find_agency_names


def named(text: str) -> list[tuple[str, str]]:
    return [(text[n.start : n.end], n.agency.name) for n in find_agency_names(text)]


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("AFP", "Agence France-Presse"),
        ("the Associated Press", "Associated Press"),
        ("Press Trust of India (PTI)", "Press Trust of India"),
        ("reuters", "Reuters"),
        ("CNA", "Central News Agency"),
        ("Tarn Courier", None),
        ("", None),
    ],
)
def test_finds_an_agency_by_any_of_its_names(name: str, agency: str | None) -> None:
    found = find_agency(name)
    assert (found.name if found else None) == agency


def test_agencies_know_their_own_sites() -> None:
    found = find_agency("PTI")
    assert found is not None
    assert (found.kind, found.domains) == ("national", ("ptinews.com",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He told dpa and REUTERS.", {"dpa": "Deutsche Presse-Agentur", "REUTERS": "Reuters"}),
        ("The Press Trust of India (PTI).", {"Press Trust of India (PTI)": "Press Trust of India"}),
        ("Tarn Vale News Agency (TVN)", {"Tarn Vale News Agency (TVN)": "Tarn Vale News Agency"}),
        ("A Tarn News Agency poll", {"Tarn News Agency": "Tarn News Agency"}),
        ("AFP/Reuters", {"AFP": "Agence France-Presse", "Reuters": "Reuters"}),
        ("(AP Photo/Jo Lind)", {}),
        ("(Jo Lind/AFP)", {}),
        ("(Jo Lind/AFP via Getty Images)", {}),
        ("Image via Reuters", {}),
        ("Photograph by AFP", {}),
        ("Reuterswerda, @Reuters and a reuter", {}),
    ],
)
def test_finds_agencies_and_leaves_pictures_out(text: str, expected: dict[str, str]) -> None:
    assert dict(named(text)) == expected


def test_words_that_mean_more_than_an_agency_are_told_from_names() -> None:
    plain = {n.agency.name: n.plain for n in find_agency_names("PA told Reuters of AAP.")}
    assert plain == {
        "Press Association": False,
        "Reuters": True,
        "Australian Associated Press": False,
    }
