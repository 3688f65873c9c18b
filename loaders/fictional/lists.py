"""The green lists: who is published when, on whose evaluation, and who is removed again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from graph_model.arrays import Flags, Ints
from loaders.fictional.cast import NEVER, Cast
from loaders.fictional.columns import chance, day, days, numbered, table, weighted, words, years_of
from loaders.fictional.geography import HOME, geography
from loaders.fictional.industries import INDUSTRIES
from loaders.fictional.registers import qualified_on
from loaders.fictional.rounds import CATEGORIES, DISTRICT, FACTORY, NATIONAL, PRODUCT, TIERS
from loaders.fictional.selection import selections

DEMO_DAY = date(2026, 6, 30)
"""The day of the demo, and the last day of the time line."""


class FictionalBan(NamedTuple):
    """An authority bans the agency at a place among the agencies."""

    agency: int
    authority: str
    decided_on: date
    reason: str
    document: str | None


BANS = (
    FictionalBan(2, "南京市", date(2022, 9, 15), "poor", "绿谱试字2022年第3号"),
    FictionalBan(4, "苏州市", date(2024, 3, 15), "fraud", "绿谱试字2024年第1号"),
    FictionalBan(3, HOME, date(2025, 9, 10), "fraud", "绿谱试字2025年第5号"),
    FictionalBan(9, "全国", date(2025, 12, 5), "unqualified", None),
)

_WITHOUT_FAULT = ("搬迁", "关闭", "合并", "主动退出", "更名")
_WITH_FAULT = ("环境污染", "安全事故", "材料造假", "连续两年未报送动态管理表")
_REASONS = _WITHOUT_FAULT + _WITH_FAULT
_REASON_WEIGHTS = (2, 3, 1, 3, 1, 2, 2, 1, 3)


@dataclass(frozen=True)
class Lists:
    """Every listing as vectors, in order of publication."""

    category: Ints
    tier: Ints
    batch: pa.Array
    unit: Ints
    published: Ints
    removed: Ints
    official: Flags
    agency: Ints
    """Place among the agencies, -1 for a self-evaluation."""
    has_report: Flags
    issued: Ints

    def __len__(self) -> int:
        return len(self.unit)

    @property
    def report_no(self) -> pa.Array:
        """Return the number of the report on each listing, whether or not one is on record."""
        return numbered("LP", years_of(self.issued), np.arange(len(self)) + 1)

    def active(self, on: Ints | int) -> Flags:
        """Return which listings stand on a day."""
        return np.asarray((self.published <= on) & (on < self.removed))


def lists(cast: Cast) -> Lists:
    """Return all listings."""
    rng = cast.draw("lists")
    held = selections(cast)
    sizes = [len(units) for _, units in held]

    def spread(values: list[int]) -> Ints:
        return np.repeat(np.array(values, dtype=np.int32), sizes)

    tier, category = (
        spread([published_round.tier for published_round, _ in held]),
        spread([published_round.category for published_round, _ in held]),
    )
    published = spread([day(published_round.published_on) for published_round, _ in held])
    issued = published - rng.integers(110, 260, len(published), dtype=np.int32)
    return Lists(
        category=category,
        tier=tier,
        batch=words([published_round.batch for published_round, _ in held], spread(list(range(len(held))))).cast(
            pa.string()
        ),
        unit=np.concatenate([units for _, units in held]),
        published=published,
        removed=_removals(rng, published),
        official=spread([published_round.official for published_round, _ in held]).astype(bool),
        agency=_agencies(cast, rng, published, issued, tier),
        has_report=chance(rng, len(published), 0.9) & (category != PRODUCT),
        issued=issued,
    )


def _removals(rng: np.random.Generator, published: Ints) -> Ints:
    """Return the day of removal of each listing; about one in thirty has one by the end of the time line."""
    removed = published + rng.integers(250, 1_500, len(published), dtype=np.int32)
    stays = ~chance(rng, len(published), 0.05) | (removed > day(DEMO_DAY))
    return np.where(stays, NEVER, removed).astype(np.int32)


def _agencies(cast: Cast, rng: np.random.Generator, published: Ints, issued: Ints, tier: Ints) -> Ints:
    """Return who evaluated: few agencies for most, hardly ever one that is banned, units themselves more and more."""
    size = len(published)
    agency = weighted(rng, size, pull(cast))
    early = issued < qualified_on(cast)[agency]
    agency[early] = rng.integers(0, 6, size)[early]
    for ban in BANS:
        inside = (agency == ban.agency) & (issued >= day(ban.decided_on)) & chance(rng, size, 0.85)
        agency[inside] = 0
    own = chance(rng, size, 0.25) & (published >= day(date(2024, 1, 1))) & (tier < NATIONAL)
    # The national round of 2025 asks for no third party.
    own |= (tier == NATIONAL) & (published >= day(date(2025, 10, 1)))
    return np.where(own, -1, agency)


def pull(cast: Cast) -> list[float]:
    """Return how many clients each agency draws: the first ones very many."""
    return [1 / rank**1.15 for rank in range(1, len(cast.agencies) + 1)]


def listings(cast: Cast, lists: Lists) -> pa.Table:
    """Return the lists as published: the official national ones give name, industry and agency, no code or report."""
    rng = cast.draw("listings")
    size = len(lists)
    open_listing = lists.removed == NEVER
    factory = lists.category == FACTORY
    return table(
        "listings",
        {
            "category": words(CATEGORIES, lists.category),
            "tier": words(TIERS, lists.tier),
            "batch": lists.batch,
            "unit": cast.names(lists.unit, lists.published),
            "uscc": words(cast.codes, _known(cast, lists.unit, lists.official | chance(rng, size, 0.25))),
            "region": _regions(cast, lists),
            "industry": words([line.name for line in INDUSTRIES], cast.industry[lists.unit], ~factory),
            "agency": words(cast.agencies, lists.agency, ~lists.official & chance(rng, size, 0.15)),
            "report_no": _report_numbers(lists, lists.official | chance(rng, size, 0.25)),
            "published_on": days(lists.published),
            "removed_on": days(np.where(open_listing, 0, lists.removed), open_listing),
            "removal_reason": words(
                _REASONS, weighted(rng, size, _REASON_WEIGHTS), open_listing | chance(rng, size, 0.05)
            ),
        },
    )


def _known(cast: Cast, units: Ints, blank: Flags) -> Ints:
    return np.where(blank | (units >= len(cast.codes)), -1, units)


def _report_numbers(lists: Lists, blank: Flags) -> pa.Array:
    return words(lists.report_no, np.where(blank | ~lists.has_report, -1, np.arange(len(lists))))


def _regions(cast: Cast, lists: Lists) -> pa.Array:
    """Return 江苏 in the official lists, the province in other national ones, else city or city and county."""
    cities = geography().cities
    counties = [
        cities[city] + county
        for city, county in zip(geography().city_of, geography().counties.to_pylist(), strict=True)
    ]
    place = np.where(lists.tier == NATIONAL, np.where(lists.official, 0, 1), 2 + cast.city[lists.unit])
    place = np.where(lists.tier == DISTRICT, 2 + len(cities) + cast.ground.county[lists.unit], place)
    return words(["江苏", HOME, *cities, *counties], place)
