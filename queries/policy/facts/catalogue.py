"""Every fact that an article may ask for, by the name of the field that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.policy.facts import lists, reports, units
from queries.policy.facts.negative import held, never_loaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from queries.policy.facts.subjects import FactColumn, Subjects
    from queries.policy.rule import Rule

GATHER: dict[str, Callable[[Subjects], FactColumn]] = {
    gather.__name__: gather
    for gather in (
        units.registered_home,
        units.site_home,
        units.manufacturer,
        units.legal_boundary,
        units.management_body,
        units.value_added_share,
        units.plan_published_on,
        units.level,
        units.energy_level,
        units.tags,
        units.category,
        lists.city_listed,
        lists.city_keeps_list,
        lists.provincial_listed,
        lists.national_factory,
        lists.supplier_plan,
        lists.standing,
        reports.report,
        reports.accepted,
        reports.reports_loaded,
        reports.bans,
    )
}

OF_ITEM: dict[str, Callable[[Subjects, str], FactColumn]] = {"held": held, "never_loaded": never_loaded}
"""Facts of the negative list: each of its items has its own."""


def facts_of(rule: Rule, subjects: Subjects) -> list[FactColumn]:
    """Return the facts of a rule in the order of its fields."""
    fields: tuple[str, ...] = rule.facts._fields
    return [OF_ITEM[name](subjects, rule.id) if name in OF_ITEM else GATHER[name](subjects) for name in fields]
