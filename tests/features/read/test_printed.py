"""Text from print: broken words, ligatures and columns are read as if never printed."""

import textwrap

import pytest

from copydesk.features.read.blocks import BlockKind, split_blocks
from copydesk.features.read.printed import reflow
from copydesk.features.read.text import normalize_text

PARAGRAPHS = (
    "The coastal ferry Astra ran aground on a sandbank near Velmar on Monday morning with 84 "
    "passengers on board, the coastguard said after the investigation had begun.",
    '"We felt a heavy jolt and then everything was remarkably quiet," said Anna Berg, a teacher '
    'who was on her way to a meeting of the international association. "Nobody panicked."',
    "The operator Nordlinje has carried travellers between Velmar and the island of Tarnholm "
    "since 1987, and its well-known captain never had an accident.",
)
CLEAN = "\n\n".join(PARAGRAPHS)


def printed(width: int, hyphen: str = "") -> str:
    """Set the text in a column; with a hyphen, break words that do not fit where they must be."""
    paragraphs = []
    for paragraph in PARAGRAPHS:
        lines = [""]
        for word in paragraph.split():
            room = width - len(lines[-1]) - 1
            if len(word) <= room:
                lines[-1] += f" {word}" if lines[-1] else word
            elif hyphen and word.isalpha() and len(word) > 5 and room > 2:
                fitting = min(room - 1, len(word) - 2)
                lines[-1] += f" {word[:fitting]}{hyphen}"
                lines.append(word[fitting:])
            else:
                lines.append(word)
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)


@pytest.mark.parametrize("width", [24, 32, 48, 64, 90])
@pytest.mark.parametrize("hyphen", ["", "-", "\u2010", "\u00ad", "\u00ac", "\x02"])
def test_columns_of_any_width_flow_again(width: int, hyphen: str) -> None:
    raw = printed(width, hyphen)
    assert hyphen in raw or width > 50
    assert normalize_text(raw).text == CLEAN


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a so-\ncalled expert", "a so-called\nexpert"),
        ("a long-\nterm plan", "a long-term\nplan"),
        ("the fire-\nfighters left", "the firefighters\nleft"),
        ("Vester-\nmark said", "Vestermark\nsaid"),
        ("Jean-\nPaul said", "Jean-Paul\nsaid"),
        ("A CRANE OPE-\nRATOR", "A CRANE OPERATOR"),
        ("a low-cost line, this low-\ncost idea", "a low-cost line, this low-cost\nidea"),
        ("they co-operate, co-\noperate well", "they co-operate, co-operate\nwell"),
        ("from 2019-\n20 on", "from 2019-\n20 on"),
        ("the ope-\n\nrator left", "the operator\nleft"),
        ("the end\u00ad\n- a list", "the end\n- a list"),
        ("a crane ope- rator", "a crane operator"),
        ("two- and three-year terms", "two- and three-year terms"),
        ("mid- to late May", "mid- to late May"),
    ],
)
def test_words_broken_at_line_ends(raw: str, expected: str) -> None:
    assert normalize_text(raw).text == expected


def test_offsets_of_a_word_broken_at_a_line_end() -> None:
    read = normalize_text("a crane ope-\nrator who")
    assert read.raw_span(8, 16).text == "ope-\nrator"
    assert read.raw_span(17, 20).text == "who"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("The o\ufb03cials of the \ufb01rst \ufb02oor", "The officials of the first floor"),
        ("The o ffi cials of the fi rst fl oor", "The officials of the first floor"),
        ("a fi re and a sun fl ower", "a fire and a sunflower"),
        ("The offi ce of the staff", "The office of the staff"),
        ("an e \ufb00 ect", "an effect"),
        ("an in fi nite stream to over fl ow", "an infinite stream to over flow"),
        ("a sci fi movie, hi fi sets, off the shelf, stiff competition", None),
        ("staff meeting, bluff called", None),
    ],
)
def test_ligatures(raw: str, expected: str | None) -> None:
    assert normalize_text(raw).text == (expected or raw)


@pytest.mark.parametrize(
    "lines",
    [
        ["Short line", "Another one", "And a third", "And a fourth"],
        ["Ferry sinks off Velmar", "Tug pulls it free", "Fog slows the strait", "Rain all night"],
        [f"Ferry number {word} runs aground off Velmar" for word in ("one", "two", "six", "ten")],
        ["Berg 4 2 1 0", "Lind 3 2 2 1", "Orr 5 0 0 1", "Tal 4 1 0 0", "Roe 2 2 2 0"],
        [PARAGRAPHS[0]] * 5,
        ["The ferry ran aground on Monday morning, they said."] * 5,
        ["word " * 30] * 5,
        ["The ferry ran aground with 84 on board, the coastguard said", "Tug", "Fog", "Rain"],
    ],
)
def test_lines_that_no_column_broke_stay_apart(lines: list[str]) -> None:
    assert reflow("\n".join(lines)) == "\n".join(lines)


def test_a_short_line_that_ends_a_sentence_ends_the_paragraph() -> None:
    wrapped = (
        "The coastal ferry Astra ran aground on a sandbank near\n"
        "Velmar on Monday morning with 84 passengers on board,\n"
        "the coastguard of the strait said. Two tugs pulled the\n"
        "vessel free.\n"
        "Nobody was hurt. The company said that sailings of the\n"
        "ferry would resume on Wednesday and that every ticket\n"
        "will be paid back at the office of Nordlinje in Velmar\n"
    )
    text = normalize_text(wrapped).text
    blocks = split_blocks(text)
    assert [block.kind for block in blocks] == [BlockKind.BODY, BlockKind.BODY]
    assert text[blocks[0].start : blocks[0].end].endswith("pulled the vessel free.")
    assert text[blocks[1].start :].startswith("Nobody was hurt.")


def test_reflowing_moves_nothing() -> None:
    wrapped = textwrap.fill(PARAGRAPHS[0] * 3, 50)
    assert reflow(wrapped).split() == wrapped.split()
    assert len(reflow(wrapped)) == len(wrapped)
    assert "\n" not in reflow(wrapped)
