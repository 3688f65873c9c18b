"""What the sources say of who is who, gathered from every table before anything is settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.columns import coded
from graph_model.kinds import UNIT_KINDS, UNIT_TABLES, UnitKind
from graph_model.values.coded import CHANGE_KINDS, RENAMED
from loaders.resolve.mentions import MENTION_COLUMNS, MentionColumn
from loaders.resolve.registry import Claims

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from loaders.read.table_rows import TableRows
    from loaders.resolve.spellings import Spellings

    Ints = NDArray[Any]
    Flags = NDArray[np.bool_]


@dataclass
class Mention:
    """One mention, read: per row the name as written, its normal form, its code, its city, and of which kind it is."""

    mention: MentionColumn
    written: Ints
    names: Ints
    codes: Ints
    places: Ints | None = None
    is_kind: dict[UnitKind, Flags] = field(default_factory=dict)


@dataclass
class Survey:
    """All mentions, and per kind of unit what is said of its names."""

    mentioned: list[Mention]
    said: dict[UnitKind, Claims]
    changes: dict[UnitKind, Flags]
    """Rows of `name_changes` that speak of each kind."""


def survey(rows: Mapping[str, TableRows], spellings: Spellings, places: Mapping[str, Ints]) -> Survey:
    """Read every mention; `places` holds the region of each row of the tables that give one."""
    if "name_changes" in rows:  # Units are numbered behind the codes, so every code must have its number first.
        spellings.codes.read(rows["name_changes"]["uscc"])
    mentioned = [
        _read(mention, rows[mention.table], spellings, places.get(mention.table))
        for mention in MENTION_COLUMNS
        if mention.table in rows
    ]
    known = _sort_out(mentioned, rows, spellings)
    said = {kind: Claims() for kind in UNIT_KINDS}
    for one in mentioned:
        _note_codes(one, said)
    _note_own_rows(mentioned, said, len(spellings.codes))
    for table, kind, column in (
        ("enterprises", UnitKind.ENTERPRISE, "former_names"),
        ("parks", UnitKind.PARK, "aliases"),
    ):
        if table in rows:
            own = next(one for one in mentioned if one.mention.table == table and one.mention.name == "name")
            _note_other_names(rows[table], column, own, said[kind], spellings)
    changes = _note_changes(rows, known, said, spellings) if "name_changes" in rows else {}
    return Survey(mentioned, said, changes)


def _read(mention: MentionColumn, rows: TableRows, spellings: Spellings, places: Ints | None) -> Mention:
    written = spellings.read_names(rows[mention.name])
    names = spellings.normals_of(written)
    codes = np.full(len(rows), -1, dtype=np.int32)
    if mention.code is not None:
        codes = spellings.codes.read(rows[mention.code])
    has_place = mention.name in ("name", "unit")
    return Mention(mention, written, names, codes, places if has_place else None)


def _sort_out(mentioned: list[Mention], rows: Mapping[str, TableRows], spellings: Spellings) -> dict[UnitKind, Flags]:
    """Decide the kind of every mention; return which names are known as a kind."""
    for one in mentioned:
        one.is_kind = _definite(one, rows[one.mention.table])
    aliases = [spellings.normal(text) for text in _listed(rows, "parks", "aliases")]
    known = {kind: np.zeros(len(spellings.normals) + 1, dtype=bool) for kind in UNIT_KINDS}
    known[UnitKind.PARK][aliases] = True
    for one in mentioned:
        for kind, mask in one.is_kind.items():
            known[kind][one.names[mask]] = True
    agency_codes = [one.codes for one in mentioned if one.mention.what is UnitKind.AGENCY]
    for one in mentioned:
        if one.mention.what is UnitKind.PARTY:
            _decide_agencies(one, known, agency_codes)
        if one.mention.what in (UnitKind.UNIT, UnitKind.SPONSOR, UnitKind.PARTY):
            _decide_open(one, known)
    return known


def _definite(one: Mention, rows: TableRows) -> dict[UnitKind, Flags]:
    present = one.names >= 0
    if one.mention.what in UNIT_KINDS:
        return {one.mention.what: present}
    if one.mention.what in (UnitKind.SPONSOR, UnitKind.PARTY):
        return {}
    category = np.full(len(rows), -1)
    words: list[str] = []
    if "category" in rows.arrow.column_names:
        category, words = coded(rows["category"])
    park = present & (np.array([word == "park" for word in words] + [False])[category])
    enterprise = present & ~park & ((category >= 0) | (one.codes >= 0))
    return {UnitKind.PARK: park, UnitKind.ENTERPRISE: enterprise}


def _decide_agencies(one: Mention, known: dict[UnitKind, Flags], agency_codes: list[Ints]) -> None:
    """Take an open mention for an agency where its code is an agency's, or only agencies are known under its name."""
    by_name = (
        known[UnitKind.AGENCY][one.names] & ~known[UnitKind.ENTERPRISE][one.names] & ~known[UnitKind.PARK][one.names]
    )
    by_code = np.isin(one.codes, np.concatenate(agency_codes)) if agency_codes else np.zeros(len(one.codes), dtype=bool)
    one.is_kind[UnitKind.AGENCY] = (one.names >= 0) & np.where(one.codes >= 0, by_code | by_name, by_name)


