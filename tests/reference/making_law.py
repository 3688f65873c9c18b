"""Makes what the rule book needs in a random world: reports with every outcome, incidents of every kind, what was looked
up, forms, checks, recommendations, complaints, plans with sponsors, removals with and without fault."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tests.reference import cast
from tests.reference.making import Maker
from tests.reference.world import Row

UNREADABLE = "待核"
"""An end that nobody can read."""


class LawMaker(Maker):
    """A world in which the rule book has something to decide."""

    def enterprises(self) -> Row:
        return super().enterprises() | {
            "registered_province": self.maybe(80, ["江苏省", "江苏省", "江苏", "上海市"]),
            "energy_level": self.maybe(60, cast.ENERGY),
            "tags": self.maybe(30, cast.TAGS),
        }

    def parks(self) -> Row:
        return super().parks() | {
            "level": self.maybe(80, ["国家级", "省级", "市级", "省级以下", "国家"]),
            "value_added_share": self.maybe(80, [Decimal("50"), Decimal("50.01"), Decimal("72.5"), Decimal("49.9")]),
            "legal_boundary": self.flag(),
            "management_body": self.flag(),
            "plan_published_on": self.day(70),
        }

    def tenancies(self) -> Row:
        row = super().tenancies()
        return row | {"end": UNREADABLE} if row["end"] is None and self.choose.chance(4) else row

    def agencies(self) -> Row:
        return super().agencies() | {"qualified_on": self.day(70)}

    def reports(self) -> Row:
        row = super().reports()
        outcome = self.maybe(75, ["accepted", "accepted", "accepted", "refused"])
        return row | {
            "standard": self.maybe(70, cast.STANDARDS),
            "score": self.maybe(80, [Decimal("20"), Decimal("19.99"), Decimal("45"), Decimal("80"), Decimal("79.9")]),
            "score_max": self.maybe(80, [Decimal("50"), Decimal("50"), Decimal("100")]),
            "basic_ok": self.flag(),
            "outcome": outcome,
            "outcome_on": self.day(60) if outcome else None,
        }

    def listings(self) -> Row:
        row = super().listings()
        if row["removed_on"] is not None:
            row["removal_reason"] = self.choose.of(cast.REASONS)
        elif self.choose.chance(4):
            row["removed_on"] = self.choose.of([UNREADABLE, "2023年移出"])
        return row

    def cultivation(self) -> Row:
        return super().cultivation() | {"reported_on": self.day(60)}

    def incidents(self) -> Row:
        kind = self.choose.of(cast.KINDS) if self.choose.chance(95) else cast.UNKNOWN_KIND
        return super().incidents() | {
            "kind": kind,
            "severity": self.maybe(70, cast.SEVERITIES),
            "source": self.maybe(70, cast.SOURCES),
        }

    def agency_bans(self) -> Row:
        return super().agency_bans() | {"authority": self.choose.of([*cast.AUTHORITIES, *cast.OTHER_AUTHORITIES])}

    def inspections(self) -> Row:
        row = super().inspections()
        if self.choose.chance(15):
            row |= {"unit": self.park(), "uscc": None, "category": "park"}
        return row | {"result": self.choose.of(["clean", "clean", "clean", "problem", "待定"])}

    def dynamic_forms(self) -> Row:
        category, name, number = self.unit()
        return {
            "unit": name,
            "uscc": number,
            "category": category,
            "year": self.choose.of(self.years),
            "filed_on": self.day(70),
            "status": self.maybe(70, ["filed", "filed", "late", "missing", "refused"]),
        }

    def recommendations(self) -> Row:
        day: date | None = self.day(70)
        if day is not None and self.choose.chance(60):
            day = self.choose.of([date(day.year - 1, 5, 31), date(day.year - 1, 6, 1), date(day.year - 1, 8, 1)])
        return super().recommendations() | {
            "recommended_on": day,
            "recommended_by": self.maybe(70, cast.RECOMMENDERS),
            "consulted": self.maybe(70, cast.CONSULTED),
        }

    def name_changes(self) -> Row:
        row = super().name_changes()
        boundary = row["kind"] not in ("更名", None, "合并")
        return (
            row | {"kind": self.choose.of(["经营范围", "生产地址", "组织边界", "投资", "并购", "法定代表人"])}
            if boundary
            else row
        )

    def complaints(self) -> Row:
        """About an enterprise, a park or an agency."""
        unit: Any = self.choose.of([self.enterprise()[0], self.park(), self.choose.of(cast.AGENCIES)])
        result = self.maybe(50, ["confirmed", "unfounded"])
        return {
            "unit": unit,
            "received_on": self.choose.of(self.days),
            "named": self.flag(),
            "verified_on": self.day(90) if result else None,
            "result": result,
        }

    def attestations(self) -> Row:
        scope = self.maybe(60, ["苏州市", "江苏省", "南京市", *(row["name"] for row in self.named())])
        kind = self.choose.of(["全部", "全部", *cast.KINDS])
        return {"kind": kind, "scope": scope, "checked_on": self.choose.of(self.days), "source": None}

    def named(self) -> list[Row]:
        """Units with a row of their own: being looked up puts nobody on record."""
        return [*self.world.get("enterprises", []), *self.world.get("parks", [])]
