"""The way up the tiers is what a search over states finds, keeps its dates to the day, and skips nothing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from graph_model.days import months_later, years_later
from graph_model.errors import UsageError
from graph_model.tiers import CATEGORIES
from queries import Session
from reports.ics import file_bytes
from tests.queries.planning.conftest import Asked
from tests.queries.planning.fact_rows import rows_of as fact_rows
from tests.queries.rulebook.asking import ONE_DAY, opened, rows_of
from tests.reference.hand import firm, listed, report
from tests.reference.route import GOALS, ORDER, WAYS, Situation, search, still_to_do, year_of
from tests.reference.world import Row, World

BARS = {"D-08.1", "D-08.2", "D-09.1", "D-10.1", "P-07", *(f"D-18.{item}" for item in range(1, 7))}
EVALUATION = {"D-11", "D-17.1", "D-24"}
LISTS = {"D-12", "D-15", "pool"}
MONTHS = {"D-11": 3, "D-17.1": 6, "D-24": 3, "D-09.2": 3, "D-10.2": 3, "D-17.2": 12, "D-25": 3, "D-07": 0}
OFFICES = {"生态环境", "应急管理", "市场监管"}
BEGINS = {"js-draft": date(2000, 1, 1), "js-2016": date(2016, 1, 1), "cn-2024": date(2024, 1, 19)}


def situation(session: Session, day: date, unit: str, category: str, tier: str, rules: str) -> Situation:
    """What holds of a unit, from the rows and from what `assess` finds at its next tier."""
    listings = [row for row in of_unit(session, "listings", unit, category) if on(row["published_on"]) <= day]
    active = [row for row in listings if day < on(row["removed_on"])]
    tiers = {row["tier"] - 2 for row in active if row["tier"] > 1}
    highest = ORDER[max(tiers)] if tiers else None
    done = {"city_list"} if 0 in tiers else set()
    done |= {"provincial_lists", "provincial_list"} if tiers & {1, 2} else set()
    done |= {"national_recommendation"} if 2 in tiers else set()
    now = Situation(rules, day, frozenset(done), highest)
    # The list of the next tier decides which rules are asked; a way that passes a tier over does not ask for it.
    on_the_way = [name for name in ORDER if GOALS[rules][name] in closure(rules, tier)]
    next_tier = next((name for name in on_the_way if not now.reached(name)), tier)
    table = session.assess(unit, as_of=day, category=category, tier=next_tier, rules=rules).findings.table
    ready: dict[str, date | None] = {"conditions": day, "evaluation": day, "papers": day, "passed_reports": day}
    open_steps = set()
    for row in table[table["outcome"].isin(["fail", "unknown"])].to_dict("records"):
        rule = row["rule"]
        if rule in BARS:
            open_steps.add("conditions")
            if row["outcome"] == "fail":
                heals = row["earliest"].date() if row["earliest"] == row["earliest"] else None
                ready["conditions"] = later(ready["conditions"], heals)
        elif rule not in LISTS:
            steps = ["evaluation"] if rule in EVALUATION else ["papers"]
            steps += ["passed_reports"] if rule == "D-17.1" else []
            open_steps |= set(steps)
            for step in steps:
                ready[step] = later(ready[step], months_later(day, MONTHS[rule]))
    done |= {"conditions", "evaluation", "papers", "passed_reports"} - open_steps
    done |= acts(session, day, unit, category, rules)
    return Situation(rules, day, frozenset(done & set(WAYS[rules])), highest, ready)


def closure(rules: str, tier: str) -> set[str]:
    return still_to_do(Situation(rules, date(2025, 1, 1)), tier)


def later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def on(number: int) -> date:
    """A day of the graph; one that never comes is far away."""
    return date(1970, 1, 1) + timedelta(days=number) if abs(number) < 10**6 else date.max if number > 0 else date.min


def of_unit(session: Session, table: str, unit: str, category: str) -> list[dict[str, Any]]:
    kind = "park" if category == "park" else "enterprise"
    ids = session.graph[f"{kind}s"].texts("id").to_pylist()
    rows = [row for row in fact_rows(session, table) if row[kind] >= 0 and ids[row[kind]] == unit]
    return [row for row in rows if CATEGORIES[row["category"]] == category]


def acts(session: Session, day: date, unit: str, category: str, rules: str) -> set[str]:
    """The pool and the recommendations on record."""
    done = set()
    for row in of_unit(session, "cultivation", unit, category):
        made = on(row["start"]) <= day or on(row["reported_on"]) <= day
        if on(row["start"]) <= day < on(row["end"]) or (made and row["plan_year"] == day.year):
            done |= {"pool", "creation_list"}
    sent = of_unit(session, "recommendations", unit, category)
    for row in sent:
        made_on = on(row["recommended_on"])
        if made_on > day or not counts_still(session, day, category, row["tier"], made_on, rules):
            continue
        by = str(row["recommended_by"] or "")
        province = "省" in by and "市" not in by
        offices = {office for office in OFFICES if office in (row["consulted"] or "")}
        blank = row["consulted"] is None
        if row["tier"] == 3 and not province and (rules != "js-draft" or blank or offices == OFFICES):
            done.add("provincial_candidates")
        if row["tier"] == 4:
            done.add("national_recommendation" if province else "national_candidates")
    return done


def counts_still(session: Session, day: date, category: str, tier: int, made_on: date, rules: str) -> bool:
    """Made this year; or last year, and no list of the tier has come out since."""
    if made_on.year == day.year:
        return True
    due = {("js-draft", 3): (7, 31), ("js-draft", 4): None, ("js-2016", 4): (11, 30)}.get((rules, tier))
    since = max(made_on, date(made_on.year, *due)) if due else made_on
    out = [
        row
        for row in fact_rows(session, "listings")
        if CATEGORIES[row["category"]] == category and row["tier"] == tier and since < on(row["published_on"]) <= day
    ]
    return made_on.year == day.year - 1 and not out


def asked_of(session: Session, day: date) -> list[str]:
    """A few units with something on record about their way, and a few others."""
    ids = session.graph["enterprises"].texts("id").to_pylist()
    named = {
        ids[row["enterprise"]]
        for table in ("recommendations", "cultivation", "listings", "reports")
        for row in fact_rows(session, table)
        if row["enterprise"] >= 0 and CATEGORIES[row["category"]] == "factory"
    }
    record = session.graph.on(day).facts.on_record("enterprises")
    shown = [id for id, there in zip(ids, record, strict=True) if there]
    return [*sorted(named & set(shown))[::5][:12], *sorted(set(shown) - named)[:3]]


@pytest.mark.parametrize("rules", BEGINS)
def test_a_way_is_what_a_search_finds(worlds_asked: Asked, rules: str) -> None:
    """The first day of each step, the last, and the first year of each tier; for the last, a day later spoils the goal."""
    seen = 0
    for session, day in worlds_asked:
        for at, unit in enumerate(asked_of(session, day)):
            for tier in ORDER if at % 4 == 0 else ORDER[-1:]:
                seen += compare(session, day, unit, tier, rules)
    assert seen > 30


@pytest.mark.parametrize(("category", "question"), [("park", "park-share"), ("supply_chain", "leader-ratio")])
def test_parks_and_leaders_go_the_same_way(worlds_asked: Asked, category: str, question: str) -> None:
    seen = 0
    for session, day in worlds_asked:
        for unit in session.ask(question, as_of=day).table.iloc[:6, 0]:
            seen += compare(session, day, unit, "national", "js-draft", category)
    assert seen > 10


def compare(session: Session, day: date, unit: str, tier: str, rules: str, category: str = "factory") -> int:
    """How many steps still to be done were compared."""
    if day < BEGINS[rules]:
        with pytest.raises(UsageError, match="not in force"):
            rows_of(session, "route", day, unit=unit, tier=tier, rules=rules)
        return 1
    rows = rows_of(session, "route", day, unit=unit, tier=tier, rules=rules, category=category)
    now = situation(session, day, unit, category, tier, rules)
    told = {row["step"]: row for row in rows}
    assert {step for step, row in told.items() if row["state"] in ("open", "missed")} == still_to_do(now, tier), unit
    first, goal = search(now, tier), GOALS[rules][tier]
    for step, row in told.items():
        assert row["first_day"] == first.get(step), (unit, step)
        if row["state"] in ("done", "late", "unclear"):
            assert step in now.done, (unit, step)
    if goal not in first:
        assert all(row["due"] is None for row in rows)
        return len(first)
    year = year_of(rules, goal, tier, first[goal])
    assert told[goal]["first_year"] == year
    for step in first:
        due = told[step]["due"]
        if not WAYS[rules][step].advised:
            for held, fits in ((due, True), (due + ONE_DAY, False)):
                delayed = search(now, tier, (step, held))
                assert (goal in delayed and year_of(rules, goal, tier, delayed[goal]) == year) is fits, (unit, step)
    return len(first)


READY = "测试甲有限公司"
NO_REPORT = "测试乙有限公司"
SENT = "测试丙有限公司"
UNCONSULTED = "测试丁有限公司"
BARRED = "测试戊有限公司"
PROVINCIAL = "测试己有限公司"
POOLED = "测试庚有限公司"
NATIONAL = "测试辛有限公司"
UNITS = (READY, NO_REPORT, SENT, UNCONSULTED, BARRED, PROVINCIAL, POOLED, NATIONAL)


def hand_world(year: int = 2024) -> World:
    """Seven factories, each at another place of the way, in a year."""
    evaluated = {"basic_ok": True, "outcome": "accepted", "outcome_on": date(year - 1, 11, 1)}
    sent = {"category": "factory", "tier": "provincial", "recommended_by": "苏州市工业和信息化局"}
    everybody = "、".join(sorted(OFFICES))
    return {
        "decisions": [],
        "enterprises": [firm(name, city="苏州市", registered_province="江苏省", manufacturer=True) for name in UNITS],
        "reports": [
            report(f"R-{name[2]}", name, "测试评价有限公司", date(year - 1, 10, 1), **evaluated)
            for name in UNITS
            if name != NO_REPORT
        ],
        "listings": [
            listed(SENT, "city", date(year - 1, 12, 1)),
            listed(PROVINCIAL, "provincial", date(year - 1, 12, 31)),
            listed(NATIONAL, "national", date(year - 1, 6, 30)),
        ],
        "cultivation": [
            {"unit": POOLED, "category": "factory", "plan_year": year, "reported_on": date(year, 3, 31)},
            {"unit": SENT, "category": "factory", "plan_year": year, "reported_on": date(year, 4, 1)},
        ],
        "recommendations": [
            {**sent, "unit": SENT, "recommended_on": date(year, 7, 31), "consulted": everybody},
            {**sent, "unit": UNCONSULTED, "recommended_on": date(year, 7, 1), "consulted": "生态环境、应急管理"},
        ],
        "incidents": [{"unit": BARRED, "kind": "环境污染", "severity": "一般", "occurred_on": date(year - 1, 2, 28)}],
        "attestations": [{"kind": "全部", "checked_on": date(year, 2, 1)}],
    }


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return opened(tmp_path_factory.mktemp("route"), **hand_world())


def steps(session: Session, day: date, unit: str, tier: str = "provincial", **options: Any) -> dict[str, Row]:
    rows = rows_of(session, "route", day, unit=unit, tier=tier, rules="js-draft", **options)
    return {row["step"]: row for row in rows}


IN_TIME, DAY_AFTER, LEAP = date(2024, 7, 31), date(2024, 8, 1), date(2024, 2, 29)
CASES: dict[str, tuple[date, str, str, str, date | None, int | None]] = {
    "recommended at the deadline day": (IN_TIME, READY, "provincial_candidates", "open", IN_TIME, 2024),
    "missed on the day after": (DAY_AFTER, READY, "provincial_candidates", "missed", date(2025, 7, 31), 2025),
    "the list closes that year": (IN_TIME, READY, "provincial_lists", "open", date(2024, 12, 31), 2024),
    "the city list comes before the recommendation": (IN_TIME, READY, "city_list", "open", IN_TIME, 2024),
    "a report takes six months": (LEAP, NO_REPORT, "evaluation", "open", date(2025, 7, 31), 2024),
    "the pool is missed but holds up nothing": (IN_TIME, READY, "pool", "missed", date(2024, 3, 31), 2024),
    "the pool's deadline day is in time": (date(2024, 3, 31), POOLED, "pool", "done", None, 2024),
    "the pool a day late": (IN_TIME, SENT, "pool", "late", None, 2024),
    "sent with all offices heard": (DAY_AFTER, SENT, "provincial_candidates", "done", None, 2024),
    "its list is still to come": (DAY_AFTER, SENT, "provincial_lists", "open", date(2024, 12, 31), 2024),
    "sent without one office": (IN_TIME, UNCONSULTED, "provincial_candidates", "open", IN_TIME, 2024),
    "too late to hear it": (DAY_AFTER, UNCONSULTED, "provincial_candidates", "missed", date(2025, 7, 31), 2025),
    "a bar heals": (LEAP, BARRED, "conditions", "open", date(2026, 7, 31), 2026),
    "listed already": (LEAP, PROVINCIAL, "provincial_lists", "done", None, None),
}


@pytest.mark.parametrize(("day", "unit", "step", "state", "due", "year"), CASES.values(), ids=CASES)
def test_by_hand(
    by_hand: Session, day: date, unit: str, step: str, state: str, due: date | None, year: int | None
) -> None:
    row = steps(by_hand, day, unit)[step]
    assert (row["state"], row["due"], row["first_year"]) == (state, due, year)


def test_the_paper_is_named(by_hand: Session) -> None:
    assert steps(by_hand, IN_TIME, UNCONSULTED)["provincial_candidates"]["paper"] == "征求市场监管部门意见"
    report_missing = steps(by_hand, LEAP, NO_REPORT)["evaluation"]
    assert (report_missing["papers"], report_missing["months"]) == ("D-11+D-17.1", 6)
    assert report_missing["first_day"] == date(2024, 8, 29)
    assert steps(by_hand, LEAP, BARRED)["conditions"]["first_day"] == date(2026, 3, 1)


def test_the_whole_way_to_the_national_list(by_hand: Session) -> None:
    """Provincial list on the last day of a year, national candidates in May, recommendation in July."""
    way = steps(by_hand, IN_TIME, READY, "national")
    dates = {step: row["due"] for step, row in way.items() if row["due"] is not None}
    assert dates == {
        "pool": date(2024, 3, 31),
        "city_list": IN_TIME,
        "provincial_candidates": IN_TIME,
        "provincial_lists": date(2024, 12, 31),
        "national_candidates": date(2025, 5, 31),
        "national_recommendation": date(2025, 7, 31),
    }
    assert [way[step]["first_year"] for step in ("city_list", "provincial_lists", "national_recommendation")] == [
        2024,
        2024,
        2025,
    ]
    listed_now = steps(by_hand, date(2024, 5, 31), PROVINCIAL, "national")
    assert (listed_now["national_candidates"]["due"], listed_now["national_recommendation"]["first_year"]) == (
        date(2024, 5, 31),
        2024,
    )
    day_after = steps(by_hand, date(2024, 6, 1), PROVINCIAL, "national")
    assert (day_after["national_candidates"]["state"], day_after["national_recommendation"]["first_year"]) == (
        "missed",
        2025,
    )


def test_who_has_arrived_has_nothing_left_to_do(by_hand: Session) -> None:
    """A national listing is a provincial one too (D-16); nobody needs the city list any more."""
    way = steps(by_hand, IN_TIME, NATIONAL, "national")
    assert {step: (row["state"], row["done_on"]) for step, row in way.items() if row["state"] != "not_needed"} == {
        "conditions": ("done", None),
        "evaluation": ("done", None),
        "papers": ("done", None),
        "provincial_lists": ("done", date(2023, 6, 30)),
        "national_recommendation": ("done", date(2023, 6, 30)),
    }
    assert all(row["due"] is None and row["first_year"] is None for row in way.values())


@pytest.mark.parametrize("tier", ORDER)
def test_whole_four_year_cycles_shift_the_way_alike(tmp_path: Path, tier: str) -> None:
    worlds = {year: opened(tmp_path / str(year), **hand_world(year)) for year in (2024, 2028)}
    for day in (LEAP, IN_TIME, DAY_AFTER, date(2024, 12, 31)):
        for unit in UNITS:
            now, then = (
                list(steps(worlds[day.year + shift], years_later(day, shift), unit, tier).values()) for shift in (0, 4)
            )
            assert [shifted(row, 4) for row in now] == [shifted(row, 0) for row in then]


def shifted(row: Row, years: int) -> Row:
    """A row without words, its days and years moved."""
    days = {name: row[name] and years_later(row[name], years) for name in ("done_on", "first_day", "due")}
    year = row["first_year"] and row["first_year"] + years
    return {name: row[name] for name in ("step", "state", "papers", "months")} | days | {"first_year": year}


def test_real_dates_win(by_hand: Session, tmp_path: Path) -> None:
    dates = tmp_path / "dates.csv"
    dates.write_text(
        "rules,id,year,date,source\njs-draft,provincial_candidates,2024,2024-08-15,通知\n", encoding="utf-8"
    )
    row = steps(by_hand, DAY_AFTER, READY, dates=str(dates))["provincial_candidates"]
    assert (row["state"], row["due"], row["first_year"]) == ("open", date(2024, 8, 15), 2024)


def test_a_rule_file_may_make_the_pool_a_condition(by_hand: Session, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "id: own\nbased_on: js-draft\nvalues:\n  pool_first: {value: true, clause: own, source: 本市通知, verified: true}\n",
        encoding="utf-8",
    )
    rows = rows_of(by_hand, "route", IN_TIME, unit=READY, tier="provincial", rules_file=str(own))
    told = {row["step"]: row for row in rows}
    assert (told["pool"]["due"], told["provincial_lists"]["first_year"]) == (date(2025, 3, 31), 2025)


def test_a_route_that_names_what_is_not_there_is_told(by_hand: Session, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "id: own\nbased_on: js-draft\nroute:\n  - {id: pool, shown_by: pool, deadline: pol, advised: true}\n",
        encoding="utf-8",
    )
    with pytest.raises(UsageError, match=r"own.yaml, line 4, route.0.deadline: there is no pol"):
        rows_of(by_hand, "route", IN_TIME, unit=READY, tier="provincial", rules_file=str(own))


def test_no_step_comes_before_what_it_waits_for(worlds_asked: Asked) -> None:
    session, day = worlds_asked[0]
    for unit in asked_of(session, day):
        way = steps(session, day, unit, "national")
        for step, row in way.items():
            for before in WAYS["js-draft"][step].needs:
                earlier = way[before]
                for name in ("first_day", "due"):
                    advised = WAYS["js-draft"][before].advised and name == "first_day"
                    if row[name] is not None and earlier[name] is not None and not advised:
                        assert earlier[name] <= row[name]
        years = [way[GOALS["js-draft"][tier]]["first_year"] for tier in ORDER]
        told = [year for year in years if year is not None]
        assert all(one <= other for one, other in pairwise(told))


@pytest.mark.parametrize("day", [IN_TIME, DAY_AFTER])
def test_one_paper_short_by_hand(by_hand: Session, day: date) -> None:
    """Who lacks the report, and who was sent without one office; nobody who is ready, barred or listed."""
    rows = rows_of(by_hand, "route", day, tier="provincial", rules="js-draft")
    due = date(day.year + (day == DAY_AFTER), 7, 31)
    assert {(row["unit"], row["step"], row["due"]) for row in rows} == {
        (NO_REPORT, "evaluation", due),
        (UNCONSULTED, "provincial_candidates", due),
    }


def test_one_paper_short_is_one_finding_short(worlds_asked: Asked) -> None:
    """By the findings of `assess`: nothing fails that no paper heals, and what is open is one paper."""
    seen = 0
    for session, day in worlds_asked:
        rows = rows_of(session, "route", day, tier="city", rules="js-draft")
        table = session.assess(as_of=day, tier="city", rules="js-draft").findings.table
        lacking = table[table["outcome"].isin(["fail", "unknown"])]
        expected = set()
        verdicts = session.assess(as_of=day, tier="city", rules="js-draft").verdicts.table
        listed_now = set(verdicts["unit_id"][verdicts["verdict"] == "listed"])
        for unit, own in lacking.groupby("unit_id"):
            barred = (own["rule"].isin(BARS) & (own["outcome"] == "fail")).any()
            papers = {"report" if rule in EVALUATION else rule for rule in own["rule"]}
            if not barred and len(papers) == 1 and unit not in listed_now:
                expected.add(unit)
        assert {row["unit_id"] for row in rows} == expected
        gains = dict(
            session.ask("leverage", as_of=day, tier="city")
            .table[["unit_id", "gain"]]
            .itertuples(index=False, name=None)
        )
        assert [row["gain"] for row in rows] == [gains.get(row["unit_id"]) for row in rows]
        order = [(-(row["gain"] or 0), row["unit_id"]) for row in rows]
        assert order == sorted(order)
        seen += len(rows)
    assert seen > 5


@pytest.mark.parametrize(("goal", "least"), [("progress", 30), ("count", 200)])
def test_every_chosen_unit_has_a_dated_way(demo: Session, demo_day: date, goal: str, least: int) -> None:
    """On the demo with 200 places (progress needs fewer); at the city tier the first year is that of the plan."""
    answer = demo.plan(as_of=demo_day, count=200, goal=goal)
    plan = answer.table
    assert len(plan) >= least
    every = answer.parts["routes"].table
    assert every["unit_id"].drop_duplicates().tolist() == plan["unit_id"].tolist()
    goals = every[every["step"] == "city_list"]
    assert goals["first_year"].tolist() == plan["first_season"].tolist()
    waiting = every[every["state"].isin(["open", "missed"])]
    assert waiting[["due", "first_day"]].notna().all(axis=None)
    for unit in plan["unit_id"][:10]:
        table = demo.ask("route", as_of=demo_day, unit=unit, tier="city").table.drop(columns="gain")
        assert table.equals(every[every["unit_id"] == unit].reset_index(drop=True))


def test_the_way_as_a_calendar_file(by_hand: Session) -> None:
    answer = by_hand.ask("route", as_of=IN_TIME, unit=READY, tier="national", rules="js-draft")
    text = file_bytes(answer).decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 6
    assert f"SUMMARY:{READY}：推荐省级名单" in text
    assert "DTSTART;VALUE=DATE:20240731" in text
    uids = [line for line in text.splitlines() if line.startswith("UID:")]
    assert len(set(uids)) == 6
