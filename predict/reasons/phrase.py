"""A phrase: what counts say of a topic, true whatever a model makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.predict.reasons.counts import Share
from copydesk.predict.reasons.topics import Topic
from copydesk.terminal import one_line

_EXAMPLES = 3
_EXAMPLE_CHARS = 40


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence on a topic, and what it tells a reader.

    Parameters
    ----------
    topic : Topic
        What it is about.
    text : str
        A whole sentence.
    derives : int
        1 where it tells for derivation, -1 where it tells against it, 0 where for neither.
    machine : int
        The same for a machine's hand; -1 is a desk's, or a person's.
    """

    topic: Topic
    text: str
    derives: int = 0
    machine: int = 0


def count_of(share: Share, noun: str, verbs: tuple[str, str], rest: str) -> str:
    """Say what so many of so many are, in a sentence.

    Parameters
    ----------
    share : Share
        How many of how many.
    noun : str
        What they are, one of them.
    verbs : tuple of str
        What one does, and what several do.
    rest : str
        The rest of the sentence.

    Examples
    --------
    >>> count_of(Share(1, 3), "quotation", ("differs", "differ"), "from the source’s.")
    '1 of 3 quotations differs from the source’s.'
    >>> count_of(Share(2, 2), "name", ("is", "are"), "gone.")
    'Both names are gone.'
    """
    part, whole = share.part, share.whole
    verb = verbs[0] if part == 1 else verbs[1]
    if part == whole:
        amount = {1: f"The only {noun}", 2: f"Both {noun}s"}.get(whole, f"All {whole} {noun}s")
    else:
        amount = f"{part} of {whole} {noun}s" if part else f"None of {whole} {noun}s"
    return f"{amount} {verb} {rest}"


def number_of(count: int, noun: str) -> str:
    """Say how many.

    Examples
    --------
    >>> number_of(1, "name"), number_of(3, "name")
    ('1 name', '3 names')
    """
    return f"{count} {noun if count == 1 else f'{noun}s'}"


def instead_of(pairs: Sequence[tuple[str, str]]) -> str:
    """Name what stands for what, the first three.

    Examples
    --------
    >>> instead_of([("Lyabkov", "Ryabkov")])
    '“Lyabkov” for “Ryabkov”'
    """
    shown = (f"{_quoted(own)} for {_quoted(theirs)}" for own, theirs in pairs[:_EXAMPLES])
    return ", ".join(shown) + _more(pairs)


def listed(texts: Sequence[str]) -> str:
    """Name texts, the first three.

    Examples
    --------
    >>> listed(["in conclusion", "moreover"])
    '“in conclusion”, “moreover”'
    """
    return ", ".join(map(_quoted, texts[:_EXAMPLES])) + _more(texts)


def _more(items: Sequence[object]) -> str:
    return " and more" if len(items) > _EXAMPLES else ""


def _quoted(text: str) -> str:
    return f"“{one_line(text, _EXAMPLE_CHARS)}”"
