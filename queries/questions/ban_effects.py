"""What would change if every factory listing that a ban puts under review were struck? SPEC 6.3, clause D-24.

Parks, leaders and cities are counted twice, as they are and with the listings struck; what differs is the answer. Memory counts
a view that lacks the listings, a server runs the Cypher of the three counts with their ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.tiers import Tier
from queries.answers.columns import columns
from queries.answers.shares import share
from queries.asking.caveats import ViewCaveats, lacking_lists
from queries.asking.cypher_facts import cypher, tier_number
from queries.asking.fact_kinds import NUMBER, TEXT
from queries.asking.options import BanOptions, TierOption, tier_option
from queries.asking.question import EVERY_FILTER, Question
from queries.measures.bans import ban_parameters, listings_under_review
from queries.measures.place_counts import COUNTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_model.view import View
    from queries.asking.caveats import Caveats
    from queries.asking.server_protocol import Server


class BanEffectsOptions(BanOptions):
    """The ban, and which green its effects are counted in."""

    tier: TierOption = tier_option()


COLUMNS = columns("kind", "id", "name", "base", "before_green", "after_green", "before", "after", "change")
FACTS = {"kind": TEXT, "id": TEXT, "name": TEXT, "base": NUMBER, "before_green": NUMBER, "after_green": NUMBER}


def in_memory(view: View, options: BanEffectsOptions) -> pd.DataFrame:
    """Count parks, leaders and cities before and after, with every factory listing under review struck."""
    tier, struck = Tier.of(options.tier), view.without(listings_under_review(view, options))
    return pd.concat([_changes(kind, count(view, tier), count(struck, tier)) for kind, count in COUNTS.items()])


@dataclass(frozen=True)
class CypherCount:
    """A count that a server makes: the Cypher of a question, its parameters, and its columns of id, name and base."""

    file: str
    parameters: Mapping[str, object]
    id: str
    name: str
    base: str

    def counted(self, server: Server, tier: int, struck: Sequence[str]) -> pd.DataFrame:
        """Return id, name, base and green count of every row; those of no place, or of the whole province, are left out."""
        rows = server.rows(cypher(__file__, self.file), {"tier": tier, "struck": list(struck), **self.parameters})
        rows = [row for row in rows if row[self.id] not in (None, str(server.regions.home))]
        columns = {"id": self.id, "name": self.name, "base": self.base, "green": "green"}
        kinds = {"id": TEXT, "name": TEXT, "base": NUMBER, "green": NUMBER}
        return pd.DataFrame({name: kinds[name].column([row[of] for row in rows]) for name, of in columns.items()})


_ON_SERVER = {
    "park": CypherCount("park_share", {"base": "above_scale"}, "park_id", "park", "base"),
    "leader": CypherCount(
        "leader_ratio",
        {"scope": "mainland", "key_only": False, "max_age": 2},
        "leader_id",
        "leader",
        "suppliers",
    ),
    "city": CypherCount(
        "tier_coverage",
        {"by": "city", "base": "above_scale", "category": "factory"},
        "region_id",
        "region",
        "base",
    ),
}


def on_server(server: Server, options: BanEffectsOptions) -> pd.DataFrame:
    """Count the same on a server, which strikes the listings by their ids."""
    tier, struck = tier_number(options), ids_under_review(server, options)
    counts = {kind: [count.counted(server, tier, ids) for ids in ((), struck)] for kind, count in _ON_SERVER.items()}
    return pd.concat([_changes(kind, before, after) for kind, (before, after) in counts.items()])


def ids_under_review(server: Server, options: BanOptions) -> list[str]:
    """Return the ids of the factory listings of class `review` of all bans asked for."""
    parameters = {"jurisdiction": options.jurisdiction, "lookback_years": options.lookback_years}
    rows = server.rows(cypher(__file__, "ban_reach"), {**parameters, **ban_parameters(server, options)})
    about = ("review", "factory", "enterprise")
    return sorted(
        {row["listing_id"] for row in rows if (row["class"], row["category"], row["unit_kind"]) == about} - {None}
    )


def _changes(kind: str, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of which the green count differs."""
    table = before.assign(kind=kind, before_green=before["green"], after_green=after["green"])
    return table.loc[table["before_green"] != table["after_green"], list(FACTS)].astype({"kind": "str"})


def conclude(facts: pd.DataFrame, _options: BanEffectsOptions) -> pd.DataFrame:
    """Compute shares and changes; order by kind, change and id."""
    base, before, after = (facts[name].to_numpy() for name in ("base", "before_green", "after_green"))
    table = facts.assign(
        before=share(before, base),
        after=share(after, base),
        change=share(after - before, base),
        _kind=facts["kind"].map({"park": 0, "leader": 1, "city": 2}),
    )
    table = table.sort_values(["_kind", "change", "id"], kind="stable")
    return table[[column.name for column in COLUMNS]].reset_index(drop=True)


def notes_in_memory(view: View, options: BanEffectsOptions) -> list[Bilingual]:
    """Say how many listings would be struck, and which lists are missing."""
    return _notes(len(listings_under_review(view, options)), ViewCaveats(view), options)


def notes_on_server(server: Server, options: BanEffectsOptions) -> list[Bilingual]:
    """Say the same of a server."""
    return _notes(len(ids_under_review(server, options)), server, options)


def _notes(struck: int, caveats: Caveats, options: BanEffectsOptions) -> list[Bilingual]:
    return [
        Bilingual(
            f"假设撤销{struck}条需复核的绿色工厂名单（国家级的连同其同时列为的省级）；这只是推演，不是移出决定",
            f"supposes that {struck} factory listings under review are struck; a what-if, not a decision to remove them.",
        ),
        *lacking_lists(caveats, "factory", options.tier),
    ]


QUESTION = Question(
    name="ban-effects",
    title=Bilingual("机构不予受理影响推演", "effects of an agency ban"),
    definition=Bilingual(
        "把所有不予受理中“需复核”的绿色工厂名单（国家级的连同其同时列为的省级）一并撤销后，园区占比、龙头企业占比、设区市覆盖率的变化；"
        "仍有其他名单支撑的企业不变，被撤销企业的身份不变。",
        "what changes in park shares, leader ratios and city coverage if all factory listings of class review, with what is "
        "derived from them, were struck; a unit that stays green through another listing changes nothing.",
    ),
    columns=COLUMNS,
    clause_ids=("D-24", "D-16"),
    options=BanEffectsOptions,
    row_id="id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes_in_memory,
    on_server=on_server,
    notes_on_server=notes_on_server,
    place=60,
)
