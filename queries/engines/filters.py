"""Rows that a filter keeps: `city` what lies in it, `park` itself and its tenants, `leader` itself and its suppliers.

Ranks are computed before filtering, so a filtered answer shows the places of the whole. SPEC 6 and 8.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.bilingual import Bilingual
from graph_model.errors import UnknownNameError, UsageError, named_option
from graph_model.regions import city_of, level_of
from queries.asking.find_unit import find_leader, find_park
from queries.measures.leaders import in_scope

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from graph_model.arrays import Flags
    from graph_model.graph_tables import GraphTables
    from graph_model.regions import Regions
    from graph_model.view import View
    from queries.asking.question import O, Question

    Kept = Callable[[str, str, pa.Array, bool], pa.Array]


def filtered(table: pd.DataFrame, kept_of: Kept, question: Question[O], options: O) -> pd.DataFrame:
    """Return the rows that the filters among the options keep; UsageError for a filter that does not fit the question.

    `kept_of(filter, text, ids, with_others)` says, for an engine, which ids a filter keeps.
    """
    own = set(question.options.__annotations__)  # `park` of park-tenants is its subject, not a filter.
    for name in KEPT:
        text = getattr(options, name)
        if text is None or name in own:
            continue
        if name not in question.filters:
            raise UsageError(
                f"“{question.title.zh}”不能用 {named_option(name)} 筛选",
                f"the rows of {question.name} cannot be filtered by {named_option(name)}",
            )
        with_others = question.row_id != f"{name}_id"  # Rows that stand for parks or leaders keep only the one named.
        passing = kept_of(name, text, texts_of(table[question.row_id]), with_others)
        table = table[passing.to_numpy(zero_copy_only=False)].reset_index(drop=True)
    return table


def texts_of(column: pd.Series[Any]) -> pa.Array:
    """Return a column of ids as an Arrow array."""
    return pa.array(column, pa.string(), from_pandas=True)


def city_code(regions: Regions, text: str) -> int:
    """Return the code of a city of the home province; UsageError if the text names none."""
    reading = regions.read(text)
    if level_of(reading.code) != 2 or reading.doubt is not None:
        cure = Bilingual("请写规范名称或代码，如 苏州市、320500", "write its name or code, such as 苏州市 or 320500")
        names = [regions.name(code) or "" for code in regions.cities]
        raise UnknownNameError(Bilingual("设区市", "city"), text, names, cure)
    return reading.code


def regions_in(regions: Regions, city: int) -> list[str]:
    """Return the codes of a city and its counties, as ids of rows."""
    return [str(code) for code in regions.regions if city_of(code) == city]


def units_in_city(graph: GraphTables, table: str, city: int) -> Flags:
    """Return which enterprises or parks are known to lie in a city or in one of its counties."""
    inside: Flags = graph[table]["region"] // 100 * 100 == city
    return inside


def _in_city(view: View, text: str, ids: pa.Array, with_others: bool) -> pa.Array:
    del with_others
    city = city_code(view.graph.regions, text)
    inside = pc.is_in(ids, pa.array(regions_in(view.graph.regions, city)))
    for table in ("enterprises", "parks"):
        rows = np.flatnonzero(units_in_city(view.graph, table, city))
        inside = pc.or_(inside, pc.is_in(ids, view.graph[table].texts("id", rows)))
    return inside


def _in_park(view: View, text: str, ids: pa.Array, with_others: bool) -> pa.Array:
    park, who = find_park(view, text), view.facts.tenants
    tenants = view.graph["enterprises"].texts("id", who.enterprise[(who.park == park) & with_others])
    return pc.is_in(ids, pa.concat_arrays([tenants, view.graph["parks"].texts("id", np.array([park]))]))


def _of_leader(view: View, text: str, ids: pa.Array, with_others: bool) -> pa.Array:
    leader = find_leader(view, text)
    _, suppliers = view.facts.links(max_age=2).suppliers.of(np.array([leader], dtype=np.int32))
    counted = suppliers[(in_scope(view.graph, "mainland")[suppliers] == 1) & with_others]
    return pc.is_in(ids, view.graph["enterprises"].texts("id", np.append(counted, leader)))


KEPT = {"city": _in_city, "park": _in_park, "leader": _of_leader}
"""Which ids each filter keeps, in memory."""
