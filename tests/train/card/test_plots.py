"""Plots are well-formed and show each number where it belongs."""

from xml.etree import ElementTree

import pytest

from copydesk.train.card.plots import confusion_svg, reliability_svg

SVG = "{http://www.w3.org/2000/svg}"
BINS = [
    {"n": 10, "confidence": 0.55, "accuracy": 0.4},
    {"n": 40, "confidence": 0.95, "accuracy": 1.0},
]


def test_points_stand_at_confidence_and_accuracy() -> None:
    root = ElementTree.fromstring(reliability_svg({"a <b> & c": BINS, "other": BINS[:1]}))
    frame = root.find(f"{SVG}rect[@fill='none']")
    assert frame is not None
    left, top, side = (float(frame.attrib[name]) for name in ("x", "y", "width"))
    lines = root.findall(f"{SVG}polyline")
    points = [tuple(map(float, p.split(","))) for p in lines[0].attrib["points"].split()]
    assert points == [
        pytest.approx((left + 0.55 * side, top + 0.6 * side)),
        pytest.approx((left + 0.95 * side, top)),
    ]
    told = [title.text for title in root.iter(f"{SVG}title")]
    assert "a <b> & c: 40 texts, confidence 0.95, right 1.00" in told
    heights = [float(bar.attrib["height"]) for bar in root.findall(f"{SVG}rect[@fill='#ccc']")]
    assert heights[1] == pytest.approx(4 * heights[0], abs=0.2)
    # Told apart by shape, not by colour alone.
    assert lines[0].attrib["stroke-dasharray"] != lines[1].attrib["stroke-dasharray"]
    assert root.findall(f"{SVG}circle")
    assert root.attrib["role"] == "img"


def test_three_situations_at_most_are_drawn() -> None:
    root = ElementTree.fromstring(reliability_svg({str(i): BINS for i in range(5)}))
    assert len(root.findall(f"{SVG}polyline")) == 3


def test_who_was_called_what_is_a_cell_each() -> None:
    called = {
        "original": {"original": 9, "edited_wire": 0, "spun": 1},
        "spun": {"original": 2, "edited_wire": 1, "spun": 1},
    }
    root = ElementTree.fromstring(confusion_svg(called, "source <found>"))
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts[0] == "source <found>: called"
    assert texts[5:8] == ["9 (90%)", "0 (0%)", "1 (10%)"]
    assert texts[9:12] == ["2 (50%)", "1 (25%)", "1 (25%)"]
    cells = root.findall(f"{SVG}rect[@stroke]")
    assert [cell.attrib["fill"] for cell in cells[:2]] == ["rgb(35,108,181)", "rgb(255,255,255)"]
