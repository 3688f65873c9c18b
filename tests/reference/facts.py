"""The fact tables: rows of one key merged (SPEC 4), every name replaced by the unit it names (SPEC 5).

Reading: the countries and regions that rows give a unit are compared row by row, before merging; a unit
whose own rows disagree on the country has an unknown one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from graph_model.records import RECORDS
from tests.reference import places
from tests.reference.who import Who
from tests.reference.world import Row, World, merged, written

NATIONAL_BATCH = {
    "1": date(2017, 8, 23),
    "2": date(2018, 2, 11),
    "3": date(2018, 10, 29),
    "4": date(2019, 9, 2),
    "5": date(2020, 10, 16),
    "2021": date(2022, 1, 15),
}
UNIT_CELLS = {
    "enterprises": ["name"],
    "annual_figures": ["name"],
    "parks": ["name"],
    "tenancies": ["name", "park"],
    "supplies": ["buyer", "supplier"],
    "agencies": ["name"],
    "agency_bans": ["agency"],
    "reports": ["unit", "agency"],
    "listings": ["unit", "agency"],
    "cultivation": ["unit"],
    "incidents": ["unit"],
    "inspections": ["unit"],
    "dynamic_forms": ["unit"],
    "recommendations": ["unit"],
    "name_changes": ["old_name", "new_name"],
    "complaints": ["unit"],
}
CODES = {"uscc", "buyer_uscc", "supplier_uscc"}
KEYS = {
    "enterprises": ["name"],
    "annual_figures": ["name", "year"],
    "parks": ["name"],
    "tenancies": ["name", "park", "start"],
    "supplies": ["buyer", "supplier", "year", "start", "category"],
    "agencies": ["name"],
    "agency_bans": ["agency", "authority", "decided_on"],
    "reports": ["report_no"],
    "listings": ["unit", "category", "tier", "batch"],
    "cultivation": ["unit", "category", "plan_year", "sponsor"],
    "incidents": ["unit", "kind", "occurred_on", "decided_on"],
    "inspections": ["unit", "category", "checked_on"],
    "dynamic_forms": ["unit", "category", "year"],
    "recommendations": ["unit", "category", "tier", "recommended_on"],
    "name_changes": ["old_name", "new_name", "changed_on"],
    "complaints": ["unit", "received_on"],
}


class Facts:
    """A world with its units resolved. Unit cells hold ids; `kind_of` says what a unit is."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.who = Who(world)
        self.kind_of: dict[str, set[str]] = {"enterprise": set(), "park": set(), "agency": set()}
        self.table = {name: self.fact_table(name) for name in UNIT_CELLS}
        self.enterprise = {row["name"]: row for row in self.table["enterprises"]}
        self.park = {row["name"]: row for row in self.table["parks"]}
        self.agency = {row["name"]: row for row in self.table["agencies"]}
        for listing in self.table["listings"]:
            listing["published_on"] = listing["published_on"] or default_publication(listing)
            listing["end_unknown"] = end_unknown(listing, "removed_on", "removal_reason")
        for tenancy in self.table["tenancies"]:
            tenancy["end_unknown"] = end_unknown(tenancy, "end", None)
        self.totals = self.totals_by_scope()
        self.first_days = list(self.appearances())

    def fact_table(self, name: str) -> list[Row]:
        rows = []
        for index, row in enumerate(self.world.get(name, [])):
            resolved = dict.fromkeys(ALL_FIELDS[name]) | {k: v for k, v in row.items() if k not in CODES}
            named = [c for c in UNIT_CELLS[name] if (name, index, c) in self.who.cells]
            resolved["units"] = named
            resolved["name_written"], resolved["old_written"] = row.get("unit"), row.get("old_name")
            for column in named:
                unit = resolved[column] = self.who.unit(name, index, column)
                self.kind_of[self.who.kind(name, index, column)].add(unit)
            rows.append(tidy(name, resolved, self))
        return merged(rows, lambda row: tuple(row[column] for column in KEYS[name]))

    def totals_by_scope(self) -> dict[str, list[Row]]:
        """Totals of a region (its code) or of a park (its id); the scope puts nobody on record."""
        rows = [
            dict.fromkeys(["above_scale_count", "output"]) | row | {"scope": self.scope(row["scope"])}
            for row in self.world.get("totals", [])
        ]
        facts: dict[str, list[Row]] = {}
        for fact in merged(rows, lambda row: (row["scope"], row["year"])):
            facts.setdefault(fact["scope"], []).append(fact)
        return facts

    def scope(self, text: str) -> str:
        park = self.who.kinds["park"].find(text)
        return park if park in self.kind_of["park"] else places.place_of_text(text) or park

    def appearances(self) -> Iterator[tuple[str, date | None]]:
        """SPEC 1, 8: who is put on record by which row, from which day on (None: always)."""
        for name, rows in self.table.items():
            for row in rows:
                first = first_day(name, row)
                for named in {raw[column] for raw in row["rows"] for column in raw["units"]}:
                    yield named, first

    def name(self, kind: str, unit: str) -> str:
        return self.who.kinds[kind].shown[unit]

    def country(self, unit: str) -> str | None:
        """SPEC 3: the unit's own row, else the supply rows that name it; disagreement is unknown."""
        own = {row.get("country") for row in self.enterprise.get(unit, {"rows": []})["rows"]} - {None}
        theirs = {raw.get("country") for s in self.table["supplies"] if s["supplier"] == unit for raw in s["rows"]} - {
            None
        }
        said = own or theirs
        return next(iter(said)) if len(said) == 1 else None

    def place(self, kind: str, unit: str) -> str | None:
        """SPEC 3: own county and city, else own province, else its listings; SPEC 8: else abroad by its country."""
        own = self.park.get(unit, {}) if kind == "park" else self.enterprise.get(unit, {})
        place = places.own_place(own.get("province"), own.get("city"), own.get("county"))
        if place is None:
            said = {
                places.place_of_text(raw.get("region"))
                for row in self.table["listings"]
                if row["unit"] == unit and (row["category"] == "park") == (kind == "park")
                for raw in row["rows"]
            }
            place = places.place_of_listings({p for p in said if p})
        if place is None and kind == "enterprise" and places.foreign(self.country(unit)):
            return "outside:" + str(self.country(unit))
        return place

    def official(self, scope: str, year: int) -> int | None:
        """SPEC 8: totals of the latest year < year(d) for which the figure is known."""
        known = [t for t in self.totals.get(scope, []) if t["year"] < year and t["above_scale_count"] is not None]
        return max(known, key=lambda t: t["year"])["above_scale_count"] if known else None


