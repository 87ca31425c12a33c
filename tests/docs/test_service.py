"""The web service of the recipes: the output record, reasons, and threads that share a scorer."""

import itertools
import random
import runpy
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from copydesk.predict import Scorer
from copydesk.types import Article

SERVICE = Path(__file__).parents[2] / "docs" / "recipes" / "service.py"
N_THREADS = 8

Bridge = dict[str, Article]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """The service, started."""
    with TestClient(runpy.run_path(str(SERVICE))["app"]) as client:
        yield client


@pytest.fixture
def asked(bridge: Bridge) -> list[dict[str, Any]]:
    """Every article of the bridge beside every other, and alone."""
    alone = [{"id": article.id, "text": article.text} for article in bridge.values()]
    pairs = [
        {"id": one.id, "text": one.text, "source_id": other.id, "source_text": other.text}
        for one, other in itertools.permutations(bridge.values(), 2)
    ]
    return alone + pairs


def test_it_answers_with_the_output_record(
    client: TestClient, scorer: Scorer, bridge: Bridge
) -> None:
    spun, wire = bridge["spun"], bridge["wire"]
    record = {"id": "a", "text": spun.text, "source_id": "w", "source_text": wire.text}
    answer = client.post("/label", json=record)
    assert answer.status_code == 200
    expected = scorer.label_pair(Article("a", spun.text, source_id="w"), Article("w", wire.text))
    assert answer.json() == expected.to_dict()
    assert (answer.json()["label"], answer.json()["source_id"]) == ("spun", "w")


def test_only_a_text_is_needed_and_all_of_a_record_may_come(
    client: TestClient, scorer: Scorer, bridge: Bridge
) -> None:
    bare = client.post("/label", json={"text": bridge["wire"].text}).json()
    assert (bare["id"], bare["source_id"]) == ("text", None)
    about = {
        "headline": "Mill to close",
        "outlet": "Castel Wire",
        "url": "https://castel.example/1",
    }
    whole = client.post(
        "/label", json={**about, "text": bridge["wire"].text, "published": "2026-03-02"}
    )
    (expected,) = scorer.label([Article("text", bridge["wire"].text, **about)])  # type: ignore[arg-type]
    assert whole.json() == expected.to_dict()  # type: ignore[union-attr]
    assert whole.json()["p_original"] != bare["p_original"]


def test_a_date_that_cannot_be_read_is_noted(client: TestClient, bridge: Bridge) -> None:
    record = {"text": bridge["wire"].text, "published": "soon"}
    warnings = client.post("/label", json=record).json()["warnings"]
    assert warnings[0].startswith("field published is 'soon', expected ISO 8601")
    record["published"] = "2026-03-02"
    assert client.post("/label", json=record).json()["warnings"] == warnings[1:]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "text is empty, expected at least 20 words"),
        ("Mill to close.", "text has 3 words, expected at least 20: too short to judge"),
    ],
)
def test_what_cannot_be_judged_is_422_with_the_reason(
    text: str, reason: str, client: TestClient
) -> None:
    answer = client.post("/label", json={"text": text})
    assert (answer.status_code, answer.json()) == (422, {"detail": reason})


@pytest.mark.parametrize("record", [{}, {"text": None}, {"text": 7}, {"text": "x", "txt": "y"}])
def test_what_is_no_record_is_422(record: dict[str, object], client: TestClient) -> None:
    answer = client.post("/label", json=record)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"][0] == "body"


def test_health_names_the_model(client: TestClient, scorer: Scorer) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"model_id": scorer.model.manifest.model_id}


def test_the_model_is_loaded_once(monkeypatch: pytest.MonkeyPatch, scorer: Scorer) -> None:
    n_loaded = 0

    def load() -> Scorer:
        nonlocal n_loaded
        n_loaded += 1
        return scorer

    monkeypatch.setattr(Scorer, "load", load)
    app = runpy.run_path(str(SERVICE))["app"]
    assert n_loaded == 0
    with TestClient(app) as client:
        for _ in range(3):
            client.get("/health")
    assert n_loaded == 1


def test_requests_at_once_get_what_they_get_one_after_the_other(
    client: TestClient, scorer: Scorer, asked: list[dict[str, Any]]
) -> None:
    # A scorer that knows no text yet: all threads read them for the first time.
    client.app.state.scorer = Scorer(scorer.model)  # type: ignore[attr-defined]
    shuffled = random.Random(0).sample(asked * 3, k=3 * len(asked))
    with ThreadPoolExecutor(N_THREADS) as threads:
        answers = list(threads.map(lambda record: client.post("/label", json=record), shuffled))
    assert {answer.status_code for answer in answers} == {200}
    one = Scorer(scorer.model)
    expected = {
        (record["id"], record.get("source_id")): next(one.label([Article(**record)], [])).to_dict()  # type: ignore[union-attr]
        for record in asked
    }
    for record, answer in zip(shuffled, answers, strict=True):
        assert answer.json() == expected[record["id"], record.get("source_id")]
