"""The model artifact: its format, its loader, and the released model."""

from copydesk.models.artifact import (
    DEFAULT_MODEL,
    Manifest,
    Model,
    load_estimator,
    load_model,
    read_manifest,
    save_model,
)

__all__ = [
    "DEFAULT_MODEL",
    "Manifest",
    "Model",
    "load_estimator",
    "load_model",
    "read_manifest",
    "save_model",
]
