"""copydesk labels news articles ``original``, ``edited_wire`` or ``spun`` and shows why.

What stands here is loaded when it is first used: ``import copydesk`` alone costs nothing.

Examples
--------
>>> from copydesk import predict
>>> verdict = predict("The ferry ran aground off the island on Monday night, and all of the "
...     "people on board were taken to the shore by fishing boats, the coast guard said.")
>>> verdict.label_set[0]
<Label.ORIGINAL: 'original'>
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from copydesk.predict.scorer import Scorer, predict
    from copydesk.types import (
        LABELS,
        Answers,
        Article,
        Evidence,
        Finding,
        Label,
        Rejected,
        Source,
        Span,
        Verdict,
    )

    __version__: str

__all__ = [
    "LABELS",
    "Answers",
    "Article",
    "Evidence",
    "Finding",
    "Label",
    "Rejected",
    "Scorer",
    "Source",
    "Span",
    "Verdict",
    "predict",
]


# Hidden from type checkers: to them any name would do.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Load a public name when it is asked for first (PEP 562)."""
        if name == "__version__":
            value: object = import_module("importlib.metadata").version("copydesk")
        elif name == "predict":
            value = import_module("copydesk.predict")
        elif name in __all__:
            home = "copydesk.predict.scorer" if name == "Scorer" else "copydesk.types"
            value = getattr(import_module(home), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "__version__"})
