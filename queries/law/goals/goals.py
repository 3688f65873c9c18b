"""Read goals: those that come with the program, and a user's own file of the same form."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import Field, model_validator

from graph_model.bilingual import Bilingual
from graph_model.errors import RefusedValueError
from queries.law.marked_yaml import StrictModel, read_marked
from queries.law.user_files import user_text


class Goal(StrictModel):
    """A count of listed units, or a share of manufacturing output, to be reached by a day."""

    what: Bilingual
    category: Literal["factory", "park", "supply_chain", "product"]
    tier: Literal["district", "city", "provincial", "national"]
    region: str = "江苏省"
    """Whose goal it is: 全国, the province, a city or a county."""
    by: date
    count: int | None = Field(None, ge=0)
    output_share: float | None = Field(None, ge=0, le=100)
    above: bool = False
    """Whether the share is to be exceeded, not only reached."""
    source: str
    verified: bool

    @model_validator(mode="after")
    def _one_measure(self) -> Goal:
        if (self.count is None) == (self.output_share is None):
            raise RefusedValueError("count 与 output_share 写且只写一个", "give either count or output_share")
        if self.output_share is not None and self.category != "factory":
            raise RefusedValueError("output_share 只用于 factory", "output_share is for category factory")
        return self


class Goals(StrictModel):
    """Goals by id."""

    goals: dict[str, Goal]


@cache
def shipped_goals() -> dict[str, Goal]:
    """Return the goals that come with the program."""
    text = files("queries.law.goals").joinpath("goals.yaml").read_text(encoding="utf-8")
    return read_marked(text, "goals.yaml").as_a(Goals).goals


def read_goals(path: str) -> dict[str, Goal]:
    """Read a user's own goals; UsageError with file, line, key and what was expected."""
    return read_marked(user_text(path, Bilingual("目标文件", "file of goals")), path).as_a(Goals).goals
