"""What every record shares: how a column is declared, and what a record is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from graph_model.column_types import COLUMN_TYPES, ColumnType, ref
from graph_model.kinds import NODE_KINDS, UnitKind
from graph_model.values import Kind

USCC = ("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "统一社会信用代码证号")
"""Headers of a unit's credit code; nearly every table has them."""


def column(
    *headers: str,
    required: bool = False,
    may_be_unknown: bool = False,
    key: bool | tuple[str, ...] = False,
    names: UnitKind | None = None,
    code: str | None = None,
    keep: ColumnType | None = None,
    feeds: tuple[str, ...] = (),
    dropped: str = "",
) -> Any:
    """Return a field found under any of the Chinese `headers` (the first one is its label), and say what becomes of it.

    `may_be_unknown`: of a required column, a cell that says nothing or cannot be read leaves the row in; a check without a
    readable result is no clean one, and an incident of a kind that nobody knows clears nobody.
    `key`: rows that agree in all keys are one fact (a tuple names the graph columns that stand for it in the key).
    `names`: it names a unit of this kind, whose credit code stands in the field `code`. `keep`: the graph has a column of its
    name and this type. `feeds`: derived columns of the graph that are worked out from it. `dropped`: why it goes no further.
    """
    extra: dict[str, Any] = {
        "headers": list(headers),
        "required": required,
        "may_be_unknown": may_be_unknown,
        "key": list(key) if isinstance(key, tuple) else key,
        "names": names.value if names else None,
        "code": code,
        "keep": keep.name if keep else None,
        "feeds": list(feeds),
        "dropped": dropped,
    }
    if required:
        return Field(json_schema_extra=extra)
    return Field(default=None, json_schema_extra=extra)


@dataclass(frozen=True, slots=True)
class Reference:
    """Names a unit: of which kind, beside which code, and which column of the graph refers to it per kind it may be."""

    kind: UnitKind
    code: str | None
    columns: dict[UnitKind, str]
    own_row: bool
    """Whether it names the very unit that the row describes: then the row is the unit, and refers to nobody."""


@dataclass(frozen=True, slots=True)
class RecordField:
    """One column of an input table and what becomes of it. SPEC 4."""

    name: str
    kind: Kind
    headers: tuple[str, ...]
    required: bool
    may_be_unknown: bool
    """Whether rows stay whose cell says nothing or cannot be read, though the column is required."""
    reference: Reference | None
    keep: ColumnType | None
    key: tuple[str, ...]
    """Graph columns that stand for it where rows are compared; empty: it is no part of the key."""
    feeds: tuple[str, ...]
    dropped: str

    @property
    def graph_columns(self) -> dict[str, ColumnType]:
        """Return the columns of the graph that hold it: whom it names, and what it says."""
        refers = self.reference.columns if self.reference and not self.reference.own_row else {}
        columns = {name: ref(NODE_KINDS[kind.value].table) for kind, name in refers.items()}
        return columns | ({self.name: self.keep} if self.keep else {})


class Record(BaseModel):
    """A row of an input table. `None` is unknown.

    A record declares its table: headers, kinds, keys, references, and the columns of the graph. The loaders read whole columns
    by the `Kind` of each field; making a record of one row reads it by the same parsers, which the tests hold against them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: ClassVar[str]
    title: ClassVar[str]
    derived: ClassVar[dict[str, ColumnType]] = {}
    """Columns of the graph that no field is kept in: they are worked out."""
    begins: ClassVar[tuple[str, ...]] = ()
    """Fields that say from when on the fact holds, the first known one; none known: it has always held."""
    year_begins: ClassVar[int | None] = None
    """Where no day is known: the fact holds from 1 January of its `year` and so many years later."""

    @model_validator(mode="after")
    def _required_values_are_known(self) -> Self:
        unknown = [name for name in needed(type(self)) if getattr(self, name) is None]
        if unknown:
            raise ValueError(f"unknown but required: {', '.join(unknown)}")
        return self


@cache
def fields_of(record: type[Record]) -> dict[str, RecordField]:
    """Return the columns of a record's table, by name."""
    return {name: _field(record, name) for name in record.model_fields}


def needed(record: type[Record]) -> tuple[str, ...]:
    """Return the fields that every row must know."""
    fields = fields_of(record).values()
    return tuple(field.name for field in fields if field.required and not field.may_be_unknown)


def _field(record: type[Record], name: str) -> RecordField:
    info = record.model_fields[name]
    extra: dict[str, Any] = info.json_schema_extra  # type: ignore[assignment]
    keep = COLUMN_TYPES[extra["keep"]] if extra["keep"] else None
    reference = _reference(record, name, extra)
    key = extra["key"]
    if key is True:
        key = [name] if keep or reference is None else reference.columns.values()
    return RecordField(
        name=name,
        kind=next(part for part in info.metadata if isinstance(part, Kind)),
        headers=tuple(extra["headers"]),
        required=extra["required"],
        may_be_unknown=extra["may_be_unknown"],
        reference=reference,
        keep=keep,
        key=tuple(key or ()),
        feeds=tuple(extra["feeds"]),
        dropped=extra["dropped"],
    )


def _reference(record: type[Record], name: str, extra: dict[str, Any]) -> Reference | None:
    """Return whom a field names. A column of the graph is called as the field, or by the kind where a kind is open."""
    if extra["names"] is None:
        return None
    kind = UnitKind(extra["names"])
    prefix = f"{name}_" if kind is UnitKind.SPONSOR else ""
    columns = {unit: prefix + unit.value for unit in kind.may_be}
    if kind.may_be == (kind,) and name != "name":
        columns = {kind: name}
    own_row = any(NODE_KINDS[unit.value].table == record.table for unit in columns)
    return Reference(kind, extra["code"], columns, own_row)
