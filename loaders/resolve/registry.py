"""Which unit a name or a code means, within one kind of unit. SPEC 5 and 8.

A valid code identifies a unit. A name means the one unit that has it as current name, former name, alias, or beside its
code in some row. If two units fit, the city decides; if it cannot, the row stays a unit of its own. Decisions of people go
before everything, even before a code. Near misses are never merged here.

A unit is a number while rows are being resolved: a code's number, or `codes + normal form's number` for a unit that no
code identifies.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph_model.regions import UNKNOWN, city_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graph_model.arrays import Flags, Ints


_NONE: Ints = np.empty(0, dtype=np.int32)


class Meaning(NamedTuple):
    """What a decision points to: a code or a name, by number."""

    is_code: bool
    number: int


@dataclass
class Claims:
    """What the sources say of names before anything is settled; names are normal forms by number."""

    beside_code: list[tuple[Ints, Ints]] = field(default_factory=list)
    """Arrays of names and of the codes that stand beside them in the same row."""
    own_names: list[tuple[Ints, Ints]] = field(default_factory=list)
    """Those of them that the unit's own rows or its changes of name give: former names, old and new names."""
    own: set[int] = field(default_factory=set)
    """Names without code that have a row of their own."""
    own_rows: tuple[Ints, Ints] = field(default_factory=lambda: (_NONE, _NONE))
    """Rows of the kind's own table: the unit that each by itself would be, and its city (0 unknown)."""
    claims: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """A former name, alias or old name, and the names of the units that claim it."""
    renamed_from: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """A new name and the old names it took the place of."""
    same_name: dict[int, int] = field(default_factory=dict)
    """Decision: this name is the unit that this other name means."""
    same_code: dict[int, int] = field(default_factory=dict)
    """Decision: this name is the unit of this code."""
    recoded: dict[int, Meaning] = field(default_factory=dict)
    """Decision: this code is the unit of this other code or name."""
    distinct: dict[int, list[Meaning]] = field(default_factory=lambda: defaultdict(list))
    """Decision: this name is none of these units."""


@dataclass(frozen=True)
class Ambiguity:
    """A name that fits two or more units, and the rows in which the city could not decide."""

    name: int
    units: tuple[int, ...]
    rows: Ints


