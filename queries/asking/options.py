"""Options that several questions share, worded for people. A question's own options stand in its file."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from graph_model.errors import RefusedValueError
from queries.asking.question import Options
from queries.asking.reading import read_day
from queries.law.ruleset import RulesOption, draft_value

TierOption = Literal["district", "city", "provincial", "national"]
BaseOption = Literal["above_scale", "manufacturer", "above_scale_manufacturer", "all"]
CategoryOption = Literal["factory", "park", "supply_chain"]
ScopeOption = Literal["mainland", "all", "province"]
ListScope = Literal["province", "national"]
Jurisdiction = Literal["recorded", "province"]

_DECIMAL = re.compile(r"\d+(\.\d*)?|\.\d+")


def option(default: Any, zh: str, en: str, **limits: Any) -> Any:
    """Return a pydantic field with its description in both languages.

    `...` as default makes it required; it then has `examples`, of which the first, a unit of examples/lists, stands in the docs.
    """
    return Field(default, description=en, json_schema_extra={"zh": zh}, **limits)


def read_threshold(value: object) -> object:
    """Return a threshold exactly as written: `50%` and `0.5` are one half; above 1 without `%`, or above 100%, is refused."""
    if value is None or isinstance(value, Fraction):
        return value
    text = str(value).strip().replace("％", "%")
    number = text.removesuffix("%").strip()
    if not _DECIMAL.fullmatch(number):
        raise RefusedValueError("门槛应写成 0.1 或 10%", "a threshold is written 0.1 or 10%")
    fraction = Fraction(Decimal(number)) / (100 if text.endswith("%") else 1)
    if fraction > 1:
        raise RefusedValueError("门槛不能超过 100%；大于 1 的数要带 %", "at most 100%; a number above 1 needs %")
    return fraction


Threshold = Annotated[Fraction | None, BeforeValidator(read_threshold)]


def tier_option() -> Any:
    """Return the option `tier`: at least that tier counts as green."""
    return option("city", "至少达到的层级", "at least this tier counts as green")


def base_option() -> Any:
    """Return the option `base`: which enterprises are counted."""
    return option("above_scale", "口径：规上、制造业、规上制造业或全部", "which enterprises are counted")


def _several_days(value: object) -> object:
    """Take days parted by commas, or one day, for a list of days."""
    parts = re.split("[,，、]", value) if isinstance(value, str) else [value] if isinstance(value, date) else value
    days = parts if isinstance(parts, list | tuple) else [parts]
    return tuple(sorted({read_day(day, "also_on") for day in days if day not in ("", None)}))


class DaysOptions(Options):
    """Further days that are told side by side with the one asked."""

    also_on: Annotated[tuple[date, ...], BeforeValidator(_several_days)] = option(
        (),
        "并列哪些日期（逗号分隔；--as-of 写几个日期与此相同）",
        "further days side by side; the same as several days in as_of",
    )


class LinkOptions(Options):
    """Which green, how far upstream, which suppliers, which links."""

    tier: TierOption = tier_option()
    depth: int = option(1, "供应级数", "steps upstream", ge=1, le=100)
    scope: ScopeOption = option("mainland", "供应商范围：境内、全部或省内", "which suppliers are counted")
    key_only: bool = option(False, "只沿关键供应商", "follow only links of key suppliers")
    max_age: int = option(2, "按年度清单最多早几年", "years that a by-year list may be old", ge=0, le=100)


class BanOptions(Options):
    """A ban that might be (agency, on, authority), or none for the recorded ones."""

    agency: str | None = option(None, "假设被认定的机构（与 on、authority 同时给出）", "agency of a hypothetical ban")
    on: date | None = option(None, "假设的认定日期", "day of the hypothetical decision")
    authority: str | None = option(
        None, "假设的认定地区，如 南京市、江苏省、全国", "who decides: a region, 全国, a ministry"
    )
    jurisdiction: Jurisdiction = option(
        "recorded", "适用范围：按认定地区，或全省适用", "as decided, or the whole province"
    )
    lookback_years: int = option(draft_value("D-24", "lookback_years"), "追溯年数", "years looked back", ge=0, le=50)
    rules: RulesOption | None = option(
        None, "规则集，决定不予受理几年；不写为 js-draft", "rule set that says how long a ban lasts; else js-draft"
    )
    rules_file: str | None = option(None, "自己的规则集文件（YAML）", "a rule set file of your own (YAML)")

    @model_validator(mode="after")
    def _belong_together(self) -> BanOptions:
        given = [value is not None for value in (self.agency, self.on, self.authority)]
        if any(given) and not all(given):
            raise RefusedValueError(
                "agency、on、authority 要么同时给出，要么都不给", "give agency, on and authority together"
            )
        return self
