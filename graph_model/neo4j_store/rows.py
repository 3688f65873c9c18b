"""Rows of a table as the server takes them: an id, the known columns, and the ids of whom they refer to.

The id of a unit is its own; the id of a fact is a hash of everything it says, so that equal facts are the same node in every
push and a changed fact is another one. What follows from undated data alone (outside or not, the city that is shown, when a
supply link holds) is worked out here, once, beside the columns; `pull` leaves it behind.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from graph_model.column_types import CATEGORY, NEVER
from graph_model.days import ALWAYS, OPEN, first_of_year
from graph_model.errors import StoreError
from graph_model.kinds import UNIT_TABLES
from graph_model.names import normal_form
from graph_model.neo4j_store.model import GREEN, LEADER, LINKS, SUPPLIER, ends
from graph_model.regions import city_of, level_of
from graph_model.schema import TABLES
from graph_model.tiers import CATEGORIES, Category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from graph_model.graph_tables import GraphTables

CHUNK: Final = 50_000
"""Rows made into Python values at once where all rows of a table are read for their ids."""
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
"""Stand for "always" and "open" on the server where both ends of a span must be known."""
_CATEGORY_IDS: Final = np.array([*(category.value for category in CATEGORIES), None], dtype=object)


@dataclass(frozen=True)
class Batch:
    """Some rows of a table: property names (`id` and `row` first), their values row by row, and ids of whom they refer to."""

    names: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    refs: dict[str, list[str | None]]

    def refuse_unfit(self) -> None:
        """Refuse what the server would take amiss: a row without key, a list that holds null or several types."""
        for row in self.rows:
            if not row[0]:
                raise StoreError("有一行没有键，不能推送", "a row has no key and cannot be pushed")
            for name, value in zip(self.names, row, strict=True):
                if type(value) is list and (None in value or len({type(item) for item in value}) > 1):
                    raise StoreError(
                        f"{row[0]} 的 {name} 是混合类型或含空值的列表，不能推送",
                        f"{name} of {row[0]} is a list of mixed types or with nulls and cannot be pushed",
                    )


class GraphRows:
    """The rows of a graph, table by table; reports before listings, units before all."""

    def __init__(self, graph: GraphTables) -> None:
        self._graph = graph
        self._ids: dict[str, list[str]] = {}
        self._derived: dict[str, dict[str, list[Any]]] = {}

    def ids(self, table: str) -> list[str]:
        """Return the id of every row; StoreError for a unit without one."""
        if table not in self._ids:
            self._ids[table] = self._unit_ids(table) if table in UNIT_TABLES else self._fact_ids(table)
        return self._ids[table]

    def digests(self, table: str) -> list[str]:
        """Return a hash of everything a unit's node says."""
        marks = self.marks(table)
        own = chain.from_iterable(self._hashed(table))
        return [_hash((values, *(bool(mark[row]) for mark in marks.values()))) for row, values in enumerate(own)]

    def batch(self, table: str, at: NDArray[Any]) -> Batch:
        """Return rows by number, as the server takes them."""
        ids = self.ids(table)
        columns = {"id": [ids[row] for row in at.tolist()], "row": at.tolist(), **self._columns(table, at)}
        batch = Batch(tuple(columns), list(zip(*columns.values(), strict=True)), self._refs(table, at))
        batch.refuse_unfit()
        return batch

    def marks(self, table: str) -> dict[str, NDArray[np.bool_]]:
        """Return per further label which units carry it."""
        if table != "enterprises":
            return {}
        graph = self._graph
        listings, plans = graph["listings"], graph["cultivation"]
        led = graph.chained | (graph["enterprises"]["declared"] == 1)
        for rows in (listings, plans):
            in_chain = (rows["category"] == CATEGORIES.index(Category.SUPPLY_CHAIN)) & (rows["enterprise"] >= 0)
            led[rows["enterprise"][in_chain]] = True
        supplier, green = np.zeros_like(led), np.zeros_like(led)
        supplier[graph["supplies"]["supplier"]] = True
        factory = (listings["category"] == CATEGORIES.index(Category.FACTORY)) & (listings["enterprise"] >= 0)
        green[listings["enterprise"][factory]] = True
        return {LEADER: led, SUPPLIER: supplier, GREEN: green}

    def places(self, table: str, at: NDArray[Any]) -> list[int]:
        """Return the code of the finest known region of units, 0 for none."""
        codes: list[int] = self._graph[table]["region"][at].tolist()
        return codes

    def _unit_ids(self, table: str) -> list[str]:
        ids: list[str] = self._graph[table].texts("id").to_pylist()
        if not all(ids):
            raise StoreError(f"{table} 中有一行没有编号，不能推送", f"a row of {table} has no id and cannot be pushed")
        return ids

    def _fact_ids(self, table: str) -> list[str]:
        """Return hashes; of facts that say the very same the second is `<hash>-2`."""
        times: Counter[str] = Counter()
        ids = []
        for text in chain.from_iterable(self._hashed(table)):
            id = _hash(text)
            times[id] += 1
            ids.append(id if times[id] == 1 else f"{id}-{times[id]}")
        return ids

    def _hashed(self, table: str) -> Iterator[list[Any]]:
        """Yield, chunk by chunk, what the id or digest of each row is made of."""
        count = len(self._graph[table])
        for start in range(0, count, CHUNK):
            at = np.arange(start, min(start + CHUNK, count))
            columns = self._columns(table, at) | {f"->{name}": ids for name, ids in self._refs(table, at).items()}
            yield list(zip(*columns.values(), strict=True))

    def _columns(self, table: str, at: NDArray[Any]) -> dict[str, list[Any]]:
        own = {name: self._values(table, name, at) for name, holds in TABLES[table].items() if holds.refers_to is None}
        own.pop("id", None)
        derived = self._derivations(table)
        return own | {name: [values[row] for row in at.tolist()] for name, values in derived.items()}

    def _values(self, table: str, column: str, at: NDArray[Any]) -> list[Any]:
        if TABLES[table][column] is CATEGORY:
            return list(_CATEGORY_IDS[self._graph[table][column][at]])
        values: list[Any] = self._graph[table].column(column).take(pa.array(at)).to_pylist()
        return values

    def _refs(self, table: str, at: NDArray[Any]) -> dict[str, list[str | None]]:
        others = {end.column: end.column for end in ends(table)}
        if table in LINKS:
            others = {LINKS[table].source_column: "source", LINKS[table].target_column: "target"}
        refs = {}
        for column, name in others.items():
            ids = self.ids(str(TABLES[table][column].refers_to))
            refs[name] = [ids[row] if row >= 0 else None for row in self._graph[table][column][at].tolist()]
        return refs

    def _derivations(self, table: str) -> dict[str, list[Any]]:
        if table not in self._derived:
            make = {"enterprises": _of_units, "parks": _of_units, "agencies": _of_agencies, "supplies": _of_supplies}
            self._derived[table] = make[table](self._graph, table) if table in make else {}
        return self._derived[table]


