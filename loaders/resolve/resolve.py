"""From typed rows to rows that know their units: survey, settle, resolve every column, number the units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.kinds import UNIT_KINDS, UNIT_TABLES, UnitKind
from loaders.resolve.decided import note_decisions, read_decisions
from loaders.resolve.registry import Registry
from loaders.resolve.spellings import Spellings
from loaders.resolve.survey import are_renames, survey
from loaders.resolve.unit_rows import UnitRows, number_units, shown_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graph_model.arrays import Ints
    from loaders.issues.log import IssueLog
    from loaders.read.decisions import IdentityDecision
    from loaders.read.table_rows import TableRows
    from loaders.resolve.registry import Ambiguity
    from loaders.resolve.survey import Mention, Survey


BEFORE = "before_"
"""Prefix of the columns of `name_changes` that hold who had the old name where the row renames nobody."""


@dataclass(frozen=True)
class Resolved:
    """Rows with their units.

    `refs[table][column]` holds, per row, the row of the unit in its kind's table, -1 for none. A `unit` column becomes the
    two columns `enterprise` and `park`, a `sponsor` column `sponsor_enterprise` and `sponsor_park`.
    """

    rows: Mapping[str, TableRows]
    refs: Mapping[str, Mapping[str, Ints]]
    units: Mapping[UnitKind, UnitRows]
    names: Mapping[UnitKind, list[str]]
    normals: Sequence[str]
    meaning: Mapping[UnitKind, Ints]
    """Per normal form, the row of the unit of each kind that it means, -1 for none."""


def resolve(
    rows: Mapping[str, TableRows], places: Mapping[str, Ints], decisions: Iterable[IdentityDecision], log: IssueLog
) -> Resolved:
    """Resolve all rows of all sources; `places` holds the region of each row of the tables that give one."""
    spellings = Spellings()
    decided = read_decisions(decisions, spellings)
    surveyed = survey(rows, spellings, places)
    note_decisions(decided, surveyed.said)
    registries = {
        kind: Registry(claims, spellings.normals.texts, len(spellings.codes)) for kind, claims in surveyed.said.items()
    }
    resolved = [_resolve_one(mention, rows, registries, spellings, log) for mention in surveyed.mentioned]
    changes = _resolve_changes(rows, surveyed, registries, spellings)
    before = _resolve_before(rows, surveyed, registries, spellings)
    units = {kind: number_units(kind, _used(kind, [*resolved, changes, before]), spellings) for kind in UNIT_KINDS}
    _tell_added_names(surveyed, rows, len(spellings.normals), log)
    refs: dict[str, dict[str, Ints]] = {table: {} for table in rows}
    for mention, by_kind in zip(surveyed.mentioned, resolved, strict=True):
        refs[mention.mention.table].update(_refs(mention, by_kind, units))
    if changes:
        refs["name_changes"] = {kind.value: units[kind].row_of(keys) for kind, keys in changes.items()}
        refs["name_changes"] |= {BEFORE + kind.value: units[kind].row_of(keys) for kind, keys in before.items()}
    every_name = np.arange(len(spellings.normals), dtype=np.int32)
    no_code = np.full(len(every_name), -1, dtype=np.int32)
    meaning = {kind: units[kind].row_of(registries[kind].resolve(every_name, no_code)[0]) for kind in UNIT_KINDS}
    by_change = {"new_name": changes, "old_name": before}
    names = {
        kind: _names(kind, surveyed.mentioned, resolved, by_change, rows, units[kind], spellings) for kind in UNIT_KINDS
    }
    return Resolved(rows, refs, units, names, spellings.normals.texts, meaning)


def _resolve_one(
    mention: Mention,
    rows: Mapping[str, TableRows],
    registries: Mapping[UnitKind, Registry],
    spellings: Spellings,
    log: IssueLog,
) -> dict[UnitKind, Ints]:
    """Return the registry numbers of a mention per kind, -1 where the row is of another kind."""
    units_of = {}
    for kind, mask in mention.is_kind.items():
        codes = np.full_like(mention.codes, -1) if kind is UnitKind.PARK else mention.codes
        names = np.where(mask, mention.names, -1)
        units_of[kind], doubts = registries[kind].resolve(names, np.where(mask, codes, -1), mention.places)
        for doubt in doubts:
            _tell_doubt(doubt, mention, rows[mention.mention.table], spellings, log)
    return units_of


def _tell_doubt(doubt: Ambiguity, mention: Mention, rows: TableRows, spellings: Spellings, log: IssueLog) -> None:
    coded = len(spellings.codes)
    units = [
        spellings.codes.texts[unit] if unit < coded else spellings.normals.texts[unit - coded] for unit in doubt.units
    ]
    rows.report(log, "name_ambiguous", doubt.rows, mention.mention.name, units="、".join(sorted(units)))


def _resolve_changes(
    rows: Mapping[str, TableRows], surveyed: Survey, registries: Mapping[UnitKind, Registry], spellings: Spellings
) -> dict[UnitKind, Ints]:
    """Return whom each row of `name_changes` speaks of, per kind: whoever has the new name."""
    if "name_changes" not in rows:
        return {}
    changes = rows["name_changes"]
    names = spellings.normals_of(spellings.read_names(changes["new_name"]))
    codes = spellings.codes.read(changes["uscc"])
    none = np.full_like(codes, -1)
    return {
        kind: registries[kind].resolve(np.where(mask, names, -1), none if kind is UnitKind.PARK else codes)[0]
        for kind, mask in surveyed.changes.items()
    }


def _resolve_before(
    rows: Mapping[str, TableRows], surveyed: Survey, registries: Mapping[UnitKind, Registry], spellings: Spellings
) -> dict[UnitKind, Ints]:
    """Return, per kind, who had the old name in rows of `name_changes` that rename nobody (合并 …), -1 in the others.

    Such a row names two units, and both are on record by it.
    """
    if "name_changes" not in rows:
        return {}
    changes = rows["name_changes"]
    old = spellings.normals_of(spellings.read_names(changes["old_name"]))
    new = spellings.normals_of(spellings.read_names(changes["new_name"]))
    apart = ~are_renames(changes) & (old != new)
    none = np.full_like(old, -1)
    return {
        kind: registries[kind].resolve(np.where(mask & apart, old, -1), none)[0]
        for kind, mask in surveyed.changes.items()
    }


def _used(kind: UnitKind, resolved: list[dict[UnitKind, Ints]]) -> list[Ints]:
    return [by_kind[kind] for by_kind in resolved if kind in by_kind]


def _refs(mention: Mention, by_kind: dict[UnitKind, Ints], units: Mapping[UnitKind, UnitRows]) -> dict[str, Ints]:
    return {mention.mention.columns[kind]: units[kind].row_of(keys) for kind, keys in by_kind.items()}


def _names(
    kind: UnitKind,
    mentioned: list[Mention],
    resolved: list[dict[UnitKind, Ints]],
    by_change: dict[str, dict[UnitKind, Ints]],
    rows: Mapping[str, TableRows],
    units: UnitRows,
    spellings: Spellings,
) -> list[str]:
    none = np.empty(0, dtype=np.int64)
    own, others = (none, none), []
    for mention, by_kind in zip(mentioned, resolved, strict=True):
        if kind not in by_kind:
            continue
        alive = rows[mention.mention.table].alive
        pair = (np.where(alive, units.row_of(by_kind[kind]), -1), mention.written)
        if mention.mention.table in UNIT_TABLES:
            own = pair
        others.append(pair)
    renamed: tuple[Ints, Ints] = (none, none)
    for column, found_there in by_change.items():
        if kind in found_there:
            others.append((units.row_of(found_there[kind]), spellings.read_names(rows["name_changes"][column])))
    if kind in by_change["new_name"]:
        order = _in_order_of_renaming(rows["name_changes"], spellings)
        taken = spellings.read_names(rows["name_changes"]["new_name"])
        renamed = (units.row_of(by_change["new_name"][kind])[order], taken[order])
    return shown_names(len(units), own, renamed, others, spellings.names.texts)


def _in_order_of_renaming(changes: TableRows, spellings: Spellings) -> Ints:
    """Return the rows that rename, undated ones first, then by day; of one day the name that is given up again comes first."""
    written = [spellings.read_names(changes[column]) for column in ("old_name", "new_name")]
    old, new = (spellings.normals_of(names) for names in written)
    rows = np.flatnonzero(are_renames(changes) & changes.alive)
    day = pc.fill_null(changes["changed_on"].cast(pa.int32()), np.iinfo(np.int32).min).to_numpy()[rows]
    given_up = np.isin(new[rows], old[rows])
    texts = np.array([spellings.names.texts[name] for name in written[1][rows].tolist()], dtype=object)
    by_text = np.argsort(np.argsort(texts)) if len(rows) else rows
    order: Ints = rows[np.lexsort((-by_text, ~given_up, day))]
    return order


def _tell_added_names(surveyed: Survey, rows: Mapping[str, TableRows], span: int, log: IssueLog) -> None:
    """Say where a name beside a code on record is none of the names that its own rows or its changes of name give it."""
    for kind, table in ((UnitKind.ENTERPRISE, "enterprises"), (UnitKind.AGENCY, "agencies")):
        own = next((mention for mention in surveyed.mentioned if mention.mention.table == table), None)
        if own is None:
            continue
        given = [(own.names[own.codes >= 0], own.codes[own.codes >= 0]), *surveyed.said[kind].own_names]
        own_names = np.unique(np.concatenate([codes.astype(np.int64) * span + names for names, codes in given]))
        registered = np.unique(own.codes[own.codes >= 0])
        for mention in surveyed.mentioned:
            if kind not in mention.is_kind or mention is own:
                continue
            beside = np.flatnonzero(mention.is_kind[kind] & (mention.codes >= 0) & np.isin(mention.codes, registered))
            packed = mention.codes[beside].astype(np.int64) * span + mention.names[beside]
            # A search, not np.isin: that would sort ten million rows, and sort them back.
            at = np.minimum(np.searchsorted(own_names, packed), len(own_names) - 1)
            added = own_names[at] != packed if len(own_names) else np.ones(len(packed), dtype=bool)
            _, first = np.unique(packed[added], return_index=True)
            if len(first):
                rows[mention.mention.table].report(
                    log, "name_added", beside[added][np.sort(first)], mention.mention.name
                )
