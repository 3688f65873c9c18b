"""One question about one world on one day, as rows of exactly the columns of SPEC 6.

Reading: `city` keeps the rows whose shown city is that city; `park` on a table without a park column keeps
the park itself and its tenants on the day, `leader` the leader and its suppliers (default options).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.reference import places
from tests.reference.agency_card import agency_card
from tests.reference.bans import ban_effects, ban_reach
from tests.reference.coverage import enterprise_ladder, tier_coverage
from tests.reference.day import NO, UNKNOWN, YES, Day
from tests.reference.deadlines import calendar
from tests.reference.facts import Facts
from tests.reference.leader_ratio import hops, in_scope, leader_ratio, leader_suppliers
from tests.reference.park_share import park_share, park_tenants
from tests.reference.reconcile import reconcile
from tests.reference.spot_check import spot_check
from tests.reference.world import Refused, Row, World

UNIT = "unit_id unit uscc city identity green highest since in_pool incidents output"
COLUMNS = {
    "park-share": "park_id park level city tenants base base_unknown green green_unknown listed_outside_base share "
    "share_low share_high output_known output_base output_green output_share official_base official_share "
    "units_short rank count_rank",
    "park-tenants": UNIT + " in_base start",
    "leader-ratio": "leader_id leader city chain basis list_year suppliers outside_mainland region_unknown green "
    "unknown ratio ratio_low ratio_high spend_known spend_total spend_green spend_ratio rank count_rank",
    "leader-suppliers": UNIT + " hop in_scope key spend",
    "ban-reach": "ban_id agency_id agency class unit_id unit unit_kind category tier city report_no date "
    "window_start window_end path clause",
    "ban-effects": "kind id name base before_green after_green before after change",
    "tier-coverage": "region_id region base base_unknown national provincial city district pool none unknown "
    "at_least_provincial at_least_city listed_outside_base share share_low share_high output_known output_base "
    "output_green output_share official_base official_share",
    "enterprise-ladder": "enterprise_id enterprise uscc city county parks pool_years district_on city_on "
    "provincial_on provincial_basis national_on highest next_tier",
}
FLAGS = {"green", "in_base", "in_scope", "key"}
ID = {"park-share": "park_id", "leader-ratio": "leader_id", "enterprise-ladder": "enterprise_id"}
BAN = {
    "agency": None,
    "on": None,
    "authority": None,
    "jurisdiction": "recorded",
    "lookback_years": 3,
    "tier": "city",
}
LINKS: dict[str, Any] = {"tier": "city", "depth": 1, "scope": "mainland", "key_only": False, "max_age": 2}
DEFAULTS: dict[str, dict[str, Any]] = {
    "park-share": {"tier": "city", "base": "above_scale", "threshold": None},
    "park-tenants": {"tier": "city", "base": "above_scale", "park": None},
    "leader-ratio": LINKS,
    "leader-suppliers": LINKS | {"leader": None},
    "ban-reach": {name: value for name, value in BAN.items() if name != "tier"},
    "ban-effects": BAN,
    "tier-coverage": {"by": "city", "tier": "city", "base": "above_scale", "category": "factory"},
    "enterprise-ladder": {"base": "above_scale"},
}
LAW: dict[str, tuple[Callable[[Day, dict[str, Any]], list[Row]], dict[str, Any]]] = {
    "calendar": (calendar, {"rules": "js-draft", "year": None}),
    "spot-check": (spot_check, {"tier": "district", "category": None, "n": 0, "seed": None}),
    "agency-card": (agency_card, {"agency": None, "load_year": None}),
    "reconcile": (reconcile, {"since": None}),
}
"""The questions of the rule book: their rows hold the columns that RULES fixes, and `open` where it does not."""


def answer(world: World | Facts, question: str, as_of: date, **options: Any) -> list[Row]:
    """The rows of an answer, columns in the order of SPEC 6, `path` left empty."""
    day = Day(world if isinstance(world, Facts) else Facts(world), as_of)
    if question in LAW:
        ask, defaults = LAW[question]
        return ask(day, defaults | options)
    chosen = DEFAULTS[question] | {k: v for k, v in options.items() if k in DEFAULTS[question]}
    filters = {k: v for k, v in options.items() if k not in DEFAULTS[question]}
    if question == "tier-coverage" and options.get("base") and chosen["category"] != "factory":
        raise Refused("base is for factories")
    if chosen.get("threshold") is not None:
        chosen["threshold"] = threshold(chosen["threshold"])
    rows = asked(day, question, chosen)
    for keeps in [kept_by(day, question, by, wanted) for by, wanted in filters.items()]:
        rows = [row for row in rows if keeps(row)]
    return [{column: plain(column, row.get(column)) for column in COLUMNS[question].split()} for row in rows]


def asked(day: Day, question: str, chosen: dict[str, Any]) -> list[Row]:
    if question == "park-tenants":
        return park_tenants(day, the_park(day, chosen["park"]), chosen)
    if question == "leader-suppliers":
        return leader_suppliers(day, the_leader(day, chosen["leader"]), chosen)
    return {
        "park-share": park_share,
        "leader-ratio": leader_ratio,
        "ban-reach": ban_reach,
        "ban-effects": ban_effects,
        "tier-coverage": tier_coverage,
        "enterprise-ladder": enterprise_ladder,
    }[question](day, chosen)


def threshold(text: Any) -> Fraction:
    """The decimal as written; `50%` and `0.5` are equal; above 1 without `%` is refused, above 100% too."""
    text = str(text)
    value = Fraction(Decimal(text.removesuffix("%"))) / (100 if text.endswith("%") else 1)
    if value > 1:
        raise Refused("a threshold is at most 100%")
    return value


def the_park(day: Day, text: str) -> str:
    park = day.facts.who.kinds["park"].find(text)
    if park not in day.on_record("park"):
        raise Refused("a park not on record")
    return park


def the_leader(day: Day, text: str) -> str:
    leader = day.facts.who.kinds["enterprise"].find(text)
    if leader not in day.leaders():
        raise Refused("a unit that is no leader")
    return leader


def kept_by(day: Day, question: str, by: str, wanted: str) -> Callable[[Row], bool]:
    """The filters city, park and leader."""
    column = ID.get(question, "unit_id")
    if by == "city":
        city = places.up_to(places.place_of_text(wanted), "city")
        return lambda row: places.up_to(places.place_of_text(row["city"]), "city") == city
    if by == "park":
        units = {park := the_park(day, wanted), *day.tenants(park)}
        return lambda row: row[column] in units
    if question == "park-share":
        raise Refused("a park is nobody's supplier")
    leader = the_leader(day, wanted)
    units = {leader, *(u for u in hops(day, leader, LINKS) if in_scope(day, u, LINKS["scope"]) == YES)}
    if question == "leader-ratio":
        units = {leader}
    return lambda row: row[column] in units


def plain(column: str, value: Any) -> Any:
    """Fractions leave as floats; yes, no and unknown as True, False and null."""
    if column in FLAGS and isinstance(value, str):
        return {YES: True, NO: False, UNKNOWN: None}[value]
    return float(value) if isinstance(value, Fraction) else value
