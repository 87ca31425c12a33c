"""Lists of links inside sentences: dropped, and nothing else."""

import pytest

from copydesk.features.read.text import normalize_text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (
            "Mayor Anna Berg Anna Maria BergPilots call off strike Fog to stay MORE (V) left.",
            "Mayor Anna Berg (V) left.",
        ),
        (
            "They met Jonas Lind Johannes (Jonas) Lind Ten ferries to know The week ahead MORE.",
            "They met Jonas Lind.",
        ),
        (
            "Captain Lind Jonas Lind2031 ferry timetable put off Council meets MORE and Mayor Berg "
            "Anna BergBerg visits the docks Harbor vote put off MORE met.",
            "Captain Lind and Mayor Berg met.",
        ),
        ("They want MORE ferries, Anna Berg said.", "They want MORE ferries, Anna Berg said."),
        (
            "Anna Berg met Anna Lind on the pier, and the crew of the ferry wanted MORE of it.",
            "Anna Berg met Anna Lind on the pier, and the crew of the ferry wanted MORE of it.",
        ),
    ],
)
def test_a_list_of_links_behind_a_name_is_dropped(raw: str, expected: str) -> None:
    assert normalize_text(raw).text == expected


def test_what_stands_behind_a_list_points_at_its_place() -> None:
    raw = "Anna Berg Anna Maria BergPilots call off strike Fog to stay MORE left."
    found = normalize_text(raw)
    at = found.text.index("left")
    assert found.raw_span(at, at + 4).start == raw.index("left")
