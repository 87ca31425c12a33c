"""Verdicts and findings made by hand, and what a terminal shows of them."""

import io
from collections.abc import Callable

import pytest
from rich.console import Console, RenderableType

from copydesk.types import Evidence, Finding, Label, Source, Span, Verdict


def _finding(kind: str, text: str, source: str | None = None) -> Finding:
    return Finding(
        kind, Span(text, 3, 3 + len(text)), Span(source, 5, 5 + len(source)) if source else None
    )


def _verdict(**changes: object) -> Verdict:
    values: dict[str, object] = {
        "id": "a",
        "label": Label.SPUN,
        "probabilities": {Label.ORIGINAL: 0.125, Label.EDITED_WIRE: 0.25, Label.SPUN: 0.625},
        "label_set": (Label.SPUN,),
        "source": Source("w", 0.5),
        "evidence": Evidence(coverage=0.5, verbatim_share=0.25, reworded_share=0.25),
        "model_id": "m-1",
    }
    return Verdict(**{**values, **changes})  # type: ignore[arg-type]


def _print(renderable: RenderableType, width: int = 160) -> str:
    file = io.StringIO()
    Console(file=file, width=width).print(renderable)
    return file.getvalue()


@pytest.fixture(scope="session")
def make_finding() -> Callable[..., Finding]:
    """Makes a finding of a kind, a text and, where it has one, what the source has."""
    return _finding


@pytest.fixture(scope="session")
def make_verdict() -> Callable[..., Verdict]:
    """Makes a verdict, spun from a source, with fields changed."""
    return _verdict


@pytest.fixture(scope="session")
def print_wide() -> Callable[..., str]:
    """Gives what a terminal of some width shows."""
    return _print
