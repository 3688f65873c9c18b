"""Where facts come from, in words a person can follow: file, sheet and row of every origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.columns import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph_model.arrays import Rows
    from graph_model.store import Store
    from queries.law.rule import Row


BETWEEN_ORIGINS = "、"
BETWEEN_FACTS = "；"


class FactOrigins(Protocol):
    """Whoever knows where facts come from."""

    def of_rows(self, table: str, rows: Rows) -> pa.Array:
        """Return the origins of facts at `rows` of a table as text, null where none is known."""
        ...


class Origins:
    """The origins of the facts of one snapshot; each table is read once, when first asked for. Without a store there are none."""

    def __init__(self, store: Store | None, snapshot: str) -> None:
        self._store = store
        self._snapshot = snapshot
        self._of_table: dict[str, pa.Array] = {}

    def of_rows(self, table: str, rows: Rows) -> pa.Array:
        """Return the origins of facts at `rows` of a table as text, null for -1 and where none is known."""
        texts = self._texts(table)
        known = (rows >= 0) & (rows < len(texts))
        return texts.take(pa.array(np.where(known, rows, 0), mask=~known))

    def of_facts(self, facts: Iterable[Row]) -> str | None:
        """Return the origins of a few facts as one text."""
        found = [self.of_rows(table, np.array([row]))[0].as_py() for table, row in facts]
        return BETWEEN_FACTS.join(text for text in dict.fromkeys(found) if text) or None

    def of_each(self, findings: Sequence[Sequence[Row]]) -> list[str | None]:
        """Return the origins of the facts of many findings, one text each; every table is looked up once."""
        wanted = [row for facts in findings for row in facts]
        texts: dict[Row, str | None] = {}
        for table in {table for table, _ in wanted}:
            rows = np.unique([row for of, row in wanted if of == table])
            texts.update(
                zip(((table, row) for row in rows.tolist()), self.of_rows(table, rows).to_pylist(), strict=True)
            )
        named = [dict.fromkeys(text for row in facts if (text := texts[row])) for facts in findings]
        return [BETWEEN_FACTS.join(facts) or None for facts in named]

    def _texts(self, table: str) -> pa.Array:
        if table not in self._of_table:
            self._of_table[table] = self._read(table)
        return self._of_table[table]

    def _read(self, table: str) -> pa.Array:
        if self._store is None:
            return pa.array([], pa.string())
        origins = self._store.origins(table, self._snapshot)
        if not origins.num_rows:
            return pa.array([], pa.string())
        files = pa.array([source["name"] for source in self._store.manifest(self._snapshot)["sources"]], pa.string())
        return _by_fact(origins, files)


def joined(parts: Sequence[pa.Array], count: int) -> pa.Array:
    """Return several texts of each row as one; null parts are left out, null where all are.

    Trap: `binary_join_element_wise(null_handling="skip")` drops the rows in which every part is null.
    """
    text = pa.nulls(count, pa.string())
    for part in parts:
        both = pc.binary_join_element_wise(text, part, BETWEEN_FACTS)
        text = pc.coalesce(both, text, part)
    return text


def _by_fact(origins: pa.Table, files: pa.Array) -> pa.Array:
    """Return one text per fact (row of its table); `origins` are sorted by fact."""
    facts = origins.column("fact").to_numpy()
    file = files.take(whole(origins.column("source")))
    sheet = pc.fill_null(whole(origins.column("sheet")).cast(pa.string()), "")
    named = pc.if_else(pc.equal(sheet, ""), "", pc.binary_join_element_wise(" ", sheet, ""))
    row = whole(origins.column("row")).cast(pa.string())
    texts = pc.binary_join_element_wise(file, named, pa.scalar(" 第"), row, pa.scalar("行"), "")
    starts = np.searchsorted(facts, np.arange(facts[-1] + 2)).astype(np.int32)
    together = pc.binary_join(pa.ListArray.from_arrays(pa.array(starts), texts), BETWEEN_ORIGINS)
    return pc.if_else(pc.equal(together, ""), pa.scalar(None, pa.string()), together)
