"""Lists out, in the layout of published lists and of the yearly summaries: 名单, 推荐汇总表, 培育计划表, 名单变更汇总表.

The first three are lists like any other (mark `input`): loaded again they give the same facts. The summary of changes is an
answer. What nobody can say is still valid (an end that cannot be read) is left out, and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.tiers import CATEGORY_ZH, TIER_ZH
from queries.registry import QUESTIONS
from reports.books.tables import add_sheet, table_of
from reports.books.worklists import WorkContext
from reports.sheets import Book, Head
from reports.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from queries import Session
    from reports.scope import ReportScope

UNIT_HEADS: Final = {"factory": "工厂名称", "park": "园区名称", "supply_chain": "企业名称", "product": "单位名称"}
SHEET_NAMES: Final = {
    "factory": "绿色工厂名单", "park": "绿色工业园区名单", "supply_chain": "绿色供应链管理企业名单", "product": "绿色产品名单",
}  # fmt: skip
CATEGORY_WORDS: Final = {category.value: words for category, words in CATEGORY_ZH.items()}
TIER_WORDS: Final = {tier.id: words for tier, words in TIER_ZH.items()}
TIER_PLACE: Final = {tier.id: -int(tier) for tier in TIER_ZH}
DAYS: Final = frozenset({"公布日期", "移出日期", "推荐日期", "起始日期", "终止日期", "报送日期"})
CODE: Final = "统一社会信用代码"


@dataclass(frozen=True)
class WrittenLists:
    """The files that were written, and what they leave out."""

    paths: tuple[Path, ...]
    notes: tuple[Bilingual, ...] = ()


def write(session: Session, scope: ReportScope, folder: Path) -> WrittenLists:
    """Write the lists that concern the audience into a folder."""
    context = WorkContext(session, scope.audience(session))
    listed, unsure = _listings(context)
    books = {
        "绿色制造名单.xlsx": _book("绿色制造名单", listed),
        "推荐汇总表.xlsx": _book("推荐汇总表", {"推荐汇总": _recommendations(context)}),
        "培育计划表.xlsx": _book("培育计划表", {"培育计划": _cultivation(context)}),
        "名单变更汇总表.xlsx": _changes(context),
    }
    for name, content in books.items():
        write_whole(folder / name, content)
    notes = (_unsure_note(unsure),) if unsure else ()
    return WrittenLists(tuple(folder / name for name in books), notes)


def _unsure_note(count: int) -> Bilingual:
    return Bilingual(
        f"{count} 项名单的移出日期无法读出，是否仍有效未知，未列入",
        f"{count} listings whose end cannot be read are left out",
    )


def _book(title: str, tables: Mapping[str, pd.DataFrame]) -> bytes:
    """Return lists as a workbook, a sheet each, every cell as text or a day; running numbers first."""
    with Book(title, mark="input") as book:
        for name, table in tables.items():
            heads = [Head("序号"), *(Head(column, "day" if column in DAYS else "text") for column in table.columns)]
            rows = (
                (str(number), *map(_cell, row))
                for number, row in enumerate(table.itertuples(index=False, name=None), 1)
            )
            book.sheet(name, heads, rows, fixed=3)
    return book.to_bytes()


def _cell(value: Any) -> Any:
    if value is None or pd.isna(value):
        return None
    return value.date() if isinstance(value, pd.Timestamp) else str(value)


def _units(context: WorkContext, table: str) -> pd.DataFrame:
    """Return the facts of a table that concern the audience, with `unit`, `unit_id` and the credit code of each."""
    facts = context.session.table(table)
    facts["unit"] = facts["enterprise"].fillna(facts["park"])
    facts["unit_id"] = facts["enterprise_id"].fillna(facts["park_id"])
    known = context.kept(facts[facts["unit_id"].notna().to_numpy()].reset_index(drop=True))
    ids = known["unit_id"].astype(str)
    return known.assign(code=ids.str.removeprefix("uscc:").where(ids.str.startswith("uscc:"), None))


def _listings(context: WorkContext) -> tuple[dict[str, pd.DataFrame], int]:
    """Return the active listings by category, highest tier first, and how many may have ended, nobody can say."""
    day = pd.Timestamp(context.view.day)
    facts = _units(context, "listings")
    begun = pd.to_datetime(facts["published_on"]) <= day
    ended = pd.to_datetime(facts["removed_on"]) <= day
    unsure = begun & ~ended & facts["end_unknown"].fillna(False).astype(bool)
    active = facts[(begun & ~ended & ~unsure).to_numpy()].assign(tier_place=lambda rows: rows["tier"].map(TIER_PLACE))
    ordered = active.sort_values(["tier_place", "published_on", "region_code", "unit_id"], kind="stable")
    tables = {
        SHEET_NAMES[category]: pd.DataFrame(
            {
                "地区": rows["region"],
                UNIT_HEADS[category]: rows["unit"],
                CODE: rows["code"],
                "行业": rows["industry"],
                "第三方评价机构": rows["agency"],
                "名单类别": rows["category"].map(CATEGORY_WORDS),
                "层级": rows["tier"].map(TIER_WORDS),
                "批次": rows["batch"],
                "公布日期": rows["published_on"],
                "报告编号": rows["report_no"],
            }
        )
        for category in UNIT_HEADS
        if len(rows := ordered[(ordered["category"] == category).to_numpy()])
    }
    return tables, int(unsure.sum())


def _recommendations(context: WorkContext) -> pd.DataFrame:
    """Return what was recommended in the year of the day."""
    facts = _units(context, "recommendations")
    made = pd.to_datetime(facts["recommended_on"])
    rows = facts[((made.dt.year == context.view.day.year) & (made <= pd.Timestamp(context.view.day))).to_numpy()]
    return pd.DataFrame(
        {
            "单位名称": rows["unit"],
            CODE: rows["code"],
            "申报类别": rows["category"].map(CATEGORY_WORDS),
            "申报层级": rows["tier"].map(TIER_WORDS),
            "推荐单位": rows["recommended_by"],
            "推荐日期": rows["recommended_on"],
            "征求意见部门": rows["consulted"],
        }
    )


def _cultivation(context: WorkContext) -> pd.DataFrame:
    """Return the plan of the day's year: every row of it, of whatever sponsor."""
    facts = _units(context, "cultivation")
    begun = pd.to_datetime(facts["start"]) <= pd.Timestamp(context.view.day)
    rows = facts[(begun & (facts["plan_year"] == context.view.day.year)).to_numpy()]
    return pd.DataFrame(
        {
            "单位名称": rows["unit"],
            CODE: rows["code"],
            "申报类别": rows["category"].map(CATEGORY_WORDS),
            "目标层级": rows["target_tier"].map(TIER_WORDS),
            "计划年度": rows["plan_year"],
            "培育层级": rows["level"],
            "起始日期": rows["start"],
            "终止日期": rows["end"],
            "报送日期": rows["reported_on"],
            "培育主体": rows["sponsor_enterprise"].fillna(rows["sponsor_park"]),
        }
    )


def _changes(context: WorkContext) -> bytes:
    """Return the yearly summary of changes as the question tells it; the opinion of the city is left to be filled in."""
    filters = {
        name: text for name, text in context.audience.filters.items() if name in QUESTIONS["change-list"].filters
    }
    answer = context.session.ask("change-list", as_of=context.view.day, **filters)
    with Book("名单变更汇总表") as book:
        add_sheet(book, table_of(context.audience.disclosed(answer), Bilingual("名单变更汇总", "changes")), "zh")
    return book.to_bytes()
