"""The form of a scheme: groups of indicators, what each is worth, and which of them count."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from graph_model.errors import UsageError
from queries.answers.bilingual import Bilingual
from queries.law.marked_yaml import StrictModel, read_marked

Direction = Literal["points", "higher", "lower", "yes_no"]
Positive = Annotated[Decimal, Field(gt=0)]
SHIPPED = ("leader", "park")


class Indicator(StrictModel):
    """One indicator. Its term is a fraction 0…1 of its weight.

    `points`: the value is points up to the weight. `higher`: value / lead, at most 1. `lower`: lead / value, at most 1.
    `yes_no`: yes is 1, no is 0.
    """

    id: str
    title: Bilingual
    unit: str = ""
    weight: Positive
    direction: Direction = "points"
    lead: Positive | None = None
    verified: bool

    @model_validator(mode="after")
    def _lead_where_needed(self) -> Indicator:
        if self.direction in ("higher", "lower") and self.lead is None:
            raise ValueError("direction 为 higher 或 lower 时须有 lead (higher and lower need a lead)")
        if self.direction in ("points", "yes_no") and self.lead is not None:
            raise ValueError("direction 为 points 或 yes_no 时不写 lead (points and yes_no take no lead)")
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
                raise ValueError("choose 不能多于本组指标数 (choose is at most the number of indicators)")
            if len({one.weight for one in self.indicators}) > 1:
                raise ValueError("有 choose 的组，各指标 weight 须相同 (weights are equal in a group with choose)")
        return self

    @property
    def counted(self) -> int:
        """Return how many indicators count."""
        return self.choose or len(self.indicators)

    @property
    def worth(self) -> Decimal:
        """Return the weight of those that count."""
        weights = [one.weight for one in self.indicators]
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
        ids = [one.id for one in self.indicators]
        if len(set(ids)) < len(ids):
            raise ValueError("指标 id 不能重复 (ids of indicators are distinct)")
        worth = sum((group.worth for group in self.groups), Decimal())
        if worth != self.total:
            raise ValueError(
                f"计入的 weight 合计应为 total，现为 {worth} (counted weights add up to total, not {worth})"
            )
        return self

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return all indicators in order."""
        return tuple(one for group in self.groups for one in group.indicators)

    @property
    def unverified(self) -> int:
        """Return how many indicators have values nobody verified."""
        return sum(not one.verified for one in self.indicators)


@cache
def shipped_scheme(id: str) -> Scheme:
    """Return a scheme that comes with the program: `leader`, or the template `park`."""
    if id not in SHIPPED:
        listed = "、".join(SHIPPED)
        raise UsageError(
            f"没有评分方案“{id}”，可用：{listed}；自己的方案用 --scheme-file",
            f"there is no scheme {id!r}; there are {', '.join(SHIPPED)}; use --scheme-file for your own",
        )
    text = files("queries.law.schemes").joinpath(f"{id}.yaml").read_text(encoding="utf-8")
    return read_marked(text, f"{id}.yaml").as_a(Scheme)


def read_scheme(path: str | Path) -> Scheme:
    """Read a scheme of one's own; UsageError with file, line, key and what was expected."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise UsageError(f"读不到 UTF-8 方案文件 {path}", f"cannot read the scheme {path} as UTF-8") from None
    return read_marked(text, str(path)).as_a(Scheme)
