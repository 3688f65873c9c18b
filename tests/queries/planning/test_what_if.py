"""What might happen changes what a load of the changed lists would change, act by act."""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from graph_model.errors import UsageError
from graph_model.tiers import Tier
from loaders import load
from loaders.fictional import DEMO_DAY, fictional_province, write_province
from queries import Session, open_store
from tests.queries.planning.side_by_side import changed_verdicts, side_by_side

DAY = "2026-03-01"


@dataclass
class Province:
    """A loaded province, and what it takes to load it with more lists beside."""

    lists: Path
    session: Session

    def with_list(self, place: Path, name: str, rows: list[dict[str, Any]]) -> Session:
        shutil.copytree(self.lists, place / "lists")
        heads = list(dict.fromkeys(head for row in rows for head in row))
        with (place / "lists" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads)
            writer.writeheader()
            writer.writerows(rows)
        load([place / "lists"], place / "store")
        return open_store(place / "store")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Province:
    place = tmp_path_factory.mktemp("what-if")
    write_province(fictional_province(100, seed=6), place / "lists")
    load([place / "lists"], place / "store")
    return Province(place / "lists", open_store(place / "store"))


def unit_of(session: Session, table: str, **known: Any) -> pd.DataFrame:
    facts = session.table(table)
    for name, value in known.items():
        facts = facts[facts[name] == value]
    return facts


def active_listings(session: Session) -> pd.DataFrame:
    facts = session.table("listings")
    day = pd.Timestamp(DEMO_DAY)
    now = (facts["published_on"] <= day) & (facts["removed_on"].isna() | (facts["removed_on"] > day))
    return facts[now & (facts["category"] == "factory") & facts["enterprise"].notna()]


def codes(session: Session) -> dict[str, str]:
    units = session.table("enterprises")
    return {name: code if code == code else "" for name, code in zip(units["name"], units["uscc"], strict=True)}


def case(session: Session, kind: str) -> tuple[dict[str, str], str, list[dict[str, Any]]]:
    """Return an act of a kind, and the list a planner would write to have it loaded."""
    code = codes(session)
    member = session.leverage(as_of=DEMO_DAY).table["unit"].iloc[0]
    park = session.park_share(as_of=DEMO_DAY).table["park"].iloc[0]
    leader = session.leader_ratio(as_of=DEMO_DAY).table["leader"].iloc[0]
    green = active_listings(session)["enterprise"].iloc[0]
    who = {"单位名称": member, "统一社会信用代码": code[member]}
    if kind == "list":
        row = {"名单类别": "绿色工厂", "层级": "省级", "批次": "2026", **who, "公布日期": DAY}
        return {"list": f"{member}@省级@{DAY}"}, "绿色制造名单补充", [row]
    if kind == "strike":
        own = active_listings(session)
        rows = [
            {"名单类别": "绿色工厂", "层级": Tier.of(one["tier"]).zh, "批次": one["batch"], "单位名称": green,
             "统一社会信用代码": code[green], "公布日期": one["published_on"].date(), "移出日期": DAY}
            for one in own[own["enterprise"] == green].to_dict("records")
        ]  # fmt: skip
        return {"strike": f"{green}@{DAY}"}, "绿色制造名单移出", rows
    if kind == "join":
        row = {"企业名称": green, "统一社会信用代码": code[green], "园区名称": park, "入园日期": DAY}
        return {"join": f"{green}@{park}@{DAY}"}, "入园企业补充", [row]
    if kind == "leave":
        sits = session.table("tenancies")
        sits = sits[sits["end"].isna() & sits["start"].notna()].iloc[0]
        row = {"企业名称": sits["enterprise"], "统一社会信用代码": code[sits["enterprise"]], "园区名称": sits["park"],
               "入园日期": sits["start"].date(), "离园日期": DAY}  # fmt: skip
        return {"leave": f"{sits['enterprise']}@{sits['park']}@{DAY}"}, "离园企业", [row]
    if kind == "supplies":
        row = {"采购方": leader, "采购方统一社会信用代码": code[leader], "供应商": green, "供应商统一社会信用代码": code[green],
               "起始日期": DAY}  # fmt: skip
        return {"supplies": f"{leader}@{green}@{DAY}"}, "供应关系补充", [row]
    if kind == "incident":
        row = {**who, "情形": "安全事故", "发生日期": DAY}
        return {"incident": f"{member}@安全事故@{DAY}"}, "失信与事故补充", [row]
    held = session.table("incidents")
    held = held[held["ended_on"].isna() & held["enterprise"].notna() & held["occurred_on"].notna()].iloc[0]
    row = {"单位名称": held["enterprise"], "统一社会信用代码": code[held["enterprise"]], "情形": held["kind"],
           "发生日期": held["occurred_on"].date(), "结束日期": DAY}  # fmt: skip
    if held["decided_on"] == held["decided_on"]:
        row["认定日期"] = held["decided_on"].date()
    return {"heal": f"{held['enterprise']}@{held['kind']}@{DAY}"}, "失信与事故结束", [row]


