"""The form of a scheme: groups of indicators, what each is worth, and which of them count."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from graph_model.bilingual import Bilingual
from graph_model.errors import RefusedValueError, UnknownNameError, named_option
from queries.law.marked_yaml import StrictModel, read_marked
from queries.law.user_files import user_text

Direction = Literal["points", "higher", "lower", "yes_no"]
Positive = Annotated[Decimal, Field(gt=0)]
SHIPPED = ("leader", "park", "factory-2016")
BASIC = ".basic"
"""Behind an indicator's id: the answer to its basic requirement, yes or no."""


class Indicator(StrictModel):
    """One indicator. Its term is a fraction 0…1 of its weight.

    `points`: the value is points up to the weight. `higher`: value / lead, at most 1. `lower`: lead / value, at most 1.
    `yes_no`: yes is 1, no is 0. With `basic` it has a basic requirement too, met or not, which is worth nothing and bars all;
    an indicator of weight 0 is nothing but that.
    """

    id: str
    title: Bilingual
    unit: str = ""
    weight: Annotated[Decimal, Field(ge=0)]
    direction: Direction = "points"
    lead: Positive | None = None
    basic: bool = False
    verified: bool

    @property
    def basic_id(self) -> str:
        """Return what a sheet of values calls its basic requirement."""
        return f"{self.id}{BASIC}"

    @model_validator(mode="after")
    def _worth_something(self) -> Indicator:
        if not self.weight and not self.basic:
            raise RefusedValueError("weight 为 0 的指标须有 basic: true", "an indicator of weight 0 needs basic: true")
        return self

    @model_validator(mode="after")
    def _lead_where_needed(self) -> Indicator:
        if self.direction in ("higher", "lower") and self.lead is None:
            raise RefusedValueError("direction 为 higher 或 lower 时须有 lead", "higher and lower need a lead")
        if self.direction in ("points", "yes_no") and self.lead is not None:
            raise RefusedValueError("direction 为 points 或 yes_no 时不写 lead", "points and yes_no take no lead")
        return self


class IndicatorGroup(StrictModel):
    """Indicators that belong together; with `choose` only the best k of them count."""

    id: str
    title: Bilingual
    choose: Annotated[int, Field(ge=1)] | None = None
    indicators: Annotated[tuple[Indicator, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _choice_is_possible(self) -> IndicatorGroup:
        if self.choose is not None:
            if self.choose > len(self.indicators):
                raise RefusedValueError("choose 不能多于本组指标数", "choose is at most the number of indicators")
            if len({indicator.weight for indicator in self.indicators}) > 1:
                raise RefusedValueError(
                    "有 choose 的组，各指标 weight 须相同", "weights are equal in a group with choose"
                )
        return self

    @property
    def counted(self) -> int:
        """Return how many indicators count."""
        return self.choose or len(self.indicators)

    @property
    def worth(self) -> Decimal:
        """Return the weight of those that count."""
        weights = [indicator.weight for indicator in self.indicators]
        return sum(weights[: self.counted], Decimal())


class Scheme(StrictModel):
    """A scheme: what it is, where it comes from, from which index on it is passed."""

    id: str
    title: Bilingual
    source: str
    verified: bool
    total: Positive
    """What the weights of the indicators that count add up to."""
    full: Positive = Decimal(100)
    """The index of a unit with every point."""
    threshold: Annotated[Decimal, Field(ge=0)]
    """The index from which on a unit passes."""
    groups: Annotated[tuple[IndicatorGroup, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _adds_up(self) -> Scheme:
        ids = [indicator.id for indicator in self.indicators]
        if len(set(ids)) < len(ids):
            raise RefusedValueError("指标 id 不能重复", "ids of indicators are distinct")
        worth = sum((group.worth for group in self.groups), Decimal())
        if worth != self.total:
            raise RefusedValueError(
                f"计入的 weight 合计应为 total，现为 {worth}", f"counted weights add up to total, not {worth}"
            )
        return self

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return all indicators in order."""
        return tuple(indicator for group in self.groups for indicator in group.indicators)

    @property
    def basics(self) -> tuple[Indicator, ...]:
        """Return the indicators with a basic requirement, in order."""
        return tuple(indicator for indicator in self.indicators if indicator.basic)

    @property
    def unverified(self) -> int:
        """Return how many indicators have values nobody verified."""
        return sum(not indicator.verified for indicator in self.indicators)


@cache
def shipped_scheme(id: str) -> Scheme:
    """Return a scheme that comes with the program: `leader`, or one of the templates `park` and `factory-2016`."""
    if id not in SHIPPED:
        own = named_option("scheme_file")
        cure = Bilingual(f"自己的方案用 {own}", f"use {own} for your own")
        raise UnknownNameError(Bilingual("评分方案", "scheme"), id, SHIPPED, cure)
    text = files("queries.law.schemes").joinpath(f"{id}.yaml").read_text(encoding="utf-8")
    return read_marked(text, f"{id}.yaml").as_a(Scheme)


def read_scheme(path: str | Path) -> Scheme:
    """Read a scheme of one's own; UsageError with file, line, key and what was expected."""
    return read_marked(user_text(path, Bilingual("方案文件", "scheme file")), str(path)).as_a(Scheme)
