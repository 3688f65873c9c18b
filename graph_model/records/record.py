"""What every record shares: how a column is declared, and what a record is."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

USCC = ("统一社会信用代码", "社会信用代码", "信用代码", "统一信用代码", "统一社会信用代码证号")
"""Headers of a unit's credit code; nearly every table has them."""


def column(*headers: str, required: bool = False) -> Any:
    """Return a pydantic field found under any of the Chinese `headers`; the first one is its label."""
    extra: dict[str, Any] = {"headers": list(headers), "required": required}
    if required:
        return Field(json_schema_extra=extra)
    return Field(default=None, json_schema_extra=extra)


class Record(BaseModel):
    """A row of an input table. `None` is unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    table: ClassVar[str]
    title: ClassVar[str]
    also: ClassVar[tuple[str, ...]] = ()
    """Words in a title, file, sheet or folder name that point to this table when headers leave it open."""
    same_fact: ClassVar[tuple[str, ...]]
    """Columns that make two rows the same fact; `unit` stands for whoever name and code resolve to."""

    @model_validator(mode="after")
    def _required_values_are_known(self) -> Self:
        fields = type(self).model_fields
        unknown = [name for name, info in fields.items() if info.is_required() and getattr(self, name) is None]
        if unknown:
            raise ValueError(f"unknown but required: {', '.join(unknown)}")
        return self
