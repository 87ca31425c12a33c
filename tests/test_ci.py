"""What the continuous integration does, in order, with stand-ins for all that it calls."""

import os
import subprocess
from pathlib import Path

import pytest

CI = Path(__file__).parents[1] / ".ci" / "run"
AXE = "install --silent --no-save --prefix build/npm axe-core@4.14.1"
STAND_IN = """\
#!/bin/sh
echo "${0##*/} $* ${PYTEST_ADDOPTS-}" >> "$CALLS"
case "${0##*/} $*" in "$FAILS") exit 3;; esac
case "${0##*/}" in
    sudo) exec "$@" ;;
    timeout) shift; exec "$@" ;;
esac
"""


def run(folder: Path, fails: str = "") -> tuple[int, list[str]]:
    """Run the script; gives its exit code and the calls of make, apt-get and npm."""
    for name in ("make", "apt-get", "npm", "sudo", "timeout"):
        (folder / name).write_text(STAND_IN, encoding="utf-8")
        (folder / name).chmod(0o755)
    calls = folder / "calls"
    environment = os.environ | {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "CALLS": str(calls),
        "FAILS": fails,
    }
    environment.pop("PYTEST_ADDOPTS", None)
    finished = subprocess.run([CI], env=environment, check=False, timeout=60)
    called = [line.split() for line in calls.read_text(encoding="utf-8").splitlines()]
    return finished.returncode, [" ".join(words) for words in called if words[0] != "sudo"]


def test_engines_are_tested_without_packages_then_everything_with_all(tmp_path: Path) -> None:
    code, calls = run(tmp_path)
    assert code == 0
    limits = [call.split()[1] for call in calls if call.startswith("timeout")]
    assert len(limits) == 2
    assert all(1700 < int(limit) <= 1800 for limit in limits)
    others = [call for call in calls if not call.startswith("timeout")]
    assert others[:2] == ["make test-fresh", "apt-get -qq update"]
    assert others[2].startswith("apt-get -qq install --yes --no-install-recommends apertium ")
    assert others[3] == f"npm {AXE}"
    assert others[4:] == ["make check --debian=required"]


@pytest.mark.parametrize(
    ("fails", "n_calls"),
    [("make test-fresh", 1), ("apt-get -qq update", 2), (f"npm {AXE}", 4), ("make check", 5)],
)
def test_what_fails_ends_it(fails: str, n_calls: int, tmp_path: Path) -> None:
    code, calls = run(tmp_path, fails)
    assert code == 3
    assert len([call for call in calls if not call.startswith("timeout")]) == n_calls
