"""One hand: labels that only one outlet, engine or data set has, and whose traits pass for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from copydesk.seeds.corpus.labelled import CorpusRecord
from copydesk.types import LABELS, Label

# Of fewer texts it says nothing that they have one outlet.
_MIN_TEXTS = 5
# So many have to say where they come from, for the rest to be taken to come from there too.
_MIN_KNOWN = 0.8


def outlet_of(record: CorpusRecord) -> str | None:
    """Give who published a text: its outlet, or the domain of its address.

    Examples
    --------
    >>> from copydesk.types import Article
    >>> article = Article("a", "x", url="https://www.echo.example/1")
    >>> outlet_of(CorpusRecord(article, Label.SPUN, "s"))
    'echo.example'
    """
    article = record.article
    if article.outlet is not None or article.url is None:
        return article.outlet
    try:
        host = urlsplit(article.url).hostname
    except ValueError:  # of what is no address
        return None
    return host.removeprefix("www.") if host else None


HANDS: Mapping[str, Callable[[CorpusRecord], str | None]] = {
    "outlet": outlet_of,
    "engine": lambda record: record.engine,
    "data set": lambda record: record.dataset,
}
"""What a hand may be."""


@dataclass(frozen=True, slots=True)
class OneHand:
    """A label whose texts have one hand.

    Parameters
    ----------
    label : Label
        All of whose texts, or all that say, are of this hand.
    kind, name : str
        One of ``HANDS``, and which.
    n_texts : int
        How many say so.
    is_alone : bool
        Whether no other label has texts of this hand: it tells the label.
    """

    label: Label
    kind: str
    name: str
    n_texts: int
    is_alone: bool

    def __str__(self) -> str:
        end = ", and nothing else is" if self.is_alone else ""
        return f"all {self.n_texts} {self.label} texts are of the {self.kind} {self.name!r}{end}"


def find_one_hand(records: Sequence[CorpusRecord]) -> list[OneHand]:
    """Find labels that only one outlet, engine or data set has.

    Where all of a corpus is of one data set, that tells no label, and is passed over.
    """
    found = []
    for kind, hand_of in HANDS.items():
        names: dict[Label, list[str | None]] = defaultdict(list)
        for record in records:
            names[record.label].append(hand_of(record))
        for label in LABELS:
            known = [name for name in names[label] if name is not None]
            if len(known) < max(_MIN_TEXTS, _MIN_KNOWN * len(names[label])):
                continue
            others = {name for other in LABELS if other is not label for name in names[other]}
            is_whole = kind == "data set" and others <= set(known)
            if len(set(known)) == 1 and not is_whole:
                found.append(OneHand(label, kind, known[0], len(known), known[0] not in others))
    return found
