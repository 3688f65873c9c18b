"""What titles, sheet, file and folder names give a list whose columns do not say everything.

A green list that MIIT publishes names neither category nor tier. A tier is named by a word (国家级, 省级, 市级, 区级, 3A级) only: a
place name never decides. Of several texts the nearest that speaks decides; one that names several leaves it open, and the
list stops. SPEC 4, "Published MIIT files", and 8, "Given by name".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from graph_model.days import day
from graph_model.national_batches import national_batches
from graph_model.regions import jiangsu, level_of
from graph_model.values import compact
from loaders.read.headers import HeaderColumn, header_key
from loaders.read.list_names import LISTS, Context, words_of
from loaders.read.periods import Period, period_in
from loaders.read.removal_names import Removal

NATIONAL_BATCHES: Final = frozenset(national_batches())
"""Batches that under MIIT's headers mean the national tier."""
NATIONAL_ROUNDS: Final = frozenset(batch for batch in NATIONAL_BATCHES if len(batch) < len("2021"))
"""Those of them that are numbered and not named by a year."""
_ROUND_YEARS: Final = {batch: day(national_batches()[batch]).year for batch in NATIONAL_ROUNDS}
_REGION: Final = frozenset({"地区", "省份", "省市"})
_AGENCY: Final = frozenset({"第三方评价机构", "第三方评价机构名称"})
_UNITS: Final = frozenset({"工厂名称", "园区", "园区名称", "企业名称"})
_PARKS: Final = frozenset({"园区", "园区名称"})
_OF_UNIT: Final = {"factory": "工厂", "park": "园区"}
# 级 behind it is a tier, 场 a market; 各市 and 全省 are no place.
_PLACE = re.compile(
    r"(?![各全本我])[\u4e00-\u9fff](?:省|市|县|自治区|自治州|盟)(?![级场])|(?![各全本我园地社分])[\u4e00-\u9fff]区(?![级域])"
)
_NAMES_A_LIST = re.compile("名单|批|绿色|年")
_YEAR_TABLES: Final = frozenset({"annual_figures", "totals", "dynamic_forms"})


