"""All typed rows of one table from all sources, with the place each came from, and which of them still count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.columns import coded
from loaders.read.headers import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from graph_model.arrays import Flags, Rows
    from loaders.issues.log import IssueLog


@dataclass
class TableRows:
    """Rows of `table`; `alive` is false for rows that were reported and left out."""

    table: str
    arrow: pa.Table
    sources: Sequence[str]
    alive: Flags

    @classmethod
    def of(cls, table: str, parts: Sequence[tuple[int, pa.Table]], sources: Sequence[str]) -> TableRows:
        """Join the rows of several sources, given as (number of the source, rows)."""
        marked = [
            rows.append_column("_source", pa.array(np.full(rows.num_rows, source, dtype=np.int32)))
            for source, rows in parts
        ]
        arrow = pa.concat_tables(marked)
        return cls(table, arrow, sources, np.ones(arrow.num_rows, dtype=bool))

    def at(self, rows: Rows) -> TableRows:
        """Return some of the rows, as a table of their own."""
        return TableRows(self.table, self.arrow.take(pa.array(rows)), self.sources, self.alive[rows])

    def __len__(self) -> int:
        return int(self.arrow.num_rows)

    def __getitem__(self, column: str) -> pa.ChunkedArray:
        return self.arrow.column(column)

    def numbers(self, column: str) -> NDArray[Any]:
        """Return a column of plain numbers without nulls."""
        values: NDArray[Any] = self[column].to_numpy()
        return values

    def known(self, column: str) -> Flags:
        """Return in which rows a column is not null."""
        mask: Flags = pc.is_valid(self[column]).to_numpy()
        return mask

    def report(self, log: IssueLog, code: str, rows: Rows, column: str | None = None, **facts: Any) -> None:
        """Log an issue at `rows`, with the value of `column` in each; one group per source and sheet."""
        at = self.arrow.take(pa.array(rows))
        source, lines = at.column("_source").to_numpy(), at.column("_row").to_numpy()
        sheet, sheets = coded(at.column("_sheet"))
        values = None if column is None else at.column(column).cast(pa.string())
        for number, page in np.unique(np.stack((source, sheet)), axis=1).T.tolist():
            here = np.flatnonzero((source == number) & (sheet == page))
            log.add(
                code,
                table=self.table,
                file=self.sources[number],
                sheet=sheets[page] if page >= 0 else None,
                rows=lines[here],
                column=None if column is None else label(self.table, column),
                values=None if values is None else values.take(pa.array(here)),
                **facts,
            )

    def reject(self, log: IssueLog, code: str, rows: Rows, column: str | None = None, **facts: Any) -> None:
        """Log an error at `rows` and leave them out."""
        self.report(log, code, rows, column, **facts)
        self.alive[rows] = False

    def place(self, row: int) -> str:
        """Return where a row came from, for people."""
        at = self.arrow.slice(row, 1).select(["_source", "_sheet", "_row"]).to_pylist()[0]
        parts = (self.sources[at["_source"]], at["_sheet"], str(at["_row"]))
        return " · ".join(part for part in parts if part)
