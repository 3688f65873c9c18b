"""Who is who (SPEC 5, SPEC 8 "Names"): every cell that names a unit gets the unit's id and its shown name.

Reading:
* Codes first; then what rows without a code claim (own rows with former names and aliases, name changes) is joined
  to the one unit that fits its name, else to the one whose present name is among its other names. Claims that fit
  nobody are units by their present name; two that only share a former name stay two.
* A renaming is one unit, both cells: the one its code, its new name or else its old name says; if new and old name
  are units apart, it says nothing. Old names are shown last.
* `X same_as Y` makes every cell that says X a cell that says Y; if nothing else gives Y a code, X's code is
  Y's.
* The id of a unit without a code is the normal form of its present name, or of what a decision says it is. Of
  several own rows the one that is nobody's former name is shown, then the most frequent, then the first by code
  point.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.reference.mentions import Cell, Mention, mentions
from tests.reference.places import up_to
from tests.reference.world import World, normal, valid_code

Token = tuple[str, str]


def token(text: Any) -> Token:
    """SPEC 8: `decisions.csv` holds names, codes or ids."""
    for head in ("uscc:", "name:", "park:"):
        if text.startswith(head):
            return ("code" if head == "uscc:" else "name", text.removeprefix(head))
    code = valid_code(text)
    return ("code", code) if code else ("name", normal(text))


class Register:
    """All units of one kind."""

    def __init__(self, kind: str, cells: list[Mention], decisions: list[dict[str, str | None]]) -> None:
        self.kind = kind
        self.same = {token(d["name"]): token(d["same_as"]) for d in decisions if d.get("same_as")}
        self.apart = {(token(d["name"]), token(d["different_from"])) for d in decisions if d.get("different_from")}
        self.names: dict[str, set[str]] = {}
        self.present: dict[str, set[str]] = {}
        self.joined: dict[Cell, str] = {}
        self.homes: dict[str, set[str]] = {}
        self.unit_of: dict[Cell, str] = {}
        self.give_codes(cells)
        self.join_claims(cells)
        for mention in cells:
            self.unit_of[mention.cell] = self.resolve(mention)
        known = {m.cell for m in cells if self.code_of(m)} | set(self.joined)
        for mention in cells:
            if mention.old_of in known:
                self.unit_of[mention.cell] = self.unit_of[mention.old_of]
        self.name_units(cells)

    def decided(self, mention: Mention) -> Token | None:
        """SPEC 5: `decisions.csv` is obeyed first; SPEC 8: it goes before a code."""
        here: Token = ("name", normal(mention.name))
        if here not in self.same and mention.code:
            here = ("code", mention.code)
        seen: set[Token] = set()
        while here in self.same and here not in seen:
            seen.add(here)
            here = self.same[here]
        return here if seen else None

    def differs(self, name: str, unit: str) -> bool:
        """A person said that `name` is not `unit`."""
        return any(
            mine == ("name", name) and (unit == f"uscc:{text}" if what == "code" else self.holds(unit, text))
            for mine, (what, text) in self.apart
        )

    def holds(self, unit: str, name: str) -> bool:
        return name in self.names.get(unit, set())

    def code_of(self, mention: Mention) -> str | None:
        """The code a cell is known by, after the decisions."""
        target = self.decided(mention)
        if target is None:
            code = mention.code
        elif target[0] == "code":
            code = target[1]
        else:
            code = mention.code if not self.fitting(target[1]) else None
        return None if code and self.differs(normal(mention.name), f"uscc:{code}") else code

    def give_codes(self, cells: list[Mention]) -> None:
        """A credit code identifies a unit; SPEC 8: a name beside a code counts as one of its names."""
        for after_decisions in (False, True):
            told = [(m, self.code_of(m)) for m in cells if (self.decided(m) is not None) == after_decisions]
            for mention, code in told:
                if code:
                    names = [self.called(mention), *map(normal, [mention.name, *mention.also])]
                    self.add(f"uscc:{code}", names, mention)

    def add(self, unit: str, names: list[str], mention: Mention) -> None:
        self.names.setdefault(unit, set()).update(n for n in names if not self.differs(n, unit))
        self.present.setdefault(unit, set()).add(self.called(mention))
        if mention.own and (city := up_to(mention.place, "city")):
            self.homes.setdefault(unit, set()).add(city)

    def fitting(self, name: str) -> set[str]:
        """The units that go by a name."""
        return {unit for unit in self.names if name in self.names[unit] and not self.differs(name, unit)}

    def in_city(self, units: set[str], place: str | None) -> set[str]:
        """SPEC 5: if two fit, the city decides."""
        city = up_to(place, "city")
        there = {unit for unit in units if city and self.homes.get(unit) == {city}}
        return there if len(units) > 1 and len(there) == 1 else units

    def claim_fits(self, claim: Mention) -> set[str]:
        """The units with a code that a row without one may speak of: by its name, else by its other names."""
        fits = self.in_city(self.fitting(self.called(claim)), claim.place)
        if self.contradicts(claim):
            return fits | self.fitting(normal(claim.also[0]))
        return fits or {
            u for n in map(normal, claim.also) for u in self.fitting(n) if claim.renames or n in self.present[u]
        }

    def called(self, mention: Mention) -> str:
        target = self.decided(mention)
        return target[1] if target and target[0] == "name" else normal(mention.name)

    def join_claims(self, cells: list[Mention]) -> None:
        """Own rows and name changes without a code: to the one unit that fits, again until nothing moves."""
        claims = [m for m in cells if (m.own or m.renames) and not self.code_of(m)]
        while joined := [(m, fits) for m in claims if len(fits := self.claim_fits(m)) == 1]:
            for mention, fits in joined:
                self.join(mention, next(iter(fits)))
            claims = [m for m in claims if all(m is not done for done, _ in joined)]
        claims = [m for m in claims if not self.contradicts(m)]
        former = {id(m): set(map(normal, m.also)) for m in claims}
        heads = {name: self.head_of(name, claims, former) for name in {self.called(m) for m in claims}}
        for mention in claims:
            self.join(mention, "name:" + last_head(self.called(mention), heads))

    def contradicts(self, claim: Mention) -> bool:
        """A renaming whose new name and old name are units apart."""
        new, old = self.fitting(self.called(claim)), self.fitting(normal([*claim.also, claim.name][0]))
        return claim.renames and bool(new and old) and not new & old

    def join(self, claim: Mention, unit: str) -> None:
        self.add(unit, [self.called(claim), *map(normal, claim.also)], claim)
        self.joined[claim.cell] = unit

    def head_of(self, name: str, claims: list[Mention], former: dict[int, set[str]]) -> str:
        """A name that is a former name or an alias of exactly one other unit is that unit."""
        others = {
            self.called(m)
            for m in claims
            if name in former[id(m)] and self.called(m) != name and not self.apart_names(name, self.called(m))
        }
        return next(iter(others)) if len(others) == 1 else name

    def apart_names(self, one: str, other: str) -> bool:
        return (("name", one), ("name", other)) in self.apart or (
            ("name", other),
            ("name", one),
        ) in self.apart

    def resolve(self, mention: Mention) -> str:
        code = self.code_of(mention)
        if code:
            return f"uscc:{code}"
        if mention.cell in self.joined:
            return self.joined[mention.cell]
        name = self.called(mention)
        fits = self.in_city(self.fitting(name), mention.place)
        return next(iter(fits)) if len(fits) == 1 else "name:" + name

    def name_units(self, cells: list[Mention]) -> None:
        """SPEC 5, 8: the name the own row writes, else the most frequent spelling, ties by code point."""
        self.shown: dict[str, str] = {}
        final: dict[str, str] = {}
        for unit in set(self.unit_of.values()):
            mine = [m for m in cells if self.unit_of[m.cell] == unit]
            final[unit] = self.final_id(unit)
            self.shown[final[unit]] = best_name(mine, self.same)
        self.unit_of = {cell: final[unit] for cell, unit in self.unit_of.items()}

    def final_id(self, unit: str) -> str:
        return unit.replace("name:", "park:", 1) if self.kind == "park" else unit

    def find(self, text: str) -> str:
        """The unit an option, a sponsor or a scope names: an id, a code or a name."""
        if text in self.shown:
            return text
        what, value = token(text)
        mention = Mention(("", 0, ""), self.kind, text, value if what == "code" else None)
        unit = self.resolve(mention)
        return self.final_id(unit)


def last_head(name: str, heads: dict[str, str]) -> str:
    """Follow former names to the present one; in a circle the first name by code point stands for all."""
    seen = [name]
    while heads.get(seen[-1], seen[-1]) not in seen:
        seen.append(heads[seen[-1]])
    last = heads.get(seen[-1], seen[-1])
    return min(seen[seen.index(last) :])


def best_name(mine: list[Mention], same: dict[Token, Token]) -> str:
    """The own row's name, else the most frequent, ties by code point; names that are not present ones only last."""
    former = {normal(n) for m in mine if m.own or m.renames for n in m.also} | {n for what, n in same if what == "name"}
    own = [m.name for m in mine if m.own]
    everyone = own or [m.name for m in mine]
    count = Counter([n for n in everyone if normal(n) not in former] or everyone)
    return min(count, key=lambda name: (-count[name], name))


class Who:
    """The registers of the three kinds of unit."""

    def __init__(self, world: World) -> None:
        cells = mentions(world)
        self.kinds = {
            kind: Register(kind, [m for m in cells if m.kind == kind], world.get("decisions", []))
            for kind in ("enterprise", "park", "agency")
        }
        self.cells = {m.cell: m for m in cells}

    def unit(self, table: str, index: int, column: str) -> str:
        kind = self.cells[table, index, column].kind
        return self.kinds[kind].unit_of[table, index, column]

    def kind(self, table: str, index: int, column: str) -> str:
        return self.cells[table, index, column].kind
