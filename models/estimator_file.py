"""Estimators in a file whose bytes depend on nothing but the estimators."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from copydesk.errors import InvalidModel
from copydesk.models.audit import TRUSTED, audit_estimators

if TYPE_CHECKING:
    from copydesk.models.estimator import LinearAndTreesClassifier

_SCHEMA = "schema.json"
_ID = re.compile(r'"__id__": (\d+)')
_FILE = re.compile(r'"file": "(\d+)(\.\w+)"')


def dump_estimators(estimators: Mapping[str, LinearAndTreesClassifier], path: Path) -> None:
    """Write estimators as skops does, but the same bytes for the same estimators.

    skops names what is in its file by addresses in memory, says so which parts are one object,
    and notes the time. Which are one depends on the process that fitted them, so here each part is
    an object of its own, named by its place; the time is that at which ZIP begins.

    Parameters
    ----------
    estimators : mapping of str to LinearAndTreesClassifier
        Fitted, by question.
    path : Path
        Of the file; ``skops.io.load`` reads it.
    """
    from skops.io import dump

    content = BytesIO()
    dump(dict(estimators), content)
    with ZipFile(content) as dumped, ZipFile(path, "w", ZIP_DEFLATED) as written:
        schema = dumped.read(_SCHEMA).decode()
        places = count(1)
        schema = _ID.sub(lambda match: f'"__id__": {next(places)}', schema)
        files = count(1)

        def copy(match: re.Match[str]) -> str:
            name = f"{next(files)}{match[2]}"
            _write(written, name, dumped.read(match[1] + match[2]))
            return f'"file": "{name}"'

        _write(written, _SCHEMA, _FILE.sub(copy, schema).encode())


def load_estimator_file(path: Path) -> dict[str, LinearAndTreesClassifier]:
    """Load estimators by question; nothing is made but what such a file holds.

    Raises
    ------
    InvalidModel
        The file is damaged, or names a type that no model of copydesk is made of.
    """
    from skops.io import load
    from skops.io.exceptions import UntrustedTypesFoundException

    audit_estimators(path)
    try:
        estimators: dict[str, LinearAndTreesClassifier] = load(path, trusted=list(TRUSTED))
    except UntrustedTypesFoundException as error:
        raise InvalidModel(f"{path} is not loaded: {error}; train the model again") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ImportError) as error:
        raise InvalidModel(f"{path} is damaged: {error}; train the model again") from error
    return estimators


def _write(file: ZipFile, name: str, content: bytes) -> None:
    file.writestr(ZipInfo(name), content, ZIP_DEFLATED)
