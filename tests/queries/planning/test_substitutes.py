"""Substitutes are who a search through the questions finds: green suppliers of the same thing whom nothing bars."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from graph_model.errors import UsageError
from graph_model.names import normal_form
from queries import Session
from tests.queries.planning.conftest import Asked

Facts = list[dict[str, Any]]


class Searched:
    """A store searched row by row, through answers and tables of facts alone."""

    def __init__(self, session: Session, day: date) -> None:
        self.session, self.day = session, day
        leaders = session.leader_ratio(as_of=day).table.to_dict("records")
        self.leaders = {row["leader_id"]: row for row in leaders}
        self.suppliers = {
            id: session.leader_suppliers(as_of=day, leader=id).table.to_dict("records") for id in self.leaders
        }
        units = session.table("enterprises")
        self.ids = dict(zip(units["name"], units["id"], strict=True))
        self.industry = {
            row["id"]: "".join(filter(str.isdigit, row["industry_code"])) if row["industry_code"] == row["industry_code"] else ""
            for row in units.to_dict("records")
        }  # fmt: skip
        links = session.graph.on(day).facts.links(2).rows.heads
        self.links = session.table("supplies").iloc[links].to_dict("records")
        ladder = session.ask("enterprise-ladder", as_of=day, base="all").table.to_dict("records")
        self.ladder = {row["enterprise_id"]: row for row in ladder}
        self.barred = self._barred()

    def _barred(self) -> set[str]:
        findings = self.session.assess(as_of=self.day, tier="city", rules="js-draft").findings.table
        fails = findings[(findings["outcome"] == "fail") & findings["rule"].str.match(r"D-18|D-24")]
        reach = self.session.ban_reach(as_of=self.day).table
        return set(fails["unit_id"]) | set(reach.loc[reach["class"].isin(["blocked", "review"]), "unit_id"])

    def offered(self, unit: str, leader: str | None = None) -> set[str]:
        """Return the categories that a unit supplies, to one leader or to anybody."""
        return {
            normal_form(link["category"])
            for link in self.links
            if self.ids[link["supplier"]] == unit
            and leader in (None, self.ids[link["buyer"]])
            and link["category"] == link["category"]
        }

    def wanted(self, unit: str, leader: str) -> dict[str, str]:
        """Return who could stand in for a unit at a leader, with how each fits."""
        able = self.able() - {unit, leader}
        same = {one for one in able if self.offered(one) & self.offered(unit, leader)}
        for digits in (4, 3, 2):
            own = self.industry[unit][:digits]
            alike = {one for one in able if len(own) == digits and self.industry[one][:digits] == own}
            if same | alike:
                return {
                    one: "category" if one in same else f"industry_{self.shared(one, unit)}" for one in same | alike
                }
        return {}

    def shared(self, one: str, other: str) -> int:
        return next(size for size in (4, 3, 2) if self.industry[one][:size] == self.industry[other][:size])

    def able(self) -> set[str]:
        """Return the green suppliers on the mainland whom nothing bars."""
        supplying = {self.ids[link["supplier"]] for link in self.links}
        abroad = self.session.graph.abroad
        rows = self.session.graph["enterprises"].texts("id").to_pylist()
        green = self.session.graph.on(self.day)
        from graph_model.tiers import Tier

        greens = {id for id, flag in zip(rows, green.green(Tier.CITY), strict=True) if flag == 1}
        return {
            id for id, away in zip(rows, abroad, strict=True) if not away and id in supplying & greens
        } - self.barred


def test_substitutes_are_who_a_search_finds(worlds_asked: Asked) -> None:
    seen = dict.fromkeys(("category", "industry_4", "industry_3", "industry_2"), 0)
    for session, day in worlds_asked:
        searched = Searched(session, day)
        for unit in sorted({row["unit_id"] for rows in searched.suppliers.values() for row in rows})[:40]:
            table = session.ask("substitutes", as_of=day, unit=unit).table
            told = {(row["leader_id"], row["unit_id"]): row["match"] for row in table.to_dict("records")}
            wanted = {
                (leader, other): match
                for leader, rows in searched.suppliers.items()
                if any(row["unit_id"] == unit and row["in_scope"] and unit != leader for row in rows)
                for other, match in searched.wanted(unit, leader).items()
            }
            assert told == wanted, unit
            for match in told.values():
                seen[match] += 1
            check_ratios(searched, unit, table)
    assert seen["category"]
    assert seen["industry_4"] or seen["industry_2"]


def check_ratios(searched: Searched, unit: str, table: pd.DataFrame) -> None:
    """Hold the three ratios against a count of the leader's suppliers with the unit gone and the substitute there."""
    for row in table.to_dict("records"):
        suppliers = {
            one["unit_id"]: one["green"] is True
            for one in searched.suppliers[row["leader_id"]]
            if one["in_scope"] and one["unit_id"] != row["leader_id"]
        }
        assert row["before"] == sum(suppliers.values()) / len(suppliers)
        struck = suppliers | {unit: False}
        assert row["struck"] == sum(struck.values()) / len(struck)
        assert row["supplies_already"] == (row["unit_id"] in suppliers)
        switched = {one: green for one, green in suppliers.items() if one != unit} | {row["unit_id"]: True}
        assert row["after"] == sum(switched.values()) / len(switched)


def test_those_of_the_same_city_stand_first_and_the_closest_before_the_rest(worlds_asked: Asked) -> None:
    order = ["category", "industry_4", "industry_3", "industry_2"]
    for session, day in worlds_asked:
        for unit in session.graph["enterprises"].texts("id").to_pylist()[:60]:
            if not session.graph.on(day).facts.on_record("enterprises")[session.graph.row_of(unit, "enterprises")]:
                continue
            table = session.ask("substitutes", as_of=day, unit=unit).table
            keys = [
                (row["leader_id"], row["same_city"] is not True, order.index(row["match"]), row["unit_id"])
                for row in table.to_dict("records")
            ]
            if table["same_city"].notna().all():
                assert keys == sorted(keys)
            few = session.ask("substitutes", as_of=day, unit=unit, count=1).table
            pd.testing.assert_frame_equal(
                few, table.groupby("leader_id", as_index=False).head(1).reset_index(drop=True)
            )


def test_a_struck_factory_tells_its_substitutes_and_those_struck_with_it_are_none(worlds_asked: Asked) -> None:
    session, day = worlds_asked[0]
    for unit in session.graph["enterprises"].texts("id").to_pylist():
        alone = session.what_if(as_of=day, strike=unit).parts["substitutes"].table
        if alone["unit_id"].nunique() > 1:
            break
    else:
        pytest.fail("no factory has two substitutes")
    gone = alone["unit_id"].iloc[0]
    both = session.what_if(as_of=day, strike=[unit, gone]).parts["substitutes"].table
    assert gone not in set(both["unit_id"])
    assert "substitutes" not in session.what_if(as_of=day, list=f"{unit}@省级").parts


def test_who_is_nobody_or_no_leader_is_told(worlds_asked: Asked) -> None:
    session, day = worlds_asked[0]
    with pytest.raises(UsageError, match="没有"):
        session.ask("substitutes", as_of=day, unit="没有这家企业")
    unit = session.leader_ratio(as_of=day).table["leader_id"].iloc[0]
    plain = next(
        id
        for id, leads in zip(
            session.graph["enterprises"].texts("id").to_pylist(), session.graph.on(day).facts.leader_basis, strict=True
        )
        if not leads
    )
    with pytest.raises(UsageError, match="不是龙头企业"):
        session.ask("substitutes", as_of=day, unit=unit, leader=plain)
