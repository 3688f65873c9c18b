"""Every cell that names a unit, and of which kind the unit is (SPEC 4, the `unit` columns).

Reading: a row without a category (incidents, some inspections and forms) speaks of a park when its name is
used as a park's elsewhere and never as an enterprise's; else of an enterprise. A name change speaks of
whatever kind already goes by one of its names, enterprises first. Parks have no codes: a code beside a
park's name is not used.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.reference.places import own_place, place_of_text
from tests.reference.world import Row, World, normal, valid_code, written

RENAMING = {None, "更名"}
CLEAR = [
    ("enterprises", "name", "uscc", "enterprise"),
    ("annual_figures", "name", "uscc", "enterprise"),
    ("tenancies", "name", "uscc", "enterprise"),
    ("tenancies", "park", None, "park"),
    ("supplies", "buyer", "buyer_uscc", "enterprise"),
    ("supplies", "supplier", "supplier_uscc", "enterprise"),
    ("parks", "name", None, "park"),
    ("agencies", "name", "uscc", "agency"),
    ("agency_bans", "agency", None, "agency"),
    ("reports", "agency", None, "agency"),
    ("listings", "agency", None, "agency"),
]
BY_CATEGORY = [
    "reports",
    "listings",
    "cultivation",
    "incidents",
    "inspections",
    "dynamic_forms",
    "recommendations",
]
Cell = tuple[str, int, str]


@dataclass
class Mention:
    """One cell that names a unit: what it says, and whether it is the unit's own row."""

    cell: Cell
    kind: str
    name: str
    code: str | None
    also: list[str] = field(default_factory=list)
    place: str | None = None
    own: bool = False
    renames: bool = False
    old_of: Cell | None = None


def mentions(world: World) -> list[Mention]:
    found = clear_mentions(world)
    used = {kind: {normal(m.name) for m in found if m.kind == kind} for kind in ("enterprise", "park", "agency")}
    for table in BY_CATEGORY:
        for index, row in enumerate(world.get(table, [])):
            kind = kind_by_category(row, used)
            code = valid_code(row.get("uscc")) if kind != "park" else None
            place = place_of_text(row.get("region"))
            found.append(Mention((table, index, "unit"), kind, written(row["unit"]), code, place=place))
    used = {kind: {normal(n) for m in found if m.kind == kind for n in [m.name, *m.also]} for kind in used}
    for index, row in enumerate(world.get("complaints", [])):
        name, code = written(row["unit"]), valid_code(row.get("uscc"))
        kind = next((k for k in ("enterprise", "park", "agency") if normal(name) in used[k]), "enterprise")
        found.append(Mention(("complaints", index, "unit"), kind, name, None if kind == "park" else code))
    for index, row in enumerate(world.get("name_changes", [])):
        found.extend(name_change(index, row, used))
    return found


def clear_mentions(world: World) -> list[Mention]:
    """The cells whose column alone says the kind of unit."""
    found = []
    for table, column, code, kind in CLEAR:
        for index, row in enumerate(world.get(table, [])):
            if row.get(column) is not None:
                mention = Mention((table, index, column), kind, written(row[column]), valid_code(row.get(code or "")))
                if table in ("enterprises", "parks", "agencies"):
                    mention.own = True
                    mention.place = own_place(row.get("province"), row.get("city"), row.get("county"))
                    also = (row.get("former_names") or "") + "；" + (row.get("aliases") or "")
                    mention.also = [written(name) for name in also.split("；") if name.strip()]
                found.append(mention)
    return found


def kind_by_category(row: Row, used: dict[str, set[str]]) -> str:
    if row.get("category") is not None:
        return "park" if row["category"] == "park" else "enterprise"
    name = normal(row["unit"])
    as_park = name in used["park"] and name not in used["enterprise"]
    return "park" if as_park and not valid_code(row.get("uscc")) else "enterprise"


def name_change(index: int, row: Row, used: dict[str, set[str]]) -> list[Mention]:
    """SPEC 8: only 更名 or a blank kind makes two names one unit; else the row speaks of the present name's."""
    old, new, code = written(row["old_name"]), written(row["new_name"]), valid_code(row.get("uscc"))
    order = ["enterprise", "park", "agency"]
    kind = next((k for k in order if {normal(old), normal(new)} & used[k]), "enterprise")
    code = None if kind == "park" else code
    if row.get("kind") in RENAMING:
        cell: Cell = ("name_changes", index, "new_name")
        return [
            Mention(cell, kind, new, code, also=[old], renames=True),
            Mention(("name_changes", index, "old_name"), kind, old, None, old_of=cell),
        ]
    named = [Mention(("name_changes", index, "new_name"), kind, new, code)]
    if normal(old) != normal(new):  # SPEC 1: whoever a row names is on record, and this one names two.
        named.append(Mention(("name_changes", index, "old_name"), kind, old, None))
    return named
