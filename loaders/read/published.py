"""What titles, file, sheet and folder names say about a green list whose headers do not say everything.

The files that MIIT publishes name neither category nor tier. A tier is named by the words 国家级, 省级, 市级, 区级
only: a place name (国家高新区, 江苏省) never decides. SPEC 4, "Published MIIT files".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from graph_model.values import compact
from graph_model.values.codes import BATCH
from loaders.read.headers import HeaderColumn, header_key

NATIONAL_BATCHES: Final = frozenset({"1", "2", "3", "4", "5", "2021"})
"""Batches that under MIIT's headers mean the national tier."""

# 国家级高新区 and 省级开发区 are kinds of parks, 自治区级 is no district.
_NOT_A_PLACE = r"(?!高新|经济|经开|开发|新区|工业|化工|园区|保税|农业|旅游|出口|示范区)"
_TIERS: Final = {
    "national": re.compile(f"国家级{_NOT_A_PLACE}"),
    "provincial": re.compile(f"省级{_NOT_A_PLACE}"),
    "city": re.compile(f"(?<!省)市级{_NOT_A_PLACE}"),
    "district": re.compile(f"(?:(?<!自治)区级|区县级){_NOT_A_PLACE}"),
}
_CATEGORIES: Final = {
    "supply_chain": re.compile("供应链"),
    "factory": re.compile("绿色工厂"),
    "park": re.compile("绿色(?:工业)?园区"),
    "product": re.compile("绿色(?:设计)?产品"),
}
_ROUND = "第[零\u3007一二两三四五六七八九十0-9]+批"
_BATCHES = re.compile(rf"(20\d\d年度?{_ROUND}|{_ROUND}|20\d\d年度)(?!.*[-—~至].*批)")
_OF_UNIT: Final = {"factory": "工厂", "park": "园区"}
_REGION = frozenset({"地区", "省份", "省市"})
_AGENCY = frozenset({"第三方评价机构", "第三方评价机构名称"})
_UNITS = frozenset({"工厂名称", "园区", "园区名称", "企业名称"})


@dataclass(frozen=True)
class Context:
    """Texts around a table, the nearest first."""

    titles: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    """Titles of the sheet above an earlier table of it."""
    sheet: str | None = None
    file: str = ""
    folders: tuple[str, ...] = ()

    def near(self) -> tuple[str, ...]:
        """Return titles, sheet and file name."""
        return tuple(filter(None, (*self.titles, self.sheet, self.file)))

    def all(self) -> tuple[str, ...]:
        """Return every text."""
        return tuple(filter(None, (*self.titles, *self.document, self.sheet, self.file, *self.folders)))


@dataclass(frozen=True)
class ListFacts:
    """Category, tier and batch of a whole list; None is not said. `is_national` where MIIT's headers tell."""

    category: str | None
    tier: str | None
    batch: str | None
    is_national: bool

    def known(self) -> frozenset[str]:
        """Return the fields that need no column."""
        said = {"category": self.category, "batch": self.batch, "tier": self.tier}
        return frozenset(field for field, value in said.items() if value)


def list_facts(columns: dict[str, HeaderColumn], context: Context) -> ListFacts:
    """Return what is known of a list beside its columns."""
    header = header_key(columns["unit"].header) if "unit" in columns else ""
    category = _named(_CATEGORIES, context.near()) or _category_of_unit(header) or _named(_CATEGORIES, context.folders)
    batch = next(filter(None, map(_batch_in, context.all())), None)
    tier = _named(_TIERS, context.all())
    published = _is_published(columns)
    if tier is None and published and "batch" not in columns and batch in NATIONAL_BATCHES:
        tier = "national"
    return ListFacts(category, tier, batch, published)


def _is_published(columns: dict[str, HeaderColumn]) -> bool:
    """Tell whether the headers are MIIT's: region, unit and agency, and no tier."""
    keys = {field: header_key(column.header) for field, column in columns.items()}
    fits = (("region", _REGION), ("unit", _UNITS), ("agency", _AGENCY))
    return "tier" not in keys and all(keys.get(field) in known for field, known in fits)


def _category_of_unit(header: str) -> str | None:
    return next((category for category, word in _OF_UNIT.items() if word in header), None)


def _named(patterns: dict[str, re.Pattern[str]], texts: Iterable[str]) -> str | None:
    """Return what the nearest text names that names exactly one."""
    for text in map(compact, texts):
        found = [named for named, pattern in patterns.items() if pattern.search(text)]
        if len(found) == 1:
            return found[0]
    return None


def _batch_in(text: str) -> str | None:
    found = _BATCHES.search(compact(text))
    return BATCH.parse(found[1]).value if found else None
