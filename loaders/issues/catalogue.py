"""The catalogue of issues, read from `catalogue.yaml`: level, what is wrong, what was expected and the cure."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Final, NamedTuple

import yaml

from graph_model.bilingual import Bilingual
from graph_model.values import Level as Level

LEVELS: Final[tuple[Level, ...]] = ("error", "warning", "hint")


class IssueKind(NamedTuple):
    """One kind of issue."""

    code: str
    level: Level
    what: Bilingual
    expected: Bilingual
    cure: Bilingual


_NOTHING_TO_DO: Final = ("无需处理", "nothing to do")


def _kind(code: str, entry: dict[str, Any]) -> IssueKind:
    what, expected, cure = entry["what"], entry.get("expected", ("", "")), entry.get("cure", _NOTHING_TO_DO)
    return IssueKind(code, entry["level"], Bilingual(*what), Bilingual(*expected), Bilingual(*cure))


def _catalogue() -> dict[str, IssueKind]:
    text = files("loaders.issues").joinpath("catalogue.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # Ten times faster, where it was built.
    return {code: _kind(code, entry) for code, entry in yaml.load(text, loader).items()}  # noqa: S506 - both are safe


KINDS: Final = _catalogue()
"""Every kind by code."""
