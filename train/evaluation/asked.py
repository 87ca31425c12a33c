"""What a model is asked of a labelled corpus: every text in the situations that users meet."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.train.pairs import texts_of
from copydesk.types import Article, Label


class View(StrEnum):
    """What is known of a text's source; names of the figures."""

    WITH_SOURCE = "with source"  # its source is given; to an original another report of the event
    FOUND = "source found"  # among all sources and articles of the corpus, as in a folder
    MISSING = "source missing"  # another report of the event is there, and it may be found
    WRONG = "wrong candidate"  # a text of another story is given as its source
    WITHHELD = "source withheld"  # nothing: the text alone


@dataclass(frozen=True, slots=True)
class Asked:
    """A text as a model is asked of it.

    Parameters
    ----------
    view : View
        The situation.
    row : int
        Place of the record in the corpus.
    article : Article
        The text, without what its record says of its source.
    source : Article, optional
        What is given as its source.
    others : tuple of Article
        What its source may be searched for among.
    """

    view: View
    row: int
    article: Article
    source: Article | None = None
    others: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True)
class Folder:
    """A corpus as a folder of pages that nobody has labelled.

    Parameters
    ----------
    articles : tuple of Article
        Of each record, without what it says of its source.
    pages : tuple of Article
        Every text once: those of the records, their sources, other reports.
    first : tuple of int
        Places of the records whose text stands in none before.
    named : tuple of Article or None
        Of each record, the page that it names as its source; of an original, another report.
    related : tuple of Article or None
        Of each record, the page that it names as a report from which it does not derive.
    """

    articles: tuple[Article, ...]
    pages: tuple[Article, ...]
    first: tuple[int, ...]
    named: tuple[Article | None, ...]
    related: tuple[Article | None, ...]


def lay_out(records: Sequence[CorpusRecord]) -> Folder:
    """Lay a corpus out as a folder: every text once, no word of what derives from what.

    A source that comes without an id of its own is called by the digest of its text.
    """
    articles = tuple(
        replace(record.article, source_id=None, source_text=None) for record in records
    )
    texts = {article.id: article.text for article in articles}
    pages: dict[str, Article] = {}
    first = []
    for i, article in enumerate(articles):
        if article.text not in pages:
            pages[article.text] = article
            first.append(i)
    taken = {article.id for article in articles}

    def page(text: str | None, wanted: str | None = None) -> Article | None:
        if text is None:
            return None
        if text not in pages:
            digest = f"sha256-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
            own_id = digest if wanted is None or wanted in taken else wanted
            taken.add(own_id)
            pages[text] = Article(own_id, text)
        return pages[text]

    named, related = [], []
    for record in records:
        source_id, text = record.article.source_id, record.article.source_text
        if text is None and source_id is not None:
            text = texts[source_id]
        named.append(page(text, source_id))
        related.append(page(record.related_text))
    return Folder(articles, tuple(pages.values()), tuple(first), tuple(named), tuple(related))


def ask_given(
    records: Sequence[CorpusRecord],
    folder: Folder,
    groups: Mapping[str, str],
    random_state: int = 0,
) -> list[Asked]:
    """Say what is asked of each record where its candidates are given.

    ``View.FOUND`` is not among it: there all pages of the folder are labelled at once.

    Parameters
    ----------
    records : sequence of CorpusRecord
        The corpus.
    folder : Folder
        As ``lay_out`` gives it.
    groups : mapping of str to str
        Of each record by its id: strangers are of another.
    random_state : int
        Seed of the choice of strangers.
    """
    rng = np.random.default_rng(random_state)
    texts = {article.id: article.text for article in folder.articles}
    group_of_text = {
        text: groups[record.article.id] for record in records for text in texts_of(record, texts)
    }
    strangers = sorted(folder.pages, key=lambda page: page.id)
    reports = _Reports(records, folder)
    is_first = set(folder.first)
    asked: list[Asked] = []
    for row, article in enumerate(folder.articles):
        given, others = reports.given(row), reports.others(row)
        if given is not None:
            asked.append(Asked(View.WITH_SOURCE, row, article, given))
        if others:
            asked.append(Asked(View.MISSING, row, article, others=others))
        if row in is_first:
            stranger = _draw_stranger(strangers, group_of_text, groups[article.id], rng)
            asked.append(Asked(View.WRONG, row, article, stranger))
            asked.append(Asked(View.WITHHELD, row, article))
    return asked


class _Reports:
    """The reports of each event from which other texts derive, or might."""

    def __init__(self, records: Sequence[CorpusRecord], folder: Folder) -> None:
        self._records = records
        self._folder = folder
        page_of_text = {page.text: page for page in folder.pages}
        self._originals: dict[str, list[Article]] = defaultdict(list)
        self._sources: set[str] = set()
        for record, named in zip(records, folder.named, strict=True):
            if record.label is Label.ORIGINAL:
                self._originals[record.story].append(page_of_text[record.article.text])
            elif named is not None:
                self._sources.add(named.id)

    def given(self, row: int) -> Article | None:
        """Give what a text derives from; to an original another report, best one with derivatives.

        An original that others derive from is given none but what its record names.
        """
        record, named = self._records[row], self._folder.named[row]
        if record.label is not Label.ORIGINAL:
            return named
        if named is not None or self._folder.related[row] is not None:
            return named or self._folder.related[row]
        sources = [page for page in self._originals[record.story] if page.id in self._sources]
        is_source = any(page.text == record.article.text for page in sources)
        return None if is_source or not sources else sources[0]

    def others(self, row: int) -> tuple[Article, ...]:
        """Give the reports of a text's event that it does not derive from."""
        record, named = self._records[row], self._folder.named[row]
        found = [*self._originals[record.story], self._folder.related[row]]
        source = None
        if record.label is Label.ORIGINAL:
            found.append(named)
        elif named is not None:
            source = named.id
        kept = {
            page.id: page
            for page in found
            if page is not None and page.id != source and page.text != record.article.text
        }
        return tuple(kept.values())


def _draw_stranger(
    pages: Sequence[Article],
    group_of_text: Mapping[str, str],
    group: str,
    rng: np.random.Generator,
) -> Article:
    while True:
        page = pages[int(rng.integers(len(pages)))]
        if group_of_text[page.text] != group:
            return page
