"""Of very long texts a sample is read, and of a copy the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.features.read import sample
from copydesk.features.read.sample import MAX_CHARS, find_sample
from copydesk.features.read.text import normalize_text

LINES = [f"Item {i}: the harbour office counted {i * 7} boats that morning.\n" for i in range(8000)]
LONG = "".join(LINES)


def lines_of(raw: str) -> set[str]:
    return {line for a, b in find_sample(raw) for line in raw[a:b].splitlines()}


def test_a_text_of_the_size_is_read_whole_and_a_longer_one_is_not() -> None:
    assert find_sample(LONG[:MAX_CHARS]) == ((0, MAX_CHARS),)
    assert len(find_sample(LONG[: MAX_CHARS + 1])) > 1


def test_beginning_and_end_are_read_and_as_much_between_as_fits() -> None:
    spans = find_sample(LONG)
    assert spans[0][0] == 0
    assert spans[0][1] >= sample._BEGINNING_CHARS - len(LINES[-1])
    assert spans[-1][1] == len(LONG)
    n_read = sum(end - start for start, end in spans)
    assert MAX_CHARS - len(LINES[-1]) <= n_read <= MAX_CHARS


def test_a_copy_with_another_beginning_and_other_marks_is_read_by_the_same_lines() -> None:
    copy = "".join(f"A note on page {i}.\n" for i in range(3000)) + LONG.replace(":", " -")
    own = {line.replace(":", " -") for line in lines_of(LONG)}
    of_copy = {line for line in lines_of(copy) if line.startswith("Item")}
    middle = {line for line in of_copy if line in own}
    # But for what is read of either because it stands at its beginning, and what fits beside it.
    assert len(middle) > 0.85 * len(of_copy)


@pytest.mark.parametrize("mark", [". ", " "], ids=["sentences", "no sentences"])
def test_a_single_line_is_sampled_too(mark: str) -> None:
    raw = mark.join(f"boat {i} came in at noon" for i in range(20_000))
    spans = find_sample(raw)
    assert len(spans) > 1
    assert sum(end - start for start, end in spans) <= MAX_CHARS


@given(st.text("ab .\n", max_size=400))
def test_stretches_stand_in_order_and_apart(raw: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("MAX_CHARS", 90), ("_BEGINNING_CHARS", 20), ("_END_CHARS", 10)):
            patch.setattr(sample, name, value)
        patch.setattr(sample, "_LONG_LINE", 30)
        spans = find_sample(raw)
    places = [place for span in spans for place in span]
    assert places == sorted(places)
    assert len(raw) <= 90 or len(set(places)) == len(places)
    assert sum(end - start for start, end in spans) <= max(90, 20 + 10)


def test_offsets_of_a_sample_are_those_of_the_whole_text() -> None:
    found = normalize_text(LONG)
    assert found.n_left_out == len(LONG) - sum(b - a for a, b in find_sample(LONG))
    for number in (0, 7999):
        at = found.text.index(f"Item {number}:")
        span = found.raw_span(at, at + len(f"Item {number}"))
        assert LONG[span.start : span.end] == span.text == f"Item {number}"
    middle = found.text[100_000:100_400]
    at = 100_000 + middle.index("Item")
    span = found.raw_span(at, at + 40)
    assert LONG[span.start : span.end] == found.text[at : at + 40]