class Registry:
    """Settles `Said` once, then resolves whole columns."""

    def __init__(self, claims: Claims, normals: list[str], codes: int) -> None:
        self._said = claims
        self._normals = normals
        self._codes = codes
        self._only, self._several = self._codes_by_name()
        self._code_unit = np.arange(codes + 1, dtype=np.int32)
        self._distinct: dict[int, set[int]] = {}
        self._decided = np.zeros(len(normals) + 1, dtype=bool)
        self._decided[[*claims.same_name, *claims.same_code, *claims.distinct]] = True
        self._special = self._decided.copy()
        self._special[[*self._several, *claims.claims, *claims.renamed_from]] = True
        units, cities = claims.own_rows
        order = np.argsort(units, kind="stable")
        self._own_units, self._own_cities = units[order], cities[order]
        self._obey_decisions()

    def _obey_decisions(self) -> None:
        for code, meaning in self._said.recoded.items():
            self._code_unit[code] = self._unit_of(meaning)
        apart = {name: {self._unit_of(meaning) for meaning in of} for name, of in self._said.distinct.items()}
        self._distinct.update(apart)

    def _unit_of(self, meaning: Meaning) -> int:
        return int(self._code_unit[meaning.number]) if meaning.is_code else self.meant_by(meaning.number)

    def unit_of_name(self, name: int) -> int:
        """Return the unit number of a name that no code identifies."""
        return self._codes + name

    def resolve(self, names: Ints, codes: Ints, places: Ints | None = None) -> tuple[Ints, list[Ambiguity]]:
        """Return the unit of every row (-1 where the name is null), and the names that could not be decided."""
        codes = np.where(self._decided[names] & self._not_this_code(names, codes), -1, codes)
        by_code = np.where(codes >= 0, codes, self._only[names])
        units = np.where(by_code >= 0, self._code_unit[by_code], self._codes + names)
        special = self._special[names] & ((codes < 0) | self._by_decision(names))
        doubts = self._resolve_special(units, names, places, np.flatnonzero(special))
        units[names < 0] = -1
        return units, doubts

    def meant_by(self, name: int) -> int:
        """Return the unit that a name alone means, itself if several or none fit."""
        decided = self._decision(name, frozenset())
        if decided is not None:
            return decided
        candidates = self._candidates(name)
        return next(iter(candidates)) if len(candidates) == 1 else self.unit_of_name(name)

    def _codes_by_name(self) -> tuple[Ints, dict[int, frozenset[int]]]:
        only = np.full(len(self._normals) + 1, -1, dtype=np.int32)
        if not self._said.beside_code:
            return only, {}
        packed = [names.astype(np.int64) * self._codes + codes for names, codes in self._said.beside_code]
        pairs = np.unique(np.concatenate(packed))
        names, codes = pairs // self._codes, pairs % self._codes
        single = np.bincount(names, minlength=len(self._normals))[names] == 1
        only[names[single]] = codes[single]
        several: defaultdict[int, set[int]] = defaultdict(set)
        for name, code in zip(names[~single].tolist(), codes[~single].tolist(), strict=True):
            several[name].add(code)
        return only, {name: frozenset(codes_of) for name, codes_of in several.items()}

    def _not_this_code(self, names: Ints, codes: Ints) -> Flags:
        """Return the rows whose code a decision says their name is not."""
        apart = np.zeros(len(names), dtype=bool)
        for name, units in self._distinct.items():
            apart |= (names == name) & np.isin(codes, list(units))
        return apart

    def _by_decision(self, names: Ints) -> Flags:
        decided = [*self._said.same_name, *self._said.same_code]
        return np.isin(names, decided) if decided else np.zeros(len(names), dtype=bool)

    def _resolve_special(self, units: Ints, names: Ints, places: Ints | None, rows: Ints) -> list[Ambiguity]:
        if not len(rows):
            return []
        cities = np.zeros(len(rows), dtype=np.int64) if places is None else places[rows]
        kinds, which = np.unique(np.stack((names[rows], cities)), axis=1, return_inverse=True)
        meant: list[int] = []
        doubts: list[Ambiguity] = []
        for index, (name, place) in enumerate(kinds.T.tolist()):
            unit, fitting = self._meant(name, city_of(place))
            meant.append(unit)
            if fitting:
                doubts.append(Ambiguity(name, tuple(sorted(fitting)), rows[which == index]))
        units[rows] = np.array(meant)[which]
        return doubts

    def _meant(self, name: int, city: int) -> tuple[int, frozenset[int]]:
        """Return the unit a name means in a row of `city`, and the units that fit if the city cannot decide."""
        decided = self._decision(name, frozenset())
        if decided is not None:
            return decided, frozenset()
        candidates = self._candidates(name)
        if len(candidates) > 1 and city != UNKNOWN:
            here = {unit for unit in candidates if self._cities(unit) == {city}}
            candidates = frozenset(here) if len(here) == 1 else candidates
        if len(candidates) > 1:
            return self.unit_of_name(name), candidates
        return next(iter(candidates), self.unit_of_name(name)), frozenset()

    def _decision(self, name: int, path: frozenset[int]) -> int | None:
        if name in self._said.same_code:
            return int(self._code_unit[self._said.same_code[name]])
        if name not in self._said.same_name or name in path:
            return None
        partner = self._said.same_name[name]
        further = self._decision(partner, path | {name})
        if further is not None:
            return further
        candidates = self._candidates(partner)
        return next(iter(candidates)) if len(candidates) == 1 else self.unit_of_name(partner)

    def _candidates(self, name: int, path: tuple[int, ...] = ()) -> frozenset[int]:
        """Return every unit on record that has this name; empty where nobody but the name itself is known.

        `path` holds the names that led here, each claimed by the next.
        """
        if name in path:
            return self._of_cycle(path[path.index(name) :])
        path = (*path, name)
        units = set(self._coded(name))
        for head in self._said.claims.get(name, ()):
            units |= self._stands_for(head, path)
        if not units and name not in self._said.own:
            for old in self._said.renamed_from.get(name, ()):
                units |= self._anchors(old, frozenset({name}))
        return frozenset(units - self._distinct.get(name, set()))

    def _of_cycle(self, names: tuple[int, ...]) -> frozenset[int]:
        """Return the unit of names that claim each other: that of a code among them is found by itself, else one stands for all."""
        if any(self._coded(name) for name in names):
            return frozenset()
        first = min(names, key=lambda name: (name not in self._said.own, self._normals[name]))
        return frozenset({self.unit_of_name(first)})

    def _stands_for(self, head: int, path: tuple[int, ...]) -> frozenset[int]:
        candidates = self._candidates(head, path)
        return candidates if len(candidates) == 1 or head in path else frozenset({self.unit_of_name(head)})

    def _anchors(self, name: int, path: frozenset[int]) -> set[int]:
        """Return the units that hold an old name by a code or a row of their own, over any chain of renamings."""
        units = set(self._coded(name))
        if not units and name in self._said.own:
            units = {self.unit_of_name(name)}
        for older in self._said.renamed_from.get(name, set()) - path if not units else ():
            units |= self._anchors(older, path | {name})
        for head in self._said.claims.get(name, set()) - path:
            units |= self._coded(head) or ({self.unit_of_name(head)} if head in self._said.own else set())
        return units

    def _coded(self, name: int) -> frozenset[int]:
        codes: Iterable[int] = self._several.get(name, ())
        if self._only[name] >= 0:
            codes = (int(self._only[name]),)
        return frozenset(int(self._code_unit[code]) for code in codes)

    def _cities(self, unit: int) -> set[int]:
        first, last = np.searchsorted(self._own_units, (unit, unit + 1))
        return set(self._own_cities[first:last].tolist()) - {UNKNOWN}
