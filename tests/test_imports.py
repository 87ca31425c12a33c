"""What is imported from the top: cheap until it is used, and callable under both its names."""

import copy
import inspect
import pickle
import pydoc
import subprocess
import sys

import pytest

import copydesk
import copydesk.predict.jobs
from copydesk import predict
from copydesk.predict import Scorer
from copydesk.predict import predict as function
from copydesk.types import Article, Verdict

HEAVY = ("numpy", "sklearn", "pandas", "pyarrow", "torch", "rich", "copydesk.predict")


def loaded_after(code: str) -> set[str]:
    """Give which modules a new process has loaded."""
    script = f"import sys\n{code}\nprint(*sys.modules)"
    finished = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(finished.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import copydesk",
        "import copydesk; dir(copydesk)",
        "from copydesk import Article, Verdict; Article('a', 'text')",
    ],
)
def test_the_top_and_the_types_load_nothing_heavy(code: str) -> None:
    loaded = loaded_after(code)
    assert "copydesk" in loaded
    assert loaded & set(HEAVY) == set()


def test_importing_the_top_loads_no_other_module_of_copydesk() -> None:
    modules = loaded_after("import copydesk")
    assert {name for name in modules if name.startswith("copydesk")} == {"copydesk"}


@pytest.mark.parametrize(
    "code",
    [
        "from copydesk import predict; assert callable(predict)",
        "import copydesk; assert callable(copydesk.predict)",
        "import copydesk; copydesk.Scorer.load",
    ],
)
def test_what_is_asked_for_is_loaded(code: str) -> None:
    assert "copydesk.predict.scorer" in loaded_after(code)


def test_names_are_listed_before_they_are_loaded() -> None:
    names = {*copydesk.__all__, "__version__"}
    loaded_after(f"import copydesk; assert {names} <= set(dir(copydesk))")


@pytest.mark.parametrize("name", copydesk.__all__)
def test_each_public_name_is_there(name: str) -> None:
    value = getattr(copydesk, name)
    home = copydesk.predict if name in ("Scorer", "predict") else copydesk.types
    assert value is (home if name == "predict" else getattr(home, name))


def test_the_version_is_the_package_s() -> None:
    assert copydesk.__version__.count(".") == 2


def test_a_name_that_is_not_there_is_refused() -> None:
    with pytest.raises(AttributeError, match="module 'copydesk' has no attribute 'guess'"):
        copydesk.guess  # type: ignore[attr-defined]  # noqa: B018


def test_the_package_says_what_the_function_says(bridge: dict[str, Article]) -> None:
    spun, wire = bridge["spun"], bridge["wire"]
    verdict = predict(spun.text, source=wire.text)
    assert isinstance(verdict, Verdict)
    assert verdict == function(spun.text, source=wire.text)
    assert predict(spun, wire) == function(spun, wire)


def test_the_package_is_still_a_package() -> None:
    package = sys.modules["copydesk.predict"]
    assert predict is package
    assert copydesk.predict is package
    assert inspect.ismodule(package)
    assert package.predict is function
    assert package.jobs is sys.modules["copydesk.predict.jobs"]


def test_it_has_the_signature_and_the_help_of_the_function() -> None:
    assert inspect.signature(predict) == inspect.signature(function)
    assert inspect.getdoc(type(predict).__call__) == inspect.getdoc(function)
    shown = pydoc.plain(pydoc.render_doc(predict))
    assert "after ``from copydesk import predict``, ``predict(text)`` does" in shown
    assert "predict(text: 'str | Article', source" in shown


@pytest.mark.parametrize("one", [predict, function, Scorer], ids=["package", "function", "class"])
def test_it_can_be_sent_to_another_process(one: object) -> None:
    assert pickle.loads(pickle.dumps(one)) is one
    assert copy.deepcopy(one) is one


def test_threads_may_load_it_at_once() -> None:
    code = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "import copydesk\n"
        "with ThreadPoolExecutor(8) as threads:\n"
        "    found = set(threads.map(lambda _: id(copydesk.Scorer), range(8)))\n"
        "assert len(found) == 1, found\n"
    )
    assert "copydesk.predict.scorer" in loaded_after(code)
