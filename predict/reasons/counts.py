"""What can be counted in an article and between it and its source, to be said in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from copydesk.features import Comparison
from copydesk.features.compare.alignment import SentenceFate
from copydesk.features.compare.comparison import SourceComparison
from copydesk.features.compare.quotes import QuoteFate
from copydesk.features.read.credits import CreditKind
from copydesk.features.read.names import first_mentions
from copydesk.features.read.oddities import OddityKind
from copydesk.features.stats import kendall_tau
from copydesk.types import Evidence, Finding

_LONG_RUN_WORDS = 8
_ODD = frozenset(
    {
        OddityKind.ODD_REPORTING_VERB,
        OddityKind.BROKEN_TERM,
        OddityKind.STOCK_PHRASE,
        OddityKind.PROMPT_LEAK,
    }
)
_INTACT = (QuoteFate.VERBATIM, QuoteFate.SHORTENED)
_DAMAGED = frozenset({"altered_quote", "misattributed_quote"})


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def rest(self) -> int:
        """Those that are not among the part."""
        return self.whole - self.part

    @property
    def others(self) -> Share:
        """The rest, of as many."""
        return Share(self.rest, self.whole)


@dataclass(frozen=True, slots=True)
class TextCounts:
    """What is counted in an article alone.

    Parameters
    ----------
    n_words : int
        Of the body.
    machine_sentences : Share
        Sentences that read more like a machine's rewriting than like news writing.
    quoted_words, name_words : Share
        Words inside quotations, words that are part of a name.
    odd, unlikely, credits : tuple of str
        Odd phrases; words that hardly ever stand beside their neighbours; who is credited how.
    n_repeated : int
        Sentences that stand a second time.
    """

    n_words: int
    machine_sentences: Share
    quoted_words: Share
    name_words: Share
    odd: tuple[str, ...] = ()
    unlikely: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    n_repeated: int = 0


@dataclass(frozen=True, slots=True)
class PairCounts:
    """What is counted between an article and its source.

    Parameters
    ----------
    n_source_words : int
        Of the source's body.
    aligned, reworded, verbatim : Share
        The article's sentences that derive from the source; of these, those said in other words
        and those taken over as they are.
    quotes_intact, quotes_different : Share
        The article's quotations.
    quotes_kept, quotes_told : Share
        The source's quotations: quoted again, or told without quotation marks.
    names, source_names, numbers, source_numbers, rare_words, source_rare_words : Share
        The article's that the source has, and the source's that the article has.
    long_run_words : Share
        Words in runs of eight or more that both texts have.
    longest_run : int
        Words of the longest.
    order : float
        Kendall tau of the sentences, in [-1, 1]; NaN with fewer than two.
    n_padding : int
        Sentences that are new and bring no fact.
    damaged_names, swapped_words, changed_numbers : tuple of (str, str)
        The article's form and the source's.
    """

    n_source_words: int
    aligned: Share
    reworded: Share
    verbatim: Share
    quotes_intact: Share
    quotes_different: Share
    quotes_kept: Share
    quotes_told: Share
    names: Share
    source_names: Share
    numbers: Share
    source_numbers: Share
    rare_words: Share
    source_rare_words: Share
    long_run_words: Share
    longest_run: int
    order: float
    n_padding: int
    damaged_names: tuple[tuple[str, str], ...] = field(default=())
    swapped_words: tuple[tuple[str, str], ...] = field(default=())
    changed_numbers: tuple[tuple[str, str], ...] = field(default=())


def count_text(comparison: Comparison) -> TextCounts:
    """Count what stands in the article."""
    article, style = comparison.article, comparison.style
    scores, n_words = style.article.sentences, len(article.words)
    odd = (article.text[o.start : o.end] for o in article.oddities.oddities if o.kind in _ODD)
    credits = [c for c in article.credits if c.kind is not CreditKind.MENTION]
    credits.sort(key=lambda credit: credit.agency is None)
    return TextCounts(
        n_words=n_words,
        machine_sentences=Share(int((scores > 0).sum()), len(scores)),
        quoted_words=Share(int(article.in_quote.sum()), n_words),
        name_words=Share(len(article.names), n_words),
        odd=tuple(dict.fromkeys(odd)),
        unlikely=tuple(
            dict.fromkeys(article.tokens[i] for i in style.word_fits.find_unlikely().tolist())
        ),
        credits=tuple(
            dict.fromkeys(" ".join(article.text[c.start : c.end].split()) for c in credits)
        ),
        n_repeated=len(article.repeated),
    )


def count_pair(pair: SourceComparison, evidence: Evidence) -> PairCounts:
    """Count what the two texts share, and what differs.

    Parameters
    ----------
    pair : SourceComparison
        Of the article with its source.
    evidence : Evidence
        Of the verdict: what is damaged is counted as it is shown.
    """
    article, source, alignment = pair.article, pair.source, pair.alignment
    fates = [link.fate for link in alignment.links]
    n_aligned = len(alignment.aligned)
    quotes = [match.fate for match in pair.quote_matches]
    n_source_quotes = len(source.quote_scan.quotes)
    names, source_names = first_mentions(article.names), first_mentions(source.names)
    numbers = {number.value for number in article.numbers}
    source_numbers = {number.value for number in source.numbers}
    rare, source_rare = article.uncommon_words.keys(), source.uncommon_words.keys()
    places = [alignment.links[i].source_first for i in alignment.aligned]
    return PairCounts(
        n_source_words=len(source.words),
        aligned=Share(n_aligned, len(fates)),
        reworded=Share(fates.count(SentenceFate.REWORDED), n_aligned),
        verbatim=Share(fates.count(SentenceFate.VERBATIM), n_aligned),
        quotes_intact=Share(sum(fate in _INTACT for fate in quotes), len(quotes)),
        quotes_different=Share(
            sum(found.kind in _DAMAGED for found in evidence.altered_quotes), len(quotes)
        ),
        quotes_kept=Share(len(pair.kept_quotes), n_source_quotes),
        quotes_told=Share(len(pair.reported_quotes), n_source_quotes),
        names=Share(len(names.keys() & source.vocabulary), len(names)),
        source_names=Share(len(source_names.keys() & article.vocabulary), len(source_names)),
        numbers=Share(len(numbers & source_numbers), len(numbers)),
        source_numbers=Share(len(numbers & source_numbers), len(source_numbers)),
        rare_words=Share(len(rare & source_rare), len(rare)),
        source_rare_words=Share(len(rare & source_rare), len(source_rare)),
        long_run_words=Share(int((pair.runs >= _LONG_RUN_WORDS).sum()), len(article.words)),
        longest_run=int(np.max(pair.runs, initial=0)),
        order=kendall_tau(places),
        n_padding=len(pair.padding),
        damaged_names=_wordings(evidence.corrupted_names),
        swapped_words=tuple(
            dict.fromkeys(
                (article.tokens[swap.token], source.tokens[swap.source_token])
                for swap in pair.edits.isolated
                if swap in pair.edits.synonyms
            )
        ),
        changed_numbers=_wordings(evidence.changed_numbers),
    )


def _wordings(findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    """Give the article's form and the source's; two spellings within an article have no source."""
    return tuple(
        dict.fromkeys(
            (found.article.text, found.source.text)
            for found in findings
            if found.source is not None and found.kind != "inconsistent_name"
        )
    )
