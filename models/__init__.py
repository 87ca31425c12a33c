"""The model artifact: its format, its loader, and the released model."""

from copydesk.models.artifact import (
    DEFAULT_MODEL,
    load_estimators,
    load_model,
    record_probes,
    save_model,
)
from copydesk.models.encoder_identity import check_encoder
from copydesk.models.manifest import Manifest, Model
from copydesk.models.manifest_file import read_manifest, record_part
from copydesk.models.models_folder import ModelsFolder, find_model
from copydesk.models.probes import Shift, check_probes

__all__ = [
    "DEFAULT_MODEL",
    "Manifest",
    "Model",
    "ModelsFolder",
    "Shift",
    "check_encoder",
    "check_probes",
    "find_model",
    "load_estimators",
    "load_model",
    "read_manifest",
    "record_part",
    "record_probes",
    "save_model",
]
