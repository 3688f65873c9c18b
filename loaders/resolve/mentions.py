"""Which columns of which tables name a unit, and of what kind, as the records declare it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph_model.kinds import UnitKind
from graph_model.records import RECORDS, fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class MentionColumn:
    """A column that names a unit, with the column of its code and, per kind it may be, the graph column it becomes."""

    table: str
    name: str
    code: str | None
    what: UnitKind
    columns: Mapping[UnitKind, str]


MENTION_COLUMNS: tuple[MentionColumn, ...] = tuple(
    MentionColumn(table, name, reference.code, reference.kind, reference.columns)
    for table, record in RECORDS.items()
    for name, field in fields_of(record).items()
    if (reference := field.reference) is not None and reference.kind is not UnitKind.RENAMED
)
"""Every mention but those of `name_changes`, which speaks of whoever is known under its names."""
