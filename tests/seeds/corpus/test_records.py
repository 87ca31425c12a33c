"""Records: what is taken, and what is refused with a reason."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.errors import InvalidRecord
from copydesk.seeds.corpus.records import parse_article
from copydesk.types import Article

RECORD = {"id": "a", "text": "The ferry sank."}


def test_all_fields_are_taken_over() -> None:
    optional = {
        "headline": "Ferry sinks",
        "url": "https://example.org/1",
        "outlet": "Echo",
        "source_id": "w",
        "source_text": "The ferry went down.",
    }
    parsed = parse_article({**RECORD, **optional, "published": "2026-05-12T09:00:00+02:00"})
    assert parsed == Article(
        **RECORD,
        **optional,
        published=datetime(2026, 5, 12, 9, tzinfo=timezone(timedelta(hours=2))),
    )


def test_only_id_and_text_are_needed() -> None:
    assert parse_article(RECORD) == Article("a", "The ferry sank.")


@pytest.mark.parametrize("empty", [None, ""])
def test_empty_fields_are_none(empty: str | None) -> None:
    names = ("headline", "url", "outlet", "source_id", "source_text", "published")
    assert parse_article({**RECORD, **dict.fromkeys(names, empty)}) == Article(**RECORD)


def test_other_fields_are_ignored() -> None:
    assert parse_article({**RECORD, "label": "spun", "note": [1]}) == Article(**RECORD)


def test_numbers_are_taken_as_ids() -> None:
    parsed = parse_article({**RECORD, "id": 7, "source_id": 0})
    assert (parsed.id, parsed.source_id) == ("7", "0")


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2026-05-12T09:00Z", datetime(2026, 5, 12, 9, tzinfo=UTC)),
        ("2026-05-12T09:00-03:00", datetime(2026, 5, 12, 12, tzinfo=UTC)),
        (" 2026-05-12 ", date(2026, 5, 12)),
        ("20260512", date(2026, 5, 12)),
        ("2026-W20-2", date(2026, 5, 12)),
        ("2026-05-12T09:00:00", datetime(2026, 5, 12, 9)),
        (datetime(2026, 5, 12), datetime(2026, 5, 12)),
        (date(2026, 5, 12), date(2026, 5, 12)),
    ],
)
def test_a_date_is_known_as_well_as_it_was_given(published: object, expected: date) -> None:
    parsed = parse_article({**RECORD, "published": published}).published
    assert (type(parsed), parsed) == (type(expected), expected)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": None}, "field id is missing, expected a non-empty string"),
        ({"id": ""}, "field id is '', expected a non-empty string"),
        ({"id": "  "}, "field id is '  '"),
        ({"id": True}, "field id is True"),
        ({"id": 1.5}, "field id is 1.5"),
        ({"id": ["a"]}, r"field id is \['a'\]"),
        ({"text": None}, "field text is missing, expected a string"),
        ({"text": 7}, "field text is 7, expected a string"),
        ({"text": b"bytes"}, "field text is b'bytes'"),
        ({"id": float("nan")}, "field id is missing"),
        ({"text": float("nan")}, "field text is missing"),
    ],
)
def test_wrong_fields_are_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidRecord, match=message):
        parse_article({**RECORD, **change})


@pytest.mark.parametrize(
    ("change", "note"),
    [
        ({"headline": 7}, "field headline is 7, expected a string or nothing: ignored"),
        ({"url": ["x"]}, "field url is ['x'], expected a string or nothing: ignored"),
        ({"outlet": {}}, "field outlet is {}, expected a string or nothing: ignored"),
        (
            {"outlet": "a\ud800"},
            "field outlet is 'a\\ud800', expected a string or nothing: ignored",
        ),
        ({"source_id": False}, "field source_id is False, expected a string or nothing: ignored"),
        ({"source_id": 1.5}, "field source_id is 1.5, expected a string or nothing: ignored"),
        ({"source_text": 3}, "field source_text is 3, expected a string or nothing: ignored"),
        (
            {"published": "yesterday"},
            "field published is 'yesterday', expected ISO 8601 such as 2025-03-14T09:20Z: ignored",
        ),
        (
            {"published": 1715500000},
            "field published is 1715500000, expected an ISO 8601 string: ignored",
        ),
        (
            {"published": "2026-13-01"},
            "field published is '2026-13-01', expected ISO 8601 such as 2025-03-14T09:20Z: ignored",
        ),
    ],
)
def test_optional_fields_that_cannot_be_used_are_noted(change: dict[str, Any], note: str) -> None:
    assert parse_article({**RECORD, **change}) == Article(**RECORD, notes=(note,))


def test_each_field_has_its_note() -> None:
    parsed = parse_article({**RECORD, "headline": 1, "url": 2, "published": 3, "outlet": "Echo"})
    assert [note.split()[1] for note in parsed.notes] == ["headline", "url", "published"]
    assert parsed.outlet == "Echo"


class NaTType(datetime):
    """As pandas has it: a time that is none."""


class NAType:
    """As pandas has it: a value that is none."""


@pytest.mark.parametrize("nothing", [None, float("nan"), NaTType(2026, 1, 1), NAType()])
@pytest.mark.parametrize("name", ["headline", "url", "outlet", "published", "source_text"])
def test_what_a_table_has_for_nothing_is_nothing(name: str, nothing: object) -> None:
    assert parse_article({**RECORD, name: nothing}) == Article(**RECORD)


@pytest.mark.parametrize(("given_id", "expected"), [(7, "7"), (7.0, "7"), (-1.0, "-1")])
def test_ids_that_a_table_made_numbers_are_whole(given_id: object, expected: str) -> None:
    parsed = parse_article({**RECORD, "id": given_id, "source_id": given_id})
    assert (parsed.id, parsed.source_id) == (expected, expected)


def test_long_values_are_shortened_in_the_message() -> None:
    with pytest.raises(InvalidRecord, match=r"^field text is .{50,60}\.\.\., expected a string$"):
        parse_article({"id": "a", "text": ["x" * 5000]})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ("id", "text", "headline", "url", "outlet", "published", "source_id", "source_text")


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.dictionaries(st.sampled_from(FIELDS), JSON))
def test_any_record_is_an_article_or_refused(record: dict[str, object]) -> None:
    try:
        parsed = parse_article(record)
    except InvalidRecord as error:
        assert str(error).startswith("field ")
        return
    given_id = record["id"]
    assert parsed.id == (f"{given_id:.0f}" if isinstance(given_id, float) else str(given_id))
    assert parsed.text == record["text"]
    assert parsed.published is None or isinstance(parsed.published, date)
