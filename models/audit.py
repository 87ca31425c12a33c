"""The audit of a file of scikit-learn estimators: what it would make is known beforehand.

skops makes objects by name. What it may be told to make stands in one list here, which is shorter
than what skops takes for harmless by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from copydesk.errors import InvalidModel

_SCHEMA = "schema.json"

TRUSTED = (
    "copydesk.models.estimator.LinearAndTreesClassifier",
    "sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor",
)
"""What skops has to be told to trust."""

# What an artifact's estimators are made of, and what skops makes each with.
_LOADERS = {
    "builtins.dict": {"DictNode"},
    "builtins.list": {"ListNode"},
    "builtins.str": {"JsonNode", "TypeNode"},
    "builtins.tuple": {"TupleNode"},
    "numpy.ndarray": {"NdArrayNode"},
    "numpy.random._generator.Generator": {"RandomGeneratorNode"},
    "numpy.uint64": {"NdArrayNode"},
    "sklearn._loss._loss.CyHalfBinomialLoss": {"LossNode"},
    "sklearn._loss.link.Interval": {"ObjectNode"},
    "sklearn._loss.link.LogitLink": {"ObjectNode"},
    "sklearn._loss.loss.HalfBinomialLoss": {"ObjectNode"},
    "sklearn.ensemble._hist_gradient_boosting.binning._BinMapper": {"ObjectNode"},
    "sklearn.ensemble._hist_gradient_boosting.gradient_boosting.HistGradientBoostingClassifier": {
        "ObjectNode"
    },
    "sklearn.linear_model._logistic.LogisticRegression": {"ObjectNode"},
    "sklearn.preprocessing._label.LabelEncoder": {"ObjectNode"},
    **{kind: {"ObjectNode"} for kind in TRUSTED},
}


def audit_estimators(path: Path) -> None:
    """Check that a skops file names nothing but what an artifact's estimators are made of.

    Nothing in it is made or imported meanwhile.

    Parameters
    ----------
    path : Path
        As ``skops.io.dump`` writes it.

    Raises
    ------
    InvalidModel
        It is no such file, such as a pickle under its name, or names another type.
    """
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
            schema = json.loads(archive.read(_SCHEMA))
    except (OSError, KeyError, ValueError, BadZipFile, RecursionError) as error:
        raise InvalidModel(
            f"{path} is damaged: it is no file of skops ({error}); train the model again"
        ) from error
    strange = {
        f"{kind} made by {loader}"
        for kind, loader in _types_in(schema)
        if loader not in _LOADERS.get(kind, ())
    }
    strange |= {f"a file {name}" for name in names if name != _SCHEMA and not name.endswith(".npy")}
    if strange:
        raise InvalidModel(
            f"{path} is not loaded: it holds {min(strange)}, which no model of copydesk is made "
            "of; train the model again, or find out who gave it to you"
        )


def _types_in(schema: Any) -> Iterator[tuple[str, str]]:
    """Give each type that a schema names, and what skops would make it with."""
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            waiting += node.values()
            if "__class__" in node or "__loader__" in node:
                module, name = node.get("__module__"), node.get("__class__")
                yield f"{module}.{name}", str(node.get("__loader__"))
