"""The columns that answers may have: label, kind and meaning of each, read from `columns.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from graph_model.bilingual import Bilingual
from queries.answers.column import Column

if TYPE_CHECKING:
    from collections.abc import Mapping


def columns(*names: str) -> tuple[Column, ...]:
    """Return columns by name; `green@flag` is the column `green` in its meaning as a yes or no."""
    return tuple(catalogue()[name] for name in names)


@cache
def catalogue() -> dict[str, Column]:
    """Return every column by its key in the file."""
    text = files("queries.answers").joinpath("columns.yaml").read_text(encoding="utf-8")
    return {
        key: Column(key.partition("@")[0], label, kind, Bilingual(zh, en), _codes(*codes))
        for key, (kind, label, zh, en, *codes) in yaml.safe_load(text).items()
    }


def _codes(codes: Mapping[str, tuple[str, str]] | None = None) -> dict[str, Bilingual]:
    return {code: Bilingual(*words) for code, words in (codes or {}).items()}
