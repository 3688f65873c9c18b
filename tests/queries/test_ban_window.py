"""How long a ban lasts is one value of the rules in use: in memory, on a server, in `audit`, in `assess`. D-24."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from graph_model.errors import UsageError
from queries import Session, open_store
from queries.asking.options import BanOptions
from queries.measures.bans import ban_parameters
from tests.loaders.storing import loaded
from tests.reference.hand import ban, firm, report

PLANT, AGENCY = "测试甲有限公司", "测试庚评价有限公司"
BANNED = date(2021, 1, 10)
IN_YEAR_FOUR, AFTER_FIVE = date(2024, 6, 1), date(2026, 1, 10)
DAY = date(2025, 6, 30)


@pytest.fixture
def five_years(tmp_path: Path) -> str:
    file = tmp_path / "own.yaml"
    value = "{value: 5, clause: D-24, source: 本市办法第九条, verified: true}"
    file.write_text(f"id: own\nbased_on: js-draft\nvalues:\n  ban_years: {value}\n", encoding="utf-8")
    return str(file)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    reports = [report("R-1", PLANT, AGENCY, IN_YEAR_FOUR, outcome="accepted", outcome_on=IN_YEAR_FOUR)]
    return open_store(
        loaded(
            tmp_path / "store",
            enterprises=[firm(PLANT, city="南京市")],
            reports=reports,
            agency_bans=[ban(AGENCY, BANNED, "江苏省")],
        ).store
    )


def test_a_rules_file_says_how_long_a_ban_lasts(session: Session, five_years: str) -> None:
    assert session.ask("ban-reach", as_of=DAY).table.empty
    [row] = session.ask("ban-reach", as_of=DAY, rules_file=five_years).table.to_dict("records")
    assert (row["class"], row["window_end"].date()) == ("blocked", date(2026, 1, 10))
    assert session.ask("ban-reach", as_of=AFTER_FIVE, rules_file=five_years).table.empty


def test_audit_and_assess_go_by_the_same_years(session: Session, five_years: str) -> None:
    def of_ban(**options: Any) -> list[str]:
        table = session.ask("audit", as_of=DAY, **options).table
        return table.loc[table["rule"] == "D-24", "severity"].tolist()

    def outcome(**options: Any) -> str:
        table = session.assess(PLANT, as_of=DAY, **options).findings.table
        return str(table.loc[table["rule"] == "D-24", "outcome"].iloc[0])

    assert (of_ban(), of_ban(rules_file=five_years)) == ([], ["act"])
    assert (outcome(), outcome(rules_file=five_years)) == ("pass", "fail")


def test_a_server_is_told_the_same_years(five_years: str) -> None:
    server = cast(Any, SimpleNamespace(day=DAY))
    assert ban_parameters(server, BanOptions())["ban_years"] == 3
    assert ban_parameters(server, BanOptions(rules_file=five_years))["ban_years"] == 5


def test_a_set_that_refuses_nobody_is_told(session: Session) -> None:
    with pytest.raises(UsageError, match="js-2016"):
        session.ask("ban-reach", as_of=DAY, rules="js-2016")
    assert not (session.ask("audit", as_of=DAY, rules="js-2016").table["rule"] == "D-24").any()


def test_an_authority_that_cannot_be_read_binds_nobody_knows_whom(tmp_path: Path) -> None:
    store = loaded(
        tmp_path / "store",
        enterprises=[firm(PLANT, city="南京市")],
        reports=[report("R-1", PLANT, AGENCY, date(2024, 6, 1))],
        agency_bans=[ban(AGENCY, date(2024, 1, 10), "某评价协会")],
    ).store
    session = open_store(store)
    assert session.ask("ban-reach", as_of=DAY).table["class"].tolist() == ["unknown"]
    table = session.assess(PLANT, as_of=DAY).findings.table
    assert table.loc[table["rule"] == "D-24", "outcome"].tolist() == ["unknown"]
