"""Verdicts for the terminal."""

from collections.abc import Callable

import pytest

from copydesk.predict import Scorer
from copydesk.predict.summary import (
    derivation_line,
    evidence_line,
    source_line,
    verdict_table,
)
from copydesk.types import (
    Answers,
    Article,
    Evidence,
    Finding,
    Rejected,
    Source,
    Verdict,
)

Find = Callable[..., Finding]
Judge = Callable[..., Verdict]
Show = Callable[..., str]


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        ((0.9, 0.5, 0.1), ["50%", "30%", "10%"]),
        ((1.0, 1.0, 0.0), ["100%"]),
        ((0.5, 0.0, 0.5), ["50%"]),
        ((0.3, 0.2, 0.2), ["20%", "20%"]),
        ((0.004, 0.004, 0.0), []),
    ],
)
def test_derivation_names_the_shares_that_are_there(
    shares: tuple[float, float, float], expected: list[str]
) -> None:
    line = derivation_line(Evidence(*shares))
    assert [word for word in line.split() if word.endswith("%")] == expected
    assert line


def test_evidence_is_counted(make_finding: Find) -> None:
    quote = make_finding("altered_quote", "a good day", "a fine day")
    line = evidence_line(
        Evidence(
            altered_quotes=(quote,),
            changed_numbers=(make_finding("changed_number", "48", "84"),) * 2,
            corrupted_names=(make_finding("misspelled_name", "Velmor", "Velmar"),),
            oddities=(make_finding("odd_reporting_verb", "opined"),) * 3,
            credits=(make_finding("agency", "(Reuters)"),),
        )
    )
    for part in (
        "1 altered quote",
        "2 changed numbers",
        "Velmor for Velmar",
        "3 odd reporting verbs",
        "(Reuters)",
    ):
        assert part in line
    assert "quotes" not in line


def test_nothing_to_show_is_said() -> None:
    assert evidence_line(Evidence())


def test_table_has_a_row_for_each_item(make_verdict: Judge, print_wide: Show) -> None:
    items = [make_verdict(), make_verdict(id="b", source=None), Rejected("c", "text is empty")]
    text = print_wide(verdict_table(items))
    rows = [line for line in text.splitlines() if line.split()[:1] and line[0] != " "]
    assert [row.split()[0] for row in rows[1:]] == ["spun", "spun", "rejected"]
    assert "0.62" in rows[1]
    assert rows[1].split().count("0.25") == 1
    assert "w" in rows[1].split()
    assert "w" not in rows[2].split()
    assert "text is empty" in text


WIRE = Source("w", 0.5)


@pytest.mark.parametrize(
    ("source", "related", "answers", "expected"),
    [
        (WIRE, None, None, "from w"),
        (WIRE, None, Answers("compared", 0.5, 0.984, 0.5), "from w (0.98)"),
        (WIRE, None, Answers("compared", 0.5, 0.5, 0.5), "from w (0.50)"),
        (WIRE, None, Answers("compared", 0.5, 0.49, 0.5), "not from w (0.49)"),
        (None, WIRE, Answers("related", 0.5, 0.1, 0.5), "no source: w is another report (0.10)"),
        (None, None, Answers("nothing_related", 0.5), "no source: nothing near it"),
        (None, None, Answers("unsearched", 0.5), "no source: none was searched for"),
        (None, None, None, "no source: none was searched for"),
    ],
)
def test_a_line_says_what_an_article_derives_from(
    source: Source | None,
    related: Source | None,
    answers: Answers | None,
    expected: str,
    make_verdict: Judge,
    print_wide: Show,
) -> None:
    found = make_verdict(source=source, related=related, answers=answers)
    assert source_line(found) == expected
    assert expected in print_wide(verdict_table([found]))


@pytest.mark.parametrize("name", ["a[/b]", "[red]a", "a[bold]"])
def test_brackets_in_names_are_text(
    name: str, scorer: Scorer, bridge: dict[str, Article], print_wide: Show
) -> None:
    source = Article(f"w{name}", bridge["wire"].text)
    found = scorer.label_pair(Article(name, bridge["spun"].text), source)
    assert name in print_wide(verdict_table([found, Rejected(name, f"no {name}")]))


def test_whatever_steers_a_terminal_is_shown_as_an_escape(
    make_finding: Find, make_verdict: Judge, print_wide: Show
) -> None:
    escape = "\x1b]0;owned\x07\x9b2J\u202e"
    names = (make_finding("transliterated_name", f"Ryabkov{escape}", f"Lyabkov{escape}"),)
    evidence = Evidence(0.5, 0.25, 0.25, corrupted_names=names, credits=names)
    odd = make_verdict(
        id=f"a{escape}",
        source=Source(f"w{escape}", 0.5),
        evidence=evidence,
        model_id=f"m{escape}",
        warnings=(f"note{escape}",),
    )
    rejected = Rejected(f"r{escape}", f"reason{escape}")
    table = print_wide(verdict_table([odd, rejected]))
    escaped = r"\x1b]0;owned\x07\x9b2J\u202e"
    assert not set(table) & set("\x1b\x07\x9b\u202e")
    expected = {"a", "w", "Ryabkov", "Lyabkov", "r", "reason"}
    assert {word for word in expected if f"{word}{escaped}" in table} == expected
