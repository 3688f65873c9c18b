"""The undated part of the graph: a table per kind of unit and of fact, what holds on every day, and the door to one unit.

Identity data (names, codes, regions, countries, flags, chain, `declared`) are undated, so what follows from them alone is
worked out here once for every day. Everything dated is in `view.View`.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.bilingual import Bilingual
from graph_model.errors import UnknownNameError, near_matches
from graph_model.kinds import KIND_OF_TABLE
from graph_model.names import normal_form
from graph_model.regions import NOT_MAINLAND, UNKNOWN, Regions, within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from graph_model.columns import Columns


class GraphTables:
    """Parks, enterprises, agencies and every dated fact about them, from one snapshot.

    `graph["supplies"]["buyer"]` is a vector of row numbers of `graph["enterprises"]`; unit tables are sorted by id.
    """

    def __init__(self, tables: Mapping[str, Columns], regions: Regions, snapshot: str) -> None:
        self._tables = tables
        self.regions = regions
        self.snapshot = snapshot
        self.outside = cache(self._outside)

    def __getitem__(self, table: str) -> Columns:
        return self._tables[table]

    @cached_property
    def home(self) -> NDArray[np.bool_]:
        """Which enterprises lie in the home province."""
        return within(self["enterprises"]["region"], self.regions.home)

    @cached_property
    def abroad(self) -> NDArray[np.bool_]:
        """Which enterprises are known by country or region to lie outside the Chinese mainland (境外; 港澳台 count here)."""
        codes, words = self["enterprises"].words("country")
        foreign = np.array([word != "CN" for word in words] + [False])[codes]
        provinces = self["enterprises"]["region"] // 10000 * 10000
        result: NDArray[np.bool_] = foreign | np.isin(provinces, NOT_MAINLAND)
        return result

    def _outside(self, table: str) -> NDArray[np.bool_]:
        """Return which enterprises or parks are known to lie outside the home province."""
        regions = self[table]["region"]
        outside: NDArray[np.bool_] = (regions != UNKNOWN) & ~within(regions, self.regions.home)
        if table == "enterprises":
            outside |= self.abroad & (regions == UNKNOWN)
        return outside

    @cached_property
    def chained(self) -> NDArray[np.bool_]:
        """Which enterprises carry the name of a chain they lead."""
        chained: NDArray[np.bool_] = self["enterprises"].words("chain")[0] >= 0
        return chained

    @cached_property
    def ids(self) -> dict[str, list[str]]:
        """Ids of parks and agencies as lists (few); enterprises stay in Arrow."""
        return {table: self[table].texts("id").to_pylist() for table in ("parks", "agencies")}

    def find(self, text: str, table: str) -> int:
        """Return the row of the unit that an id, a credit code or a name means; UsageError if none or several."""
        row = self.row_of(text, table)
        if row < 0:
            raise no_such_unit(text, table, self[table].texts("name").to_pylist())
        return row

    def row_of(self, text: str, table: str) -> int:
        """Return the row of the unit that an id, a credit code or a name means, -1 if there is none."""
        row = self._by_id(text.strip(), table)
        return row if row >= 0 else self._by_name(normal_form(text), table)

    def rows_of(self, texts: Sequence[str], table: str) -> NDArray[np.intp]:
        """Return what `row_of` returns for each of many texts, looked up together."""
        ids = self[table].texts("id")
        stripped = [text.strip() for text in texts]
        rows = pc.index_in(pa.array(stripped, pa.string()), ids)
        rows = pc.coalesce(rows, pc.index_in(pa.array([f"uscc:{text.upper()}" for text in stripped], pa.string()), ids))
        names = self["names"]
        normals = pa.array([normal_form(text) for text in texts], pa.string())
        called = pc.fill_null(pc.index_in(normals, names.texts("normal")), -1).to_numpy()
        named = np.append(names[KIND_OF_TABLE[table].name], -1)[called]
        result: NDArray[np.intp] = np.where(rows.is_valid(), pc.fill_null(rows, -1), named).astype(np.intp)
        return result

    def _by_id(self, text: str, table: str) -> int:
        column = self[table].column("id")
        for id in (text, f"uscc:{text.upper()}"):
            row = pc.index(column, id).as_py()
            if row >= 0:
                return int(row)
        return -1

    def _by_name(self, normal: str, table: str) -> int:
        names = self["names"]
        row = pc.index(names.column("normal"), normal).as_py()
        return int(names[KIND_OF_TABLE[table].name][row]) if row >= 0 else -1


def no_such_unit(text: str, table: str, names: Sequence[str]) -> UnknownNameError:
    """Say that a text means no unit of a table; `names` are those it has, to find what may have been meant."""
    kind = KIND_OF_TABLE[table]
    cure = Bilingual("请核对名称、统一社会信用代码或编号", "check its name, credit code or id")
    return UnknownNameError(Bilingual(kind.zh, f"{kind.name} on record called"), text, near_matches(text, names), cure)
