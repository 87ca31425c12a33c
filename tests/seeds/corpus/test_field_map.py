"""The field map: other names, ids that are made, fields that are kept."""

from datetime import UTC, date, datetime

import pytest

from copydesk.errors import InvalidRecord
from copydesk.seeds.corpus.field_map import FieldMap, content_id
from copydesk.types import Article


def test_fields_are_found_under_their_other_names() -> None:
    fields = FieldMap({"text": "body", "id": "link", "published": "day", "url": "link"})
    row = {"body": "The ferry sank.", "link": "http://e/1", "day": "2026-05-12", "text": "other"}
    assert fields.read(row).article == Article(
        "http://e/1", "The ferry sank.", url="http://e/1", published=date(2026, 5, 12)
    )
    assert fields.needed == ("link", "body")
    assert fields.wanted == {
        *("body", "link", "day", "headline", "outlet", "source_id", "source_text"),
    }


def test_a_field_under_another_name_is_missing_under_its_own() -> None:
    with pytest.raises(InvalidRecord, match="field text is missing"):
        FieldMap({"text": "body"}).read({"id": "a", "text": "The ferry sank."})


@pytest.mark.parametrize("missing", [{}, {"id": None}, {"id": ""}, {"id": float("nan")}])
def test_an_id_that_is_missing_is_made_of_the_content(missing: dict[str, object]) -> None:
    found = FieldMap().read({"text": "The ferry sank.", **missing}).article.id
    # sha256 of {"text": "The ferry sank."}
    assert found == "sha256-8c6462063165d945bc30ef21"


def test_ids_tell_what_differs_and_nothing_else() -> None:
    one = {"text": "The ferry sank.", "url": "http://e/1", "published": date(2026, 5, 12)}
    same = {**one, "source_id": "w", "headline": None}
    assert content_id(one) == content_id(same)
    others = [{**one, "url": "http://e/2"}, {**one, "text": "x"}, {**one, "outlet": "Echo"}]
    assert len({content_id(record) for record in (one, *others)}) == 4


def test_an_id_of_the_wrong_kind_is_not_replaced() -> None:
    with pytest.raises(InvalidRecord, match=r"field id is \{\}, expected"):
        FieldMap().read({"id": {}, "text": "The ferry sank."})


def test_kept_fields_come_from_the_record_or_the_article() -> None:
    fields = FieldMap({"url": "link"}, keep=("url", "desk", "gone", "published", "seen", "tags"))
    row = {
        "id": "a",
        "text": "x",
        "link": "http://e/1",
        "desk": 7,
        "published": "2026-05-12T09:00:00Z",
        "seen": datetime(2026, 5, 13, tzinfo=UTC),
        "tags": ({"n": float("nan")}, b"raw"),
    }
    assert fields.read(row).kept == {
        "url": "http://e/1",
        "desk": 7,
        "gone": None,
        "published": "2026-05-12T09:00:00Z",
        "seen": "2026-05-13T00:00:00+00:00",
        "tags": [{"n": None}, "b'raw'"],
    }


def test_a_page_keeps_what_it_says_of_itself() -> None:
    page = Article("a.html", "x", headline="Bridge closed", published=date(2026, 5, 12))
    kept = FieldMap(keep=("headline", "published", "desk")).keep_of(page).kept
    assert kept == {"headline": "Bridge closed", "published": "2026-05-12", "desk": None}
