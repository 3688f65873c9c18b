"""Columns: a table of the graph as vectors, each read and made once, when first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.schema import TABLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

Vector = np.ndarray[tuple[int], np.dtype[Any]]


class Source(Protocol):
    """Where the columns of a table come from: an Arrow table, or a file that gives one column at a time."""

    @property
    def num_rows(self) -> int:
        """How many rows there are."""
        ...

    def column(self, name: str) -> pa.ChunkedArray:
        """Return one column."""
        ...


class Columns:
    """One table of the graph. `table[name]` is a numpy vector with missing values filled as `schema` says."""

    def __init__(self, name: str, source: Source) -> None:
        self.name = name
        self._source = source
        self._arrays: dict[str, pa.ChunkedArray] = {}
        self._vectors: dict[str, Vector] = {}
        self._words: dict[str, tuple[NDArray[np.int32], list[str]]] = {}

    def __len__(self) -> int:
        return int(self._source.num_rows)

    def __getitem__(self, column: str) -> Vector:
        """Return a column as a vector: days, references, codes as integers, flags as int8 (-1 unknown, 0 no, 1 yes)."""
        if column not in self._vectors:
            self._vectors[column] = self._vector(column)
        return self._vectors[column]

    def column(self, name: str) -> pa.ChunkedArray:
        """Return a column as Arrow has it, with nulls."""
        if name not in self._arrays:
            self._arrays[name] = self._source.column(name)
        return self._arrays[name]

    def words(self, column: str) -> tuple[NDArray[np.int32], list[str]]:
        """Return a text column as codes (-1 unknown) and the words they stand for."""
        if column not in self._words:
            self._words[column] = coded(self.column(column))
        return self._words[column]

    def texts(self, column: str, rows: NDArray[Any] | None = None) -> pa.Array:
        """Return a text column, whole or at `rows` in their order (-1 gives null), as an Arrow string array."""
        array = self.column(column)
        if rows is not None:
            array = array.take(pa.array(rows, mask=rows < 0))
        return whole(array.cast(pa.string()))

    def arrow(self) -> pa.Table:
        """Return the whole table."""
        return pa.table({name: self.column(name) for name in TABLES[self.name]})

    def _vector(self, column: str) -> Vector:
        holds = TABLES[self.name][column]
        if holds.missing is None:
            message = f"{self.name}.{column} holds text; use words() or texts()"
            raise TypeError(message)
        array = self.column(column)
        if pa.types.is_date32(array.type):
            array = array.cast(pa.int32())
        elif pa.types.is_boolean(array.type):
            array = array.cast(pa.int8())
        vector: Vector = pc.fill_null(array, pa.scalar(holds.missing, array.type)).to_numpy()
        if vector.flags.writeable:
            vector.flags.writeable = False
        return vector


def coded(column: pa.ChunkedArray) -> tuple[NDArray[np.int32], list[str]]:
    """Return a text column as codes (-1 where null) and the distinct words they stand for."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    array = whole(column.unify_dictionaries())
    codes = array.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return codes, array.dictionary.to_pylist()


def whole(array: pa.ChunkedArray) -> pa.Array:
    """Return a chunked array in one piece."""
    if array.num_chunks == 0:
        return pa.array([], array.type)
    return array.chunk(0) if array.num_chunks == 1 else pa.concat_arrays(array.chunks)
