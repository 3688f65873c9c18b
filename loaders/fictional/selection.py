"""Who is chosen for which list: mostly the large and keen, mostly one tier after the other, but not always."""

from __future__ import annotations

import numpy as np

from graph_model.arrays import Floats, Ints
from loaders.fictional.cast import Cast, scale
from loaders.fictional.columns import chance
from loaders.fictional.geography import CITY_WEIGHTS, geography
from loaders.fictional.rounds import (
    CITY,
    FACTORY,
    NATIONAL,
    PARK,
    PRODUCT,
    PROVINCIAL,
    SUPPLY_CHAIN,
    TIERS,
    Round,
    rounds,
)


def selections(cast: Cast) -> list[tuple[Round, Ints]]:
    """Return every round that chose anybody, in order of publication, with the units it chose."""
    selection = _Selection(cast)
    chosen = [
        (published_round, selection.take(published_round))
        for published_round in rounds(CITY_WEIGHTS, geography().city_of.tolist())
    ]
    return [(published_round, units) for published_round, units in chosen if len(units)]


class _Selection:
    """Remembers who stands on which list, so that nobody is chosen twice for one tier."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.rng = cast.draw("selection")
        enterprises = cast.local & cast.manufacturer & (cast.above_scale | chance(self.rng, cast.units, 0.04))
        self.candidates = {
            FACTORY: np.flatnonzero(enterprises),
            PRODUCT: np.flatnonzero(enterprises),
            SUPPLY_CHAIN: np.flatnonzero(cast.local),
            PARK: cast.parks,
        }
        self.merit = cast.size + self.rng.gumbel(0, 0.8, cast.units)
        # Some listed names are missing from the register; they are smaller firms.
        self.merit[cast.enterprises : cast.first_park] -= 1
        self.chain_merit = self.merit.copy()
        self.chain_merit[cast.leaders] += 6
        self.listed = {
            (category, tier): np.zeros(cast.units, bool) for category in range(4) for tier in range(len(TIERS))
        }
        units = np.argsort(cast.city[self.candidates[FACTORY]], kind="stable")
        by_city = self.candidates[FACTORY][units]
        self.factories_of = np.split(by_city, np.searchsorted(cast.city[by_city], range(1, 13)))

    def take(self, published_round: Round) -> Ints:
        """Choose the units of one round."""
        units = self._candidates(published_round)
        units = units[~self.listed[published_round.category, published_round.tier][units]]
        score = self._score(published_round, units)
        count = min(self._count(published_round), len(units))
        best = np.argpartition(-score, count - 1)[:count] if count else np.zeros(0, int)
        chosen = np.sort(units[best]).astype(np.int32)
        self.listed[published_round.category, published_round.tier][chosen] = True
        return chosen

    def _candidates(self, published_round: Round) -> Ints:
        if published_round.city < 0:
            return self.candidates[published_round.category]
        units = self.factories_of[published_round.city]
        return (
            units
            if published_round.county < 0
            else np.asarray(units[self.cast.ground.county[units] == published_round.county])
        )

    def _score(self, published_round: Round, units: Ints) -> Floats:
        """Prefer those that stand one tier below; a city does not look for those the province has already listed."""
        merit = self.chain_merit if published_round.category == SUPPLY_CHAIN else self.merit
        score = merit[units] + self.rng.gumbel(0, 0.7, len(units))
        if published_round.tier and not published_round.official:
            score += 2.2 * self.listed[published_round.category, published_round.tier - 1][units]
        if published_round.tier == NATIONAL and not published_round.official:
            score += 1.5 * self.listed[published_round.category, PROVINCIAL][units]
        if published_round.tier <= CITY:
            score -= 2.5 * self.listed[published_round.category, PROVINCIAL][units]
        return score

    def _count(self, published_round: Round) -> int:
        if published_round.category == PARK:
            wanted = published_round.count * len(self.cast.parks) / 100
        elif published_round.category == SUPPLY_CHAIN:
            wanted = published_round.count * len(self.cast.leaders) / 110
        else:
            wanted = published_round.count * scale(self.cast.enterprises)
        if published_round.category == FACTORY and published_round.tier >= PROVINCIAL:
            return max(1, round(wanted))
        return int(wanted + self.rng.random())
