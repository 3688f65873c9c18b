"""A case as texts: what a person writes into cells; as values for the reference, as a folder for the product."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from graph_model.records import RECORDS
from tests.reference.folder import label, write_csv
from tests.reference.lexicon import BLANK, read_flag
from tests.reference.world import Row, World

NAMES = {
    "甲": "虚构甲有限公司",
    "乙": "虚构乙有限公司",
    "丙": "虚构丙链主有限公司",
    "丁": "虚构丁有限公司",
    "甲新": "虚构甲新材料有限公司",
    "旧": "虚构旧事有限公司",
    "园": "虚构园区",
    "西园": "虚构西园区",
    "评": "虚构评价有限公司",
    "证": "虚构认证有限公司",
}
CODES = {
    "category": {
        "factory": "绿色工厂",
        "park": "绿色工业园区 绿色园区",
        "supply_chain": "绿色供应链管理企业",
        "product": "绿色产品",
    },
    "tier": {"national": "国家级 国家", "provincial": "省级 省", "city": "市级 市 3A", "district": "区级 区县级 2A"},
    "mode": {"self": "自评价 自我评价", "third_party": "第三方 第三方评价 第三方机构评价"},
    "outcome": {"accepted": "通过 受理 采信", "refused": "不予受理 未通过"},
    "result": {"clean": "无问题 合格", "problem": "有问题 不合格"},
    "status": {"filed": "已报", "late": "迟报", "missing": "未报", "refused": "拒报"},
    "verified": {"confirmed": "属实", "unfounded": "不属实"},
}
DECODE = {of: {word: code for code, text in words.items() for word in text.split()} for of, words in CODES.items()}
OF = {"category": "category", "tier": "tier", "target_tier": "tier", "mode": "mode", "outcome": "outcome"}
OF_TABLE = {
    ("inspections", "result"): "result",
    ("complaints", "result"): "verified",
    ("dynamic_forms", "status"): "status",
    ("cultivation", "level"): "tier",
}
TEXT_TABLES = {("supplies", "category")}
FLAGS = {"above_scale", "manufacturer", "legal_boundary", "management_body", "basic_ok", "key", "named", "evidence"}
NUMBERS = {"score", "score_max", "value_added_share", "amount", "output", "revenue"}
YEARS = {"year", "plan_year", "above_scale_count"}
MAY_BE_TEXT = {("listings", "removed_on"), ("tenancies", "end")}


def text(value: Any) -> str:
    """A cell as a person writes it; a short name stands for its unit."""
    if value is None:
        return ""
    written = value.isoformat() if isinstance(value, date) else str(value)
    return NAMES.get(written, written)


def value(table: str, field: str, cell: str) -> Any:
    """What a cell says (SPEC 2 and 4); None is unknown."""
    cell = cell.strip()
    if cell in BLANK or (field == "agency" and table == "reports" and cell in ("无", "自评价")):
        return None
    if field in FLAGS:
        return read_flag(cell)
    if field.endswith("_on") or (field in ("start", "end") and table != "supplies_by_year"):
        return day(cell, (table, field) in MAY_BE_TEXT)
    if field in NUMBERS or field in YEARS:
        return number(cell, field)
    of = OF_TABLE.get((table, field)) or OF.get(field)
    return DECODE[of].get(cell) if of and (table, field) not in TEXT_TABLES else cell


def day(cell: str, may_be_text: bool) -> Any:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return cell if may_be_text else None


def number(cell: str, field: str) -> Any:
    try:
        return int(cell) if field in YEARS else Decimal(cell)
    except (ValueError, InvalidOperation):
        return None


def values_of(texts: dict[str, list[Row]]) -> World:
    """The world of a case for the reference."""
    typed = {t: [{f: value(t, f, text(c)) for f, c in row.items()} for row in rows] for t, rows in texts.items()}
    return {"decisions": []} | typed


def write_texts(texts: dict[str, list[Row]], folder: Path) -> None:
    """The folder of a case for the product: one csv per table, cells as written."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in texts.items():
        fields = list(dict.fromkeys(field for row in rows for field in row))
        labels = [header(table, field) for field in fields]
        write_csv(
            folder / f"{RECORDS[table].title}.csv", labels, [[text(row.get(field)) for field in fields] for row in rows]
        )


def header(table: str, field: str) -> str:
    fields = RECORDS[table].model_fields
    return label(field, fields[field]) if field in fields else field
