"""The rooms import each other one way only, as CONTRIBUTING.md draws them."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# What each room may import of copydesk; the command may import everything.
MAY_IMPORT = {
    "features/read": {"features.read", "features.stats"},
    "features/compare": {"features.read", "features.compare", "features.stats"},
    "features/measure": {"features.read", "features.compare", "features.measure", "features.stats"},
    "seeds/corpus": {"features", "seeds.corpus"},
    "seeds/search": {"features", "seeds.corpus", "seeds.search"},
    "seeds/store": {"features", "seeds.corpus", "seeds.search", "seeds.store"},
    "seeds/derive": {"features", "seeds.corpus", "seeds.derive"},
    "models": {"features", "models"},
    "train": {"features", "seeds", "models", "train"},
    "predict": {"features", "seeds", "models", "predict", "terminal", "defaults"},
}
EVERYWHERE = {"types", "errors"}


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("copydesk"):
            yield (node.module or "").removeprefix("copydesk").removeprefix(".")


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_a_room_imports_only_what_it_may(room: str) -> None:
    allowed = MAY_IMPORT[room] | EVERYWHERE
    found = {
        f"{path.relative_to(ROOT)}: {module}"
        for path in (ROOT / room).rglob("*.py")
        for module in imports_of(path)
        if not any(module == name or module.startswith(f"{name}.") for name in allowed)
    }
    assert found == set()


def test_no_module_is_imported_in_a_circle() -> None:
    modules = {
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", "."): path
        for room in ("features", "seeds", "models", "train", "predict")
        for path in (ROOT / room).rglob("*.py")
        if path.name != "__init__.py"
    }
    graph = {name: {m for m in imports_of(path) if m in modules} for name, path in modules.items()}
    while leaves := {name for name, needs in graph.items() if not needs & graph.keys()}:
        graph = {name: needs for name, needs in graph.items() if name not in leaves}
    assert graph == {}
