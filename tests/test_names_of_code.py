"""Names in the code: locals name the thing, a class name occurs once, a file name once in a room."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("graph_model", "loaders", "queries", "reports", "verdigraph")
EMPTY = frozenset({"found", "one", "known", "kept", "mine", "told", "said", "seen", "other"})
"""Words that say nothing of what they hold."""
AT_MOST = 0.015
"""Share of local names that may be empty."""


@cache
def modules() -> dict[Path, ast.Module]:
    paths = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    return {path.relative_to(ROOT): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def locals_of(module: ast.Module) -> Iterator[set[str]]:
    """The parameters and local names of every function."""
    for function in ast.walk(module):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = list(ast.walk(function))
            arguments = {node.arg for node in inside if isinstance(node, ast.arg)}
            stored = {node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
            yield (arguments | stored) - {"self", "cls"}


def empty_share(trees: list[ast.Module]) -> tuple[float, Counter[str]]:
    """The share of local names that are empty words, and how often each stands."""
    names = [name for tree in trees for function in locals_of(tree) for name in function]
    empty = Counter(name for name in names if name in EMPTY)
    return empty.total() / max(len(names), 1), empty


def test_local_names_name_the_thing() -> None:
    share, empty = empty_share(list(modules().values()))
    assert share < AT_MOST, f"{share:.2%} of local names are empty words: {dict(empty)}"


def test_an_empty_word_is_counted_wherever_it_is_bound() -> None:
    planted = (
        "def f(known):\n    for one in known:\n        found = [other for other in one]\n    return found, planted"
    )
    assert empty_share([ast.parse(planted)]) == (1.0, Counter(known=1, one=1, found=1, other=1))


def test_a_class_name_occurs_once() -> None:
    places = defaultdict(list)
    for path, module in modules().items():
        for node in ast.walk(module):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(str(path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


@pytest.mark.parametrize("room", ROOMS)
def test_a_file_name_occurs_once_in_a_room(room: str) -> None:
    """A search for a name finds one file; packages are told by their folder."""
    names = Counter(path.name for path in modules() if path.parts[0] == room and path.name != "__init__.py")
    repeated = {name for name, times in names.items() if times > 1}
    assert repeated == {}.keys()


def test_no_file_is_a_drawer() -> None:
    names = {path.stem for path in modules()}
    assert not names & {"utils", "helpers", "common", "misc"}
