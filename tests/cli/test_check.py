"""``copydesk check``."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from copydesk.seeds.corpus.labelled import CorpusRecord, read_corpus, read_starter
from copydesk.train import learned
from copydesk.train.pairs import short_hash

Run = Callable[..., Any]
SHORT = "Too short to be judged."


def line(record: CorpusRecord, **changed: object) -> str:
    fields = {
        "id": record.article.id,
        "text": record.article.text,
        "source_id": record.article.source_id,
        "label": str(record.label),
        "story": record.story,
        "engine": record.engine,
    }
    return json.dumps({**fields, **changed})


@pytest.fixture
def check(run_command: Run, tmp_path: Path) -> Run:
    def run(*lines: str, code: int) -> dict[str, Any]:
        (tmp_path / "c.jsonl").write_text("\n".join(lines), encoding="utf-8")
        finished = run_command("check", "c.jsonl", "--json", "--jobs", 1)
        assert finished.code == code
        found: dict[str, Any] = json.loads(finished.out)
        found["by_kind"] = {problem["kind"]: problem for problem in found["problems"]}
        return found

    return run


@pytest.fixture
def records(small_corpus: Path) -> list[CorpusRecord]:
    return list(read_corpus([small_corpus]))


def test_what_a_corpus_holds(check: Run, records: list[CorpusRecord]) -> None:
    found = check(*map(line, records), code=1)
    n_records = len(records)
    assert (found["n_records"], found["n_stories"], found["n_known"]) == (n_records, 8, n_records)
    assert sum(found["counts"]["label"].values()) == n_records
    assert found["counts"]["engine"]["wire"] >= 7
    assert found["stories"] == {"original": 8, "edited_wire": 8, "spun": 8}
    assert {one["label"] for one in found["formatting"]} == {"original", "edited_wire", "spun"}


def test_a_copy_of_the_corpus_in_words(
    run_command: Run, records: list[CorpusRecord], tmp_path: Path
) -> None:
    (tmp_path / "c.jsonl").write_text("\n".join(map(line, records)), encoding="utf-8")
    finished = run_command("check", "c.jsonl", "--jobs", 1)
    assert finished.code in (0, 1)
    assert f"{len(records)} records of 8 stories, {len(records)} of them with" in finished.out
    assert "formatting alone tells spun with AUC 0." in finished.out


def test_texts_that_training_cannot_use(check: Run, records: list[CorpusRecord]) -> None:
    wire = next(record for record in records if record.engine == "wire")
    found = check(
        *map(line, records),
        line(wire, id="short", text=SHORT),
        line(
            wire,
            id="lost",
            label="spun",
            text=wire.article.text.replace("said", "told"),
            story="another",
        ),
        line(wire, id="bare", label="edited_wire", source_text=SHORT, story="third"),
        code=1,
    )
    by_kind = found["by_kind"]
    assert by_kind["texts"]["examples"] == [
        "short: text has 5 words, expected at least 20: too short to judge"
    ]
    assert by_kind["sources"]["examples"][0].startswith("bare: text has 5 words")
    assert by_kind["no source"]["examples"] == ["lost", "bare"]


def test_duplicates_and_contradictions(check: Run, records: list[CorpusRecord]) -> None:
    staff = next(record for record in records if record.engine == "original_routine")
    found = check(
        *map(line, records),
        line(staff, id="again", text=f"{staff.article.text}\n"),
        line(staff, id="other", label="spun", story="elsewhere"),
        line(
            staff,
            id="near",
            text=f"{staff.article.text} One more.",
            story="elsewhere too",
            label="edited_wire",
        ),
        code=1,
    )
    by_kind = found["by_kind"]
    name = staff.article.id
    assert by_kind["duplicates"]["examples"] == ["again", "other"]
    assert (
        f"{name} is original and other is spun: the same text"
        in (by_kind["contradictions"]["examples"])
    )
    assert by_kind["contradictions"]["message"].startswith("1 pairs of labels of the same text")
    assert by_kind["near copies"]["examples"][0].startswith(
        f"{name} is original and near is edited_wire: 9"
    )
    # The beginnings of all are the same: they are one story, and no split parts them.
    assert "duplicates across stories" not in by_kind
    assert any(
        one.startswith("other is spun, the model learned it as original")
        for one in by_kind["learned otherwise"]["examples"]
    )


def test_near_copies_in_two_stories(check: Run, records: list[CorpusRecord]) -> None:
    staff = next(record for record in records if record.engine == "original_routine")
    moved = line(staff, id="moved", text=f"Today. {staff.article.text}", story="elsewhere")
    found = check(*map(line, records), moved, code=1)
    (pair,) = found["by_kind"]["duplicates across stories"]["examples"]
    assert pair.startswith(f"{staff.article.id} and moved: 9")


def test_labels_changed_on_purpose_are_likely_wrong(
    check: Run, records: list[CorpusRecord]
) -> None:
    spun = [record for record in read_starter() if record.label == "spun"]
    changed = spun[::40][:4]
    rest = [record for record in read_starter() if record not in changed]
    lines = [*map(line, rest), *(line(r, label="edited_wire") for r in changed)]
    found = check(*lines, code=1)
    likely = {one["id"]: one for one in found["likely_errors"]}
    hits = [record.article.id for record in changed if record.article.id in likely]
    assert len(hits) >= 2
    assert len(likely) <= 40
    for name in hits:
        assert (likely[name]["given"], likely[name]["likely"]) == ("edited_wire", "spun")
        assert likely[name]["p_likely"] > likely[name]["p_given"]
    assert found["by_kind"]["label errors"]["examples"] == list(likely)


def test_one_hand_and_one_format(check: Run, records: list[CorpusRecord]) -> None:
    lines = [
        line(r, outlet="Buzz", text=r.article.text.replace(" ", "  "))
        if r.label == "spun"
        else line(r, outlet=f"Paper {i % 3}")
        for i, r in enumerate(records)
    ]
    by_kind = check(*lines, code=1)["by_kind"]
    (hand,) = by_kind["one hand"]["examples"]
    assert "spun texts are of the outlet 'Buzz', and nothing else is" in hand
    (told,) = (one for one in by_kind["one format"]["examples"] if one.startswith("spun"))
    assert "doubled spaces" in told


@pytest.mark.parametrize(
    ("lines", "kind", "message"),
    [
        ((), "empty", "no record: nothing to learn from"),
        (("{}",), "lines", "1 lines are no records"),
        (
            ('{"id": "a", "text": "x", "label": "spun", "story": "s"}',) * 2,
            "ids",
            "1 ids stand for more than one",
        ),
        (
            ('{"id": "a", "text": "x", "label": "spun", "story": "s", "source_id": "b"}',),
            "sources",
            "the source 'b' of 'a' is not in the corpus",
        ),
        (
            ('{"id": "a", "text": "x", "label": "spun", "story": "s"}',),
            "stories",
            "all texts are of one story",
        ),
    ],
)
def test_what_training_refuses_is_unusable(
    lines: tuple[str, ...], kind: str, message: str, check: Run
) -> None:
    found = check(*lines, code=2)
    first = found["by_kind"][kind]
    assert first["message"].startswith(message)
    assert first["weight"] == "unusable"
    assert found["problems"][0]["weight"] == "unusable"


def test_all_wrong_lines_are_told(check: Run, records: list[CorpusRecord]) -> None:
    lines = (*map(line, records), line(records[0], id="b", label="copied"), "not JSON")
    examples = check(*lines, code=2)["by_kind"]["lines"]["examples"]
    n_records = len(records)
    assert [one.split(": ")[0] for one in examples] == [
        f"c.jsonl:{n_records + 1}",
        f"c.jsonl:{n_records + 2}",
    ]


def test_few_stories_need_a_base(check: Run, records: list[CorpusRecord]) -> None:
    stories = sorted({record.story for record in records})[:3]
    found = check(*(line(r) for r in records if r.story in stories), code=1)
    message = found["by_kind"]["stories"]["message"]
    assert "original in 3, edited_wire in 3, spun in 3" in message
    assert "--base released" in message


def test_many_examples_are_named_with_all(run_command: Run, tmp_path: Path) -> None:
    records = [
        json.dumps({"id": f"r{i}", "text": SHORT, "label": "spun", "story": f"s{i}"})
        for i in range(8)
    ]
    (tmp_path / "c.jsonl").write_text("\n".join(records))
    short = run_command("check", "c.jsonl", "--jobs", 1)
    assert "  and 3 more (--all)" in short.out
    assert "r7: text has" not in short.out
    assert "r7: text has" in run_command("check", "c.jsonl", "--jobs", 1, "--all").out


def test_a_missing_file_is_one_line(run_command: Run) -> None:
    finished = run_command("check", "gone.jsonl")
    assert finished.code == 2
    assert finished.err == "copydesk: gone.jsonl does not exist\n"


def test_texts_that_only_the_style_score_learned_are_known(
    check: Run, unseen_corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = read_corpus([unseen_corpus])
    lines = list(map(line, records))
    monkeypatch.setattr(learned, "learned_labels", lambda _: {})
    monkeypatch.setattr(learned, "learned_texts", lambda _: frozenset())
    assert check(*lines, code=1)["n_known"] == 0
    one = short_hash(records[0].article.text)
    monkeypatch.setattr(learned, "learned_texts", lambda _: frozenset([one]))
    found = check(*lines, code=1)
    # Those that bring this text as their source are known with it.
    bring = [r for r in records if r.article.source_text == records[0].article.text]
    named = [r for r in records if r.article.source_id == records[0].article.id]
    assert found["n_known"] == 1 + len(bring) + len(named)
    assert "learned otherwise" not in found["by_kind"]
