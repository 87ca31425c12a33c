"""Proofs: what of an article shows best what it is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from copydesk.predict import Scorer
from copydesk.predict.explanation import Explanation
from copydesk.predict.report.item import ReportItem, make_item
from copydesk.predict.report.plain_summary import plain_summary
from copydesk.predict.report.proofs import N_PROOFS, find_proofs
from copydesk.predict.report.standouts import MAX_STANDOUTS, find_standouts, tell_standout
from copydesk.predict.sentence_pairs import Change, PairKind, SentencePair
from copydesk.types import Article, Evidence, Finding, Label, Span, Verdict

Judge = Callable[..., Verdict]


def altered(
    text: str, start: int, source: str = "as it was", kind: str = "altered_quote"
) -> Finding:
    span = Span(text, start, start + len(text))
    return Finding(kind, span, Span(source, start, start + len(source)))


def pair(kind: PairKind, text: str, start: int, drift: float, n_changes: int = 0) -> SentencePair:
    span = Span(text, start, start + len(text))
    return SentencePair(kind, span, (span,), drift, (Change(span, span),) * n_changes)


def said(item: ReportItem) -> list[tuple[str, str]]:
    return [(proof.says, proof.article.text) for proof in find_proofs(item)]


QUOTES = tuple(altered(text, 100 * n) for n, text in enumerate(["one", "two", "three", "four"]))
NAMES = (altered("Lyabkov", 600, "Ryabkov", "misspelled_name"),)


def test_of_a_spin_quotations_come_first_and_a_name_is_among_them(make_verdict: Judge) -> None:
    evidence = Evidence(altered_quotes=QUOTES, corrupted_names=NAMES)
    assert said(ReportItem(make_verdict(evidence=evidence))) == [
        ("quotation altered", "one"),
        ("quotation altered", "two"),
        ("name damaged", "Lyabkov"),
    ]


def test_what_is_too_long_to_quote_comes_after_what_is_not(make_verdict: Judge) -> None:
    long = altered("word " * 60, 900)
    item = ReportItem(make_verdict(evidence=Evidence(altered_quotes=(long, *QUOTES[:1]))))
    assert [text for _, text in said(item)] == ["one", long.article.text]


@pytest.mark.parametrize(
    "finding",
    [
        altered("one of them", 0),
        altered("ne", 900),
        replace(altered("else", 900), kind="rendered_differently"),
        replace(altered("else", 900), source=None),
    ],
    ids=["overlaps", "part of it", "no damage", "no source"],
)
def test_nothing_is_quoted_that_proves_nothing_new(finding: Finding, make_verdict: Judge) -> None:
    evidence = Evidence(altered_quotes=(*QUOTES[:1], finding))
    assert said(ReportItem(make_verdict(evidence=evidence))) == [("quotation altered", "one")]


def test_reworded_sentences_stand_in_for_quotations(make_verdict: Judge) -> None:
    far = pair(PairKind.REWORDED, "Much of what it says is of another meaning than that.", 0, 0.4)
    near = pair(PairKind.REWORDED, "All of this has been said in quite other words.", 90, 0.1)
    short = pair(PairKind.REWORDED, "Too short.", 200, 0.0)
    verdict = make_verdict()
    explanation = Explanation(verdict, Article("a", "t"), None, pairs=(far, near, short))
    assert said(ReportItem(verdict, explanation=explanation)) == [
        ("sentence reworded", near.article.text),
        ("sentence reworded", far.article.text),
    ]


def test_of_a_copy_what_is_word_for_word_and_its_credit_are_shown(make_verdict: Judge) -> None:
    texts = [f"This sentence number {n} was taken as it stood {'there ' * n}." for n in range(4)]
    pairs = tuple(pair(PairKind.VERBATIM, text, 100 * n, 0.0) for n, text in enumerate(texts))
    credit = replace(altered("(Reuters)", 900), kind="agency", source=None)
    byline = replace(altered("By Ann Berg", 950), kind="byline", source=None)
    verdict = make_verdict(label=Label.EDITED_WIRE, evidence=Evidence(credits=(byline, credit)))
    explanation = Explanation(verdict, Article("a", "t"), None, pairs=pairs)
    assert said(ReportItem(verdict, explanation=explanation)) == [
        ("word for word", texts[3]),
        ("word for word", texts[2]),
        ("credit", "(Reuters)"),
    ]


def test_a_spin_without_its_source_is_shown_by_its_odd_sentences(make_verdict: Judge) -> None:
    odd = replace(altered("tremendous", 0, kind="stock_phrase"), source=None)
    styled = replace(
        altered("The hearth chief mentioned it.", 50, kind="machine_style"), source=None
    )
    item = ReportItem(make_verdict(source=None, evidence=Evidence(oddities=(odd, styled))))
    assert said(item) == [
        ("machine style", "The hearth chief mentioned it."),
        ("stock phrase", "tremendous"),
    ]


def test_an_original_needs_no_proof(make_verdict: Judge) -> None:
    credit = replace(altered("(Reuters)", 900), kind="agency", source=None)
    evidence = Evidence(altered_quotes=QUOTES, credits=(credit,))
    verdict = make_verdict(label=Label.ORIGINAL, evidence=evidence)
    assert find_proofs(ReportItem(verdict)) == ()


def test_the_summary_quotes_the_proofs_and_counts_the_rest(make_verdict: Judge) -> None:
    evidence = Evidence(altered_quotes=QUOTES, corrupted_names=NAMES)
    lines = plain_summary(ReportItem(make_verdict(evidence=evidence))).splitlines()
    start = lines.index("Proofs:")
    assert lines[start + 1 : start + 4] == [
        "1. quotation altered",
        "   article: “one”",
        "   source:  “as it was”",
    ]
    assert "Found in all: 4 altered quotations, 1 damaged name." in lines


def test_another_report_is_not_called_the_source(make_verdict: Judge) -> None:
    verdict = make_verdict(source=None, evidence=Evidence(altered_quotes=QUOTES[:1]))
    assert "   another: “as it was”" in plain_summary(ReportItem(verdict)).splitlines()


@pytest.fixture(scope="module")
def derived(scorer: Scorer, bridge: dict[str, Article]) -> dict[str, ReportItem]:
    """The bridge's copy and its spin, each beside the wire."""
    wire = bridge["wire"]
    return {
        name: make_item(scorer, scorer.label_pair(bridge[name], wire), bridge[name], wire)
        for name in ("edited", "spun")
    }


