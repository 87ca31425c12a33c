"""A record of an input: the article, and what is to come out again beside its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from copydesk.types import Article


@dataclass(frozen=True, slots=True)
class InputRecord:
    """An article with fields of its record that are copied into the output.

    Parameters
    ----------
    article : Article
        What is to be labelled.
    kept : mapping of str to object
        Fields to be copied, by name: strings, numbers, whatever JSON can say; None where the
        record has no such field.
    """

    article: Article
    kept: Mapping[str, object] = field(default_factory=dict)
