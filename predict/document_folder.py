"""A folder of documents that were read: for processes that meet the same texts again and again."""

from __future__ import annotations

import pickle
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from copydesk.features import Document

# What reading a damaged pickle ends in.
_DAMAGED = (
    OSError,
    EOFError,
    pickle.UnpicklingError,
    ArithmeticError,
    AttributeError,
    ImportError,
    LookupError,
    MemoryError,
    TypeError,
    ValueError,
)


class DocumentFolder:
    """Documents in files, by the digests of their texts; processes may share it.

    A file has some 85 kB for 600 words and is read in a fifth of the time in which the text is.
    What cannot be written or read is as if it were not there.

    Parameters
    ----------
    folder : Path
        Of one run: its documents are of one encoder and one version of copydesk. It is nobody
        else's, because what lies there is unpickled.
    min_free : int
        Bytes of the disk that are to stay free: where fewer are, nothing is written.

    Examples
    --------
    >>> import tempfile
    >>> from copydesk.features import load_encoder, read_document
    >>> text = "The ferry sank. Nobody died."
    >>> with tempfile.TemporaryDirectory() as name:
    ...     documents = DocumentFolder(Path(name), min_free=0)
    ...     documents.put(text, read_document(text, load_encoder()))
    ...     documents.get(text).words[:2], documents.get("Another text.")
    (('the', 'ferry'), None)
    """

    def __init__(self, folder: Path, min_free: int) -> None:
        self._folder = folder
        self._min_free = min_free

    def get(self, text: str) -> Document | None:
        """Give the document of a text; None where it is not there."""
        try:
            found = pickle.loads(self._path(text).read_bytes())
        except _DAMAGED:
            return None
        return found if isinstance(found, Document) else None

    def put(self, text: str, document: Document) -> None:
        """Keep the document of a text."""
        path = self._path(text)
        unfinished = path.with_suffix(f".{uuid4().hex}")
        try:
            if shutil.disk_usage(self._folder).free < self._min_free:
                return
            unfinished.write_bytes(pickle.dumps(document, pickle.HIGHEST_PROTOCOL))
            unfinished.replace(path)
        except OSError:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)

    def _path(self, text: str) -> Path:
        return self._folder / sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
