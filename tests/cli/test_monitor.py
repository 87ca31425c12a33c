"""``copydesk monitor``: its codes, what it prints, its page."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from copydesk.features import FEATURES, NEEDS_SOURCE
from copydesk.models import DEFAULT_MODEL
from copydesk.seeds.corpus.labelled import read_starter
from copydesk.types import LABELS, Evidence, Label, Source, Verdict

Run = Callable[..., Any]
Write = Callable[..., Path]


def draw(
    n: int,
    seed: int,
    *,
    spun: float = 0.2,
    unsure: float = 0.1,
    day: str = "2026-03-02",
    outlet: str = "The Valley",
) -> list[dict[str, Any]]:
    rng = np.random.default_rng(seed)
    records = []
    for number in range(n):
        label = Label.SPUN if rng.random() < spun else Label.ORIGINAL
        p = float(rng.uniform(0.6, 0.99))
        probabilities = dict.fromkeys(LABELS, (1 - p) / 2) | {label: p}
        label_set = tuple(LABELS[:2]) if rng.random() < unsure else (label,)
        verdict = Verdict(
            f"{day}-{number}", label, probabilities, label_set, Source("w", 0.5), Evidence(), "m"
        )
        records.append({**verdict.to_dict(), "outlet": outlet, "published": f"{day}T08:00Z"})
    return records


def write(path: Path, records: Sequence[dict[str, Any]]) -> Path:
    path.write_text("\n".join(map(json.dumps, records)) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return write(tmp_path / "before.jsonl", draw(600, 1, day="2026-02-01"))


@pytest.mark.parametrize(
    ("changes", "code", "said"),
    [
        ({}, 0, "nothing: none of 18 figures of 600 articles has moved"),
        ({"unsure": 0.18}, 1, "watch: 1 of 18 figures of 600 articles has moved"),
        ({"spun": 0.5}, 2, "act: 4 of 18 figures of 600 articles have moved"),
    ],
)
def test_the_code_says_what_is_asked_for(
    changes: dict[str, float],
    code: int,
    said: str,
    run_command: Run,
    before: Path,
    tmp_path: Path,
) -> None:
    now = write(tmp_path / "now.jsonl", draw(600, 2, **changes))
    found = run_command("monitor", now, "--reference", before)
    assert found.err == ""
    assert found.out.splitlines()[-1] == said
    assert found.code == code
    as_json = run_command("monitor", now, "--reference", before, "--json")
    assert as_json.code == code
    told = json.loads(as_json.out)
    assert (told["exit_code"], told["said"]) == (code, said)
    moved = [figure for figure in told["figures"] if figure["level"] != "nothing"]
    for figure in moved:
        (line,) = (x for x in found.out.splitlines() if re.search(rf"  {figure['name']}  ", x))
        assert line.endswith(figure["level"])
    assert all(figure["p"] < 0.01 for figure in moved)
    assert {figure["name"] for figure in told["figures"]} >= {"unsure", "rejected", "p_spun"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nowhere.jsonl",), "nowhere.jsonl cannot be read"),
        (("now.jsonl", "--model", "nowhere"), "nowhere is no model"),
        (("now.jsonl", "--since", "March"), "--since is 'March', expected a day such as"),
        (("now.jsonl", "--since", "2027-01-01"), "nothing is scored"),
        (("now.jsonl", "--sources", "now.jsonl"), "--sources goes with --articles"),
        (("now.jsonl", "--report", "page.pdf"), "the report page.pdf is of no kind that is"),
        (("before.jsonl.gz",), "before.jsonl.gz cannot be read"),
    ],
)
def test_no_answer_is_none_of_the_codes_that_answer(
    words: tuple[str, ...], message: str, run_command: Run, tmp_path: Path
) -> None:
    write(tmp_path / "now.jsonl", draw(60, 0))
    found = run_command("monitor", *words)
    assert found.code == 3
    assert found.err.startswith("copydesk: ")
    assert found.err.count("\n") == 1
    assert message in found.err
    assert found.out == ""


@pytest.mark.parametrize("words", [(), ("a", "--surprise"), ("a", "--sample", "0")])
def test_wrong_usage_is_no_answer_either(words: tuple[str, ...], run_command: Run) -> None:
    found = run_command("monitor", *words)
    assert found.code == 3
    assert "copydesk monitor" in found.err


def test_help_is_shown_as_everywhere(run_command: Run) -> None:
    found = run_command("monitor", "--help")
    assert found.code == 0
    for said in ("0: nothing has moved", "1: watch", "2: act", "3: no answer"):
        assert said in " ".join(found.out.split())


def test_since_a_day_what_was_before_is_compared_with(run_command: Run, tmp_path: Path) -> None:
    old = draw(300, 1, day="2026-02-28")
    new = draw(300, 2, day="2026-03-01", spun=0.6)
    undated = [{**record, "published": None} for record in draw(5, 3)]
    path = write(tmp_path / "all.jsonl", [*old, *new, *undated])
    found = run_command("monitor", path, "--since", "2026-03-01")
    assert found.code == 2
    assert "copydesk: 5 records bear no date and are left out" in found.err
    assert "figures of 300 articles have moved" in found.out
    assert "rejects bear no date" in found.out
    # As an edition of one's own: the same two halves, by files.
    halves = [write(tmp_path / f"{name}.jsonl", of) for name, of in (("o", old), ("n", new))]
    by_files = run_command("monitor", halves[1], "--reference", halves[0])
    spun = [next(x for x in f.out.splitlines() if "  spun  " in x) for f in (found, by_files)]
    assert spun[0].split()[:4] == spun[1].split()[:4]


def test_the_date_may_come_from_the_articles(run_command: Run, tmp_path: Path) -> None:
    records = draw(120, 1)
    for number, record in enumerate(records):
        del record["published"]
        record["id"] = str(number)
    path = write(tmp_path / "scored.jsonl", records)
    articles = [
        {"id": str(n), "text": "Short.", "published": f"2026-03-0{1 + n // 60}"} for n in range(120)
    ]
    write(tmp_path / "articles.jsonl", articles)
    wanted = ("--since", "2026-03-02", "--articles", "articles.jsonl", "--json")
    told = json.loads(run_command("monitor", path, *wanted).out)
    assert told["n_articles"] == 60


def test_rejects_beside_are_compared(run_command: Run, before: Path, tmp_path: Path) -> None:
    now = write(tmp_path / "now.jsonl", draw(600, 2))
    rejects = [{"id": f"r{n}", "reason": "text has 3 words"} for n in range(120)]
    write(tmp_path / "now.jsonl.rejected.jsonl", rejects)
    told = json.loads(run_command("monitor", now, "--reference", before, "--json").out)
    moved = {f["name"]: f for f in told["figures"] if f["level"] != "nothing"}
    assert set(moved) == {"rejected"}
    assert moved["rejected"]["now"] == pytest.approx(120 / 720)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty edits of the starter corpus and the texts that they were made from."""
    records = [r for r in read_starter() if r.engine in {"wire", "edit_light"}][:120]
    path = tmp_path_factory.mktemp("articles") / "articles.jsonl"
    lines = [
        {"id": r.article.id, "text": r.article.text, "source_id": r.article.source_id}
        for r in records
    ]
    return write(path, lines)


