"""Debian packages: found by their files, named where they are missing."""

import re
from pathlib import Path

import pytest

from copydesk.errors import MissingPackage
from copydesk.seeds.derive import debian
from copydesk.seeds.derive.registry import ENGINES

CI = Path(__file__).parents[3] / ".ci" / "run"


def test_missing_packages_are_sorted_and_named_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "ROOT", tmp_path)
    assert debian.find_missing(["wordnet-base", "apertium", "wordnet-base"]) == (
        "apertium", "wordnet-base"
    )  # fmt: skip
    for file in debian.PACKAGES.values():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    assert debian.find_missing(debian.PACKAGES) == ()
    (tmp_path / debian.PACKAGES["apertium-eng-spa"]).unlink()
    assert debian.find_missing(debian.PACKAGES) == ("apertium-eng-spa",)


def test_a_requirement_that_is_not_met_says_what_to_do(
    no_debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    debian.require_packages(debian.PACKAGES, "engine x")
    monkeypatch.setattr(debian, "ROOT", no_debian)
    debian.require_packages([], "engine x")
    with pytest.raises(
        MissingPackage, match=r"^engine x cannot be used, .*apt-get install apertium"
    ):
        debian.require_packages(["apertium"], "engine x")


def test_engines_need_packages_that_are_known_and_each_is_needed() -> None:
    assert {p for entry in ENGINES.values() for p in entry.packages} == set(debian.PACKAGES)


def test_the_continuous_integration_installs_these_packages() -> None:
    (listed,) = re.findall(r"(?s)debian_packages=\((.*?)\)", CI.read_text(encoding="utf-8"))
    assert listed.split() == sorted([*debian.PACKAGES, "chromium"])  # that opens reports


@pytest.mark.needs_debian
def test_packages_bring_the_files_that_they_are_found_by() -> None:
    for package, file in debian.PACKAGES.items():
        listing = Path(f"/var/lib/dpkg/info/{package}.list").read_text(encoding="utf-8")
        assert f"/{file}" in listing.splitlines(), package
