"""A DataFrame labelled: a row in, a row out, and the same verdicts as of articles."""

import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from copydesk.errors import InvalidInput, MissingPackage
from copydesk.predict import Scorer
from copydesk.predict.fields import FIELDS
from copydesk.seeds.store import Store
from copydesk.types import LABELS, Article, Verdict

Bridge = dict[str, Article]


@pytest.fixture
def frame(bridge: Bridge) -> pd.DataFrame:
    """The bridge's articles with an index of their own, one twice, the columns named otherwise."""
    return pd.DataFrame(
        {
            "body": [article.text for article in bridge.values()],
            "doc": [article.id for article in bridge.values()],
            "seen": pd.to_datetime([article.published for article in bridge.values()], utc=True),
            "n_shares": range(len(bridge)),
            "outlet": [article.outlet for article in bridge.values()],
            "source_id": [article.source_id for article in bridge.values()],
        },
        index=pd.Index(["x", "x", "y", "z", "z"], name="row"),
    )


COLUMNS = {"text": "body", "id": "doc", "published": "seen"}


def records_of(labels: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the rows as records with None where nothing is."""
    whole = labels.astype(object).where(labels.notna(), None)
    return whole.to_dict("records")


def test_a_row_is_the_output_record_of_its_article(
    scorer: Scorer, bridge: Bridge, frame: pd.DataFrame
) -> None:
    labels = scorer.label_frame(frame, columns=COLUMNS)
    expected = [
        {**item.to_dict(), "rejected": None}
        for item in scorer.label(bridge.values())
        if isinstance(item, Verdict)
    ]
    assert records_of(labels) == expected
    assert tuple(labels.columns) == (*FIELDS, "rejected")
    pd.testing.assert_index_equal(labels.index, frame.index)
    assert list(labels["source_id"].dropna()) == ["bridge-wire", "bridge-wire"]


def test_the_frame_is_left_as_it_is(scorer: Scorer, frame: pd.DataFrame) -> None:
    before = frame.copy(deep=True)
    scorer.label_frame(frame, columns=COLUMNS)
    pd.testing.assert_frame_equal(frame, before)


def test_frame_and_labels_stand_side_by_side(scorer: Scorer, frame: pd.DataFrame) -> None:
    labels = scorer.label_frame(frame, columns=COLUMNS)
    joined = pd.concat([frame, labels.add_prefix("copydesk_")], axis="columns")
    assert joined.shape == (5, frame.shape[1] + len(FIELDS) + 1)
    assert list(joined["copydesk_id"]) == list(frame["doc"])
    alone = frame.reset_index(drop=True)
    assert len(alone.join(labels.reset_index(drop=True).add_prefix("copydesk_"))) == 5


@pytest.mark.parametrize("bad", [None, float("nan"), pd.NA, "", "Too short.", 7, b"x", ["x"]])
def test_rejected_rows_stay_and_counts_add_up(bad: object, scorer: Scorer, bridge: Bridge) -> None:
    frame = pd.DataFrame({"id": ["a", "b", "c"], "text": [bridge["wire"].text, bad, "Short."]})
    labels = scorer.label_frame(frame, [])
    assert list(labels["id"]) == ["a", "b", "c"]
    assert list(labels["label"].isna()) == [False, True, True]
    assert list(labels["rejected"].isna()) == [True, False, False]
    assert list(labels["p_spun"].isna()) == [False, True, True]
    assert labels["rejected"].str.startswith(("text ", "frame row 1: field text is")).sum() == 2


def test_cells_that_hold_arrays_are_refused_or_noted(scorer: Scorer, bridge: Bridge) -> None:
    array, text = np.array(["x", "y"]), bridge["wire"].text
    rows = [
        {"id": array, "text": text, "outlet": None},
        {"id": "b", "text": array, "outlet": None},
        {"id": "c", "text": text, "outlet": array},
    ]
    labels = scorer.label_frame(pd.DataFrame(rows), [])
    assert list(labels["id"]) == ["frame row 0", "b", "c"]
    assert list(labels["label"].isna()) == [True, True, False]
    assert labels["warnings"][2][0].startswith("field outlet is array(['x', 'y']")


def test_rejects_are_those_of_label_and_say_where_they_stand(scorer: Scorer) -> None:
    frame = pd.DataFrame({"id": [1, None, 3], "text": ["Too short.", None, 7]}, index=[7, 8, 9])
    labels = scorer.label_frame(frame)
    assert list(labels["id"]) == ["1", "frame row 1", "frame row 2"]
    assert list(labels["rejected"]) == [
        "text has 2 words, expected at least 20: too short to judge",
        "frame row 1: field text is missing, expected a string",
        "frame row 2: field text is 7, expected a string",
    ]


def test_ids_that_stand_twice_are_rejected_and_missing_ones_made(
    scorer: Scorer, bridge: Bridge
) -> None:
    texts = [bridge[name].text for name in ("wire", "frost", "staff", "staff")]
    labels = scorer.label_frame(pd.DataFrame({"id": ["a", "a", None, None], "text": texts}), [])
    assert list(labels["rejected"].fillna("")) == ["", "frame row 1: id 'a' stands twice", "", ""]
    assert labels["id"][2] == labels["id"][3]
    assert labels["id"].str.startswith("sha256-").sum() == 2


def test_a_frame_of_sources_is_what_articles_are(
    scorer: Scorer, bridge: Bridge, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wires = [bridge["wire"], bridge["frost"]]
    columns = {"text": "copy", "id": "slug", "published": "sent"}
    frame = pd.DataFrame(
        {
            "copy": [*(wire.text for wire in wires), None],
            "slug": [*(wire.id for wire in wires), "lost"],
            "sent": [*(wire.published for wire in wires), pd.NaT],
        }
    )
    articles = pd.DataFrame([{"id": "spun", "text": bridge["spun"].text}])
    expected = scorer.label_frame(articles, wires)
    with caplog.at_level(logging.WARNING, "copydesk"):
        found = scorer.label_frame(articles, frame, source_columns=columns)
    assert caplog.messages == [
        "source lost left out: sources row 2: field text is missing, expected a string"
    ]
    pd.testing.assert_frame_equal(found, expected)
    assert list(found["source_id"]) == ["bridge-wire"]
    with Store.write(tmp_path / "store") as store:
        store.add(wires)
    with Store.read(tmp_path / "store") as store:
        assert list(scorer.label_frame(articles, store)["source_id"]) == ["bridge-wire"]


def test_no_row_gives_no_row_and_all_columns(scorer: Scorer) -> None:
    labels = scorer.label_frame(pd.DataFrame({"text": []}))
    assert labels.shape == (0, len(FIELDS) + 1)


def test_kinds_do_not_depend_on_what_is_there(scorer: Scorer, bridge: Bridge) -> None:
    judged = scorer.label_frame(pd.DataFrame({"text": [bridge["spun"].text]}))
    rejected = scorer.label_frame(pd.DataFrame({"text": ["Short."]}))
    assert list(judged.dtypes) == list(rejected.dtypes)
    assert (judged["label"].dtype, judged["p_spun"].dtype) == ("string", "float64")
    assert judged["label"].value_counts().index[0] in LABELS


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "frame has no column 'text', only 'body', .*, 'source_id': say with columns or"),
        ({"columns": {"text": "copy"}}, "frame has no column 'copy', only 'body'"),
        ({"columns": {**COLUMNS, "outlet": "site"}}, "frame has no column 'site', only"),
        (
            {"columns": {"body": "text"}},
            "'body' is no field, expected one of id, text, published,",
        ),
        ({"columns": COLUMNS, "sources": pd.DataFrame({"x": [1]})}, "sources has no column 'text'"),
    ],
)
def test_columns_that_are_not_there_are_refused(
    changes: Mapping[str, Any], said: str, scorer: Scorer, frame: pd.DataFrame
) -> None:
    with pytest.raises(InvalidInput, match=f"^{said}"):
        scorer.label_frame(frame, **changes)


def test_columns_that_stand_twice_are_refused(scorer: Scorer) -> None:
    frame = pd.DataFrame([["x", "y"]], columns=["text", "text"])
    with pytest.raises(InvalidInput, match="frame has several columns 'text', expected one"):
        scorer.label_frame(frame)


def test_columns_of_no_name_may_be_numbers(scorer: Scorer, bridge: Bridge) -> None:
    frame = pd.DataFrame([[bridge["wire"].text]])
    labels = scorer.label_frame(frame, columns={"text": 0})  # type: ignore[dict-item]
    assert labels["label"].notna().all()


@pytest.mark.parametrize("value", [[{"text": "x"}], None, pd.Series(["x"])])
def test_what_is_no_frame_is_refused(value: object, scorer: Scorer) -> None:
    said = f"^frame is a {type(value).__name__}, expected a pandas DataFrame: Scorer.label labels"
    with pytest.raises(InvalidInput, match=said):
        scorer.label_frame(value)  # type: ignore[arg-type]


def test_without_pandas_the_extra_is_named(
    scorer: Scorer, frame: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPackage, match=r"needs pandas: pip install 'copydesk\[pandas\]'"):
        scorer.label_frame(frame, columns=COLUMNS)
