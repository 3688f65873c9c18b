"""Who sits in one park, and who of them is green? One row per tenant. SPEC 6.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.tiers import Tier
from queries.answers.columns import columns
from queries.answers.frame import days, flags, in_order
from queries.asking.caveats import lacking_lists, lacking_tables
from queries.asking.cypher_facts import CypherFacts, cypher
from queries.asking.fact_kinds import DAY, FLAG
from queries.asking.find_unit import find_park
from queries.asking.options import BaseOption, TierOption, base_option, option, tier_option
from queries.asking.question import Options, Question
from queries.eligibility.server_units import UNIT_FACTS, with_kinds_that_count
from queries.eligibility.unit_facts import unit_facts
from queries.measures.parks import tenant_membership

if TYPE_CHECKING:
    from graph_model.view import View
    from queries.asking.caveats import Caveats
    from queries.asking.server_protocol import Server


class ParkTenantsOptions(Options):
    """Which park; the rest as in `park-share`."""

    park: str = option(..., "园区：名称、别名或编号", "the park: name, alias or id", examples=["虚构产业园区"])
    tier: TierOption = tier_option()
    base: BaseOption = base_option()


COLUMNS = columns(
    "unit_id", "unit", "uscc", "city", "identity", "green@flag", "highest", "since", "in_pool", "incidents", "output",
    "in_base", "start",
)  # fmt: skip


FACTS = {**UNIT_FACTS, "in_base": FLAG, "start": DAY}


def in_memory(view: View, options: ParkTenantsOptions) -> pd.DataFrame:
    """Gather the tenants of the park on the day, in id order."""
    park = find_park(view, options.park)
    who = view.facts.tenants
    here = who.park == park
    rows = who.enterprise[here]
    table = unit_facts(view, rows, Tier.of(options.tier))
    table["in_base"] = flags(tenant_membership(view, options.base)[here])
    table["start"] = days(who.start[here])
    return pd.DataFrame(table)


def conclude(facts: pd.DataFrame, _options: ParkTenantsOptions) -> pd.DataFrame:
    """Return the rows in id order; there is nothing to compute."""
    return in_order(facts, ["unit_id"], COLUMNS)


def notes(caveats: Caveats, options: ParkTenantsOptions) -> list[Bilingual]:
    """Say which lists and tables are missing."""
    needed = lacking_tables(caveats, "enterprises", "tenancies", "annual_figures")
    return [*lacking_lists(caveats, "factory", options.tier), *needed]


def park_id(server: Server, options: ParkTenantsOptions) -> dict[str, str]:
    """Return the park by its id."""
    return {"park": server.park(options.park)}


QUESTION = Question(
    name="park-tenants",
    title=Bilingual("园区企业明细", "tenants of one park"),
    definition=Bilingual(
        "一个园区当日的在园企业，一家一行；“在口径内”为“是”的家数等于其绿色工厂占比的分母，其中绿色为“是”的等于分子。",
        "the tenants of one park on the day, one a row; those in the base are the base of park-share, and of them the green "
        "ones its green.",
    ),
    columns=COLUMNS,
    clause_ids=("D-17c", "D-18"),
    options=ParkTenantsOptions,
    row_id="unit_id",
    filters=frozenset({"city", "leader"}),
    in_memory=in_memory,
    conclude=conclude,
    notes=notes,
    on_server=CypherFacts(cypher(__file__), FACTS, ("base",), park_id, with_kinds_that_count),
    place=20,
)