def default_publication(listing: Row) -> date:
    """SPEC 4: the dates of the national batches; else 31 December of the batch year."""
    if listing["tier"] == "national" and listing["batch"] in NATIONAL_BATCH:
        return NATIONAL_BATCH[listing["batch"]]
    return date(int(listing["batch"]), 12, 31)


def end_unknown(fact: Row, end: str, reason: str | None) -> bool:
    """SPEC 8: an end that cannot be read, or a reason for a removal without a day, leaves the "still" unknown."""
    told = any(raw["unreadable"] or (reason and raw[reason] is not None) for raw in fact["rows"])
    return fact[end] is None and told


def readable_end(row: Row, end: str) -> None:
    """An end as text: the year beside the word of removal is its 31 December; any other cannot be read."""
    text = row[end]
    row["unreadable"] = isinstance(text, str)
    if isinstance(text, str):
        year = re.fullmatch(r"(\d{4})年(移出|移除|除名|撤销)", text)
        row[end] = date(int(year[1]), 12, 31) if year else None
        row["unreadable"] = year is None


def tidy(name: str, row: Row, facts: Facts) -> Row:
    """What a row means before rows are merged."""
    if name in ENDS:
        readable_end(row, ENDS[name])
    if name == "inspections" and row["result"] not in ("clean", "problem"):
        row["result"] = None
    if name == "supplies" and (row.get("start") or row.get("end")):
        row["year"] = None  # SPEC 8: start and end win over a year
    if name == "cultivation" and row.get("sponsor"):
        row["sponsor"] = sponsor_of(row["sponsor"], facts)
    if name == "agency_bans":
        row["authority"] = written(row["authority"])
    return row


def sponsor_of(text: str, facts: Facts) -> str:
    """培育主体（链主或园区）: a park that goes by the name, else an enterprise."""
    park = facts.who.kinds["park"].find(text)
    return park if park in facts.who.kinds["park"].shown else facts.who.kinds["enterprise"].find(text)


def first_day(name: str, row: Row) -> date | None:
    """SPEC 8 "First days"."""
    if name == "annual_figures":
        return date(row["year"] + 1, 1, 1)
    if name == "supplies" and row["year"] is not None:
        return date(row["year"], 1, 1)
    if name == "cultivation":
        return begun(row)
    if name in FIRST:
        return next((row[column] for column in FIRST[name] if row[column] is not None), None)
    return None


def begun(row: Row) -> date:
    """SPEC 8: a missing start is 1 January of the plan year."""
    return row["start"] or date(row["plan_year"], 1, 1)


FIRST = {
    "tenancies": ["start"],
    "supplies": ["start"],
    "reports": ["submitted_on", "issued_on"],
    "listings": ["published_on"],
    "incidents": ["occurred_on", "decided_on"],
    "inspections": ["checked_on"],
    "dynamic_forms": ["filed_on"],
    "recommendations": ["recommended_on"],
    "agency_bans": ["decided_on"],
    "complaints": ["received_on"],
}
ENDS = {"listings": "removed_on", "tenancies": "end"}
ALL_FIELDS = {table: [*record.model_fields, "declared"] for table, record in RECORDS.items()}
