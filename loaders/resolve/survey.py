"""What the sources say of who is who, gathered from every table before anything is settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from graph_model.columns import coded
from graph_model.kinds import UNIT_KINDS, UNIT_TABLES, UnitKind
from graph_model.values.coded import CHANGE_KINDS, RENAMED
from loaders.resolve.mentions import MENTION_COLUMNS, MentionColumn
from loaders.resolve.registry import Claims

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graph_model.arrays import Flags, Ints
    from loaders.read.table_rows import TableRows
    from loaders.resolve.spellings import Spellings


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
    known_as = _sort_out(mentioned, rows, spellings)
    claims = {kind: Claims() for kind in UNIT_KINDS}
    for read in mentioned:
        _note_codes(read, claims)
    _note_own_rows(mentioned, claims, len(spellings.codes))
    for table, kind, column in (
        ("enterprises", UnitKind.ENTERPRISE, "former_names"),
        ("parks", UnitKind.PARK, "aliases"),
    ):
        if table in rows:
            own = next(read for read in mentioned if read.mention.table == table and read.mention.name == "name")
            _note_other_names(rows[table], column, own, claims[kind], spellings)
    changes = _note_changes(rows, known_as, claims, spellings) if "name_changes" in rows else {}
    return Survey(mentioned, claims, changes)


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
    for mention in mentioned:
        mention.is_kind = _definite(mention, rows[mention.mention.table])
    aliases = [spellings.normal(text) for text in _listed(rows, "parks", "aliases")]
    known_as = {kind: np.zeros(len(spellings.normals) + 1, dtype=bool) for kind in UNIT_KINDS}
    known_as[UnitKind.PARK][aliases] = True
    for mention in mentioned:
        for kind, mask in mention.is_kind.items():
            known_as[kind][mention.names[mask]] = True
    agency_codes = [mention.codes for mention in mentioned if mention.mention.what is UnitKind.AGENCY]
    for mention in mentioned:
        if mention.mention.what is UnitKind.PARTY:
            _decide_agencies(mention, known_as, agency_codes)
        if mention.mention.what in (UnitKind.UNIT, UnitKind.SPONSOR, UnitKind.PARTY):
            _decide_open(mention, known_as)
    return known_as


def _definite(mention: Mention, rows: TableRows) -> dict[UnitKind, Flags]:
    present = mention.names >= 0
    if mention.mention.what in UNIT_KINDS:
        return {mention.mention.what: present}
    if mention.mention.what in (UnitKind.SPONSOR, UnitKind.PARTY):
        return {}
    category = np.full(len(rows), -1)
    words: list[str] = []
    if "category" in rows.arrow.column_names:
        category, words = coded(rows["category"])
    park = present & (np.array([word == "park" for word in words] + [False])[category])
    enterprise = present & ~park & ((category >= 0) | (mention.codes >= 0))
    return {UnitKind.PARK: park, UnitKind.ENTERPRISE: enterprise}


def _decide_agencies(mention: Mention, known_as: dict[UnitKind, Flags], agency_codes: list[Ints]) -> None:
    """Take an open mention for an agency where its code is an agency's, or only agencies are known under its name."""
    by_name = (
        known_as[UnitKind.AGENCY][mention.names]
        & ~known_as[UnitKind.ENTERPRISE][mention.names]
        & ~known_as[UnitKind.PARK][mention.names]
    )
    by_code = (
        np.isin(mention.codes, np.concatenate(agency_codes))
        if agency_codes
        else np.zeros(len(mention.codes), dtype=bool)
    )
    mention.is_kind[UnitKind.AGENCY] = (mention.names >= 0) & np.where(mention.codes >= 0, by_code | by_name, by_name)


def _decide_open(mention: Mention, known_as: dict[UnitKind, Flags]) -> None:
    """Take an open mention for a park where only parks are known under its name, else for an enterprise."""
    decided = np.zeros(len(mention.names), dtype=bool)
    for mask in mention.is_kind.values():
        decided |= mask
    still_open = (mention.names >= 0) & ~decided
    park = still_open & known_as[UnitKind.PARK][mention.names] & ~known_as[UnitKind.ENTERPRISE][mention.names]
    none = np.zeros_like(park)
    mention.is_kind[UnitKind.PARK] = mention.is_kind.get(UnitKind.PARK, none) | park
    mention.is_kind[UnitKind.ENTERPRISE] = mention.is_kind.get(UnitKind.ENTERPRISE, none) | (still_open & ~park)


