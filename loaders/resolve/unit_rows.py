"""The units that the rows speak of, numbered in the order of their ids, with the name each is shown by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.identity import code_id, name_id, park_id
from graph_model.kinds import UnitKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_model.arrays import Ints
    from loaders.resolve.spellings import Spellings


@dataclass(frozen=True)
class UnitRows:
    """All units of one kind, sorted by id."""

    ids: pa.Array
    codes: pa.Array
    """Credit codes, null where none is known."""
    keys: Ints
    """Sorted unit numbers of the registry, and `rows` the row of each in `ids`."""
    rows: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def row_of(self, units: Ints) -> Ints:
        """Return the rows of unit numbers of the registry; -1 for units that are none of these."""
        if not len(self.keys):
            return np.full(len(units), -1, dtype=np.int32)
        at = np.minimum(np.searchsorted(self.keys, units), len(self.keys) - 1)
        return np.where(self.keys[at] == units, self.rows[at], -1)


def number_units(kind: UnitKind, used: Sequence[Ints], spellings: Spellings) -> UnitRows:
    """Return the units that some row speaks of, numbered; `used` are registry numbers, -1 for none."""
    keys = np.unique(np.concatenate(used)) if used else np.empty(0, dtype=np.int64)
    keys = keys[keys >= 0]
    coded = len(spellings.codes)
    by_name = park_id if kind is UnitKind.PARK else name_id
    texts, normals = spellings.codes.texts, spellings.normals.texts
    codes = [texts[key] if key < coded else None for key in keys.tolist()]
    ids = pa.array(
        [
            code_id(code) if code is not None else by_name(normals[key - coded])
            for key, code in zip(keys.tolist(), codes, strict=True)
        ],
        pa.string(),
    )
    order = pc.sort_indices(ids).to_numpy().astype(np.int64)
    rows = np.empty(len(keys), dtype=np.int32)
    rows[order] = np.arange(len(keys))
    return UnitRows(ids.take(pa.array(order)), pa.array(codes, pa.string()).take(pa.array(order)), keys, rows)


def shown_names(
    units: int,
    own: tuple[Ints, Ints],
    renamed: tuple[Ints, Ints],
    others: Sequence[tuple[Ints, Ints]],
    texts: list[str],
) -> list[str]:
    """Return the name of every unit: as its own row writes it, else the last it took, else its most frequent spelling.

    `own`, `renamed` (the earliest change first) and each of `others` are (unit rows, written names), -1 for none. Ties go by
    code point. SPEC 8, "Names".
    """
    shown = np.full(units, -1, dtype=np.int64)
    _most_frequent(shown, [own], texts)
    taken, written = renamed
    still_open = (taken >= 0) & (written >= 0)
    still_open[still_open] = shown[taken[still_open]] < 0
    shown[taken[still_open]] = written[still_open]  # Of several the last stays.
    _most_frequent(shown, others, texts)
    return [texts[text] for text in shown.tolist()]


def _most_frequent(shown: Ints, pairs: Sequence[tuple[Ints, Ints]], texts: list[str]) -> None:
    """Fill the names that are still open in `shown` with the most frequent spelling of each unit."""
    packed = []
    for units, written in pairs:
        still_open = (units >= 0) & (written >= 0)
        still_open[still_open] = shown[units[still_open]] < 0
        packed.append(units[still_open].astype(np.int64) * len(texts) + written[still_open])
    if not packed:
        return
    kinds, counts = np.unique(np.concatenate(packed), return_counts=True)
    unit, text = kinds // max(len(texts), 1), kinds % max(len(texts), 1)
    alone = np.bincount(unit, minlength=len(shown))[unit] == 1
    shown[unit[alone]] = text[alone]
    rest = sorted(
        zip(unit[~alone].tolist(), counts[~alone].tolist(), text[~alone].tolist(), strict=True),
        key=lambda unit_row: (
            unit_row[0],
            unit_row[1],
            [-ord(letter) for letter in texts[unit_row[2]]],
            -len(texts[unit_row[2]]),
        ),
    )
    for unit_row, _, written in rest:  # Ascending, so the most frequent, and of those the first by code point, stays.
        shown[unit_row] = written
