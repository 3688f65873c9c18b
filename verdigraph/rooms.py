"""Whether the four rooms that would be imported are ours.

Their names were chosen by the user and are plain words: the registry holds another `queries`, whose installation overwrites
ours, and a `queries.py` beside a notebook goes before it. Either would fail far away with a message that helps nobody.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

ROOMS = ("graph_model", "loaders", "queries", "reports")
MARK = "A room of Verdigraph."
"""What the first line of each room says."""


def foreign_room() -> str | None:
    """Return one sentence in Chinese and English if a room is missing or somebody else's, else None; nothing is imported."""
    for room in ROOMS:
        source = _source(room)
        if source is None:
            return _sentence(room, "没有安装", "is not installed")
        if MARK not in _first_line(source):
            return _sentence(room, f"来自别的软件或文件：{source}", f"is somebody else's: {source}")
    return None


def _source(room: str) -> Path | None:
    """Return the file that `import room` would run; a namespace package has none."""
    module = sys.modules.get(room)
    if module is not None:
        return Path(module.__file__) if module.__file__ else None
    spec = find_spec(room)
    return Path(spec.origin) if spec and spec.origin else None


def _first_line(source: Path) -> str:
    with source.open(encoding="utf-8", errors="replace") as lines:
        return lines.readline()


def _sentence(room: str, chinese: str, english: str) -> str:
    return (
        f"程序包 {room} {chinese}。请把同名的文件改名，或卸载同名的软件包，"
        "再重新安装 verdigraph（pip install --force-reinstall verdigraph）。\n"
        f"The package {room} {english}. Rename the file or uninstall the package of that name, then install verdigraph again "
        "(pip install --force-reinstall verdigraph)."
    )
