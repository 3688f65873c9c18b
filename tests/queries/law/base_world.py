"""The base world of the rule book: a factory, a park and a leader that may be recommended on `DAY`, and what changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from loaders import load
from queries import Session, open_store
from tests.reference.folder import write_folder
from tests.reference.hand import world
from tests.reference.product import plain
from tests.reference.world import Row, World

DAY = date(2025, 12, 1)
FACTORY, OTHER, LEADER, NOBODY = "虚构甲有限公司", "虚构乙有限公司", "虚构丙链主有限公司", "虚构旧事有限公司"
PARK, AGENCY = "虚构园区", "虚构评价有限公司"
CATEGORY_OF = {FACTORY: "factory", OTHER: "factory", PARK: "park", LEADER: "supply_chain"}
_OFFENCES = ("安全事故", "网络安全", "数据安全", "质量事故", "环境污染", "偷漏税", "其他违法")
KINDS = ("注销", "停产", "经营异常", *_OFFENCES, "移出名单", "督查问题", "节能监察整改", "失信被执行人")


def _firm(name: str, city: str, **more: Any) -> Row:
    own = {"name": name, "province": "江苏省", "city": city, "registered_province": "江苏省"}
    return own | {"above_scale": True, "manufacturer": True, "energy_level": "标杆水平"} | more


def report(number: str, unit: str, category: str = "factory", **more: Any) -> Row:
    """A third-party report of 2025, accepted, with the basics met, unless said otherwise."""
    about = {"report_no": number, "unit": unit, "category": category, "tier": "provincial", "mode": "third_party"}
    days = {"issued_on": date(2025, 3, 1), "submitted_on": date(2025, 4, 1), "outcome_on": date(2025, 5, 1)}
    score = {"score": 20, "score_max": 50} if category == "factory" else {"score": 80, "score_max": 100}
    said = {"agency": AGENCY, "standard": "GB/T 36132-2018", "basic_ok": True, "outcome": "accepted"}
    return about | days | score | said | more


def listing(unit: str, tier: str = "city", category: str = "factory", on: date = date(2023, 12, 1), **more: Any) -> Row:
    row = {"category": category, "tier": tier, "batch": str(on.year), "unit": unit, "published_on": on}
    return row | {"region": "苏州市"} | more


def incident(unit: str, kind: str, on: date | None, **more: Any) -> Row:
    return {"unit": unit, "kind": kind, "occurred_on": on} | more


def old_incidents(*without: str) -> list[Row]:
    """A harmless row of every kind on record for somebody else, so that absence is a pass."""
    return [
        incident(NOBODY, kind, date(2010, 1, 1), ended_on=date(2010, 6, 1)) for kind in KINDS if kind not in without
    ]


def base() -> World:
    return world(
        enterprises=[
            _firm(FACTORY, "苏州市"),
            _firm(OTHER, "无锡市"),
            _firm(LEADER, "苏州市", chain="工程机械"),
            _firm(NOBODY, "南京市"),
        ],
        parks=[
            {
                "name": PARK,
                "level": "国家级",
                "city": "苏州市",
                "value_added_share": 50.1,
                "legal_boundary": True,
                "management_body": True,
                "plan_published_on": date(2024, 1, 1),
            }
        ],
        tenancies=[{"name": FACTORY, "park": PARK, "start": date(2018, 1, 1)}],
        agencies=[{"name": AGENCY, "city": "苏州市", "qualified_on": date(2017, 1, 1)}],
        reports=[
            report("R1", FACTORY),
            report("RP", PARK, "park", standard="绿色园区评价要求"),
            report("RL", LEADER, "supply_chain", standard="绿色供应链管理企业评价要求"),
        ],
        listings=[
            listing(FACTORY),
            listing(LEADER, "national", on=date(2023, 3, 1)),
            listing(LEADER, category="supply_chain"),
            listing(PARK, category="park"),
        ],
        cultivation=[
            {
                "unit": FACTORY,
                "category": "factory",
                "target_tier": "provincial",
                "plan_year": 2025,
                "reported_on": date(2025, 3, 1),
                "sponsor": LEADER,
            }
        ],
        incidents=old_incidents(),
    )


def opened(folder: Path, more: Mapping[str, list[Row]] | None = None, **instead: list[Row]) -> Session:
    """Return the base world as a store: with `more` rows, and with some tables put in place of its own."""
    tables = base() | dict(instead)
    for table, rows in (more or {}).items():
        tables[table] = [*tables.get(table, []), *rows]
    write_folder(tables, folder / "source")
    load([folder / "source"], store=folder / "store")
    return open_store(folder / "store")


def changed(table: str, unit: str, **values: Any) -> dict[str, list[Row]]:
    """Return a table of the base world with values of one unit's rows changed."""
    return {table: [row | values if unit in (row.get("unit"), row.get("name")) else row for row in base()[table]]}


def finding(session: Session, rule: str, unit: str = FACTORY, as_of: date = DAY, **options: Any) -> Row:
    """The finding of one rule on one unit."""
    options = {"category": CATEGORY_OF.get(unit, "factory")} | options
    table = session.assess(unit, as_of=as_of, **options).findings.table
    [row] = [row for row in table.to_dict("records") if row["rule"] == rule]
    return {name: plain(value) for name, value in row.items()}


def outcomes(session: Session, unit: str = FACTORY, as_of: date = DAY, **options: Any) -> dict[str, str]:
    """The outcome of every rule on one unit."""
    options = {"category": CATEGORY_OF.get(unit, "factory")} | options
    table = session.assess(unit, as_of=as_of, **options).findings.table
    return dict(zip(table["rule"], table["outcome"], strict=True))


def verdict(session: Session, unit: str = FACTORY, as_of: date = DAY, **options: Any) -> Row:
    """The verdict on one unit."""
    options = {"category": CATEGORY_OF.get(unit, "factory")} | options
    [row] = session.assess(unit, as_of=as_of, **options).verdicts.table.to_dict("records")
    return {name: plain(value) for name, value in row.items()}
