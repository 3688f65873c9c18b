"""The only place that knows which engine answers. Engines give facts; what is concluded from them is the same for all.

Besides facts an engine tells which rows a filter keeps, and what the notes of an answer count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.graph_tables import no_such_unit
from graph_model.kinds import KIND_OF_TABLE
from graph_model.names import normal_form
from graph_model.regions import jiangsu
from graph_model.tiers import Tier
from queries.asking.find_unit import no_leader, not_on_record
from queries.engines.cypher import CYPHER_QUERIES, at_depth, small_statement, tier_number
from queries.engines.filters import KEPT, city_code, regions_in
from queries.engines.server_incidents import kinds_that_count
from queries.law.ruleset import draft_value
from queries.measures.bans import read_authority

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graph_model.neo4j_store.connection import Connection
    from graph_model.tiers import Category
    from graph_model.view import View
    from queries.answers.clauses import Clause
    from queries.asking.question import Options, Question
    from queries.eligibility.evidence import Origins

    Row = dict[str, Any]
    Fact = tuple[str, int]


class MemoryEngine:
    """Gathers facts from a view in memory."""

    def __init__(self, view: View, origins: Origins) -> None:
        self._view = view
        self._origins = origins

    def facts(self, question: Question, options: Options) -> Any:
        """Return the facts of a question."""
        return question.in_memory(self._view, options)

    def kept(self, name: str, text: str, ids: pa.Array, with_others: bool) -> pa.Array:
        """Return which of the units or regions `ids` a filter keeps."""
        return KEPT[name](self._view, text, ids, with_others)

    def notes(self, question: Question, options: Options) -> list[Any]:
        """Return the notes of an answer."""
        return question.notes(self._view, options)

    def clauses(self, question: Question, options: Options) -> tuple[Clause, ...] | None:
        """Return the clauses of the rules in use, None where the question always cites the same ones."""
        return None if question.cited is None else question.cited(self._view, options)

    def evidence(self, findings: Sequence[tuple[Fact, ...]]) -> list[str | None]:
        """Return where the facts of findings were read, in words: file, sheet and row."""
        return self._origins.of_each(findings)


class Neo4jEngine:
    """Gathers the same facts from a server, on one day; the questions' Cypher stands beside them."""

    def __init__(self, connection: Connection, day: date) -> None:
        self._connection = connection
        self.day = day
        self.regions = jiangsu()

    def facts(self, question: Question, options: Any) -> Any:
        """Return the facts of a question, one of `ON_SERVER`."""
        if question.name == "ban-effects":
            return self._effects(options)
        rows = self._rows(question.name, options, self._own_parameters(question.name, options))
        if "incidents" in CYPHER_QUERIES[question.name].columns:
            counting = kinds_that_count(rows, self.day, self.regions)
            rows = [{**row, "incidents": kinds} for row, kinds in zip(rows, counting, strict=True)]
        facts = CYPHER_QUERIES[question.name].frame(rows)
        spend = [name for name in facts.columns if name.startswith("spend_")]
        return facts.drop(columns=spend) if getattr(options, "depth", 1) > 1 else facts

    def kept(self, name: str, text: str, ids: pa.Array, with_others: bool) -> pa.Array:
        """Return which of the units or regions `ids` a filter keeps."""
        if name == "city":
            city = city_code(self.regions, text)
            inside = self._ask("in_city", ids=[id for id in ids.to_pylist() if id is not None], city=city)
            return pc.is_in(
                ids, pa.array([*regions_in(self.regions, city), *(row["id"] for row in inside)], pa.string())
            )
        unit = self._park(text) if name == "park" else self._leader(text)
        others = self._ask("in_park" if name == "park" else "of_leader", id=unit) if with_others else []
        return pc.is_in(ids, pa.array([unit, *(row["id"] for row in others)], pa.string()))

    def notes(self, question: Question, options: Options) -> list[Any]:
        """Return the notes of an answer: worded by the question, counted here."""
        return question.notes(self, options)

    def list_regions(self, category: Category, tier: Tier) -> list[int]:
        """Return the regions for which lists of a category and tier were published, 0 for a listing that names none."""
        return [row["code"] for row in self._ask("lists", category=category.value, tier=int(tier))]

    def outside(self, table: str) -> int:
        """Return how many enterprises or parks on record are known to lie outside the home province."""
        return int(self._ask("outside")[0][table])

    def unled_links(self, max_age: int) -> int:
        """Return how many current links have a buyer that is no leader."""
        return int(self._ask("unled_links", max_age=max_age)[0]["links"])

    def under_review(self, options: Any) -> int:
        """Return how many factory listings the bans asked for put under review."""
        return len(self._struck(options))

    def clauses(self, question: Question, options: Options) -> tuple[Clause, ...] | None:
        """Return None: the questions that a server answers cite the same clauses under any rules."""
        del question, options
        return None

    def evidence(self, findings: Sequence[tuple[Fact, ...]]) -> list[str | None]:
        """Return no words: the server holds no origins."""
        return [None] * len(findings)

    def _rows(self, question: str, options: Any, own: Row, struck: Sequence[str] = ()) -> list[Row]:
        given = {name: getattr(options, name) for name in CYPHER_QUERIES[question].options if hasattr(options, name)}
        parameters = {"tier": tier_number(options), "struck": list(struck), "home": self.regions.home, **given, **own}
        text = at_depth(question, getattr(options, "depth", 1))
        return self._read(text, parameters)

    def _own_parameters(self, question: str, options: Any) -> Row:
        """Return what a question needs beyond its options: the ids of units that they name."""
        if question == "park-tenants":
            return {"park": self._park(options.park)}
        if question == "leader-suppliers":
            return {"leader": self._leader(options.leader)}
        return self._ban(options) if question == "ban-reach" else {}

    def _ban(self, options: Any) -> Row:
        supposed = {"agency": None, "on": options.on, "region": None}
        if options.agency is not None:
            supposed["region"] = read_authority(self.regions, options.authority)
            supposed["agency"] = self._unit(options.agency, "agencies")["id"]
        return {**supposed, "ban_years": draft_value("D-24", "ban_years")}

    def _struck(self, options: Any) -> list[str]:
        """Return the ids of the factory listings of class review of all bans asked for."""
        rows = self._rows("ban-reach", options, self._ban(options))
        return sorted(
            {
                row["listing_id"]
                for row in rows
                if row["class"] == "review" and row["category"] == "factory" and row["unit_kind"] == "enterprise"
                if row["listing_id"] is not None
            }
        )

    def _effects(self, options: Any) -> pd.DataFrame:
        """Return parks, leaders and cities of which the green count changes when the listings under review are struck."""
        struck = self._struck(options)
        parts = []
        for kind, (question, defaults, id, shown, base) in _EFFECTS.items():
            twin = CYPHER_QUERIES[question]
            before, after = (twin.frame(self._rows(question, options, defaults, away)) for away in ((), struck))
            changes = pd.DataFrame({"kind": kind, "id": before[id], "name": before[shown], "base": before[base]})
            changes = changes.assign(before_green=before["green"], after_green=after["green"])
            changed = changes["before_green"] != changes["after_green"]
            parts.append(changes[changed & ~changes["id"].isin([None, str(self.regions.home)])])
        return pd.concat(parts, ignore_index=True)

    def _park(self, text: str) -> str:
        park = self._unit(text, "parks")
        if not park["on_record"]:
            raise not_on_record(text, self.day)
        return str(park["id"])

    def _leader(self, text: str) -> str:
        leader = self._unit(text, "enterprises")
        if not leader["on_record"] or not leader["leads"]:
            raise no_leader(text, self.day)
        return str(leader["id"])

    def _unit(self, text: str, table: str) -> Row:
        """Return the unit that an id, a credit code or a name means; UsageError if there is none."""
        words = text.strip()
        names = {
            "kind": KIND_OF_TABLE[table].label,
            "text": words,
            "code": f"uscc:{words.upper()}",
            "normal": normal_form(text),
        }
        found = self._ask("find", **names)
        if not found:
            raise no_such_unit(text, table)
        return found[0]

    def _ask(self, name: str, **parameters: Any) -> list[Row]:
        return self._read(small_statement(name), parameters)

    def _read(self, text: str, parameters: Row) -> list[Row]:
        return self._connection.read([(text, {"as_of": self.day, **parameters})])[0]


ON_SERVER: Final = frozenset({*CYPHER_QUERIES, "ban-effects"})
"""The questions that a server answers too."""

_EFFECTS: Final[dict[str, tuple[str, dict[str, Any], str, str, str]]] = {
    "park": ("park-share", {"base": "above_scale"}, "park_id", "park", "base"),
    "leader": (
        "leader-ratio",
        {"scope": "mainland", "key_only": False, "max_age": 2},
        "leader_id",
        "leader",
        "suppliers",
    ),
    "city": (
        "tier-coverage",
        {"by": "city", "base": "above_scale", "category": "factory"},
        "region_id",
        "region",
        "base",
    ),
}
"""Where each kind of effect is counted: the question, its default options, and its columns of id, name and base."""
