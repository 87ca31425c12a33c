"""What is shown in a terminal: never a character that steers it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence

# Controls of C0 and C1, which may begin escape sequences; marks that turn the direction of what
# follows; line separators; halves of characters, which cannot be written at all.
_STEERING = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)

_NAMED = 5


def visible(text: str) -> str:
    r"""Write characters that steer a terminal as escapes.

    Examples
    --------
    >>> print(visible("a\x1b[2Jb"))
    a\x1b[2Jb
    """
    return _STEERING.sub(lambda match: ascii(match[0])[1:-1], text)


def one_line(text: str, n_chars: int) -> str:
    r"""Write a text on one line of at most so many characters.

    Examples
    --------
    >>> one_line("legal targets\nof defeat", 15)
    'legal targets …'
    """
    line = " ".join(text.split())
    return line if len(line) <= n_chars else f"{line[: n_chars - 1]}…"


def say(message: str) -> None:
    """Print a line on standard error."""
    print(visible(message), file=sys.stderr)


def say_skipped(paths: Sequence[str]) -> None:
    """Say on standard error which files were passed over because of their kind, if any were."""
    if paths:
        more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
        noun = "file of another kind" if len(paths) == 1 else "files of other kinds"
        say(f"copydesk: {len(paths)} {noun} passed over: {', '.join(paths[:_NAMED])}{more}")


def json_line(record: Mapping[str, object]) -> str:
    r"""Write a record as a line of JSON, the same to whoever parses it, harmless to a terminal.

    Examples
    --------
    >>> print(json_line({"id": "caf\u00e9 \x9b2J"}))
    {"id": "café \u009b2J"}
    """
    line = json.dumps(record, ensure_ascii=False)
    return _STEERING.sub(lambda match: f"\\u{ord(match[0]):04x}", line)