def test_what_stands_out_names_both_texts_and_proves_it(derived: dict[str, ReportItem]) -> None:
    told = tell_standout(derived["spun"])
    assert (told.id, told.label, told.source_id) == ("bridge-spun", "spun", "bridge-wire")
    assert told.sureness == "almost certain"
    assert len(told.proofs) == N_PROOFS
    assert all(len(proof.article) > 1 for proof in told.proofs)


def test_spins_stand_out_before_copies_and_no_more_than_some(
    derived: dict[str, ReportItem],
) -> None:
    chosen, n_all = find_standouts([derived["edited"], derived["spun"]])
    assert [item.verdict.id for item in chosen] == ["bridge-spun", "bridge-edited"]
    assert n_all == 2
    chosen, n_all = find_standouts([derived["spun"]] * (MAX_STANDOUTS + 3))
    assert (len(chosen), n_all) == (MAX_STANDOUTS, MAX_STANDOUTS + 3)


def test_what_is_unsure_or_alone_does_not_stand_out(derived: dict[str, ReportItem]) -> None:
    item = derived["spun"]
    unsure = replace(item, verdict=replace(item.verdict, label_set=(Label.ORIGINAL, Label.SPUN)))
    alone = replace(item, verdict=replace(item.verdict, source=None))
    without_text = replace(item, explanation=None)
    assert find_standouts([unsure, alone, without_text]) == ([], 0)
