"""Blocks of a page: body told from headings, furniture and credits, none of it lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read.blocks import BlockKind, split_blocks

BODY = "The ferry ran aground on Monday with 84 passengers on board, the coastguard said."
LINES = st.sampled_from([BODY, "Ferry runs aground", "ADVERTISEMENT", "© 2024 Nordlinje", "", "x"])


def kinds_of(text: str) -> list[str]:
    return [block.kind.value for block in split_blocks(text)]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Ferry runs aground off Velmar", BlockKind.HEADING),
        ("ALSO READ: Ten ferries to see", BlockKind.FURNITURE),
        ("Advertisement", BlockKind.FURNITURE),
        ("Subscribe to our newsletter today.", BlockKind.FURNITURE),
        ("We use cookies to improve your experience.", BlockKind.FURNITURE),
        ("Related", BlockKind.FURNITURE),
        ("5 min read", BlockKind.FURNITURE),
        ("© 2024 Nordlinje Media", BlockKind.CREDIT),
        ("Reporting by Anna Berg; editing by Jonas Lind", BlockKind.CREDIT),
        ("This material may not be reproduced without permission.", BlockKind.CREDIT),
        ("By Anna Berg", BlockKind.CREDIT),
        ("Related parties settled out of court.", BlockKind.BODY),
        ("Watch the harbour closely, he said.", BlockKind.BODY),
        ("- a list item without an end", BlockKind.BODY),
        ('He called it "a bad day" and left', BlockKind.BODY),
        ("word " * 16 + "word", BlockKind.BODY),
        (BODY, BlockKind.BODY),
    ],
)
def test_says_what_a_line_is(line: str, kind: BlockKind) -> None:
    blocks = split_blocks(f"{BODY} {BODY}\n{line}")
    assert [block.kind for block in blocks] == [BlockKind.BODY, kind]


def test_long_credits_and_furniture_are_body() -> None:
    assert kinds_of("© " + "word " * 45 + "end.") == ["body"]
    assert kinds_of("Read more " + "word " * 45 + "end.") == ["body"]


def test_headings_are_body_where_there_is_hardly_any_other() -> None:
    text = "Ferry runs aground off Velmar\nNobody was hurt in the accident\n© 2024 Nordlinje"
    assert kinds_of(text) == ["body", "body", "credit"]
    assert kinds_of(f"{text}\n{BODY}") == ["heading", "heading", "credit", "body"]


@pytest.mark.parametrize(
    "lines",
    [
        [BODY, BODY, BODY],
        [BODY] * 5,
        ["Short line", "Another one", "And a third", "And a fourth"],
        ["word " * 30] * 5,
        [BODY[:-1], "Ferry", "Tug", "Fog", "Rain in the strait all night long, they"],
    ],
)
def test_other_lines_stay_apart(lines: list[str]) -> None:
    assert len(split_blocks("\n".join(lines))) == len(lines)


@given(st.lists(LINES, max_size=8).map("\n".join))
def test_blocks_are_in_order_and_lose_nothing(text: str) -> None:
    blocks = split_blocks(text)
    assert all(one.end < other.start for one, other in pairwise(blocks))
    kept = "".join(text[block.start : block.end] for block in blocks)
    assert kept.replace("\n", "") == text.replace("\n", "")
