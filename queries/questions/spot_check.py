"""Who may be drawn for a spot check, who is exempt until when, and a draw that anybody can repeat. Clause P-18."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN
from graph_model.kinds import NODE_KINDS
from graph_model.regions import UNKNOWN
from graph_model.tiers import CATEGORIES, Category, Tier
from queries.answers.columns import columns
from queries.answers.frame import city_names, counts, days, flags, tiers, unit_column
from queries.asking.caveats import ViewCaveats, outside_note, unread_ends_note
from queries.asking.options import CategoryOption, TierOption, option
from queries.asking.question import EVERY_FILTER, Options, Question
from queries.duties.duty_findings import UNIT_KINDS, ListedUnitKind
from queries.duties.standing import standing
from queries.law.ruleset import ruleset_for
from queries.measures.exemptions import exemptions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.view import View

COLUMNS = columns(
    "unit_id", "unit", "unit_kind", "city", "categories", "highest@any", "last_checked", "exempt_until", "eligible", "drawn",
    "place", "digest",
)  # fmt: skip


class SpotCheckOptions(Options):
    """Who is looked at, and how many are drawn with which seed."""

    tier: TierOption = option("district", "至少达到的名单层级", "units on a list of at least this tier")
    category: CategoryOption | None = option(None, "只看某类名单", "only lists of this category")
    n: int = option(0, "抽取几家", "how many to draw", ge=0, le=1_000_000)
    seed: str = option("", "公开的种子，如 2026年第一次抽查", "the published seed")


def in_memory(view: View, options: SpotCheckOptions) -> pd.DataFrame:
    """Gather the listed units, their exemptions, and their digests."""
    parts = [_of_kind(view, kind, options) for kind in UNIT_KINDS]
    return pd.concat(parts, ignore_index=True)


def _of_kind(view: View, kind: ListedUnitKind, options: SpotCheckOptions) -> pd.DataFrame:
    table, stands = NODE_KINDS[kind].table, standing(view, kind)
    chosen = stands.tier >= Tier.of(options.tier)
    if options.category is not None:
        chosen &= stands.category == CATEGORIES.index(Category(options.category))
    stands = stands.at(chosen & ~view.graph.outside(table)[stands.unit])
    unit, first = np.unique(stands.unit, return_index=True)
    highest = np.maximum.reduceat(stands.tier, first) if len(unit) else np.empty(0, dtype=np.int8)
    exempt = exemptions(view, kind)
    until = np.full(len(view.graph[table]), OPEN, dtype=np.int64)
    until[exempt.unit] = exempt.until
    region = view.graph[table]["region"][unit]
    ids = unit_column(view.graph, table, "id", unit)
    return pd.DataFrame(
        {
            "unit_id": ids,
            "unit": unit_column(view.graph, table, "name", unit),
            "unit_kind": pd.Series([kind] * len(unit), dtype="str"),
            "city": city_names(view.graph, table, unit),
            "code": np.where(region % 10000 == 0, UNKNOWN, region // 100 * 100),
            "categories": pd.Series(_categories(stands.unit, stands.category), dtype="str"),
            "highest": tiers(highest),
            "last_checked": days(_last_checked(view, kind)[unit]),
            "until": until[unit],
            "digest": pd.Series([digest(options.seed, id) for id in ids], dtype="str"),
        }
    )


def digest(seed: str, unit_id: str) -> str:
    """Return SHA-256 of the seed followed by the unit's id, both UTF-8, in hexadecimal."""
    return hashlib.sha256((seed + unit_id).encode()).hexdigest()


def _categories(unit: NDArray[Any], category: NDArray[Any]) -> list[str]:
    of_units: dict[int, set[str]] = {}
    for row, of in zip(unit.tolist(), category.tolist(), strict=True):
        of_units.setdefault(row, set()).add(CATEGORIES[of].value)
    return ["+".join(sorted(of_units[row])) for row in sorted(of_units)]


def _last_checked(view: View, kind: ListedUnitKind) -> NDArray[Any]:
    checks = view.graph["inspections"]
    last = np.full(len(view.graph[NODE_KINDS[kind].table]), -(2**31), dtype=np.int64)
    by_the_day = (checks["checked_on"] <= view.facts.number) & (checks[kind] >= 0)
    np.maximum.at(last, checks[kind][by_the_day], checks["checked_on"][by_the_day])
    return last


