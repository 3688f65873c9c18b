"""The kinds of incident: which item of the negative list each belongs to, and on which days a fact of it lasts.

They stand in `negative_list.yaml`. A kind without an item is held against nobody under D-18.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final, Literal

import yaml
from pydantic import TypeAdapter

from queries.law.marked_yaml import StrictModel

REMOVED: Final = "移出名单"
UNKNOWN_KIND: Final = ("未知情形", "an incident of unknown kind")


class IncidentKind(StrictModel):
    """What the law knows of a kind of incident."""

    item: str | None = None
    en: str
    graded: bool = False
    """Whether facts of it have a severity; a debt has none to know."""
    span: Literal["day", "state", "lasting", "overdue"] = "day"


@cache
def incident_kinds() -> dict[str, IncidentKind]:
    """Return every kind by its canonical word."""
    text = files("queries.law").joinpath("negative_list.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, IncidentKind]).validate_python(yaml.safe_load(text))


@cache
def items() -> dict[str, str]:
    """Return the item of the negative list that each kind of incident belongs to."""
    return {word: kind.item for word, kind in incident_kinds().items() if kind.item is not None}


@cache
def kinds_of(item: str) -> tuple[str, ...]:
    """Return the kinds of an item."""
    return tuple(kind for kind, of in items().items() if of == item)


def is_graded(kind: str | None) -> bool:
    """Return whether facts of a kind have a severity; one of unknown kind may."""
    return kind is None or incident_kinds()[kind].graded


def kind_words(kind: str | None) -> tuple[str, str]:
    """Return a kind in Chinese and English."""
    return UNKNOWN_KIND if kind is None else (kind, incident_kinds()[kind].en)