@pytest.mark.parametrize("kind", ["list", "strike", "join", "leave", "supplies", "incident", "heal"])
def test_an_act_is_the_same_as_a_load_of_the_changed_lists(province: Province, tmp_path: Path, kind: str) -> None:
    act, name, rows = case(province.session, kind)
    answer = province.session.what_if(as_of=DEMO_DAY, **act)
    changed = province.with_list(tmp_path, name, rows)
    before, after = (session.graph.on(DEMO_DAY) for session in (province.session, changed))
    pd.testing.assert_frame_equal(answer.table, side_by_side(before, after, Tier.CITY))
    if kind in ("list", "strike", "join", "leave", "supplies"):
        assert len(answer.table)
    wanted = changed_verdicts(province.session, changed, DEMO_DAY)
    told = answer.parts["verdicts"].table
    assert {tuple(row) for row in told[["unit_id", "category", "before", "after"]].to_numpy()} == wanted


def test_a_ban_strikes_what_ban_effects_strikes(province: Province) -> None:
    session = province.session
    moved = 0
    for agency in session.table("agencies")["name"]:
        told = session.what_if(as_of=DEMO_DAY, ban=f"{agency}@江苏省").table
        wanted = session.ban_effects(as_of=DEMO_DAY, agency=agency, on=DEMO_DAY, authority="江苏省").table
        shared = ["kind", "id", "name", "before_green", "after_green", "before", "after", "change"]
        pd.testing.assert_frame_equal(told[shared], wanted[shared], check_dtype=False)
        moved += len(told)
    assert moved


def test_acts_hold_together_and_nothing_is_stored(province: Province) -> None:
    session = province.session
    acts = [case(session, kind)[0] for kind in ("list", "join", "incident")]
    together = session.what_if(as_of=DEMO_DAY, **{kind: text for act in acts for kind, text in act.items()})
    assert len(together.table) >= max(len(session.what_if(as_of=DEMO_DAY, **act).table) for act in acts)
    assert session.what_if(as_of=DEMO_DAY).table.empty


def test_rows_are_filtered_like_those_of_questions(province: Province) -> None:
    session = province.session
    act, _, _ = case(session, "list")
    whole = session.what_if(as_of=DEMO_DAY, **act).table
    for row in whole.to_dict("records"):
        own = session.what_if(as_of=DEMO_DAY, **act, **{row["kind"]: row["name"]}).table
        assert row["id"] in set(own["id"]) <= set(whole["id"])


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ({"list": "某某"}, "@"),
        ({"list": "{unit}@上级"}, "层级"),
        ({"list": "{unit}@省级@2030-01-01"}, "晚于"),
        ({"list": "没有这家@省级"}, "没有"),
        ({"list": "{unit}@省级", "strike": "{unit}"}, "矛盾"),
        ({"incident": "{unit}@下雨"}, "情形"),
    ],
    ids=["no tier", "wrong tier", "too late", "nobody", "contradiction", "no kind"],
)
def test_what_cannot_be_is_told(province: Province, act: dict[str, str], words: str) -> None:
    unit = province.session.leverage(as_of=DEMO_DAY).table["unit"].iloc[0]
    with pytest.raises(UsageError, match=words):
        province.session.what_if(as_of=DEMO_DAY, **{kind: text.format(unit=unit) for kind, text in act.items()})
