"""Which table a header means: the names around it say which are possible, the headers choose between these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from graph_model.records import RECORDS
from loaders.read.headers import (
    HeaderColumn,
    family,
    header_key,
    in_words,
    match_all,
    match_columns,
    match_some,
    required,
)
from loaders.read.list_names import (
    LISTS,
    REGISTERS,
    Context,
    Stop,
    first_word,
    folder_tables,
    named_tables,
    stop_of,
    words_of,
)
from loaders.read.published import NOTHING_GIVEN, GivenByName, given_by_name
from loaders.read.removal_names import Removal, removal_of

Cells = Sequence[Sequence[str]]


class Fit(NamedTuple):
    """How a header fits a table.

    `status` are columns in which a list may say that a row is removed, `joined` those that give its region together.
    """

    table: str
    columns: dict[str, HeaderColumn]
    missing: tuple[str, ...]
    score: int
    given: GivenByName = NOTHING_GIVEN
    status: tuple[int, ...] = ()
    joined: tuple[int, ...] = ()


class TableFits(NamedTuple):
    """The tables that a header may mean, the best first; several equally good ones leave it open.

    `named` are those that the names allow, `stop` says why the table is not loaded whatever its columns, `unnamed` that a
    register fits that nothing names.
    """

    fits: list[Fit]
    named: frozenset[str] = frozenset()
    stop: Stop | None = None
    unnamed: bool = False


def fits_of(cells: Cells, context: Context) -> TableFits:
    """Return the tables a header may mean: complete ones before incomplete ones, equally good ones together."""
    named = named_tables(context)
    stop = stop_of(context, named)
    removal = removal_of(context) if not named or "listings" in named else None
    if isinstance(removal, Stop):
        stop, removal = stop or removal, None
    found = [fit for table in RECORDS if not named or table in named for fit in [_fit(table, cells, context, removal)]]
    found = [fit for fit in found if fit.columns and (len(fit.columns) > 1 or named or _is_narrow(cells))]
    guarded = [fit for fit in found if not named and fit.table in REGISTERS and not _is_register(fit)]
    found = [fit for fit in found if fit not in guarded]
    complete = [fit for fit in found if not fit.missing] or found
    best = max((fit.score for fit in complete), default=0)
    fits = _in_folder([fit for fit in complete if fit.score == best], context)
    if not stop and fits and named:
        stop = _stop_of_ends(fits[0], context)
    unnamed = bool(guarded) and not any(not fit.missing for fit in found)
    if stop and fits and not named and fits[0].table not in LISTS | REGISTERS:
        stop = None
    return TableFits(fits, named, stop, unnamed)


def _is_narrow(cells: Cells) -> bool:
    """Tell whether a header has one column, or one beside 序号."""
    return len([spellings for spellings in cells if spellings]) <= 2


def _in_folder(fits: list[Fit], context: Context) -> list[Fit]:
    """Let the folder decide between tables that fit equally well."""
    spoken = folder_tables(context) if len(fits) > 1 else frozenset()
    return [fit for fit in fits if fit.table in spoken] or fits


def _is_register(fit: Fit) -> bool:
    """Tell whether a header has a column that only a register has."""
    own = words_of("registers")[fit.table]
    headers = {header_key(column.header) for column in fit.columns.values()}
    return bool(set(own["columns"]) & fit.columns.keys() or headers & set(map(header_key, own.get("headers", ()))))


def _stop_of_ends(fit: Fit, context: Context) -> Stop | None:
    """Stop a table whose name says that its rows have ended, and that has no column of ends."""
    if fit.table not in ("tenancies", "supplies", "cultivation", "recommendations", "agencies", "enterprises", "parks"):
        return None
    if "end" in fit.columns:
        return None
    for text in context.near():
        word = first_word("removal", text) or first_word("ends", text)
        if word is not None:
            return Stop("list_of_ends", word, text)
    return None


def _fit(table: str, cells: Cells, context: Context, removal: Removal | None) -> Fit:
    columns = match_columns(table, cells)
    removal = removal if table == "listings" else None
    given = given_by_name(table, columns, context, removal)
    category = given.values.get("category")
    if table in LISTS and category == "park" and (unit := match_some(table, cells, "unit", "park")) is not None:
        columns["unit"] = unit
    needed = [name for name in required(table) if name not in columns and not _is_given(name, columns, given)]
    status = _status_columns(cells, columns) if table == "listings" else ()
    score = (
        len(columns)
        + len(given.values.keys() - columns.keys())
        + bool(given.year or given.round) * ("batch" not in columns)
    )
    return Fit(table, columns, tuple(needed), score, given, status, _joined(table, cells))


def _joined(table: str, cells: Cells) -> tuple[int, ...]:
    """Return the columns that say the region of a list together, the widest first: 省份, 设区市, 县（市、区）."""
    columns = match_all(table, cells, "region") if table == "listings" else []
    city, county = (frozenset(map(header_key, family(name))) for name in ("city", "county"))
    depth = {
        column.at: 2 if (key := header_key(column.header)) in county else 1 if key in city else 0 for column in columns
    }
    return tuple(sorted(depth, key=lambda at: (depth[at], at))) if len(set(depth.values())) > 1 else ()


def _is_given(name: str, columns: dict[str, HeaderColumn], given: GivenByName) -> bool:
    """Tell whether a required column is given by a name, or by another column."""
    if name in given.open:
        return False
    if name in given.values or (given.removal is not None and name in ("tier", "batch")):
        return True
    if name == "tier":
        return given.is_national and "batch" in columns
    return name == "batch" and bool(given.year or given.round or "published_on" in columns)


def _status_columns(cells: Cells, columns: dict[str, HeaderColumn]) -> tuple[int, ...]:
    used = {column.at for column in columns.values()}
    groups = ("statuses", "status_questions", "status_questions_kept")
    return tuple(
        index
        for index, spellings in enumerate(cells)
        if index not in used and any(in_words(group, spelling) for spelling in spellings for group in groups)
    )
