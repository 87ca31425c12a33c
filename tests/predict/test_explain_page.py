"""An explanation as a page for the terminal."""

from collections.abc import Callable

import pytest

from copydesk.predict import Scorer
from copydesk.predict.explain_page import explain_page, telling_pairs
from copydesk.predict.explanation import Explanation, explain_verdict
from copydesk.predict.sentence_pairs import PairKind, SentencePair
from copydesk.types import Article, Evidence, Finding, Source, Span, Verdict

Explain = Callable[..., Explanation]
Find = Callable[..., Finding]
Show = Callable[..., str]


@pytest.fixture
def explanation(make_verdict: Callable[..., Verdict]) -> Callable[..., Explanation]:
    """Makes an explanation of a verdict, with fields of the verdict changed."""
    return lambda **changes: Explanation(make_verdict(**changes), Article("a", "text"), None)


@pytest.fixture
def shown(print_wide: Callable[..., str]) -> Callable[..., str]:
    """Gives what a terminal shows of an explanation."""
    return lambda explanation, width=160, is_whole=True: print_wide(
        explain_page(explanation, is_whole), width
    )


def explained(scorer: Scorer, article: Article, source: Article | None) -> Explanation:
    return explain_verdict(scorer, scorer.label_pair(article, source), article, source)


def test_all_evidence_is_shown(explanation: Explain, make_finding: Find, shown: Show) -> None:
    evidence = Evidence(
        coverage=0.5,
        verbatim_share=0.25,
        reworded_share=0.25,
        altered_quotes=(make_finding("altered_quote", "a good day", "a fine day"),),
        corrupted_names=(make_finding("misspelled_name", "Velmor", "Velmar"),),
        changed_numbers=(make_finding("changed_number", "48", "84"),),
        oddities=(make_finding("stock_phrase", "In conclusion"),),
        credits=(make_finding("agency", "(Reuters)"),),
        repeated_blocks=(make_finding("repeated", "Nobody was hurt."),),
    )
    text = shown(explanation(evidence=evidence, warnings=("only 40 words",)))
    for part in (
        *("a good day", "a fine day", "Velmor", "Velmar", "48", "84", "In conclusion"),
        *("(Reuters)", "Nobody was hurt.", "only 40 words", "m-1", "Spun", "0.62", "50%"),
    ):
        assert part in text
    assert "Unsure" not in text


def test_long_evidence_is_shortened(explanation: Explain, make_finding: Find, shown: Show) -> None:
    long = Evidence(altered_quotes=(make_finding("altered_quote", "word " * 200),))
    text = shown(explanation(evidence=long), width=400)
    assert "…" in text
    assert text.count("word") < 40


def test_extract_shows_both_texts_and_the_strongest_reasons(
    scorer: Scorer, bridge: dict[str, Article], shown: Show
) -> None:
    text = shown(explained(scorer, bridge["spun"], bridge["wire"]), is_whole=False)
    lines = text.splitlines()
    assert lines[1].startswith("Spun: a machine made it from “bridge-wire”.")
    assert [line.split()[0] for line in lines if line.startswith("  5.")] == ["5."]
    assert not any(line.startswith("  6.") for line in lines)
    assert "source: bridge-wire" in text
    assert "all with --all" in text
    assert "The whole account" not in text
    whole = shown(explained(scorer, bridge["spun"], bridge["wire"]))
    assert "all with --all" not in whole
    assert "The whole account" in whole


def test_features_are_never_named(scorer: Scorer, bridge: dict[str, Article], shown: Show) -> None:
    for article in bridge.values():
        text = shown(explained(scorer, article, bridge["wire"]))
        assert not {"quotes_altered", "run_share_8", "style_gain"} & set(text.split())


@pytest.mark.parametrize("name", ["a[/b]", "[red]a", "a[bold]"])
def test_brackets_in_names_are_text(
    name: str, scorer: Scorer, bridge: dict[str, Article], shown: Show
) -> None:
    source = Article(f"w{name}", bridge["wire"].text)
    text = shown(explained(scorer, Article(name, bridge["spun"].text), source))
    assert name in text
    assert f"w{name}" in text


def test_whatever_steers_a_terminal_is_shown_as_an_escape(
    explanation: Explain, make_finding: Find, shown: Show
) -> None:
    escape = "\x1b]0;owned\x07\x9b2J\u202e"
    names = (make_finding("transliterated_name", f"Ryabkov{escape}", f"Lyabkov{escape}"),)
    odd = explanation(
        id=f"a{escape}",
        source=Source(f"w{escape}", 0.5),
        evidence=Evidence(0.5, 0.25, 0.25, corrupted_names=names, credits=names),
        model_id=f"m{escape}",
        warnings=(f"note{escape}",),
    )
    text = shown(odd)
    assert not set(text) & set("\x1b\x07\x9b\u202e")
    escaped = r"\x1b]0;owned\x07\x9b2J\u202e"
    expected = {"a", "w", "Ryabkov", "Lyabkov", "m", "note"}
    assert {word for word in expected if f"{word}{escaped}" in text} == expected


def pair(kind: PairKind, start: int) -> SentencePair:
    return SentencePair(kind, Span("x" * 10, start, start + 10))


def test_extract_prefers_reworded_sentences_with_findings() -> None:
    kinds = [PairKind.NEW, PairKind.REWORDED, PairKind.VERBATIM, PairKind.REWORDED]
    pairs = [pair(kind, 10 * i) for i, kind in enumerate(kinds)]
    assert telling_pairs(pairs, [31], 1) == (pairs[3],)
    assert telling_pairs(pairs, [], 3) == (pairs[1], pairs[2], pairs[3])
