"""Every name and code of all sources as an integer: texts as written, and the normal forms they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.columns import coded
from graph_model.names import normal_form

if TYPE_CHECKING:
    import pyarrow as pa

    from graph_model.arrays import Ints32


class Vocabulary:
    """Distinct texts, numbered in the order in which they come up."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of `text`, a new one if it has not come up before."""
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number

    def get(self, text: str) -> int:
        """Return the number of `text`, -1 if it has not come up."""
        return self._numbers.get(text, -1)

    def read(self, column: pa.ChunkedArray) -> Ints32:
        """Return a text column as numbers, -1 where it is null; each distinct text is looked up once."""
        codes, words = coded(column)
        return np.array([*map(self.number, words), -1], dtype=np.int32)[codes]

    def __len__(self) -> int:
        return len(self.texts)


class Spellings:
    """Names as written, each with its normal form, and credit codes."""

    def __init__(self) -> None:
        self.names = Vocabulary()
        self.normals = Vocabulary()
        self.codes = Vocabulary()
        self._normal_of: list[int] = []

    def read_names(self, column: pa.ChunkedArray) -> Ints32:
        """Return a column of names as numbers of `names`, -1 where null."""
        return self.names.read(column)

    def normal(self, name: str) -> int:
        """Return the number of the normal form of one name."""
        # A name of punctuation alone has no normal form; it stands for itself.
        return self.normals.number(normal_form(name) or name)

    def normals_of(self, names: Ints32) -> Ints32:
        """Return the normal forms of names given as numbers, -1 where null."""
        for text in self.names.texts[len(self._normal_of) :]:
            self._normal_of.append(self.normal(text))
        return np.array([*self._normal_of, -1], dtype=np.int32)[names]
