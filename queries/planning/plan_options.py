"""What a plan is asked for: goal, limits, who must be in it and who must not, what it is to help. SPEC 9.1."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from graph_model.errors import RefusedValueError
from queries.asking.options import BaseOption, CategoryOption, Threshold, base_option, option
from queries.planning.candidates import UnknownBars
from queries.planning.places import Weights

GoalOption = Literal["progress", "count", "crossings", "output", "coverage"]
PlanTier = Literal["city", "provincial", "national"]


def _several(value: object) -> object:
    """Take one text for a list of one."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value


def _amount(value: object) -> object:
    """Return an amount exactly as written."""
    if value is None or isinstance(value, Fraction):
        return value
    try:
        amount = Fraction(Decimal(str(value).strip()))
    except ArithmeticError:
        raise RefusedValueError("应为数字，单位万元", "a number in 10k yuan is expected") from None
    if amount < 0:
        raise RefusedValueError("不能小于 0", "at least 0 is expected")
    return amount


Several = Annotated[tuple[str, ...], BeforeValidator(_several)]
Amount = Annotated[Fraction | None, BeforeValidator(_amount)]


_NOT_BY_YEARS: Final = frozenset(
    ("count", "budget", "city_min", "city_max", "quotas", "bonus", "robust", "weights", "park_target", "leader_target")
)
"""What limits or weighs one choice: a plan by years lists as few as its line needs."""


class PlanOptions(BaseModel):
    """What is planned, by which rules, how much of it, and for whom."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    category: CategoryOption = option("factory", "培育类别", "category to cultivate")
    tier: PlanTier = option("city", "培育目标层级", "tier to be reached")
    base: BaseOption = base_option()
    rules: str | None = option(None, "规则集，不写时按日期", "rule set; else the one of the day")
    rules_file: str | None = option(None, "自己的规则集文件（YAML）", "a rule set file of your own (YAML)")
    goal: GoalOption | None = option(
        None,
        "目标：progress 向目标推进（默认）、count 数量多、crossings 达标家数、output 产值占比、coverage 均衡覆盖",
        "what to aim at; progress by default, coverage for parks and leaders",
    )
    count: int | None = option(
        None, "最多选几家（默认 30；给出经费时不限）", "how many at most; 30 without a budget", ge=0
    )
    budget: Amount = option(
        None, "经费上限，万元；费用取自培育费用表", "budget in 10k yuan; costs are in the table costs"
    )
    park_target: Threshold = option(
        None, "园区占比目标，如 10%", "target share of parks; else the best quarter of today"
    )
    leader_target: Threshold = option(
        None, "龙头企业占比目标，如 30%", "target ratio of leaders; else the best quarter"
    )
    weights: Weights = option("base", "权重：按家数、均等、按产值或采购额", "weights of parks and leaders")
    city_min: int | None = option(None, "每个设区市至少几家", "at least so many of each city", ge=0)
    city_max: int | None = option(None, "每个设区市最多几家", "at most so many of each city", ge=0)
    quotas: str | None = option(None, "各市名额文件（csv：city,min,max）", "file of quotas (csv: city,min,max)")
    include: Several = option((), "必选单位：名称、代码或文件", "units that must be in it: names, codes, or a file")
    exclude: Several = option((), "不选单位：名称、代码或文件", "units that must not: names, codes, or a file")
    for_: Several = option(
        (), "只帮助：park=园区、leader=龙头企业、city=设区市", "help these only: park=, leader= or city="
    )
    horizon: int = option(24, "不符合的情形最迟几个月内消除", "months in which failing bars must heal", ge=0, le=600)
    unknown: UnknownBars = option("include", "情况未明的单位：可选、不选、只选", "units with unknown bars")
    ready: bool = option(False, "只选手续齐备的单位", "only units with no work left")
    bonus: Amount = option(Fraction(0), "带重点标签的单位每家加多少", "what a focus tag adds to each chosen unit")
    until: int | None = option(
        None,
        "到哪一年达到产值占比目标，逐年列出（与 goal=output 合用）",
        "the year by which output reaches its target",
        ge=2000,
        le=2100,
    )
    target: Threshold = option(
        None, "与 until 合用：产值占比目标；不写为超过 40%", "with until: target share of output; else above 40%"
    )
    growth: str | None = option(
        None, "与 until 合用：增长假设文件（csv）", "with until: file of assumed growth (csv: scenario,whole,factories)"
    )
    robust: bool = option(False, "按占比下限计算（未知按不利情形）", "the lower bound of shares in place of shares")

    @model_validator(mode="after")
    def _goal_fits(self) -> PlanOptions:
        if self.category != "factory" and self.goal not in (None, "coverage"):
            raise RefusedValueError(
                f"培育{self.category}时目标只能是 coverage", f"with {self.category} the one goal is coverage"
            )
        if self.for_ and self.chosen_goal in ("output", "coverage"):
            raise RefusedValueError(
                f"目标 {self.chosen_goal} 不针对园区或龙头企业，不能用 for", f"for does not fit {self.chosen_goal}"
            )
        self._until_fits()
        if self.category != "factory" and "base" in self.model_fields_set:
            raise RefusedValueError("base 只适用于绿色工厂", "base fits category factory only")
        return self

    def _until_fits(self) -> None:
        """Raise RefusedValueError for what only a plan by years takes, or what it does not take."""
        if self.until is None:
            if self.target is not None or self.growth is not None:
                raise RefusedValueError("target、growth 与 until 合用", "target and growth go with until")
            return
        if self.chosen_goal != "output":
            raise RefusedValueError("until 只用于 goal=output", "until goes with goal=output only")
        if unfit := sorted(_NOT_BY_YEARS & self.model_fields_set):
            listed = "、".join(unfit)
            raise RefusedValueError(f"until 不能与 {listed} 合用", f"until does not go with {', '.join(unfit)}")

    @property
    def chosen_goal(self) -> str:
        """Return the goal, which without one is progress, and coverage for parks and leaders."""
        return self.goal or ("progress" if self.category == "factory" else "coverage")

    @property
    def most(self) -> int | None:
        """Return how many may be chosen at most."""
        return self.count if self.count is not None or self.budget is not None else 30

    def shown(self) -> dict[str, Any]:
        """Return the options as an answer tells them: without those that were left open, `for` by its name."""
        options = self.model_dump() | {"goal": self.chosen_goal}
        return {name.rstrip("_"): value for name, value in options.items() if value not in (None, ())}
