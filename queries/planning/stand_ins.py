"""Who could supply a leader in place of a factory that is struck: green suppliers of the same thing. SPEC 9.7.

A substitute supplies somebody today, is green, and offers the same: a category (品类) that the factory supplies to the leader, or
its industry: the same four digits; where nobody has them (nor the category), the same three, else the same two. Whoever fails the
negative list, whose report is by an agency banned in its region, or whose listing is under review for one, is no substitute; what
is unknown of one is told. Nothing here says that a substitute can deliver: a person asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.names import normal_form
from graph_model.regions import UNKNOWN
from graph_model.tiers import Category, Tier
from queries.answers.columns import columns
from queries.answers.frame import city_names, flags, tiers, unit_column, words
from queries.answers.shares import share
from queries.law.ruleset import ruleset_for
from queries.measures.leaders import in_scope, leader_tally
from queries.planning.stand_in_checks import CheckedSuppliers, checked_suppliers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from graph_model.arrays import Flags, Rows
    from graph_model.view import View
    from queries.law.rules import Rules
    from queries.measures.tally import Tally


MATCHES: Final = ("category", "industry_4", "industry_3", "industry_2")
"""How a substitute fits, the closest first."""
_DIGITS: Final = (4, 3, 2)
COLUMNS = columns(
    "leader_id", "leader", "unit_id", "unit", "uscc", "city", "same_city", "match", "highest", "supplies_already",
    "unclear@list", "before@switch", "struck@switch", "after@switch",
)  # fmt: skip
TITLE: Final = Bilingual("可替换的绿色供应商", "green suppliers who could stand in")
DEFINITION: Final = Bilingual(
    "该企业供应的各龙头企业，可由哪些绿色供应商替换：当日已在供货、已达所问层级，供应同一品类或同一行业（四位；都没有时三位，再两位），"
    "同城在前；负面清单或第二十四条不符合、报告不予受理或名单需复核的不列。替换后占比按其取代该企业计。能否供货须由人询问。",
    "for each leader that the factory supplies, green suppliers of the same category or industry (four digits, where there is "
    "nobody three, else two), those of its city first; nobody who fails the negative list or Art. 24, or whom a ban in force "
    "blocks or puts under review. The last ratio has the substitute in its place. Whether one can deliver, a person asks.",
)


@dataclass(frozen=True)
class StandIns:
    """Substitutes leader by leader as a table, and how many would fit but for a ban or the negative list."""

    table: pd.DataFrame
    leaders: int
    barred: int


def stand_in_rules(day: date, rules: str | None, rules_file: str | None) -> Rules:
    """Return the rules by which somebody is no substitute: those asked for, else the draft, whose negative list it is."""
    return ruleset_for(day, rules or (None if rules_file else "js-draft"), rules_file)


def stand_ins(
    view: View,
    unit: int,
    tier: Tier,
    rules: Rules,
    leader: int | None = None,
    most: int | None = None,
    struck: Sequence[int] = (),
) -> StandIns:
    """Return who could stand in for an enterprise (row) at each leader that it supplies, or at one of them.

    At most `most` are told per leader; `struck` are enterprises that are supposed to be struck as well.
    """
    supply = _Supply(view, tier, unit, struck)
    leaders = [leader_row for leader_row in supply.leaders() if leader is None or leader_row == leader]
    fits = [supply.fits(leader_row) for leader_row in leaders]
    near = np.flatnonzero(np.any([fit < len(MATCHES) for fit in fits], axis=0)) if fits else np.empty(0, dtype=np.intp)
    checked = checked_suppliers(view, near, tier, rules)
    parts, barred = [_rows(supply, -1, near[:0], near[:0], checked)], 0
    for leader_row, fit in zip(leaders, fits, strict=True):
        usable = near[~checked.barred & (fit[near] < len(MATCHES))]
        closest = fit[usable].min(initial=len(MATCHES))
        wanted = max(int(closest), MATCHES.index("industry_4"))
        barred += int((checked.barred & (fit[near] <= wanted)).sum())
        chosen = usable[fit[usable] <= wanted]
        order = np.lexsort((chosen, fit[chosen], -supply.same_city[chosen]))[:most]
        parts.append(_rows(supply, leader_row, chosen[order], fit[chosen[order]], checked))
    return StandIns(pd.concat(parts, ignore_index=True), len(leaders), barred)


def notes_on(answer: StandIns) -> list[Bilingual]:
    """Say who is left out, and where nobody could be found."""
    notes = []
    if not answer.leaders:
        notes.append(Bilingual("该企业当日不是任何龙头企业的供应商", "it is no supplier of any leader on the day"))
    elif (without := answer.leaders - answer.table["leader_id"].nunique()) > 0:
        notes.append(Bilingual(f"{without} 家龙头企业没有可替换的供应商", f"{without} leaders have no substitute"))
    if answer.barred:
        zh = f"{answer.barred} 家次品类或行业相同，但在负面清单内、报告不予受理或名单需复核，未列"
        notes.append(Bilingual(zh, f"{answer.barred} would fit but fail the negative list, or a ban reaches them"))
    return notes


class _Supply:
    """Who supplies whom with what on the day, seen from one enterprise."""

    def __init__(self, view: View, tier: Tier, unit: int, struck: Sequence[int]) -> None:
        self.view, self.unit = view, unit
        links, enterprises = view.facts.links(max_age=2), view.graph["enterprises"]
        supplies, rows = view.graph["supplies"], links.rows.heads
        self.buyer, self.supplier = supplies["buyer"][rows], supplies["supplier"][rows]
        self.category = _same_names(*supplies.words("category"))[rows]
        self.scope, self.green = in_scope(view.graph, "mainland") == 1, view.green(tier) == 1
        self.counted: tuple[Tally, Any] = leader_tally(view, tier)
        offers = np.zeros(len(enterprises), dtype=bool)
        offers[self.supplier] = True
        self.able = offers & self.green & self.scope & view.facts.on_record("enterprises")
        self.able[[unit, *struck]] = False
        self.by_industry = _fits_of_industry(*enterprises.words("industry_code"), unit)
        city = np.where(enterprises["region"] % 10000 == 0, UNKNOWN, enterprises["region"] // 100)
        both_known = (city != UNKNOWN) & (city[unit] != UNKNOWN)
        self.same_city = np.where(both_known, city == city[unit], -1).astype(np.int8)

    def leaders(self) -> list[int]:
        """Return the leaders that count the enterprise among their suppliers."""
        buyers = np.unique(self.buyer[self.supplier == self.unit])
        counted = np.isin(buyers, self.view.facts.leaders) & (buyers != self.unit) & self.scope[self.unit]
        leaders: list[int] = buyers[counted].tolist()
        return leaders

    def fits(self, leader: int) -> Rows:
        """Return how every enterprise fits as a place in `MATCHES`, beyond its end where it does not."""
        own = (self.supplier == self.unit) & (self.buyer == leader) & (self.category >= 0)
        fit = self.by_industry.copy()
        fit[self.supplier[np.isin(self.category, self.category[own])]] = 0
        fit[~self.able] = len(MATCHES)
        fit[leader] = len(MATCHES)
        return fit

    def supplies(self, leader: int) -> Flags:
        """Return who supplies a leader already."""
        supplies = np.zeros(len(self.able), dtype=bool)
        supplies[self.supplier[self.buyer == leader]] = True
        return supplies


def _same_names(codes: NDArray[Any], vocabulary: Sequence[str]) -> NDArray[Any]:
    """Return codes of words of which those with one normal form have one code; -1 stays unknown."""
    _, alike = np.unique([normal_form(word) for word in vocabulary], return_inverse=True)
    result: NDArray[Any] = np.append(alike, -1)[codes]
    return result


def _fits_of_industry(codes: NDArray[Any], vocabulary: Sequence[str], unit: int) -> Rows:
    """Return how the industry of every enterprise fits that of one, as a place in `MATCHES`; letters before digits are skipped."""
    digits = ["".join(filter(str.isdigit, word)) for word in vocabulary] + [""]
    own = digits[codes[unit]]
    fit = [
        next((place for place, size in enumerate(_DIGITS, 1) if len(own) >= size and code[:size] == own[:size]), 4)
        for code in digits
    ]
    result: Rows = np.array(fit, dtype=np.intp)[codes]
    return result


def _rows(supply: _Supply, leader: int, rows: Rows, fit: Rows, checked: CheckedSuppliers) -> pd.DataFrame:
    """Return the substitutes at one leader as a table; the ratio after counts one who supplied it already once."""
    view, tallied = supply.view, supply.counted[0]
    at = int(np.searchsorted(view.facts.leaders, leader))
    already, gone = supply.supplies(leader)[rows], int(supply.green[supply.unit])
    base, green = (int(column[at]) if leader >= 0 else 0 for column in (tallied.base, tallied.green))
    whole = np.full(len(rows), base)
    places = np.searchsorted(checked.rows, rows)
    owner = np.full(len(rows), leader)
    return pd.DataFrame(
        {
            "leader_id": unit_column(view.graph, "enterprises", "id", owner),
            "leader": unit_column(view.graph, "enterprises", "name", owner),
            "unit_id": unit_column(view.graph, "enterprises", "id", rows),
            "unit": unit_column(view.graph, "enterprises", "name", rows),
            "uscc": unit_column(view.graph, "enterprises", "uscc", rows),
            "city": city_names(view.graph, "enterprises", rows),
            "same_city": flags(supply.same_city[rows]),
            "match": words(fit, MATCHES),
            "highest": tiers(view.highest(Category.FACTORY)[rows]),
            "supplies_already": flags(already.astype(np.int8)),
            "unclear": pd.Series(checked.unclear[places], dtype="str"),
            "before": share(np.full(len(rows), green), whole),
            "struck": share(np.full(len(rows), green - gone), whole),
            "after": share(green - gone + ~already, whole - 1 + ~already),
        }
    )
