"""The folder a planner would write of a world, and a world in few lines to print with a failure."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from graph_model.records import RECORDS
from tests.reference.world import Row, World

WORDS = {
    "factory": "绿色工厂",
    "park": "绿色工业园区",
    "supply_chain": "绿色供应链管理企业",
    "product": "绿色产品",
    "district": "区级",
    "city": "市级",
    "provincial": "省级",
    "national": "国家级",
    "self": "自评价",
    "third_party": "第三方",
    "accepted": "通过",
    "refused": "不予受理",
    "clean": "合格",
    "problem": "不合格",
    "confirmed": "属实",
    "unfounded": "不属实",
    "CN": "中国",
    "US": "美国",
    "HK": "中国香港",
    "TW": "中国台湾",
}
CODED = {"category", "tier", "target_tier", "level", "mode", "outcome", "result", "country"}
STATUS = {"filed": "已报", "late": "迟报", "missing": "未报", "refused": "拒报"}
PLAIN = {("supplies", "category"), ("parks", "level")}


def cell(table: str, field: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if field == "status":
        return STATUS[value]
    if field in CODED and (table, field) not in PLAIN:
        return WORDS.get(value, value)
    return value.isoformat() if isinstance(value, date) else str(value)


def write_folder(world: World, folder: Path) -> None:
    """One csv per table with the headers a planner writes; declared supplies stand under 链主企业 in a second one."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, record in RECORDS.items():
        rows = world.get(table, [])
        plain = [row for row in rows if not row.get("declared")]
        write_table(table, folder / f"{record.title}.csv", plain, {})
        write_table(
            table,
            folder / f"{record.title}_链主.csv",
            [r for r in rows if r.get("declared")],
            {"buyer": "链主企业"},
        )
    fields = ["name", "same_as", "different_from", "decided_by", "decided_on", "note"]
    write_csv(folder / "decisions.csv", fields, [[row.get(f) or "" for f in fields] for row in world["decisions"]])


def write_table(table: str, path: Path, rows: list[Row], headers: dict[str, str]) -> None:
    fields = RECORDS[table].model_fields
    labels = [headers.get(name) or label(name, field) for name, field in fields.items()]
    write_csv(path, labels, [[cell(table, name, row.get(name)) for name in fields] for row in rows])


def label(name: str, field: Any) -> str:
    money = name in ("amount", "revenue") or (name == "output")
    return str(field.json_schema_extra["headers"][0]) + ("（万元）" if money else "")


def write_csv(path: Path, labels: list[str], rows: list[list[str]]) -> None:
    if rows:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([labels, *rows])


def compact(world: World) -> str:
    """A world on few lines, unknowns left out, to print with a failure."""
    lines = []
    for table, rows in world.items():
        for row in rows:
            said = {
                k: str(v) for k, v in row.items() if (v is not None and v is not False) or k in ("key", "above_scale")
            }
            lines.append(f"{table}: " + ", ".join(f"{k}={v}" for k, v in said.items()))
    return "\n".join(lines)
