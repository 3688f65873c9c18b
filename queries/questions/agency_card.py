"""How does an agency stand: its reports, clients, load against the cap, bans? One row per agency, or per year of one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN, day, number
from graph_model.tiers import TIERS, Tier
from queries.answers.columns import columns
from queries.answers.frame import city_names, counts, days, flags, unit_column
from queries.asking.options import option
from queries.asking.question import Options, Question
from queries.law.ruleset import ruleset_for
from queries.measures.agency_load import cap_in_force, groups, loads
from queries.measures.bans import AgencyEvidence, recorded_bans

if TYPE_CHECKING:
    from graph_model.arrays import Flags, Rows
    from graph_model.view import View


_TIER_COLUMNS = tuple(f"reports_{tier.id}" for tier in reversed(TIERS))
COLUMNS = columns(
    "agency_id", "agency", "city", "legal_representative", "qualified_on", "year", "reports", "third_party",
    "self_evaluation", *_TIER_COLUMNS, "reports_unknown", "accepted", "refused", "pending", "clients_listed",
    "clients_removed", "load_year", "load", "load_together", "together_with", "cap", "over_cap", "worst_year",
    "worst_load", "years_over_cap", "bans", "banned_until",
)  # fmt: skip
ALL_YEARS = -1
_WORST = ("worst_year", "worst_load")


class AgencyCardOptions(Options):
    """One agency by year, or all of them; and which year the evaluations are of."""

    agency: str | None = option(None, "只看该机构，并逐年列出", "only this agency, with a row per year")
    load_year: int | None = option(
        None, "评价年度；不写为当日所在年", "year of the evaluations; else that of the day", ge=2000, le=2200
    )
    cap: int | None = option(None, "每年上限；不写按当年有效的规则", "cap a year; else that in force", ge=0, le=100_000)


def in_memory(view: View, options: AgencyCardOptions) -> pd.DataFrame:
    """Count what every agency did, all years together and, for one agency, year by year."""
    evidence = AgencyEvidence(view)
    on_record = view.facts.on_record("agencies")
    rows = np.flatnonzero(on_record)
    if options.agency is None:
        return _card(view, evidence, rows, None, options)
    agency = np.array([view.graph.find(options.agency, "agencies")])
    years = _years(view, evidence, int(agency[0]))
    return pd.concat([_card(view, evidence, agency, year, options) for year in [None, *years]], ignore_index=True)


def _years(view: View, evidence: AgencyEvidence, agency: int) -> list[int]:
    """Return every year in which something of the agency is dated."""
    reports, listings = view.graph["reports"], view.graph["listings"]
    own = evidence.report_day[(reports["agency"] == agency) & evidence.report_exists]
    published = listings["published_on"][
        (evidence.listing_agency == agency) & (listings["published_on"] <= view.facts.number)
    ]
    of_load = [load.year for load in loads(view) if agency in load.agencies and load.year is not None]
    dated = {day(int(on)).year for on in np.concatenate([own, published]) if on != OPEN}
    return sorted(dated | set(of_load))


def _card(
    view: View, evidence: AgencyEvidence, agencies: Rows, year: int | None, options: AgencyCardOptions
) -> pd.DataFrame:
    """Return one row per agency: all years together, or what is dated in one year."""
    graph = view.graph
    head = {
        "agency_id": unit_column(graph, "agencies", "id", agencies),
        "agency": unit_column(graph, "agencies", "name", agencies),
        "city": city_names(graph, "agencies", agencies),
        "legal_representative": unit_column(graph, "agencies", "legal_representative", agencies),
        "qualified_on": days(graph["agencies"]["qualified_on"][agencies]),
        "year": ALL_YEARS if year is None else year,
    }
    load_year = year if year is not None else options.load_year or view.day.year
    return pd.DataFrame(
        {
            **head,
            **{name: numbers[agencies] for name, numbers in _reports(view, evidence, year).items()},
            **{name: numbers[agencies] for name, numbers in _clients(view, evidence, year).items()},
            **_load(view, agencies, load_year, options.cap),
            **_worst(view, agencies, year, options.cap),
            **_bans(view, agencies, year),
        }
    )


def _reports(view: View, evidence: AgencyEvidence, year: int | None) -> dict[str, Rows]:
    """Count reports per agency by mode, tier and outcome."""
    reports = view.graph["reports"]
    naming = (reports["agency"] >= 0) & evidence.report_exists & _of_year(evidence.report_day, year)
    third_party = evidence.report_agency >= 0
    since = np.where(reports["outcome_on"] == OPEN, evidence.report_day, reports["outcome_on"])
    settled = (since <= view.facts.number) | (since == OPEN)
    codes, words = reports.words("outcome")
    masks: dict[str, Flags] = {
        "reports": naming,
        "third_party": naming & third_party,
        "self_evaluation": naming & ~third_party,
    }
    masks |= {f"reports_{tier.id}": naming & (reports["tier"] == tier) for tier in reversed(TIERS)}
    masks["reports_unknown"] = naming & (reports["tier"] == Tier.NONE)
    for name in ("accepted", "refused"):
        masks[name] = naming & settled & np.array([word == name for word in words] + [False])[codes]
    masks["pending"] = naming & evidence.pending
    size = len(view.graph["agencies"])
    return {name: np.bincount(reports["agency"][mask], minlength=size) for name, mask in masks.items()}


def _clients(view: View, evidence: AgencyEvidence, year: int | None) -> dict[str, Rows]:
    """Count distinct units per agency with a listing resting on it: active, and removed; by year of publication or removal."""
    listings = view.graph["listings"]
    size = len(view.graph["agencies"])
    published = listings["published_on"] <= view.facts.number
    removed = published & (listings["removed_on"] <= view.facts.number) & _of_year(listings["removed_on"], year)
    active = view.listed & _of_year(listings["published_on"], year)
    clients = {}
    for name, mask in (("clients_listed", active), ("clients_removed", removed)):
        rows = np.flatnonzero(mask & (evidence.listing_agency >= 0))
        columns = (evidence.listing_agency[rows], listings["enterprise"][rows], listings["park"][rows])
        distinct = np.unique(np.stack(columns), axis=1)[0] if len(rows) else np.empty(0, dtype=np.int64)
        clients[name] = np.bincount(distinct, minlength=size)
    return clients


def _load(view: View, agencies: Rows, year: int, cap: int | None) -> dict[str, Any]:
    """Return national evaluations of a year, alone and with the agencies of the same legal representative."""
    group = groups(view)
    own = np.zeros(len(group), dtype=np.int64)
    together = np.zeros(int(group.max()) + 1 if len(group) else 0, dtype=np.int64)
    for load in loads(view):
        if load.year == year:
            own[list(load.agencies)] = load.counts
            together[group[load.agencies[0]]] = load.total
    names = view.graph["agencies"].texts("name").to_pylist()
    others = [
        "、".join(names[other] for other in np.flatnonzero(group == group[agency]) if other != agency) or None
        for agency in agencies.tolist()
    ]
    in_force = cap if cap is not None else cap_in_force(year)
    return {
        "load_year": year,
        "load": own[agencies],
        "load_together": together[group[agencies]],
        "together_with": pd.Series(others, dtype="str"),
        "cap": -1 if in_force is None else in_force,
    }


def _worst(view: View, agencies: Rows, year: int | None, cap: int | None) -> dict[str, Any]:
    """Return, in the row of all years, the year with the most evaluations of a group under a cap, and the years above it."""
    group = groups(view)
    worst: dict[int, tuple[int, int]] = {}
    above: defaultdict[int, list[int]] = defaultdict(list)
    for load in loads(view) if year is None else ():
        limit = None if load.year is None else cap if cap is not None else cap_in_force(load.year)
        if load.year is None or limit is None:
            continue
        of_group = int(group[load.agencies[0]])
        worst[of_group] = max(worst.get(of_group, (0, 0)), (load.total, load.year))
        if load.total > limit:
            above[of_group].append(load.year)
    of_agencies = group[agencies].tolist()
    texts = ["、".join(map(str, above[of_group])) or None for of_group in of_agencies]
    return {
        "worst_load": [worst.get(of_group, (-1, -1))[0] for of_group in of_agencies],
        "worst_year": [worst.get(of_group, (-1, -1))[1] for of_group in of_agencies],
        "years_over_cap": pd.Series(texts, dtype="str"),
    }


def _bans(view: View, agencies: Rows, year: int | None) -> dict[str, Any]:
    """Count the bans decided by the day (or in a year); `banned_until` is the end of the last one in force."""
    bans = recorded_bans(view, "recorded", ruleset_for(view.day, "js-draft"), past=True)
    counted = [
        sum(1 for ban in bans if ban.agency == agency and (year is None or ban.decided.year == year))
        for agency in agencies.tolist()
    ]
    ends = [
        max((number(ban.end) for ban in bans if ban.agency == agency), default=OPEN) for agency in agencies.tolist()
    ]
    running = [end if end > view.facts.number else OPEN for end in ends]
    return {"bans": counted, "banned_until": np.array(running, dtype=np.int64)}


def _of_year(on: Rows, year: int | None) -> Any:
    if year is None:
        return np.ones(len(on), dtype=bool)
    first, after = number(date(year, 1, 1)), number(date(year + 1, 1, 1))
    return (first <= on) & (on < after)


def conclude(facts: pd.DataFrame, _options: AgencyCardOptions) -> pd.DataFrame:
    """Compare the load with the cap; order by agency and year, all years together first."""
    year, cap = facts["year"].to_numpy(dtype=np.int64), facts["cap"].to_numpy(dtype=np.int64)
    over = np.where(cap < 0, -1, facts["load_together"].to_numpy(dtype=np.int64) > cap)
    table = facts.assign(
        year=counts(year, year != ALL_YEARS),
        cap=counts(cap, cap >= 0),
        over_cap=flags(over.astype(np.int8)),
        **{name: counts(facts[name].to_numpy(dtype=np.int64), facts[name].to_numpy() >= 0) for name in _WORST},
        banned_until=days(facts["banned_until"].to_numpy(dtype=np.int64)),
        _year=year,
    )
    table = table.sort_values(["agency_id", "_year"], kind="stable").reset_index(drop=True)
    return table[[column.name for column in COLUMNS]]


def notes(_view: View, _options: AgencyCardOptions) -> list[Bilingual]:
    """Say how the counts hang together."""
    return [
        Bilingual(
            "报告 = 受理 + 不予受理 + 待定 + 无受理结果但已有名单据以列入的；"
            "上限按当年有效的国家规定（自2024年起），早年为空，可用 --cap 指定；合计行另列评价项目最多的年度和超过上限的各年度",
            "reports = accepted + refused + pending + those without an outcome on which an active listing rests; the cap is the "
            "national one in force in the year (from 2024), null before: try another with --cap. The row of all years also tells "
            "the year with the most evaluations, and every year above the cap",
        ),
        Bilingual(
            "国家级评价项目按单位、类别、年度去重，含国家级名单上写明机构而没有报告的；产品不计",
            "national evaluations are distinct by unit, category and year, with national listings that name an agency and have no "
            "report; products do not count",
        ),
    ]


QUESTION = Question(
    name="agency-card",
    title=Bilingual("机构画像", "agency card"),
    definition=Bilingual(
        "每家第三方机构一行：按方式、层级的报告数，受理、不予受理与待定，所评名单内单位与后来移出的单位，评价年度的国家级评价项目数"
        "（本机构，及同一法定代表人的机构合计）与上限，不予受理情况。写明机构时逐年列出，首行（年度为空）为合计。",
        "one row per agency: reports by mode and tier, accepted, refused, pending; clients listed and later removed; national "
        "evaluations of a year, alone and with agencies of the same legal representative, against the cap; bans. With agency= a "
        "row per year; the first row (no year) is of all years.",
    ),
    columns=COLUMNS,
    clause_ids=("D-24", "A-15"),
    options=AgencyCardOptions,
    row_id="agency_id",
    filters=frozenset(),
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=120,
)