def _note_codes(mention: Mention, claims: dict[UnitKind, Claims]) -> None:
    for kind, mask in mention.is_kind.items():
        with_code = mask & (mention.codes >= 0)
        if with_code.any() and kind is not UnitKind.PARK:
            claims[kind].beside_code.append((mention.names[with_code], mention.codes[with_code]))


def _note_own_rows(mentioned: list[Mention], claims: dict[UnitKind, Claims], codes: int) -> None:
    for mention in mentioned:
        if mention.mention.table not in UNIT_TABLES:
            continue
        own = claims[mention.mention.what]
        own.own.update(mention.names[(mention.codes < 0) & (mention.names >= 0)].tolist())
        cities = np.zeros(len(mention.names), dtype=np.int64) if mention.places is None else mention.places
        cities = np.where(cities % 10000 != 0, cities // 100 * 100, 0)
        own.own_rows = (np.where(mention.codes >= 0, mention.codes, codes + mention.names), cities)


def _note_other_names(rows: TableRows, column: str, own: Mention, claims: Claims, spellings: Spellings) -> None:
    with_names = np.flatnonzero(rows.known(column))
    others = rows[column].take(with_names).to_pylist()
    for row, text in zip(with_names.tolist(), others, strict=True):
        for name_too in (spellings.normal(name) for name in text.split("；")):
            _note_alias(claims, int(own.names[row]), name_too, int(own.codes[row]))


def _note_alias(claims: Claims, head: int, alias: int, code: int) -> None:
    """Note that `other` is another name of the unit called `head`, whose code is known or -1."""
    if code >= 0:
        claims.beside_code.append((np.array([alias]), np.array([code])))
        claims.own_names.append(claims.beside_code[-1])
    elif alias != head:
        claims.claims[alias].add(head)


def _note_changes(
    rows: Mapping[str, TableRows], known_as: dict[UnitKind, Flags], claims: dict[UnitKind, Claims], spellings: Spellings
) -> dict[UnitKind, Flags]:
    changes = rows["name_changes"]
    old = spellings.normals_of(spellings.read_names(changes["old_name"]))
    new = spellings.normals_of(spellings.read_names(changes["new_name"]))
    codes = spellings.codes.read(changes["uscc"])
    concerns = {
        kind: _is_known(known_as[kind], old) | _is_known(known_as[kind], new)
        for kind in (UnitKind.PARK, UnitKind.AGENCY)
    }
    enterprise = (
        _is_known(known_as[UnitKind.ENTERPRISE], old) | _is_known(known_as[UnitKind.ENTERPRISE], new) | (codes >= 0)
    )
    concerns[UnitKind.ENTERPRISE] = enterprise | ~(concerns[UnitKind.PARK] | concerns[UnitKind.AGENCY])
    renames = are_renames(changes)
    for kind, mask in concerns.items():
        for row in np.flatnonzero(mask & renames).tolist():
            _note_rename(claims[kind], int(old[row]), int(new[row]), -1 if kind is UnitKind.PARK else int(codes[row]))
        if kind is not UnitKind.PARK and (mask & ~renames & (codes >= 0)).any():
            with_code = mask & ~renames & (codes >= 0)
            claims[kind].beside_code.append((new[with_code], codes[with_code]))
    return concerns


def are_renames(changes: TableRows) -> Flags:
    """Return which rows of `name_changes` make two names one unit: 更名, or a blank kind."""
    kinds, words = coded(changes["kind"])
    renames: Flags = np.array([RENAMED in CHANGE_KINDS.meanings(word) for word in words] + [True])[kinds]
    return renames


def _is_known(of_kind: Flags, names: Ints) -> Flags:
    inside = np.where(names < len(of_kind) - 1, names, len(of_kind) - 1)
    return of_kind[inside]


def _note_rename(claims: Claims, old: int, new: int, code: int) -> None:
    if code >= 0:
        claims.beside_code.append((np.array([old, new]), np.array([code, code])))
        claims.own_names.append(claims.beside_code[-1])
    elif old != new:
        claims.claims[old].add(new)
        claims.renamed_from[new].add(old)


def _listed(rows: Mapping[str, TableRows], table: str, column: str) -> Iterator[str]:
    if table in rows:
        for text in rows[table][column].drop_null().to_pylist():
            yield from text.split("；")
