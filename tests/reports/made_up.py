"""An answer with every kind of column and every awkward cell, so that formats are tested without a store."""

from datetime import date

import pandas as pd

from graph_model.bilingual import Bilingual
from queries.answers.answer import Answer
from queries.answers.column import Column

HOSTILE = ("=1+1", "+86", "-5", "@sum", "\t=1", "\r=1", "'=1", "''=1", "'tis", "＝1+1", "a,b", 'a"b', "一\n二", "-")


def column(name, zh, kind, codes=()):
    return Column(name, zh, kind, Bilingual(f"{zh}的含义", f"meaning of {name}"), dict(codes))


CLASSES = {
    "review": Bilingual("需复核", "to review"),
    "chain": Bilingual("标注产业链", "chain on record"),
    "listing": Bilingual("供应链名单", "listing"),
}
COLUMNS = (
    column("park_id", "园区编号", "id"),
    column("park", "园区", "text"),
    column("tenants", "入园企业数", "count"),
    column("green", "绿色工厂数", "count"),
    column("share", "占比", "share"),
    column("output", "产值", "money"),
    column("since", "公布日期", "day"),
    column("in_pool", "是否在库", "flag"),
    column("highest", "最高层级", "tier"),
    column("category", "类别", "category"),
    column("class", "类型", "code", CLASSES),
    column("list_year", "清单年度", "year"),
    column("rank", "名次", "rank"),
)


def table():
    return pd.DataFrame(
        {
            "park_id": ["park:甲", "park:乙", "park:丙"],
            "park": ["甲园区", "乙经济技术开发区", None],
            "tenants": pd.array([120, None, 0], dtype="Int64"),
            "green": [7, 0, 0],
            "share": [7 / 120, None, float("nan")],
            "output": [1234567.891234, None, 0.0],
            "since": [date(2023, 2, 28), None, date(2024, 2, 29)],
            "in_pool": pd.array([True, False, None], dtype="boolean"),
            "highest": ["national", "city", None],
            "category": ["factory", "supply_chain", None],
            "class": ["review", "chain+listing", None],
            "list_year": pd.array([2023, 2024, None], dtype="Int32"),
            "rank": pd.array([1, None, None], dtype="Int64"),
        }
    )


def answer(data=None, columns=COLUMNS):
    return Answer(
        question="park-share",
        title=Bilingual("园区绿色工厂占比", "green-factory share of parks"),
        table=table() if data is None else data,
        columns=columns,
        definition=Bilingual("绿色工厂数除以基数。", "Green factories over the base."),
        clause_ids=("D-17c", "D-24"),
        notes=(Bilingual("没有区级名单。", "No district list."),),
        as_of=date(2025, 6, 30),
        snapshot="0123456789ab",
        options={"tier": "city", "threshold": None, "key_only": True, "on": date(2025, 1, 1)},
    )


def hostile_answer():
    """Return an answer whose names try to be formulas."""
    data = pd.DataFrame({"park": list(HOSTILE), "green": [-1] * len(HOSTILE)})
    return answer(data, (column("park", "园区", "text"), column("green", "绿色工厂数", "count")))
