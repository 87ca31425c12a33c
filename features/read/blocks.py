"""Blocks of a page: body paragraphs told from headings, furniture and credits, none of it lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of a page is."""

    BODY = "body"
    HEADING = "heading"
    FURNITURE = "furniture"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of normalised text between line breaks, ``text[start:end]``."""

    start: int
    end: int
    kind: BlockKind


# How credits begin.
_CREDIT_BEGINNING = re.compile(
    r"(?i)(?:©|\(c\)|copyright\b)"
    r"|\(?(?:reporting|writing|editing|compiled|additional reporting) by\b|the-[a-z]+-wire"
    r"|source: |this (?:story|article|report) (?:was|has been|is|first|originally)"
    r".{0,80}(?:agenc|wire|feed|publish|syndicat)|(?:(?:written|story|words) )?by:? [^.!?]{3,60}$"
    r"|\W?(?:from|with) (?:wire|agency) |from our [a-z ]{0,20}correspondents?\b"
    r"|\W*(?:with )?inputs? from "
)
# What credits wherever it stands; looked for only where one of the words does.
_CREDIT_CUES = ("rights reserved", "may not be", "contributed", "edited by", "feed")
_CREDIT = re.compile(
    r"(?i)all rights reserved|may not be (?:published|reproduced)"
    r"|^(?:(?![a-z)]\. ).){0,250}\bcontributed (?:reporting )?to this (?:story|report|article)"
    r"\W*$"
    r"|\bnot (?:been )?edited by .{1,60}(?:staff|team|feed)|\b(?:agency|syndicated|wire) feed\b"
)
# How prompts and notices of a site begin, wherever they end.
_NOTICE_BEGINNING = re.compile(
    r"(?i)(?:skip to|advert(?:isement)?s?\b(?! \w)|read (?:more|also|next)|also read|see also"
    r"|listen to (?:this|the) (?:article|story)|click|tap (?:here|to)|share this|follow us|sign up"
    r"|subscribe|join (?:us|our|the conversation)|support (?:us|our|independent)|donate|we use"
    r"|by continuing|about the author|have a (?:story|tip)|got a (?:story|tip)|don't miss"
    r"|this (?:site|website|page) uses)\b"
)
# What makes a block one wherever it stands; looked for only where one of the words does.
_NOTICE_CUES = ("cookie", "newsletter", "our app", "privacy", "comment", "rules", ")", ": ", "/")
_NOTICE = re.compile(
    r"(?i)cookies?\b.{0,60}(?:experience|accept|consent|site)|newsletter|our app\b|privacy policy"
    r"|comments? (?:are (?:open|closed|moderated)|policy|section|on this)|house rules"
    r"|\((?:photo|image|picture|file|video)s?\b[^)]*\)$|(?:photo|image|picture)s?(?: credit)?: "
    r"|/(?<!\bafp/)(?<!\bap/)(?<!\bdpa/)(?<!\breuters/)(?:getty|afp|ap|reuters|epa|shutterstock)\b"
)
# Labels of page parts; the same words may open a sentence, so these need a line that is none.
_PAGE_LABEL = re.compile(
    r"(?i)^(?:related|watch|listen|more (?:on|from|in)|comments?|tags?|topics?|filed under|photo"
    r"|image|file photo|picture|caption|video|gallery|getty|download|menu|home|weather|date"
    r"|published|updated|last updated|posted|trending|recommended|most (?:read|popular|viewed)"
    r"|share|follow|print|email|loading|sponsored|\d+ min(?:ute)?s? read|top stories)\b"
)
_HEADING_MAX_WORDS = 16
_FURNITURE_MAX_WORDS = 40
_ENDS_SENTENCE = re.compile(r"[.!?:;]['\")\]]*$|\.\.\.$|,\"$|,'$")
_LIST_ITEM = re.compile(r"^(?:[-*\u2022\u25cf\u00b7]|\d{1,2}[.)]) ")


def split_blocks(text: str) -> tuple[Block, ...]:
    r"""Split normalised text at line breaks and say what each block is.

    Where hardly any body is left, headings count as body: the text simply lacks punctuation.

    Examples
    --------
    >>> [b.kind.value for b in split_blocks("ALSO READ: Ten ferries\nThe ferry sank on Monday.")]
    ['furniture', 'body']
    """
    lines = [match.span() for match in re.finditer(r"[^\n]+", text)]
    blocks = [Block(start, end, _kind_of(text[start:end])) for start, end in lines]
    sizes = {kind: sum(b.end - b.start for b in blocks if b.kind is kind) for kind in BlockKind}
    if sizes[BlockKind.BODY] < max(sizes[BlockKind.HEADING], sizes[BlockKind.FURNITURE]):
        promoted = {BlockKind.HEADING, BlockKind.FURNITURE}
        blocks = [
            Block(b.start, b.end, BlockKind.BODY) if b.kind in promoted else b for b in blocks
        ]
    return tuple(blocks)


def _kind_of(block: str) -> BlockKind:
    n_words = block.count(" ") + 1
    ends_sentence = bool(_ENDS_SENTENCE.search(block))
    if n_words <= _FURNITURE_MAX_WORDS:
        lowered = block.lower()
        if _begins_or_has(block, lowered, _CREDIT_BEGINNING, _CREDIT, _CREDIT_CUES):
            return BlockKind.CREDIT
        if _begins_or_has(block, lowered, _NOTICE_BEGINNING, _NOTICE, _NOTICE_CUES):
            return BlockKind.FURNITURE
        if not ends_sentence and _PAGE_LABEL.match(block):
            return BlockKind.FURNITURE
    if (
        n_words <= _HEADING_MAX_WORDS
        and not ends_sentence
        and not _LIST_ITEM.match(block)
        and '"' not in block
    ):
        return BlockKind.HEADING
    return BlockKind.BODY


def _begins_or_has(
    block: str,
    lowered: str,
    beginning: re.Pattern[str],
    anywhere: re.Pattern[str],
    cues: tuple[str, ...],
) -> bool:
    """Say whether a block begins so, or has one of the cues and what they are cues of."""
    if beginning.match(block):
        return True
    return any(cue in lowered for cue in cues) and anywhere.search(block) is not None
