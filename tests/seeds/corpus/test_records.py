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
        ({"headline": 7}, "field headline is 7, expected a string or nothing"),
        ({"url": ["x"]}, "field url is"),
        ({"outlet": {}}, "field outlet is {}"),
        ({"source_id": False}, "field source_id is False"),
        ({"source_id": 1.0}, "field source_id is 1.0"),
        ({"source_text": 3}, "field source_text is 3"),
        ({"published": "yesterday"}, "field published is 'yesterday', expected ISO 8601"),
        ({"published": 1715500000}, "field published is 1715500000, expected an ISO 8601"),
        ({"published": "2026-13-01"}, "field published is '2026-13-01'"),
    ],
)
def test_wrong_fields_are_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidRecord, match=message):
        parse_article({**RECORD, **change})


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
    assert parsed.id == str(record["id"])
    assert parsed.text == record["text"]
    assert parsed.published is None or isinstance(parsed.published, date)
