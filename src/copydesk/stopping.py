"""How a run ends before its end: on a signal, on a full disk, on a reader that is gone."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

EXIT_FAILED = 3
EXIT_INTERRUPTED = 130
EXIT_TERMINATED = 143

# The disk is full, a quota is used up, a file is as large as it may be, the device has failed.
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


class Terminated(BaseException):
    """SIGTERM came: whatever is open is closed, as on Ctrl-C."""


@contextmanager
def stopping_on_sigterm() -> Iterator[None]:
    """Let SIGTERM end what is done in here in good order.

    Raises
    ------
    Terminated
        SIGTERM came.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def why_no_room(error: OSError) -> str | None:
    """Say in a sentence that nothing can be written any more; None where that is not the matter."""
    if error.errno not in _NO_ROOM:
        return None
    where = f" ({error.filename})" if error.filename else ""
    return (
        f"cannot write{where}: {error.strerror}; earlier results are as they were, and chunks of a "
        "--job-dir are kept: make room and give the same command again"
    )


def leave_standard_output() -> None:
    """Flush nothing to standard output any more: nobody reads it, or it has no room."""
    with suppress(OSError):  # of a standard output that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
