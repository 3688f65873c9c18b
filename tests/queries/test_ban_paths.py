"""The evidence of `ban-reach`: one step per edge, in words a planner can follow. SPEC 6.3."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.reference.hand import DAY, ban, firm, listed, report, world
from tests.reference.product import Product
from tests.reference.world import Row

PLANT, AGENCY, BRANCH = "测试甲有限公司", "测试评价有限公司", "测试评价有限公司第一分公司"
SUBMITTED = date(2023, 11, 2)


def paths(tmp_path: Path, reports: list[Row], listings: list[Row]) -> list[tuple[str, str]]:
    made = world(
        enterprises=[firm(PLANT)], reports=reports, listings=listings, agency_bans=[ban(AGENCY, date(2024, 2, 29))]
    )
    rows = Product(made, tmp_path).answer("ban-reach", DAY)
    return [(row["class"], row["path"]) for row in rows]


@pytest.mark.parametrize(
    ("reports", "listings", "expected"),
    [
        pytest.param(
            [report("R-1", PLANT, AGENCY, SUBMITTED)],
            [],
            [("review", f"机构 {AGENCY} —出具 R-1（2023-11-02）→ 工厂 {PLANT}")],
            id="a pending report",
        ),
        pytest.param(
            [report("R-1", PLANT, AGENCY, SUBMITTED, outcome="accepted")],
            [listed(PLANT, tier="provincial", batch="2023", report_no="R-1")],
            [("review", f"机构 {AGENCY} —出具 R-1（2023-11-02）→ 工厂 {PLANT} —列入 省级绿色工厂（2023）")],
            id="a listing that rests on a report",
        ),
        pytest.param(
            [],
            [listed(PLANT, tier="provincial", batch="2023", agency=AGENCY, published_on=SUBMITTED)],
            [("review", f"机构 {AGENCY} —评价→ 工厂 {PLANT} —列入 省级绿色工厂（2023）")],
            id="a listing that names only the agency",
        ),
        pytest.param(
            [],
            [listed(PLANT, tier="provincial", batch="2023", agency=BRANCH, published_on=SUBMITTED)],
            [("hint", f"机构 {AGENCY} —关联机构→ 机构 {BRANCH} —评价→ 工厂 {PLANT} —列入 省级绿色工厂（2023）")],
            id="a listing of a branch",
        ),
    ],
)
def test_a_path_has_one_step_per_edge(
    tmp_path: Path, reports: list[Row], listings: list[Row], expected: list[tuple[str, str]]
) -> None:
    assert paths(tmp_path, reports, listings) == expected
