"""What of a store may be handed to somebody: the facts about whom he may be told, and where they come from. SPEC 8."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from graph_model.graph_part import graph_part
from graph_model.kinds import UNIT_KINDS, UNIT_TABLES
from graph_model.schema import TABLES
from queries.engines.filters import city_code, units_in_city

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from graph_model.arrays import Flags, Rows
    from graph_model.graph_tables import GraphTables
    from queries.audience import Audience
    from queries.eligibility.evidence import Origins


_KINDS = frozenset(kind.value for kind in UNIT_KINDS)


@dataclass(frozen=True)
class PartOrigins:
    """Where the facts of a part come from: the origins of the rows that were kept."""

    origins: Origins
    kept: dict[str, Rows]

    def of_rows(self, table: str, rows: Rows) -> pa.Array:
        """Return the origins of facts at `rows` of the part, as text."""
        return self.origins.of_rows(table, self.kept[table][rows])


def part_for(audience: Audience, origins: Origins) -> tuple[GraphTables, PartOrigins]:
    """Return the part of the graph that an audience may have, and where its facts come from.

    A city has the enterprises and parks in it, a park itself and its tenants, a leader itself and its own suppliers, the province
    everybody; never an enterprise known only from somebody else's supply list. Supply links go to their own buyer alone. Facts
    go with the units they are about; agencies and bans are public.
    """
    graph = audience.view.graph
    units = {"enterprises": _enterprises(audience), "parks": _parks(audience)}
    units["agencies"] = np.ones(len(graph["agencies"]), dtype=bool)
    kept = units | {table: _facts(audience, table, units) for table in TABLES if table not in UNIT_TABLES}
    rows = {table: np.flatnonzero(mask) for table, mask in kept.items()}
    return graph_part(graph, kept), PartOrigins(origins, rows)


def _enterprises(audience: Audience) -> Flags:
    graph = audience.view.graph
    if audience.kind == "province":
        wanted = np.ones(len(graph["enterprises"]), dtype=bool)
    elif audience.kind == "city":
        wanted = _in_city(audience, "enterprises")
    else:
        wanted = np.zeros(len(graph["enterprises"]), dtype=bool)
        if audience.kind == "park":
            stays = graph["tenancies"]
            wanted[stays["enterprise"][stays["park"] == audience.row]] = True
        else:
            links = graph["supplies"]
            wanted[links["supplier"][links["buyer"] == audience.row]] = True
            wanted[audience.row] = True
    return wanted & ~audience.hidden


def _parks(audience: Audience) -> Flags:
    graph = audience.view.graph
    if audience.kind == "city":
        return _in_city(audience, "parks")
    wanted = np.full(len(graph["parks"]), audience.kind == "province")
    if audience.kind == "park":
        wanted[audience.row] = True
    return wanted


def _in_city(audience: Audience, table: str) -> Flags:
    graph = audience.view.graph
    return units_in_city(graph, table, city_code(graph.regions, audience.text))


def _facts(audience: Audience, table: str, units: dict[str, Flags]) -> Flags:
    """Return the rows of a table whose enterprise or park is kept; rows about nobody are the province's."""
    rows = audience.view.graph[table]
    if table == "supplies":
        own_links = rows["buyer"] == audience.row if audience.kind == "leader" else np.zeros(len(rows), dtype=bool)
        own: Flags = own_links & np.append(units["enterprises"], False)[rows["supplier"]]
        return own
    # The row -1 stands for nobody, who is kept.
    named = [(rows[name], np.append(units[of], True)) for name, of in _subjects(table)]
    if table == "names":
        of_kept: Flags = np.logical_or.reduce([kept[unit] & (unit >= 0) for unit, kept in named])
        return of_kept
    if not named:
        return _costs(audience)
    allowed: Flags = np.logical_and.reduce([kept[unit] for unit, kept in named])
    about: Flags = np.logical_or.reduce([unit >= 0 for unit, _ in named])
    return allowed & (about | (audience.kind == "province"))


def _subjects(table: str) -> Iterator[tuple[str, str]]:
    """Yield the columns that say whom a row is about; others, such as who sponsors a plan, only add to it."""
    for name, holds in TABLES[table].items():
        if name in _KINDS and holds.refers_to is not None:
            yield name, holds.refers_to


def _costs(audience: Audience) -> Flags:
    """Return the rows of costs: those of the province, but for enterprises that may not be named."""
    graph = audience.view.graph
    hidden = np.append(audience.hidden, False)
    units = graph.rows_of([text or "" for text in graph["costs"].texts("subject").to_pylist()], "enterprises")
    nameable: Flags = ~hidden[units] & (audience.kind == "province")
    return nameable
