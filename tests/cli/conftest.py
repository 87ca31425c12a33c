"""The command, run in this process or in one of its own."""

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from copydesk import progress
from copydesk.cli import main


@dataclass(frozen=True)
class Finished:
    code: int
    out: str
    err: str


@pytest.fixture
def run_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Finished]:
    """Run ``copydesk`` in ``tmp_path``, in this process; a traceback would be an error here."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    # On a machine that is busy, there would be lines of progress among what is expected.
    monkeypatch.setattr(progress, "LINE_SECONDS", float("inf"))
    monkeypatch.setenv("COPYDESK_CACHE", str(tmp_path / "kept"))

    def run(*arguments: object, stdin: bytes = b"") -> Finished:
        monkeypatch.setattr(sys, "argv", ["copydesk", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
        captured = capsys.readouterr()
        assert isinstance(code, int)
        return Finished(code, captured.out, captured.err)

    return run


@pytest.fixture
def run_python(tmp_path: Path) -> Callable[..., Finished]:
    """Run this Python in ``tmp_path``, in a process of its own."""
    environment = os.environ | {"COLUMNS": "160", "HF_HUB_OFFLINE": "1"}

    def run(*arguments: object, stdin: bytes = b"") -> Finished:
        finished = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=tmp_path,
            env=environment,
            input=stdin,
            capture_output=True,
            check=False,
            timeout=120,
        )
        return Finished(finished.returncode, finished.stdout.decode(), finished.stderr.decode())

    return run
