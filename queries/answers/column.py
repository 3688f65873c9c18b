"""A column of an answer: its name in data, its label for people, what its values are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph_model.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer: its name in data, its label for people, and what its values are.

    `kind` is one of: id, text, count, rank, number, share (fraction 0…1), money (万元), day, flag (yes/no/null),
    tier, category, code (one of `codes`), year.
    """

    name: str
    zh: str
    kind: str
    meaning: Bilingual
    codes: Mapping[str, Bilingual] = field(default_factory=dict, hash=False)
    """The closed set of a `code`: every id in words. A value may join several ids with `+`."""
    answered_where: tuple[str, int] | None = None
    """Another column and its value where a flag is asked at all: null elsewhere is no answer, so no word, not "unknown"."""

    @property
    def en(self) -> str:
        """Return the English label: the name with spaces."""
        return self.name.replace("_", " ")