def _of_units(graph: GraphTables, table: str) -> dict[str, list[Any]]:
    """Return what follows from the region and country of units: outside, abroad, at home, city and county as shown."""
    codes = graph[table]["region"].tolist()
    given = graph[table].texts("city").to_pylist()
    county = [graph.regions.name(code) if level_of(code) == 3 else None for code in codes]
    city = [own or graph.regions.name(city_of(code)) for own, code in zip(given, codes, strict=True)]
    first = np.clip(graph[table]["first_day"].astype(np.int64), (FIRST - date(1970, 1, 1)).days, NEVER)
    columns: dict[str, list[Any]] = {
        "shown_city": city,
        "outside": graph.outside(table).tolist(),
        "on_record_from": _dates(first),
    }
    if table == "enterprises":
        columns |= {"shown_county": county, "abroad": graph.abroad.tolist(), "at_home": graph.home.tolist()}
    return columns


def _of_agencies(graph: GraphTables, table: str) -> dict[str, list[Any]]:
    """Return the normal form of names, in which a 分公司 is told by its beginning."""
    return {"normal": [normal_form(name) for name in graph[table].texts("name").to_pylist()]}


def _of_supplies(graph: GraphTables, table: str) -> dict[str, list[Any]]:
    """Return when a link holds: `since`, `until`, and `list_year` where it stands in a list by year.

    A list by year holds from 1 January of its year until the next list of the same buyer begins.
    """
    rows = graph[table]
    buyer, year, start, end = (rows[name].astype(np.int64) for name in ("buyer", "year", "start", "end"))
    by_year = (year >= 0) & (start == ALWAYS) & (end == OPEN)
    lists = np.unique(buyer[by_year] * 10_000 + year[by_year])
    following = np.append(lists[1:], -1)
    place = np.searchsorted(lists, buyer * 10_000 + year, side="left").clip(0, max(len(lists) - 1, 0))
    has_next = by_year & (following[place] // 10_000 == buyer) if len(lists) else by_year
    next_year = np.where(has_next, following[place] % 10_000 if len(lists) else 0, 0)
    begins = {
        opened: first_of_year(opened) for opened in np.unique(np.append(year[by_year], next_year[has_next])).tolist()
    }
    earliest, latest = ((opened - date(1970, 1, 1)).days for opened in (FIRST, LAST))
    since = np.array(
        [
            begins[y] if b else max(s, earliest)
            for y, b, s in zip(year.tolist(), by_year.tolist(), start.tolist(), strict=True)
        ],
        dtype=np.int64,
    )
    until = np.array(
        [
            begins[n] if h else min(e, latest)
            for n, h, e in zip(next_year.tolist(), has_next.tolist(), end.tolist(), strict=True)
        ],
        dtype=np.int64,
    )
    list_year = [opened if listed else None for opened, listed in zip(year.tolist(), by_year.tolist(), strict=True)]
    return {"since": _dates(since), "until": _dates(until), "list_year": list_year}


def _dates(numbers: NDArray[np.int64]) -> list[date]:
    dates: list[date] = pa.array(numbers.astype(np.int32), pa.int32()).cast(pa.date32()).to_pylist()
    return dates


def _hash(what: Any) -> str:
    return blake2b(repr(what).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
