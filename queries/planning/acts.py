"""What might happen: listings, strikes, tenancies, links, bans, incidents and their healing, as people write them. SPEC 9.3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from graph_model.bilingual import Bilingual
from graph_model.errors import ContradictionError, UnknownNameError, UsageError
from graph_model.tiers import TIER_IDS, Tier
from graph_model.values import coded
from graph_model.values.dates import day as parse_day
from queries.asking.find_unit import find_on_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from graph_model.view import View

PARTS: Final = {
    "list": ("unit", "tier"),
    "strike": ("unit",),
    "join": ("unit", "park"),
    "leave": ("unit", "park"),
    "supplies": ("buyer", "supplier"),
    "ban": ("agency", "authority"),
    "incident": ("unit", "kind"),
    "heal": ("unit", "kind"),
}
"""What an act of each kind names, joined by `@`; a day may follow."""
_OPPOSITES: Final = (("list", "strike"), ("join", "leave"), ("incident", "heal"))


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that might happen. Rows are those of enterprises, parks and agencies; what does not fit the kind is -1 or blank."""

    kind: str
    day: date
    enterprise: int = -1
    park: int = -1
    other: int = -1
    """The supplier of a link, or the agency of a ban."""
    tier: Tier = Tier.NONE
    word: str = ""
    """Kind of an incident, authority of a ban."""


@dataclass(frozen=True, slots=True)
class WrittenAct:
    """An act as people write it: its kind, the units and words that it names, its day."""

    kind: str
    parts: tuple[str, ...]
    day: date


class UnitFinder:
    """Finds the units on record that acts name; with `known` texts it looks them all up together."""

    def __init__(self, view: View, known: Iterable[str] = ()) -> None:
        self.view = view
        texts, tables = list(dict.fromkeys(known)), ("enterprises", "parks")
        self._rows = {
            table: dict(zip(texts, view.graph.rows_of(texts, table).tolist(), strict=True)) if texts else {}
            for table in tables
        }
        self._on_record = {table: view.facts.on_record(table) for table in tables}

    def row_of(self, text: str, table: str) -> int:
        """Return the row of a unit, -1 where there is none."""
        row = self._rows[table].get(text)
        return self.view.graph.row_of(text, table) if row is None else row

    def on_record(self, text: str, table: str) -> int:
        """Return the row of a unit on record on the day; UsageError where there is none."""
        row = self._rows[table].get(text, -1)
        is_there = row >= 0 and bool(self._on_record[table][row])
        return row if is_there else find_on_record(self.view, text, table)


def written_acts(view: View, written: Mapping[str, Sequence[str]]) -> list[WrittenAct]:
    """Return the acts that the options write, taken apart; UsageError for one that has too few parts."""
    return [_taken_apart(view, kind, text) for kind, texts in written.items() for text in texts]


def acts_of(finder: UnitFinder, written: Sequence[WrittenAct]) -> list[Act]:
    """Return the acts; UsageError for one that names nothing known, comes too late, or contradicts another."""
    view = finder.view
    acts = [_READERS[act.kind](finder, act.kind, act.day, *act.parts) for act in written]
    for late in (act for act in acts if act.day > view.day):
        raise UsageError(
            f"日期 {late.day} 晚于 {view.day}，请用不晚于截至日期的日子",
            f"the day {late.day} is after {view.day}: give one that is not",
        )
    for first, second in _contradictions(acts):
        raise ContradictionError(first, second)
    return acts


def _taken_apart(view: View, kind: str, text: str) -> WrittenAct:
    """Take one act apart. `@` is split from the right, so that a name may hold one; a last part that is a day is the day."""
    count = len(PARTS[kind])
    parts = text.rsplit("@", count)
    day = parse_day(parts[-1].strip()).value if len(parts) == count + 1 else None
    if not isinstance(day, date):
        parts, day = text.rsplit("@", count - 1) if count > 1 else [text], view.day
    named = tuple(part.strip() for part in parts[:count])
    if len(named) != count or not all(named):
        form = "@".join(PARTS[kind]).upper()
        raise UsageError(f"“{text}”应写成 {form} 或 {form}@日期", f"{text!r} is written {form} or {form}@DATE")
    return WrittenAct(kind, named, day)


def _listing(finder: UnitFinder, kind: str, day: date, unit: str, tier: str) -> Act:
    parsed = coded.TIER.parse(tier).value or tier
    if parsed not in TIER_IDS:
        raise UnknownNameError(Bilingual("层级", "tier"), tier, TIER_IDS)
    return Act(kind, day, enterprise=finder.on_record(unit, "enterprises"), tier=Tier.of(str(parsed)))


def _strike(finder: UnitFinder, kind: str, day: date, unit: str) -> Act:
    return Act(kind, day, enterprise=finder.on_record(unit, "enterprises"))


def _tenancy(finder: UnitFinder, kind: str, day: date, unit: str, park: str) -> Act:
    return Act(kind, day, enterprise=finder.on_record(unit, "enterprises"), park=finder.on_record(park, "parks"))


def _link(finder: UnitFinder, kind: str, day: date, buyer: str, supplier: str) -> Act:
    buys, sells = (finder.on_record(unit, "enterprises") for unit in (buyer, supplier))
    return Act(kind, day, enterprise=buys, other=sells)


def _ban(finder: UnitFinder, kind: str, day: date, agency: str, authority: str) -> Act:
    return Act(kind, day, other=finder.view.graph.find(agency, "agencies"), word=authority)


def _incident(finder: UnitFinder, kind: str, day: date, unit: str, what: str) -> Act:
    meaning = coded.INCIDENT_KINDS.meaning(what)
    if meaning is None:
        words = [word for word, id in coded.INCIDENT_KINDS.ids.items() if id is not None]
        raise UnknownNameError(Bilingual("情形", "kind of incident"), what, words)
    row = finder.row_of(unit, "enterprises")
    if row >= 0:
        return Act(kind, day, enterprise=finder.on_record(unit, "enterprises"), word=meaning)
    return Act(kind, day, park=finder.on_record(unit, "parks"), word=meaning)


_READERS: Final[dict[str, Callable[..., Act]]] = {
    "list": _listing,
    "strike": _strike,
    "join": _tenancy,
    "leave": _tenancy,
    "supplies": _link,
    "ban": _ban,
    "incident": _incident,
    "heal": _incident,
}


def _contradictions(acts: Sequence[Act]) -> Iterator[tuple[str, str]]:
    """Yield pairs of kinds that say opposite things of the same unit (and the same park or kind of incident)."""
    for first, second in _OPPOSITES:
        about = [{(act.enterprise, act.park, act.word) for act in acts if act.kind == kind} for kind in (first, second)]
        if about[0] & about[1]:
            yield first, second
