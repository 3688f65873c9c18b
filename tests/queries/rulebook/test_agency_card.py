"""Agency card: counts that can be counted by hand, alone, together, and year by year."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph_model.errors import UsageError
from tests.queries.rulebook.asking import DAY, EAST, ONE_DAY, A, B, C, G, H, firm, listing, opened, rows_of


def report(no: str, unit: str, on: date, outcome: str | None = "accepted", agency: str = G, **more: Any) -> Any:
    said = {"report_no": no, "unit": unit, "agency": agency, "submitted_on": on, "outcome": outcome}
    return {"category": "factory", "tier": "national", "mode": "third_party"} | said | more


@pytest.fixture
def session(tmp_path: Path) -> Any:
    return opened(
        tmp_path,
        enterprises=[firm(A), firm(B), firm(C)],
        agencies=[{"name": name, "legal_representative": "测试张三", "city": "南京市"} for name in (G, H)],
        reports=[
            report("R-1", A, date(2024, 3, 1)),
            report("R-2", B, date(2024, 6, 1), "refused"),
            report("R-3", C, date(2025, 2, 1), None, tier="provincial"),
            report("R-4", C, DAY + ONE_DAY, None),
            report("R-5", A, date(2025, 1, 1), None, agency=H, category="supply_chain"),
            report("R-6", B, date(2023, 1, 1), tier=None),
        ],
        listings=[
            listing(A, "national", date(2024, 12, 1), report_no="R-1"),
            listing(B, "city", date(2023, 1, 1), agency=G, removed_on=date(2024, 5, 1), removal_reason="更名"),
            listing(EAST, "national", date(2025, 3, 1), category="park", agency=G),
        ],
        agency_bans=[{"agency": G, "authority": "江苏省", "decided_on": date(2022, 6, 30)}],
    )


def card(session: Any, name: str, **options: Any) -> Any:
    (row,) = [row for row in rows_of(session, "agency-card", **options) if row["agency"] == name]
    return row


def test_counts_of_an_agency(session: Any) -> None:
    row = card(session, G)
    assert (row["reports"], row["third_party"], row["self_evaluation"]) == (4, 4, 0)
    assert (row["reports_national"], row["reports_provincial"], row["reports_unknown"]) == (2, 1, 1)
    assert (row["accepted"], row["refused"], row["pending"]) == (2, 1, 1)
    assert (row["clients_listed"], row["clients_removed"]) == (2, 1)
    assert (row["year"], row["city"], row["legal_representative"]) == (None, "南京市", "测试张三")


def test_load_alone_and_together_against_the_cap_of_the_year(session: Any) -> None:
    # 2025: the listing of the park without a report, and the other agency's report.
    row = card(session, G)
    assert (row["load_year"], row["load"], row["load_together"], row["together_with"]) == (2025, 1, 2, H)
    assert (row["cap"], row["over_cap"]) == (15, False)
    assert (card(session, G, cap=1)["over_cap"], card(session, G, cap=2)["over_cap"]) == (True, False)
    of_2024, of_2023 = card(session, G, load_year=2024), card(session, G, load_year=2023)
    assert (of_2024["load"], of_2024["cap"]) == (2, 15)
    assert (of_2023["load"], of_2023["cap"], of_2023["over_cap"]) == (0, None, None)


@pytest.mark.parametrize(("day", "until"), [(date(2025, 6, 29), date(2025, 6, 30)), (date(2025, 6, 30), None)])
def test_a_ban_ends_on_the_day_three_years_later(session: Any, day: date, until: date | None) -> None:
    (row,) = [row for row in rows_of(session, "agency-card", day) if row["agency"] == G]
    assert (row["bans"], row["banned_until"]) == (1, until)


def test_one_agency_year_by_year(session: Any) -> None:
    rows = rows_of(session, "agency-card", agency=G)
    assert [row["year"] for row in rows] == [None, 2023, 2024, 2025]
    for column in ("reports", "accepted", "refused", "pending", "clients_listed"):
        assert rows[0][column] == sum(row[column] for row in rows[1:]), column
    assert [row["load"] for row in rows[1:]] == [0, 2, 1]


def test_an_agency_that_is_not_there(session: Any) -> None:
    with pytest.raises(UsageError):
        rows_of(session, "agency-card", agency="测试无此机构")
    with pytest.raises(UsageError):
        rows_of(session, "agency-card", city="南京市")


def test_the_worst_year_stands_beside_the_present_one(tmp_path: Path) -> None:
    reports = [report(f"R-{n}", f"测试第{n}号有限公司", date(2024, 5, 1), None) for n in range(16)]
    reports += [report(f"P-{n}", f"测试旧{n}号有限公司", date(2023, 5, 1), None) for n in range(40)]
    session = opened(tmp_path, agencies=[{"name": G}, {"name": H}], reports=reports)
    row, other = card(session, G), card(session, H)
    assert (row["load_year"], row["load"], row["over_cap"]) == (2025, 0, False)
    # No cap was in force in 2023.
    assert (row["worst_year"], row["worst_load"], row["years_over_cap"]) == (2024, 16, "2024")
    assert (other["worst_year"], other["worst_load"], other["years_over_cap"]) == (None, None, None)
    assert card(session, G, cap=15)["years_over_cap"] == "2023、2024"
    rows = rows_of(session, "agency-card", agency=G)
    assert [(one["year"], one["over_cap"], one["worst_year"]) for one in rows] == [
        (None, False, 2024),
        (2023, None, None),
        (2024, True, None),
    ]
