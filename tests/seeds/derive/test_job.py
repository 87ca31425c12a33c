"""The job and its command: a corpus to train on, counts that add up, clear errors."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from copydesk.cli import main
from copydesk.errors import InvalidInput, MissingPackage
from copydesk.features import load_encoder, read_document
from copydesk.seeds.corpus.labelled import read_corpus, read_starter
from copydesk.seeds.derive import debian, translation
from copydesk.seeds.derive.changes import Change, Derivative, make_derivative
from copydesk.seeds.derive.job import derive_corpus
from copydesk.seeds.derive.judge import refuse_derivative, refuse_source, reworded_share
from copydesk.seeds.derive.partners import find_partners
from copydesk.seeds.derive.registry import ENGINES
from copydesk.seeds.derive.translation import CHAINS, TranslationFailed
from copydesk.types import Article, Label, Rejected


@pytest.fixture
def articles(bridge: str, port: str) -> list[Article]:
    third = port.replace("dockers", "pilots").replace("Dockers", "Pilots").replace("ships", "jets")
    return [Article("bridge", bridge), Article("port", port), Article("pilots", third)]


def vectors_of(articles: list[Article]) -> NDArray[np.float32]:
    encoder = load_encoder()
    return np.vstack([read_document(article.text, encoder).vector for article in articles])


def records_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_sources_and_derivatives_make_a_corpus(articles: list[Article], tmp_path: Path) -> None:
    made = derive_corpus(
        articles, tmp_path / "out", engines=["cut_tail", "wordnet"], strengths=[0.3, 1.0]
    )
    assert (made.n_sources, made.n_rejected_sources) == (3, 0)
    assert made.n_derivatives + made.n_left_out == 3 * 2 * 2
    assert made.counts == {"cut_tail": 6, "wordnet": 6}
    assert not made.rejects_path.exists()
    corpus = read_corpus([tmp_path / "out"])
    assert len(corpus) == 15
    assert {r.label for r in corpus if r.engine == "wire"} == {Label.ORIGINAL}
    texts = {article.id: article.text for article in articles}
    for record in records_of(made.path)[3:]:
        assert record["story"] == record["source_id"]
        assert record["id"] == f"{record['source_id']}/{record['engine']}/{record['strength']:g}"
        changes = [Change(**change) for change in record["changes"]]
        assert make_derivative(texts[record["source_id"]], changes).text == record["text"]


def test_same_seed_same_corpus_however_many_processes(
    articles: list[Article], tmp_path: Path
) -> None:
    texts = [
        derive_corpus(
            articles,
            tmp_path / name,
            engines=["desk", "insert_report"],
            random_state=seed,
            n_jobs=jobs,
        ).path.read_text(encoding="utf-8")
        for name, seed, jobs in (("a", 5, 1), ("b", 5, 2), ("c", 6, 1))
    ]
    assert texts[0] == texts[1] != texts[2]


def test_texts_that_share_a_text_are_of_one_story(articles: list[Article], tmp_path: Path) -> None:
    made = derive_corpus(articles, tmp_path / "out", engines=["insert_report"], strengths=[0.5])
    stories = {r["id"]: r["story"] for r in records_of(made.path)}
    partners = find_partners(vectors_of(articles))
    for i, other in enumerate(partners):
        if other is not None:
            assert partners[other] == i
            assert stories[articles[i].id] == stories[articles[other].id]
    assert (made.n_derivatives, made.n_left_out) == (2, 1)
    (reject,) = records_of(made.rejects_path)
    assert reject["reason"] == "the engine needs a second source, there is none"


def test_hard_negatives_are_the_other_text_with_the_sources_quotations(
    bridge: str, port: str, tmp_path: Path
) -> None:
    made = derive_corpus(
        [Article("bridge", bridge), Article("port", port)],
        tmp_path / "out",
        engines=["grafted_quotes"],
        strengths=[1.0],
    )
    record = next(r for r in records_of(made.path) if r["id"] == "bridge/grafted_quotes/1")
    assert record["label"] == "original"
    assert record["text"].startswith("SENNBRIDGE")
    assert "Nobody told us about the fog" in record["text"]


def test_what_cannot_be_derived_from_is_rejected_with_a_reason(
    articles: list[Article], tmp_path: Path
) -> None:
    items = [
        *articles,
        Article("short", "Bridge closed today."),
        Article("again", articles[0].text),
        Article("other", "".join(f"Der Zug {n} fuhr nicht mehr weiter. " for n in range(20))),
        Rejected("line 9", "not a line of JSON"),
    ]
    made = derive_corpus(items, tmp_path / "out", engines=["cut_tail"], strengths=[0.5])
    assert (made.n_sources, made.n_rejected_sources) == (3, 4)
    reasons = {r["id"]: r["reason"] for r in records_of(made.rejects_path)}
    assert reasons == {
        "short": "text has 3 words, expected at least 60: too short to derive from",
        "again": "the text is that of 'bridge'",
        "other": "text does not look like English: 0% of its words are common English "
        "function words, expected at least 15%",
        "line 9": "not a line of JSON",
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engines": ["nope"]}, "there is no engine 'nope'"),
        ({"strengths": [0.0]}, "strength is 0, which changes nothing"),
        ({"strengths": [1.5]}, "strength is 1.5, expected a share"),
        ({"strengths": [0.5, 0.5]}, "expected different shares"),
        ({"strengths": []}, "expected different shares"),
    ],
)
def test_options_that_make_no_sense(
    options: dict[str, Any], message: str, articles: list[Article], tmp_path: Path
) -> None:
    with pytest.raises(InvalidInput, match=message):
        derive_corpus(articles, tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_nothing_is_left_behind_where_an_engine_fails(
    articles: list[Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CHAINS, "round_trip_cat", ("eng-cat", "cat-xx"))
    monkeypatch.setattr(translation, "packages_of", lambda chain: ())
    with pytest.raises(TranslationFailed, match="cat-xx"):
        derive_corpus(articles, tmp_path / "out", engines=["cut_tail", "round_trip_cat"])
    assert list((tmp_path / "out").iterdir()) == []


def test_an_engine_that_is_named_needs_its_packages(
    articles: list[Article], tmp_path: Path, no_debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "ROOT", no_debian)
    with pytest.raises(MissingPackage, match="apt-get install apertium apertium-eng-cat "):
        derive_corpus(articles, tmp_path / "out", engines=["cut_tail", "round_trip_cat"])
    assert not (tmp_path / "out").exists()


def test_all_engines_are_used_where_their_packages_are(
    articles: list[Article], tmp_path: Path
) -> None:
    made = derive_corpus(articles, tmp_path / "out", strengths=[0.9])
    assert (made.engines_left_out, made.missing_packages) == ((), ())
    assert made.n_derivatives + made.n_left_out == len(articles) * len(ENGINES)
    assert set(made.counts) >= {"wordnet", "mythes", "mosaic", *CHAINS}


def test_what_lacks_its_packages_is_left_out_and_named(
    articles: list[Article], tmp_path: Path, no_debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "ROOT", no_debian)
    made = derive_corpus(articles, tmp_path / "out", strengths=[0.9])
    usable = {name for name, entry in ENGINES.items() if not entry.packages}
    assert set(made.engines_left_out) == set(ENGINES) - usable
    assert made.missing_packages == tuple(sorted(debian.PACKAGES))
    assert made.n_derivatives + made.n_left_out == len(articles) * len(usable)
    assert set(made.counts) <= usable


def test_derivatives_have_to_earn_their_label() -> None:
    text = "The ferry sank. Nobody died. It was old. The crew left. They were tired."
    one = make_derivative(text, [Change("synonym", "ferry", "ship", 4)])
    assert refuse_derivative(text, Derivative(text, ()), Label.SPUN) == (
        "the engine found nothing to change"
    )
    assert refuse_derivative(text, one, Label.EDITED_WIRE) == (
        "14 words are left, expected at least 20"
    )
    assert (
        refuse_derivative(
            text + " It is late. " * 9,
            make_derivative(text + " It is late. " * 9, one.changes),
            Label.SPUN,
        )
        == "7% of the sentences are reworded, expected at least 25% of a text labelled spun"
    )
    assert refuse_source(read_document(text, load_encoder())) == (
        "text has 14 words, expected at least 60: too short to derive from"
    )


def test_moved_sentences_are_not_reworded() -> None:
    text = "The ferry sank. Nobody died. It was old."
    assert reworded_share(text, "It was old.\n\n- Nobody died. Stay tuned. The ship sank.") == (
        pytest.approx(1 / 3)
    )
    assert reworded_share("", "") == 0.0


def test_a_source_alone_has_no_partner(articles: list[Article]) -> None:
    vectors = vectors_of(articles)
    assert find_partners(vectors[:1]) == [None]
    assert find_partners(vectors[:0]) == []
    # The two port stories are one event: the bridge is the neighbouring topic.
    assert find_partners(vectors) == [1, 0, None]


def test_what_is_made_of_some_sources_stands_together(
    articles: list[Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("copydesk.seeds.derive.job._CHUNK", 1)
    made = derive_corpus(
        articles, tmp_path / "out", engines=["cut_tail", "reshape"], strengths=[0.5]
    )
    assert [r["id"] for r in records_of(made.path)][3:] == [
        f"{article.id}/{engine}/0.5" for article in articles for engine in ("cut_tail", "reshape")
    ]


Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["copydesk", *map(str, arguments)])
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        assert isinstance(code, int)
        return code, capsys.readouterr().err

    return run_command


def write_sources(path: Path, articles: list[Article], *more: dict[str, str]) -> None:
    rows = [*({"id": a.id, "text": a.text} for a in articles), *more]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_command_makes_a_corpus_that_training_reads(run: Run, tmp_path: Path) -> None:
    sources = [record.article for record in read_starter() if record.engine == "wire"][:8]
    write_sources(tmp_path / "wire.jsonl", sources)
    code, said = run(
        *("derive", "--sources", "wire.jsonl", "--out", "corpus"),
        *("--engines", "cut_tail, wordnet", "--strengths", "0.3,0.8", "--seed", 4, "--jobs", 1),
    )
    assert (code, said) == (0, "corpus/corpus.jsonl: 8 sources, 32 derivatives\n")
    code, said = run("train", "--corpus", "corpus", "--out", "model", "--jobs", 1)
    assert code == 0
    assert said.startswith("copydesk: warning: the corpus has one hand")
    assert (tmp_path / "model" / "manifest.json").exists()


def test_command_counts_what_it_rejects(run: Run, articles: list[Article], tmp_path: Path) -> None:
    write_sources(tmp_path / "wire.jsonl", articles, {"id": "s", "text": "Short."}, {"id": "n"})
    code, said = run(
        *("derive", "--sources", "wire.jsonl", "--out", "corpus"),
        *("--engines", "fault_cut", "--strengths", "1,0.01"),
    )
    assert code == 2
    assert said == (
        "corpus/corpus.jsonl: 3 sources, 2 rejected, 0 derivatives, 6 left out; "
        "reasons in corpus.rejected.jsonl\n"
    )
    assert len(records_of(tmp_path / "corpus.rejected.jsonl")) == 8
    code, _ = run("derive", "--sources", "wire.jsonl", "--out", "corpus", "--engines", "cut_tail")
    assert code == 1


def test_command_says_once_which_engines_it_leaves_out(
    run: Run,
    articles: list[Article],
    tmp_path: Path,
    no_debian: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write_sources(tmp_path / "wire.jsonl", articles[:2])
    command = ("derive", "--sources", "wire.jsonl", "--out", "corpus/")
    assert run(*command)[0] == 0
    monkeypatch.setattr(debian, "ROOT", no_debian)
    code, said = run(*command)
    names = ", ".join(name for name, entry in ENGINES.items() if entry.packages)
    left_out, made = said.splitlines()
    assert code == 0
    assert left_out == (
        f"copydesk: 18 engines left out ({names}), they need Debian packages that are not "
        f"installed: apt-get install {' '.join(sorted(debian.PACKAGES))}"
    )
    assert made.startswith("corpus/corpus.jsonl: 2 sources, ")
    code, said = run(*command, "--engines", "cut_tail")
    assert code == 0
    assert said.count("\n") == 1
    code, said = run(*command, "--engines", "cut_tail,mythes")
    assert (code, said) == (
        2,
        "copydesk: engine mythes cannot be used, Debian packages are missing: apt-get install "
        "mythes-en-us (or leave out with --engines what needs them)\n",
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--sources", "wire.jsonl", "--engines", "spin_it"), "there is no engine 'spin_it'"),
        (("--sources", "wire.jsonl", "--strengths", "much"), "--strengths is 'much', expected"),
        (("--sources", "wire.jsonl", "--jobs", "0"), "--jobs is 0, expected"),
        (("--sources", "gone.jsonl"), "gone.jsonl does not exist"),
        (("--sources", "empty.jsonl"), "no source to derive from"),
        (("--sources", "short.jsonl"), "no source to derive from (1 rejected; the first: text has"),
        (("--sources", "wire.jsonl", "--out", "wire.jsonl"), "wire.jsonl cannot be written: "),
    ],
)
def test_command_says_what_is_wrong_in_one_line(
    run: Run,
    arguments: tuple[str, ...],
    message: str,
    articles: list[Article],
    tmp_path: Path,
) -> None:
    write_sources(tmp_path / "wire.jsonl", articles)
    write_sources(tmp_path / "short.jsonl", [Article("s", "Short.")])
    (tmp_path / "empty.jsonl").touch()
    out = () if "--out" in arguments else ("--out", "corpus")
    code, said = run("derive", *arguments, *out)
    assert code == 2
    assert said.startswith(f"copydesk: {message}")
    assert said.count("\n") == 1
