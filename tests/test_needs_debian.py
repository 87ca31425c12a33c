"""The marker ``needs_debian``: one line of reason where packages are missing, or an error."""

from pathlib import Path

import pytest

from copydesk.seeds.derive import debian

pytest_plugins = ["pytester"]

TESTS = """
    import pytest
    from copydesk.seeds.derive import debian
    from copydesk.seeds.derive.debian import find_missing

    @pytest.mark.needs_debian("wordnet-base")
    def test_wordnet():
        assert find_missing(["wordnet-base"]) == ()

    @pytest.mark.needs_debian
    def test_all():
        assert find_missing(debian.PACKAGES) == ()

    def test_unmarked():
        assert find_missing(debian.PACKAGES) == tuple(sorted(debian.PACKAGES))
"""
# Hypothesis would be imported anew each time.
WITHOUT = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
ALL = " ".join(sorted(debian.PACKAGES))


@pytest.fixture
def run(pytester: pytest.Pytester) -> pytest.Pytester:
    """Tests of every kind, to be run as ours are."""
    conftest = Path(__file__).with_name("conftest.py").read_text(encoding="utf-8")
    pytester.makeconftest(conftest)
    pytester.makeini("[pytest]\nmarkers =\n    needs_debian\n")
    pytester.makepyfile(TESTS)
    return pytester


def test_what_needs_a_missing_package_is_skipped_in_one_line(
    run: pytest.Pytester, no_debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "ROOT", no_debian)
    result = run.runpytest_inprocess("-rs", *WITHOUT)
    result.assert_outcomes(skipped=2, passed=1)
    reasons = [line for line in result.outlines if line.startswith("SKIPPED")]
    assert [line.partition(": ")[2] for line in reasons] == [
        "needs Debian packages: apt-get install wordnet-base",
        f"needs Debian packages: apt-get install {ALL}",
    ]


def test_a_missing_package_that_is_required_is_an_error(
    run: pytest.Pytester, no_debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "ROOT", no_debian)
    result = run.runpytest_inprocess("--debian=required", *WITHOUT)
    result.assert_outcomes(errors=2, passed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*--debian=required: apt-get install wordnet-base"])


@pytest.mark.parametrize("debian_option", ["found", "required"])
def test_only_what_is_marked_sees_the_packages(
    debian_option: str, run: pytest.Pytester, own_debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "ROOT", own_debian)
    result = run.runpytest_inprocess(f"--debian={debian_option}", *WITHOUT)
    result.assert_outcomes(passed=3)


def test_packages_can_be_hidden(
    run: pytest.Pytester, own_debian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "ROOT", own_debian)
    result = run.runpytest_inprocess("--debian=hidden", "-rs", *WITHOUT)
    result.assert_outcomes(skipped=2, passed=1)
    result.stdout.fnmatch_lines(["SKIPPED *: needs Debian packages: hidden by --debian=hidden"])
