"""An explanation as a page for the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from copydesk.predict.explanation import Explanation
from copydesk.predict.headline import answer_lines, headline
from copydesk.predict.reasons.reasons import Reason, against, strongest
from copydesk.predict.sentence_pairs import PairKind, SentencePair
from copydesk.predict.summary import LABEL_STYLES, findings_tables, shares_line
from copydesk.terminal import visible
from copydesk.types import Span, Verdict

_KIND_STYLES = {
    PairKind.VERBATIM: "cyan",
    PairKind.HOUSE_STYLE: "cyan",
    PairKind.TIGHTENED: "blue",
    PairKind.REWORDED: "red",
    PairKind.MERGED: "magenta",
    PairKind.SPLIT: "magenta",
    PairKind.NEW: "green",
    PairKind.PADDING: "yellow",
}
_EXTRACT_PAIRS = 6


def explain_page(explanation: Explanation, is_whole: bool = False) -> RenderableType:
    """Lay out an explanation: the verdict in words, the reasons, the two texts side by side.

    Parameters
    ----------
    explanation : Explanation
        Any.
    is_whole : bool
        Show every sentence and all evidence, not an extract.
    """
    verdict = explanation.verdict
    lines = [
        Text(visible(verdict.id), "bold"),
        *_headline(verdict),
        *(Text(f"! {visible(line)}", "bold yellow") for line in explanation.reversed_order),
        *_answers(verdict),
        *_reasons(explanation),
        *(Text(f"note: {visible(warning)}", "yellow") for warning in verdict.warnings),
        *_extract(explanation, is_whole),
    ]
    if is_whole:
        lines += [_all_reasons(explanation), *findings_tables(verdict.evidence)]
    lines.append(Text(f"model {visible(verdict.model_id)}", "dim"))
    return Group(*lines)


def _headline(verdict: Verdict) -> Iterator[Text]:
    is_unsure = len(verdict.label_set) > 1
    style = "bold yellow" if is_unsure else f"bold {LABEL_STYLES[verdict.label]}"
    for sentence in headline(verdict):
        yield Text(visible(sentence), style)


def _answers(verdict: Verdict) -> Iterator[Text]:
    for asked, probability, words in answer_lines(verdict):
        yield Text(f"  {visible(asked)}: {probability:.2f}, {words}")
    shares = shares_line(verdict)
    if shares is not None:
        yield Text(f"  {shares}")


def _reasons(explanation: Explanation) -> Iterator[Text]:
    verdict, reasons = explanation.verdict, explanation.reasons
    chosen, opposed = strongest(verdict, reasons), against(verdict, reasons)
    if chosen:
        yield Text("\nWhy", "bold")
    for number, reason in enumerate(chosen, start=1):
        yield _reason(explanation, f"{number}.", reason)
    if opposed:
        yield Text("What speaks against it", "bold")
    for reason in opposed:
        yield _reason(explanation, "-", reason)


def _reason(explanation: Explanation, mark: str, reason: Reason) -> Text:
    said = in_relation(explanation, reason.text)
    return Text.assemble(
        f"  {mark} ", visible(said), (f" ({reason.log_odds:+.1f}: {reason.speaks_for})", "dim")
    )


def in_relation(explanation: Explanation, text: str) -> str:
    """Call the other text a report where the article does not derive from it."""
    if explanation.verdict.source is not None:
        return text
    return text.replace("the source", "the other report").replace("The source", "The other report")


def _extract(explanation: Explanation, is_whole: bool) -> Iterator[RenderableType]:
    pairs, candidate = explanation.pairs, explanation.candidate
    if candidate is None:
        return
    evidence = explanation.verdict.evidence
    found = (*evidence.altered_quotes, *evidence.corrupted_names, *evidence.changed_numbers)
    places = [finding.article.start for finding in found]
    shown = pairs if is_whole else telling_pairs(pairs, places, _EXTRACT_PAIRS)
    counts = Counter(pair.kind for pair in pairs)
    kinds = ", ".join(f"{n} {_word(kind)}" for kind, n in counts.most_common())
    what = "" if len(shown) == len(pairs) else f"; {len(shown)} shown, all with --all"
    yield Text(f"\nSentence by sentence: {kinds}{what}", "bold")
    table = Table(expand=True, box=None, padding=(0, 1, 1, 0))
    table.add_column("kind", no_wrap=True)
    table.add_column("drift", justify="right", no_wrap=True)
    table.add_column("article", ratio=1)
    name = "source" if explanation.verdict.source is not None else "other report"
    table.add_column(Text(f"{name}: {visible(candidate.id)}"), ratio=1)
    for pair in shown:
        style = _KIND_STYLES[pair.kind]
        own = [change.article for change in pair.changes if change.article is not None]
        their = [change.source for change in pair.changes if change.source is not None]
        table.add_row(
            Text(_word(pair.kind), style),
            "" if pair.drift is None else f"{pair.drift:.2f}",
            _marked((pair.article,), own, style),
            _marked(pair.source, their, style),
        )
    yield table


def telling_pairs(
    pairs: Sequence[SentencePair], places: Sequence[int], n_pairs: int
) -> tuple[SentencePair, ...]:
    """Choose the pairs that show most, in their order: those reworded, then other changed ones.

    Parameters
    ----------
    pairs : sequence of SentencePair
        Of an article.
    places : sequence of int
        Where findings begin in the article: sentences that hold more of them show more.
    n_pairs : int
        How many at most.
    """
    order = [PairKind.REWORDED, PairKind.SPLIT, PairKind.MERGED, PairKind.TIGHTENED]
    order += [PairKind.HOUSE_STYLE, PairKind.VERBATIM, PairKind.PADDING, PairKind.NEW]

    def rank(i: int) -> tuple[int, int, int]:
        span = pairs[i].article
        n_found = sum(span.start <= place < span.end for place in places)
        return order.index(pairs[i].kind), -n_found, i

    ranked = sorted(range(len(pairs)), key=rank)
    return tuple(pairs[i] for i in sorted(ranked[:n_pairs]))


def _marked(sentences: Sequence[Span], changed: Iterable[Span], style: str) -> Text:
    """Write sentences, the changed words underlined: in a plain terminal, as they are."""
    changed, whole = list(changed), Text()
    for sentence in sentences:
        place = sentence.start
        if whole:
            whole.append(" ")
        for span in changed:
            if sentence.start <= span.start and span.end <= sentence.end:
                whole.append(_plain(sentence, place, span.start))
                whole.append(_plain(sentence, span.start, span.end), f"underline {style}")
                place = span.end
        whole.append(_plain(sentence, place, sentence.end))
    return whole


def _plain(sentence: Span, start: int, end: int) -> str:
    return visible(sentence.text[start - sentence.start : end - sentence.start].replace("\n", " "))


def _all_reasons(explanation: Explanation) -> RenderableType:
    table = Table(title="The whole account", title_justify="left", title_style="bold", box=None)
    for heading in ("question", "about", "log-odds", "what is seen"):
        table.add_column(heading, justify="right" if heading == "log-odds" else "left")
    for account in explanation.accounts:
        question = str(account.question)
        table.add_row(question, "before reading", f"{account.base + account.prior:+.2f}", "")
        for reason in explanation.reasons:
            if reason.question is account.question:
                said = visible(in_relation(explanation, reason.text))
                table.add_row("", str(reason.topic), f"{reason.log_odds:+.2f}", Text(said))
        table.add_row("", "together", f"{account.log_odds:+.2f}", f"{account.probability:.3f}")
    return table


def _word(kind: PairKind) -> str:
    return kind.replace("_", " ")
