"""What ``--model`` names: a trained model, or by default the one in use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from copydesk.predict.scorer import Scorer

ModelOption = Annotated[
    Path | None,
    typer.Option(
        "--model",
        help="Folder of a trained model; default what COPYDESK_MODEL names, the current model of "
        "the folder COPYDESK_MODELS, or the released one.",
    ),
]


def load_scorer(model: Path | None) -> Scorer:
    """Load the model in a folder, or the one in use where none is named."""
    from copydesk.predict.scorer import Scorer

    return Scorer.load(model)