def allotted(eligible: dict[int, int], n: int) -> dict[int, int]:
    """Return how many of `n` each city gives: its share of the eligible rounded down, the rest by largest remainder.

    Equal remainders go to the lower code; nobody gives more than it has. Whole numbers throughout.
    """
    total = sum(eligible.values())
    n = min(n, total)
    if not n:
        return dict.fromkeys(eligible, 0)
    share = {code: n * count // total for code, count in eligible.items()}
    left = n - sum(share.values())
    by_remainder = sorted(eligible, key=lambda code: (-(n * eligible[code] % total), code))
    return {code: share[code] + (code in by_remainder[:left]) for code in eligible}


def conclude(facts: pd.DataFrame, options: SpotCheckOptions) -> pd.DataFrame:
    """Draw, and order: the drawn in order of their digest, then who may be drawn, then the exempt; by unit within."""
    until = facts["until"].to_numpy(dtype=np.int64)
    may = until == OPEN
    code = facts["code"].to_numpy(dtype=np.int64)
    cities, sizes = np.unique(code[may], return_counts=True)
    share = allotted(dict(zip(cities.tolist(), sizes.tolist(), strict=True)), options.n)
    ranked = facts[may].sort_values(["digest", "unit_id"], kind="stable")
    rank = ranked.groupby("code").cumcount()
    wanted = ranked["code"].map(share) if len(ranked) else pd.Series([], dtype="int64")
    drawn = np.zeros(len(facts), dtype=bool)
    drawn[ranked.index[(rank < wanted).to_numpy(dtype=bool)]] = True
    place = np.zeros(len(facts), dtype=np.int64)
    order = ranked.index[drawn[ranked.index]]
    place[order] = np.arange(1, len(order) + 1)
    table = facts.assign(
        exempt_until=days(until),
        eligible=flags(may.astype(np.int8)),
        drawn=flags(drawn.astype(np.int8)),
        place=counts(place, drawn),
        _group=np.where(drawn, 0, np.where(may, 1, 2)),
        _place=place,
    )
    if not options.n:
        table["digest"] = pd.Series([None] * len(table), dtype="str")
    table = table.sort_values(["_group", "_place", "unit_id"], kind="stable")
    return table[[column.name for column in COLUMNS]].reset_index(drop=True)


def notes(view: View, options: SpotCheckOptions) -> list[Bilingual]:
    """Say how the draw is repeated, and where exemptions come from."""
    caveats = []
    if options.n:
        caveats.append(
            Bilingual(
                f"种子“{options.seed}”，抽{options.n}家。复核：对每个可抽单位计算 SHA-256（种子+单位编号），UTF-8，十六进制；"
                "各市名额 = 抽取数 × 该市可抽数 ÷ 可抽总数 取整，"
                "余额按余数从大到小分配（相同者代码小的在先）；各市取值最小的若干家。",
                f"seed {options.seed!r}, {options.n} drawn. To repeat: SHA-256(seed + unit id), UTF-8, hexadecimal, of every "
                "eligible unit; a city gives n x its eligible / all eligible rounded down, the rest by largest remainder (lower "
                "code first); each city gives its lowest digests.",
            )
        )
        if not options.seed:
            caveats.append(
                Bilingual("没有给出种子：结果可预知，请先公布种子", "no seed is given: anybody can foresee the draw")
            )
    if ruleset_for(view.day).set.id != "js-2016":
        caveats.append(
            Bilingual(
                "免查资格依2016年实施方案取得，在其期限内仍不抽取",
                "exemptions were earned under the 2016 plan (P-18); those still running are kept",
            )
        )
    return [*caveats, *unread_ends_note(view), *outside_note(ViewCaveats(view), "enterprises")]


QUESTION = Question(
    name="spot-check",
    title=Bilingual("抽查对象", "spot check"),
    definition=Bilingual(
        "当日在名单内的单位（产品除外）；连续三次抽查无问题的，自第三次起五年内免查，不会被抽中，其间抽查有问题的即不再免查。按设区市分层，用公开的种子抽取，任何人都能复算。",
        "units on a list on the day (products apart); after three clean checks in a row a unit is exempt for five years from the "
        "third, or until a check fails, and never drawn. The draw is stratified by city and made with a published seed, so that "
        "anybody can repeat it.",
    ),
    columns=COLUMNS,
    clause_ids=("P-17", "P-18"),
    options=SpotCheckOptions,
    row_id="unit_id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=110,
)
