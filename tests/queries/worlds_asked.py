"""A small world with something of everything, and random ones, each loaded once and opened."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from hypothesis import strategies as st

from loaders import load
from queries import Session, open_store
from tests.loaders.storing import loaded
from tests.reference.cast import code
from tests.reference.folder import write_folder
from tests.reference.hand import DAY, ban, firm, link, listed, report, tenant
from tests.worlds import day_of_seed, random_world

EAST, WEST, FAR = "测试东园区", "测试西园区", "测试远园区"
AGENCY, OTHER = "测试认证中心", "测试评价有限公司"
BUYER, SMALL, ALONE = "测试链主有限公司", "测试小链主有限公司", "测试单独有限公司"
FIRMS = [f"测试{letter}有限公司" for letter in "甲乙丙丁戊己"]
RECENT = date(2024, 5, 1)
BANNED = date(2025, 1, 10)
SEEDS = (0, 2, 3, 5)
WORLDS = st.integers(0, len(SEEDS))
"""Which world of the fixture `asked`: a random one of each seed, and the fictional province."""


def everything(folder: Path) -> Session:
    """Three parks in two cities, two leaders, tenants in two parks, a ban with reports in its reach."""
    city = {FIRMS[i]: "南京市" if i < 3 else "苏州市" for i in range(6)}
    return open_store(
        loaded(
            folder,
            enterprises=[
                *(firm(name, i != 4, uscc=code(i), city=city[name]) for i, name in enumerate(FIRMS)),
                firm(BUYER, True, uscc=code(20), city="南京市", chain="新材料"),
                firm(SMALL, True, uscc=code(21), city="苏州市", chain="装备"),
                firm(ALONE, None, city="无锡市"),
                firm("测试外省有限公司", True, province="浙江省"),
            ],
            parks=[
                {"name": EAST, "city": "南京市", "aliases": "测试东区"},
                {"name": WEST, "city": "苏州市"},
                {"name": FAR, "city": "苏州市"},
            ],
            tenancies=[
                *(tenant(name, EAST) for name in FIRMS[:4]),
                *(tenant(name, WEST) for name in [*FIRMS[2:], "测试未见有限公司"]),
            ],
            supplies=[
                *(link(BUYER, name) for name in FIRMS[:5]),
                link(BUYER, "测试境外公司", country="US"),
                *(link(SMALL, name) for name in FIRMS[3:]),
                link(FIRMS[0], FIRMS[5]),
            ],
            reports=[
                report("R-1", FIRMS[0], AGENCY, RECENT),
                report("R-2", FIRMS[3], AGENCY, RECENT),
                report("R-3", FIRMS[5], AGENCY, date(2025, 3, 1)),
            ],
            listings=[
                listed(FIRMS[0], "provincial", RECENT, report_no="R-1"),
                listed(FIRMS[1], "city"),
                listed(FIRMS[3], "city", RECENT, report_no="R-2"),
                listed(FIRMS[4], "national"),
                listed(EAST, category="park", tier="provincial"),
            ],
            agencies=[{"name": AGENCY}, {"name": OTHER}],
            agency_bans=[ban(AGENCY, BANNED, "江苏省")],
            cultivation=[{"unit": FIRMS[2], "category": "factory", "plan_year": 2025}],
        ).store
    )


def random_session(seed: int, folder: Path, size: int = 6) -> tuple[Session, date]:
    """A random world, opened, and the day it is made around."""
    write_folder(random_world(seed, size), folder / "lists")
    load([folder / "lists"], folder / "store")
    return open_store(folder / "store"), day_of_seed(seed)


def rows(session: Session, question: str, as_of: date = DAY, **options: Any) -> list[dict[str, Any]]:
    """The rows of an answer, null as None."""
    table = session.ask(question, as_of=as_of, **options).table
    return table.astype(object).where(pd.notna(table), None).to_dict("records")  # type: ignore[return-value]


ORDER = [
    "park-share", "park-tenants", "leader-ratio", "leader-suppliers", "ban-reach", "ban-effects", "tier-coverage",
    "enterprise-ladder",
]  # fmt: skip
"""The questions of SPEC 6."""
SUBJECT = {"park-tenants": {"park": EAST}, "leader-suppliers": {"leader": BUYER}}
"""What the two questions about one unit must be told."""