def test_features_are_read_again_where_the_articles_are_given(
    run_command: Run, articles: Path, tmp_path: Path
) -> None:
    labelled = run_command("label", articles, "--out", "scored.jsonl", "--quiet")
    assert labelled.code == 0
    found = run_command(
        *("monitor", "scored.jsonl", "--articles", articles, "--report", "page.html", "--json")
    )
    assert found.code in {1, 2}  # tidy edits of one hand are not what is learned on the whole
    assert found.err == f"page.html: {len(json.loads(found.out)['figures'])} figures\n"
    told = json.loads(found.out)
    names = {(figure["group"], figure["name"]) for figure in told["figures"]}
    meant = {f.name for f, needs in zip(FEATURES, NEEDS_SOURCE, strict=True) if not needs}
    assert {name for group, name in names if group == "features, alone"} == meant
    assert len([name for group, name in names if group == "features, beside a text"]) > 100
    moved = {f["name"] for f in told["figures"] if f["level"] == "act"}
    assert "edited_wire" in moved
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count("<figure") == page.count("<svg") > 3
    few = run_command("monitor", "scored.jsonl", "--articles", articles, "--sample", 20, "--json")
    groups = {figure["group"] for figure in json.loads(few.out)["figures"]}
    assert groups == {"labels", "shares"}


def test_articles_that_are_not_at_hand_are_counted(
    run_command: Run, articles: Path, tmp_path: Path
) -> None:
    lines = articles.read_text(encoding="utf-8").splitlines()
    (tmp_path / "some.jsonl").write_text("\n".join(lines[:20]) + "\n", encoding="utf-8")
    records = draw(40, 0)
    for record, line in zip(records, lines, strict=False):
        record.update(id=json.loads(line)["id"], source_id=None)
    write(tmp_path / "scored.jsonl", records)
    found = run_command("monitor", "scored.jsonl", "--articles", "some.jsonl")
    assert "20 of 40 articles without their texts: their features are not compared" in found.err
    assert "labelled by m, compared with what copydesk-" in found.err


def test_a_model_without_a_reference_is_told(
    run_command: Run, before: Path, without_parts: Callable[..., Path]
) -> None:
    model = without_parts(DEFAULT_MODEL, "reference.npz")
    alone = run_command("monitor", before, "--model", model)
    assert alone.code == 3
    assert "the model has no training reference, and no --reference names" in alone.err
    beside = run_command("monitor", before, "--model", model, "--reference", before)
    assert beside.code == 0
    assert "note: the model has no training reference: features are not compared" in beside.out


class Checked(HTMLParser):
    """Collects tags, and text outside of styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


@pytest.fixture
def page(run_command: Run, before: Path, tmp_path: Path) -> str:
    records = draw(600, 2, spun=0.6, outlet="<script>alert(1)</script>")
    for record in records[::2]:
        record["model_id"] = '"><img src=x onerror=alert(1)>'
    now = write(tmp_path / "now <b>.jsonl", records)
    found = run_command("monitor", now, "--reference", before, "--report", "deep/page.html")
    assert found.code == 2
    return (tmp_path / "deep" / "page.html").read_text(encoding="utf-8")


def test_the_page_fetches_nothing_and_runs_nothing(page: str) -> None:
    parser = Checked()
    parser.feed(page)
    assert not {"script", "img", "link", "iframe", "object"} & set(parser.tags)
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", page)
    assert "url(" not in page
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    (style,) = re.findall(r"(?s)<style>(.*?)</style>", page)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert "prefers-color-scheme: dark" in style


def test_what_records_say_is_never_markup(page: str) -> None:
    assert "<img" not in page
    assert "now &lt;b&gt;.jsonl" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_the_page_draws_what_moved(page: str) -> None:
    parser = Checked()
    parser.feed(page)
    n_bars = parser.tags.count("rect")
    assert parser.tags.count("svg") == parser.tags.count("figure") > 0
    assert n_bars == parser.tags.count("title") - 1  # but for the page's own
    assert n_bars % 2 == 0
    heights = [float(h) for h in re.findall(r'<rect [^>]*height="([0-9.]+)"', page)]
    assert max(heights) == 120
    assert re.search(r"<title>up to 0\.[0-9]+: [0-9.]+% before</title>", page)
