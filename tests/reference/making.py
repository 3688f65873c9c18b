"""Makes the tables of one random world, by a `Chooser`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from graph_model.records import RECORDS
from tests.reference import cast
from tests.reference.choosing import Chooser
from tests.reference.world import Row, World, years_later

MANY = {"enterprises": 2, "tenancies": 2, "supplies": 3, "listings": 3, "reports": 2}
"""Tables that the numbers live on get more rows, and never none."""

DAYS = [date(2024, 2, 29), date(2025, 6, 30), date(2027, 2, 28), date(2025, 1, 1)]


class Maker:
    """Makes the tables of one world around a day."""

    def __init__(self, choose: Chooser, day: date, size: int) -> None:
        self.choose = choose
        near = [day, years_later(day, -3), years_later(day, 3), years_later(day, -6), years_later(day, -1)]
        more = [date(2020, 2, 29), date(2024, 2, 29), date(day.year, 1, 1), date(day.year - 1, 12, 31)]
        self.days = [d + timedelta(days=n) for d in near for n in (-1, 0, 1)] + more
        self.past = [d for d in self.days if d <= day]
        self.years = [day.year + n for n in (-4, -3, -2, -1, 0, 1)]
        self.hard = choose.chance(40)
        # Few units, so that they meet.
        self.firms = cast.ENTERPRISES[: choose.of([3, 4, 5, 8])]
        self.parks_here = cast.PARKS[: choose.of([1, 2, 4])]
        self.world: World = {}
        # Last, for what was looked up is looked up of those who have a row; tables not of SPEC 4 are unknown here.
        tables = [name for name in RECORDS if hasattr(self, name)]
        for table in sorted(tables, key=lambda name: name == "attestations"):
            make = getattr(self, table)
            most = size * MANY.get(table, 1)
            rows = [make() for _ in range(choose.of(range(most // 2, most + 1) if table in MANY else range(most + 1)))]
            self.world[table] = self.with_twins(table, rows)
        self.world["decisions"] = self.decisions()

    def with_twins(self, table: str, rows: list[Row]) -> list[Row]:
        """Some facts twice: what the first leaves blank the second says, or contradicts."""
        twins = []
        for row in rows:
            if self.choose.chance(25) and not any(isinstance(row.get(end), str) for end in ("end", "removed_on")):
                other, twin = getattr(self, table)(), dict(row)
                for field in sorted(set(row) - REQUIRED.get(table, set(row)) - KEPT):
                    same = (table, field) in SAME or (isinstance(other[field], str) and field in ("end", "removed_on"))
                    if self.choose.chance(30) and not same:
                        twin[field] = other[field]
                twins.append(twin)
        return rows + twins

    def maybe(self, percent: int, values: Sequence[Any]) -> Any:
        return self.choose.of(values) if self.choose.chance(percent) else None

    def day(self, percent: int = 80) -> date | None:
        day: date | None = self.maybe(percent, self.past if self.choose.chance(70) else self.days)
        return day

    def flag(self) -> bool | None:
        value: bool | None = self.choose.of([True, True, True, False, None])
        return value

    def enterprise(self) -> tuple[str, str | None]:
        """An enterprise, often without its code; in hard worlds by a former or misspelt name too."""
        name, number = self.choose.of(self.firms)
        spelling = self.choose.of(cast.SPELLINGS.get(name, [name]))
        if self.hard and self.choose.chance(20):
            spelling = self.choose.of([cast.FORMER[name], cast.FORMER[name], cast.MISSPELT[name], cast.SHARED])
        if self.hard and self.choose.chance(5):
            number = cast.BROKEN
        return spelling, number if self.choose.chance(45) else None

    def unit(self) -> tuple[str, str, str | None]:
        """Category, name and code of who is listed or reported."""
        category = self.choose.of(["factory"] * 5 + ["supply_chain", "park"])
        if category == "park":
            return category, self.park(), None
        return (category, *self.enterprise())

    def park(self) -> str:
        name: str = self.choose.of(self.parks_here)
        if self.hard and self.choose.chance(20):
            name = self.choose.of(cast.ALIASES.get(name, [name]))
        return name

    def agency(self, percent: int = 70) -> str | None:
        name: str | None = self.maybe(percent, cast.AGENCIES)
        return name

    def place(self) -> Row:
        city, county = self.choose.of(cast.COUNTIES)
        return {
            "city": city if self.choose.chance(75) else None,
            "county": county if self.choose.chance(60) else None,
        }

    def enterprises(self) -> Row:
        name, number = self.choose.of(self.firms)
        former = (
            [cast.FORMER[name], cast.SHARED] if name in ("测试甲有限公司", "测试乙有限公司") else [cast.FORMER[name]]
        )
        place = {"province": self.maybe(30, ["江苏省", "江苏"])} | self.place()
        if self.choose.chance(12):
            place = {"province": self.choose.of(["上海市", "浙江省"]), "city": None, "county": None}
        row = {
            "uscc": number if self.choose.chance(45) else None,
            "name": self.choose.of(cast.SPELLINGS.get(name, [name])),
            "former_names": self.maybe(30 if self.hard else 0, former),
            **place,
            "country": self.maybe(20, ["CN", "CN", "HK", "US"]),
            "industry_code": self.maybe(50, ["1310", "3670", "43", "4690", "C36", "5100"]),
            "above_scale": self.flag(),
            "manufacturer": self.flag(),
            "chain": self.maybe(30, ["新材料", "高端装备"]),
        }
        return row | self.namesake() if self.hard and self.choose.chance(15) else row

    def namesake(self) -> Row:
        """Two enterprises of one name: told apart by their codes, or by their cities."""
        name, number, city = self.choose.of(cast.NAMESAKES)
        coded = number if self.choose.chance(70) else None
        return {"name": name, "uscc": coded, "former_names": None, "province": None, "city": city, "county": None}

    def annual_figures(self) -> Row:
        name, number = self.enterprise()
        amount = self.maybe(80, [Decimal("100"), Decimal("0.1"), Decimal("33.333333"), Decimal("0")])
        return {
            "uscc": number,
            "name": name,
            "year": self.choose.of(self.years),
            "output": amount,
            "revenue": None,
        }

    def totals(self) -> Row:
        count = self.maybe(80, [1, 2, 7, 0])
        return {
            "scope": self.choose.of(cast.SCOPES),
            "year": self.choose.of(self.years),
            "above_scale_count": count,
        }

    def parks(self) -> Row:
        name = self.choose.of(self.parks_here)
        aliases = self.maybe(30, cast.ALIASES.get(name, [None])) if self.hard else None
        return {"name": name, "aliases": aliases, "level": self.maybe(60, ["国家级", "省级"]), **self.place()}

    def tenancies(self) -> Row:
        name, number = self.enterprise()
        return {"uscc": number, "name": name, "park": self.park(), "start": self.day(), "end": self.day(15)}

    def supplies(self) -> Row:
        buyer, supplier = self.enterprise(), self.enterprise()
        years = self.choose.chance(40)
        return {
            "buyer": buyer[0],
            "buyer_uscc": buyer[1],
            "supplier": supplier[0],
            "supplier_uscc": supplier[1],
            "year": self.choose.of(self.years) if years else None,
            "start": self.day(70) if not years or self.choose.chance(10) else None,
            "end": self.day(35) if not years else None,
            "amount": self.maybe(70, [Decimal("10"), Decimal("0.000001"), Decimal("7.5"), Decimal("0")]),
            "category": self.maybe(30, ["钢材", "电机"]),
            "key": self.flag(),
            "country": self.maybe(30, ["CN", "CN", "US", "HK", "TW"]),
            "declared": self.choose.chance(50),
        }

    def agencies(self) -> Row:
        name = self.choose.of(cast.AGENCIES)
        legal = self.maybe(60, ["测试张三", "测试李四"])
        number = cast.AGENCY_CODES.get(name) if self.choose.chance(50) else None
        return {
            "name": name,
            "uscc": number,
            "legal_representative": legal,
            "city": self.maybe(50, ["南京市"]),
        }

    def reports(self) -> Row:
        # A report number belongs to one unit: which one is a function of the number.
        number = self.choose.of(range(6))
        category = ["factory", "factory", "supply_chain", "park", "factory", "factory"][number]
        name, uscc = (cast.PARKS[0], None) if category == "park" else cast.ENTERPRISES[number]
        outcome = self.maybe(50, ["accepted", "refused"])
        return {
            "report_no": f"R-{number}",
            "unit": name,
            "uscc": uscc if self.choose.chance(50) else None,
            "category": category,
            "tier": self.maybe(80, cast.TIERS),
            "mode": self.maybe(70, ["third_party", "third_party", "self"]),
            "agency": self.agency(85),
            "issued_on": self.day(60),
            "submitted_on": self.day(60),
            "outcome": outcome,
            "outcome_on": self.day(60) if outcome else None,
        }

    def listings(self) -> Row:
        if self.choose.chance(40):
            report = self.reports()
            category, name, uscc, number = (report[k] for k in ("category", "unit", "uscc", "report_no"))
        else:
            category, name, uscc = self.unit()
            number = self.maybe(20, ["R-0", "R-3", "R-9"])
        tier = self.choose.of(cast.TIERS)
        batch = self.choose.of(["2021", "3", "5"] if tier == "national" else [str(y) for y in self.years[:5]])
        published = self.day(70)
        removed = self.day(15)
        return {
            "category": category,
            "tier": tier,
            "batch": batch,
            "unit": name,
            "uscc": uscc,
            "region": self.maybe(50, cast.REGIONS),
            "agency": self.agency(50),
            "report_no": number,
            "published_on": published,
            "removed_on": removed,
            "removal_reason": self.choose.of(cast.REASONS) if removed else None,
        }

    def cultivation(self) -> Row:
        category, name, uscc = self.unit()
        return {
            "unit": name,
            "uscc": uscc,
            "category": category,
            "target_tier": self.maybe(50, cast.TIERS),
            "plan_year": self.choose.of(self.years),
            "start": self.day(30),
            "end": self.day(30),
            "sponsor": self.maybe(40, [cast.PARKS[0], "测试东区", cast.ENTERPRISES[0][0], "测试无此单位"]),
        }

    def incidents(self) -> Row:
        name, number = (self.park(), None) if self.choose.chance(10) else self.enterprise()
        return {
            "unit": name,
            "uscc": number,
            "kind": self.choose.of(cast.KINDS),
            "severity": self.maybe(40, ["重大", "一般"]),
            "occurred_on": self.day(70),
            "decided_on": self.day(50),
            "due_on": self.day(40),
            "ended_on": self.day(40),
        }

    def agency_bans(self) -> Row:
        day = self.choose.of(self.past if self.choose.chance(80) else self.days)
        return {"agency": self.agency(100), "authority": self.choose.of(cast.AUTHORITIES), "decided_on": day}

    def inspections(self) -> Row:
        name, number = self.enterprise()
        day = self.choose.of(self.days)
        return {"unit": name, "uscc": number, "category": "factory", "checked_on": day, "result": "clean"}

    def dynamic_forms(self) -> Row:
        name, number = self.enterprise()
        year = self.choose.of(self.years)
        return {"unit": name, "uscc": number, "category": "factory", "year": year, "filed_on": self.day(50)}

    def recommendations(self) -> Row:
        category, name, number = self.unit()
        unit = {"unit": name, "uscc": number, "category": category}
        return {**unit, "tier": self.choose.of(cast.TIERS), "recommended_on": self.day(70)}

    def name_changes(self) -> Row:
        """A renaming, a merger into another enterprise, or a change that leaves the name."""
        (name, number), (other, _) = self.choose.of(self.firms), self.choose.of(cast.ENTERPRISES)
        kind = self.choose.of(["更名", None, "合并", "经营范围"])
        old = {"更名": cast.FORMER[name], None: cast.FORMER[name], "合并": other, "经营范围": name}[kind]
        coded = number if self.choose.chance(40) else None
        return {"uscc": coded, "old_name": old, "new_name": name, "changed_on": self.day(70), "kind": kind}

    def decisions(self) -> list[Row]:
        """A person's word, in hard worlds: a misspelt name is the unit, a former name is not."""
        if not self.hard or not self.choose.chance(40):
            return []
        name, number = self.choose.of(self.firms)
        if self.choose.chance(60):
            same = self.choose.of([name, number, f"uscc:{number}"])
            return [{"name": cast.MISSPELT[name], "same_as": same, "different_from": None}]
        return [{"name": cast.FORMER[name], "same_as": None, "different_from": self.choose.of([name, number])}]


KEPT = {"uscc", "buyer_uscc", "supplier_uscc", "kind"}
"""The second row of a fact never carries another unit's code, and a merger never becomes a renaming."""
SAME = {("inspections", "category"), ("dynamic_forms", "category")}
"""Nor does it speak of a unit of another kind."""
REQUIRED = {
    table: {name for name, field in record.model_fields.items() if field.json_schema_extra["required"]}  # type: ignore[index]
    for table, record in RECORDS.items()
}