@dataclass(frozen=True)
class GivenByName:
    """What stands above a table instead of in a column of it.

    `values` fills blank cells by field; `year` and `round` complete a batch; `open` names, by field, the text that says several
    things at once; `is_national` where MIIT's headers tell the tier of its own batches.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    year: str | None = None
    round: str | None = None
    open: Mapping[str, str] = field(default_factory=dict)
    is_national: bool = False
    removal: Removal | None = None


NOTHING_GIVEN: Final = GivenByName()


def given_by_name(
    table: str, columns: Mapping[str, HeaderColumn], context: Context, removal: Removal | None = None
) -> GivenByName:
    """Return what names give a table beside its columns."""
    if table in LISTS:
        return _of_list(table, columns, context, removal)
    values: dict[str, str] = {}
    opened: dict[str, str] = {}
    if table in ("inspections", "dynamic_forms"):
        _put("category", _named(_categories, context.near()), values, opened)
    if table in _YEAR_TABLES or (table == "supplies" and not {"start", "end"} & columns.keys()):
        period = _period(context.near())
        _put("year", (period.year, _text_of(context, "open_year") if period.open_year else None), values, opened)
    values |= _party(table, columns, context)
    return GivenByName(values, open=opened)


def _of_list(table: str, columns: Mapping[str, HeaderColumn], context: Context, removal: Removal | None) -> GivenByName:
    values: dict[str, str] = {}
    opened: dict[str, str] = {}
    laid_out = _is_laid_out(columns)
    published = table == "listings" and laid_out and not any(map(_speaks_of_a_place, context.near()))
    _put("category", _category(columns, context, laid_out and "agency" in columns), values, opened)
    tier_field = "target_tier" if table == "cultivation" else "tier"
    _put(tier_field, _named(_tiers, context.all()), values, opened)
    if table == "recommendations":
        return GivenByName(values, open=opened)
    period = _period(context.all())
    if table == "cultivation":
        _put("plan_year", (period.year, _text_of(context, "open_year") if period.open_year else None), values, opened)
        return GivenByName(values, open=opened)
    if removal is not None:
        return GivenByName(values, removal.list_year, removal.list_round, opened, is_national=False, removal=removal)
    for name in ("open_year", "open_round"):
        if getattr(period, name) and (text := _text_of(context, name)):
            opened["batch"] = text
    if published and tier_field not in values and _is_a_national_batch(period):
        values["tier"] = "national"
    return GivenByName(values, period.year, period.round, opened, published)


def _is_a_national_batch(period: Period) -> bool:
    if period.open_year or period.open_round:
        return False
    if period.round in NATIONAL_ROUNDS:
        return period.year is None or abs(int(period.year) - _ROUND_YEARS[period.round]) <= 1
    return period.round is None and period.year == "2021"


def _put(name: str, said: tuple[str | None, str | None], values: dict[str, str], opened: dict[str, str]) -> None:
    value, text = said
    if value is not None:
        values[name] = value
    elif text is not None:
        opened[name] = text


def _is_laid_out(columns: Mapping[str, HeaderColumn]) -> bool:
    """Tell whether a table is laid out as MIIT does; its park and supply-chain lists of 2021 have no agency."""
    keys = {name: header_key(column.header) for name, column in columns.items()}
    of_ministry = keys.get("region") in _REGION and keys.get("unit") in _UNITS and "tier" not in keys
    agency = keys.get("agency") in _AGENCY or (keys.get("unit") in _PARKS and "agency" not in keys)
    return of_ministry and agency


def _speaks_of_a_place(text: str) -> bool:
    """Tell whether a name is that of a province's, a city's or a county's list.

    A province in front of a stroke (江苏_绿色工厂名单) says whose rows were kept of a list, not whose list it is.
    """
    if _PLACE.search(text):
        return True
    return any(
        place in segment
        for segment in re.split(r"[_\-—|]", text)
        if _NAMES_A_LIST.search(segment)
        for place in _short_places()
    )


@cache
def _short_places() -> tuple[str, ...]:
    """Return every province, city and county as people write it, without the word for what it is."""
    spelled = jiangsu().names.spelled
    return tuple(text for text in spelled if 2 <= len(text) <= 4 and not text.isascii())


def is_province(text: str) -> bool:
    """Tell whether a cell of 地区 is one of those under which the ministry publishes."""
    word = compact(text)
    return word in words_of("ministry_regions") or level_of(jiangsu().read(text).code) == 1


def _category(columns: Mapping[str, HeaderColumn], context: Context, laid_out: bool) -> tuple[str | None, str | None]:
    """Return the category of a whole list, or the text that leaves it open."""
    header = header_key(columns["unit"].header) if "unit" in columns else ""
    by_header = next((category for category, word in _OF_UNIT.items() if word in header), None)
    named, text = _named(_categories, context.near())
    if text is not None:
        return (by_header, None) if by_header in _categories(text) else (None, text)
    if named is not None:
        # The ministry's list of supply chains of 2021 calls its companies 园区名称: there the title decides.
        against = by_header is not None and by_header != named and named != "supply_chain"
        return (None, f"{header}、{_text_naming(named, context)}") if against and named != "product" else (named, None)
    green = any(word in text for text in context.near() for word in words_of("any_category"))
    if by_header is not None and (laid_out or green):
        return by_header, None
    return _named(_categories, context.all())


def _text_naming(category: str, context: Context) -> str:
    return next(text for text in context.near() if category in _categories(text))


def _named(read: object, texts: Iterable[str]) -> tuple[str | None, str | None]:
    """Return what the nearest text that speaks names; the text itself where it names several."""
    for text in texts:
        named = read(text)  # type: ignore[operator]
        if len(named) == 1:
            return next(iter(named)), None
        if named:
            return None, text
    return None, None


@cache
def _categories(text: str) -> frozenset[str]:
    """Return the categories that a text names; a word inside a longer one does not count."""
    found = {
        (place.start(), place.end(), category)
        for category, words in words_of("categories").items()
        for word in words
        for place in re.finditer(word, text)
    }
    return frozenset(
        category
        for start, end, category in found
        if not any(first <= start and end <= last and last - first > end - start for first, last, _ in found)
    )


@cache
def _tiers(text: str) -> frozenset[str]:
    return frozenset(tier for tier, pattern in _tier_patterns().items() if pattern.search(text))


@cache
def _tier_patterns() -> dict[str, re.Pattern[str]]:
    """Return the pattern of each tier: its words where no grade of a park or office follows, or short in front of a category."""
    not_a_tier = "|".join(words_of("not_a_tier"))
    categories = "|".join(word for words in words_of("categories").values() for word in words)
    patterns = {}
    for tier, words in words_of("tiers").items():
        whole = "|".join(re.escape(compact(word)) for word in sorted(words, key=len, reverse=True))
        short = "|".join(words_of("short_tiers")[tier])
        before = {"provincial": "(?<!副)", "city": "(?<![省A-Z\\d])", "district": "(?<![治A-Z\\d])"}.get(tier, "")
        patterns[tier] = re.compile(
            f"{before}(?:{whole})(?!{not_a_tier})|(?:^|(?<=[年度批次\\W\\d]))(?:{short})(?={categories}|绿色制造)"
        )
    return patterns


def _period(texts: Iterable[str]) -> Period:
    """Return year and round, each from the nearest text that names it."""
    periods = [period_in(text) for text in texts]
    year = next((period for period in periods if period.year or period.open_year), Period(None, None))
    number = next((period for period in periods if period.round or period.open_round), Period(None, None))
    return Period(year.year, number.round, year.open_year, number.open_round)


def _text_of(context: Context, name: str) -> str | None:
    return next((text for text in context.all() if getattr(period_in(text), name)), None)


def _party(table: str, columns: Mapping[str, HeaderColumn], context: Context) -> dict[str, str]:
    """Return the buyer of a list of suppliers or the park of a list of tenants, where a name begins with it.

    A buyer whom no name tells is the one that was given with the list (`--buyer`).
    """
    name, group, behind = {
        "supplies": ("buyer", "buyer_ends", "供应商|供货商|合格供应商|采购"),
        "tenancies": ("park", "park_ends", "入园|入驻|在园|园区企业|园内企业|进驻|落户"),
    }.get(table, ("", "", ""))
    if not name or name in columns:
        return {}
    for text in context.written():
        begins = re.match(
            rf"(?:附件\d*[::、]?|20\d\d年度?|\d+[.、]?)*(.+?)(?:20\d\d年度?|的|\d*[(_\-])*(?:{behind})", text
        )
        if begins and _is_own_name(begins[1], group):
            return {name: begins[1]}
    return {"buyer": context.buyer} if name == "buyer" and context.buyer is not None else {}


def _is_own_name(text: str, group: str) -> bool:
    """Tell whether a text is the name of one firm or park, and not a word for all of them."""
    end = next((end for end in words_of(group) if text.endswith(end)), None)
    many = re.match(r"各|全部|所有|重点|其他|有关|相关|本|我|链主|全[省市区]|[国省市区县]家?级", text)
    return end is not None and len(text) > len(end) + 1 and many is None and text not in words_of(group)
