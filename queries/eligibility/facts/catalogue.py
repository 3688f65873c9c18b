"""Every fact that an article may ask for, by the name of the field that asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.eligibility.facts import lists, own_row, reports
from queries.eligibility.facts.looked_up import tenants_unchecked, unchecked
from queries.eligibility.facts.negative import held
from queries.eligibility.facts.verified_complaints import verified_complaints

if TYPE_CHECKING:
    from collections.abc import Callable

    from queries.eligibility.facts.subjects import FactColumn, Subjects
    from queries.law.rule import Rule

GATHER: dict[str, Callable[[Subjects], FactColumn]] = {
    gather.__name__: gather
    for gather in (
        own_row.registered_home,
        own_row.site_home,
        own_row.manufacturer,
        own_row.legal_boundary,
        own_row.management_body,
        own_row.value_added_share,
        own_row.plan_published_on,
        own_row.level,
        own_row.energy_level,
        own_row.industry_code,
        own_row.tags,
        own_row.category,
        lists.city_listings,
        lists.city_keeps_list,
        lists.provincial_listed,
        lists.national_factory,
        lists.supplier_plan,
        lists.in_pool,
        lists.standing,
        reports.report,
        reports.refused,
        reports.reports_loaded,
        reports.bans,
        verified_complaints,
    )
}

OF_ITEM: dict[str, Callable[[Subjects, str], FactColumn]] = {
    gather.__name__: gather for gather in (held, unchecked, tenants_unchecked)
}
"""Facts of the negative list: each of its items has its own."""


def facts_of(rule: Rule, subjects: Subjects) -> list[FactColumn]:
    """Return the facts of a rule in the order of its fields."""
    fields: tuple[str, ...] = rule.facts._fields
    return [OF_ITEM[name](subjects, rule.id) if name in OF_ITEM else GATHER[name](subjects) for name in fields]
