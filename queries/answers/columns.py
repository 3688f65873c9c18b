"""The columns that answers may have: label, kind and meaning of each, read from `columns.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from graph_model.bilingual import Bilingual
from queries.answers.column import Column


def columns(*names: str) -> tuple[Column, ...]:
    """Return columns by name; `green@flag` is the column `green` in its meaning as a yes or no."""
    return tuple(_catalogue()[name] for name in names)


@cache
def _catalogue() -> dict[str, Column]:
    text = files("queries.answers").joinpath("columns.yaml").read_text(encoding="utf-8")
    return {
        key: Column(key.partition("@")[0], label, kind, Bilingual(zh, en))
        for key, (kind, label, zh, en) in yaml.safe_load(text).items()
    }