def _decide_open(one: Mention, known: dict[UnitKind, Flags]) -> None:
    """Take an open mention for a park where only parks are known under its name, else for an enterprise."""
    decided = np.zeros(len(one.names), dtype=bool)
    for mask in one.is_kind.values():
        decided |= mask
    still_open = (one.names >= 0) & ~decided
    park = still_open & known[UnitKind.PARK][one.names] & ~known[UnitKind.ENTERPRISE][one.names]
    none = np.zeros_like(park)
    one.is_kind[UnitKind.PARK] = one.is_kind.get(UnitKind.PARK, none) | park
    one.is_kind[UnitKind.ENTERPRISE] = one.is_kind.get(UnitKind.ENTERPRISE, none) | (still_open & ~park)


def _note_codes(one: Mention, said: dict[UnitKind, Claims]) -> None:
    for kind, mask in one.is_kind.items():
        with_code = mask & (one.codes >= 0)
        if with_code.any() and kind is not UnitKind.PARK:
            said[kind].beside_code.append((one.names[with_code], one.codes[with_code]))


def _note_own_rows(mentioned: list[Mention], said: dict[UnitKind, Claims], codes: int) -> None:
    for one in mentioned:
        if one.mention.table not in UNIT_TABLES:
            continue
        own = said[one.mention.what]
        own.own.update(one.names[(one.codes < 0) & (one.names >= 0)].tolist())
        cities = np.zeros(len(one.names), dtype=np.int64) if one.places is None else one.places
        cities = np.where(cities % 10000 != 0, cities // 100 * 100, 0)
        own.own_rows = (np.where(one.codes >= 0, one.codes, codes + one.names), cities)


def _note_other_names(rows: TableRows, column: str, own: Mention, said: Claims, spellings: Spellings) -> None:
    with_names = np.flatnonzero(rows.known(column))
    others = rows[column].take(with_names).to_pylist()
    for row, text in zip(with_names.tolist(), others, strict=True):
        for other in (spellings.normal(name) for name in text.split("；")):
            _note_alias(said, int(own.names[row]), other, int(own.codes[row]))


def _note_alias(said: Claims, head: int, other: int, code: int) -> None:
    """Note that `other` is another name of the unit called `head`, whose code is known or -1."""
    if code >= 0:
        said.beside_code.append((np.array([other]), np.array([code])))
        said.own_names.append(said.beside_code[-1])
    elif other != head:
        said.claims[other].add(head)


def _note_changes(
    rows: Mapping[str, TableRows], known: dict[UnitKind, Flags], said: dict[UnitKind, Claims], spellings: Spellings
) -> dict[UnitKind, Flags]:
    changes = rows["name_changes"]
    old = spellings.normals_of(spellings.read_names(changes["old_name"]))
    new = spellings.normals_of(spellings.read_names(changes["new_name"]))
    codes = spellings.codes.read(changes["uscc"])
    concerns = {
        kind: _is_known(known[kind], old) | _is_known(known[kind], new) for kind in (UnitKind.PARK, UnitKind.AGENCY)
    }
    enterprise = _is_known(known[UnitKind.ENTERPRISE], old) | _is_known(known[UnitKind.ENTERPRISE], new) | (codes >= 0)
    concerns[UnitKind.ENTERPRISE] = enterprise | ~(concerns[UnitKind.PARK] | concerns[UnitKind.AGENCY])
    renames = are_renames(changes)
    for kind, mask in concerns.items():
        for row in np.flatnonzero(mask & renames).tolist():
            _note_rename(said[kind], int(old[row]), int(new[row]), -1 if kind is UnitKind.PARK else int(codes[row]))
        if kind is not UnitKind.PARK and (mask & ~renames & (codes >= 0)).any():
            with_code = mask & ~renames & (codes >= 0)
            said[kind].beside_code.append((new[with_code], codes[with_code]))
    return concerns


def are_renames(changes: TableRows) -> Flags:
    """Return which rows of `name_changes` make two names one unit: 更名, or a blank kind."""
    kinds, words = coded(changes["kind"])
    renames: Flags = np.array([RENAMED in CHANGE_KINDS.meanings(word) for word in words] + [True])[kinds]
    return renames


def _is_known(known: Flags, names: Ints) -> Flags:
    inside = np.where(names < len(known) - 1, names, len(known) - 1)
    return known[inside]


def _note_rename(said: Claims, old: int, new: int, code: int) -> None:
    if code >= 0:
        said.beside_code.append((np.array([old, new]), np.array([code, code])))
        said.own_names.append(said.beside_code[-1])
    elif old != new:
        said.claims[old].add(new)
        said.renamed_from[new].add(old)


def _listed(rows: Mapping[str, TableRows], table: str, column: str) -> Iterator[str]:
    if table in rows:
        for text in rows[table][column].drop_null().to_pylist():
            yield from text.split("；")
