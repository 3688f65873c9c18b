"""When a unit can be listed at the earliest: the first list deadline after its bars are healed and its work is done."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
import yaml

from graph_model.days import OPEN, day, months_later, number
from queries.duties.dates import in_year

if TYPE_CHECKING:
    from datetime import date

    from graph_model.tiers import Tier
    from queries.planning.candidates import Standing


def first_seasons(units: Standing) -> list[int | None]:
    """Return per unit the first year in which it can be listed; None where a bar only heals by an act.

    That is the first whose list deadline at the tier is not before the last bar heals, nor before its work is done. Of several
    pieces of work the longest counts, since papers are prepared side by side.
    """
    today, rules = units.view.day, units.matrix.subjects.rules
    asked = [decisions.rule for decisions in units.matrix.judged]
    durations = np.array([0 if rule.bar else rules.months(rule.id) for rule in asked], dtype=np.int64)
    longest = np.where(units.work, durations, 0).max(axis=1, initial=0)
    done = {count: number(months_later(today, count)) for count in np.unique(longest).tolist()}
    ready = np.maximum(units.healed_on, np.array([done[count] for count in longest.tolist()], dtype=np.int64))
    known = {at: None if at >= OPEN else season(day(at), units.matrix.tier) for at in np.unique(ready).tolist()}
    return [known[at] for at in ready.tolist()]


def season(ready: date, tier: Tier) -> int:
    """Return the first year whose list deadline at a tier is on or after a day; the deadline day itself is in time."""
    return ready.year if ready <= in_year(list_day(tier), ready.year) else ready.year + 1


def list_day(tier: Tier) -> str:
    """Return the month and day by which a year's list of a tier is out, such as `12-31`."""
    return _deadlines()[tier.id]["by"]


@cache
def _deadlines() -> dict[str, dict[str, str]]:
    text = files("queries.planning").joinpath("seasons.yaml").read_text(encoding="utf-8")
    lists: dict[str, dict[str, str]] = yaml.safe_load(text)["lists"]
    return lists
