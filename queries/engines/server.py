"""The engine on a Neo4j server: the same facts, gathered by the Cypher that stands beside the questions."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from graph_model.bilingual import Bilingual
from graph_model.errors import MemoryOnlyError
from graph_model.graph_tables import no_such_unit
from graph_model.kinds import KIND_OF_TABLE
from graph_model.names import normal_form
from graph_model.regions import jiangsu
from queries.asking.find_unit import no_leader, not_on_record
from queries.engines.filters import city_code, regions_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    import pandas as pd

    from graph_model.neo4j_store.connection import Connection
    from graph_model.tiers import Category, Tier
    from queries.answers.clauses import Clause
    from queries.asking.engine import FactRow
    from queries.asking.question import O, Question
    from queries.asking.server_protocol import Row, Server


class ServerEngine:
    """Gathers facts from a server, on one day; answers the questions that ask it for something."""

    def __init__(self, connection: Connection, day: date) -> None:
        self._connection = connection
        self.day = day
        self.regions = jiangsu()

    def facts(self, question: Question[O], options: O) -> pd.DataFrame:
        """Return the facts of a question; UsageError where only memory answers it."""
        return self.require(question)(self, options)

    def require(self, question: Question[O]) -> Callable[[Server, O], pd.DataFrame]:
        """Return what gathers a question's facts here; UsageError where only memory answers it."""
        if question.on_server is None:
            raise MemoryOnlyError(Bilingual(f"“{question.title.zh}”", question.name))
        return question.on_server

    def kept(self, name: str, text: str, ids: pa.Array, with_others: bool) -> pa.Array:
        """Return which of the units or regions `ids` a filter keeps."""
        if name == "city":
            city = city_code(self.regions, text)
            inside = self._ask("in_city", ids=[id for id in ids.to_pylist() if id is not None], city=city)
            return pc.is_in(
                ids, pa.array([*regions_in(self.regions, city), *(row["id"] for row in inside)], pa.string())
            )
        unit = self.park(text) if name == "park" else self.leader(text)
        others = self._ask("in_park" if name == "park" else "of_leader", id=unit) if with_others else []
        return pc.is_in(ids, pa.array([unit, *(row["id"] for row in others)], pa.string()))

    def notes(self, question: Question[O], options: O) -> list[Bilingual]:
        """Return the caveats of an answer: worded by the question, counted here."""
        if question.notes_on_server is not None:
            return question.notes_on_server(self, options)
        return question.notes(self, options) if question.notes else []

    def clauses(self, question: Question[O], options: O) -> tuple[Clause, ...] | None:
        """Return None: the questions that a server answers cite the same clauses under any rules."""
        del question, options
        return None

    def evidence(self, findings: Sequence[tuple[FactRow, ...]]) -> list[str | None]:
        """Return no words: the server holds no origins."""
        return [None] * len(findings)

    def list_regions(self, category: Category, tier: Tier) -> list[int]:
        """Return the regions for which lists of a category and tier were published, 0 for a listing that names none."""
        return [row["code"] for row in self._ask("lists", category=category.value, tier=int(tier))]

    def outside(self, table: str) -> int:
        """Return how many enterprises or parks on record are known to lie outside the home province."""
        return int(self._ask("outside")[0][table])

    def unled_links(self, max_age: int) -> int:
        """Return how many current links have a buyer that is no leader."""
        return int(self._ask("unled_links", max_age=max_age)[0]["links"])

    def unread(self, table: str, category: str | None) -> int:
        """Return of how many units rows of a table (and category) may hold on the day that were left out."""
        return int(self._ask("unread", of=table, category=category)[0]["units"])

    def tables_held(self) -> frozenset[str]:
        """Return which of the tables that answers need have a row that counts on the day."""
        return frozenset(table for table, is_held in self._ask("tables_held")[0].items() if is_held)

    def rows(self, statement: str, parameters: Mapping[str, object]) -> list[Row]:
        """Return the rows of a statement; the day and the home province are parameters of every one."""
        given = {"as_of": self.day, "home": self.regions.home, **parameters}
        return self._connection.read([(statement, given)])[0]

    def park(self, text: str) -> str:
        """Return the id of a park on record; UsageError where it is not on record on the day."""
        park = self._unit(text, "parks")
        if not park["on_record"]:
            raise not_on_record(text, self.day)
        return str(park["id"])

    def leader(self, text: str) -> str:
        """Return the id of a leader on record; UsageError where the unit is none."""
        leader = self._unit(text, "enterprises")
        if not leader["on_record"] or not leader["leads"]:
            raise no_leader(text, self.day)
        return str(leader["id"])

    def agency(self, text: str) -> str:
        """Return the id of an agency; UsageError where there is none."""
        return str(self._unit(text, "agencies")["id"])

    def _unit(self, text: str, table: str) -> Row:
        """Return the unit that an id, a credit code or a name means; UsageError if there is none."""
        label, typed = KIND_OF_TABLE[table].label, text.strip()
        units = self._ask("find", kind=label, text=typed, code=f"uscc:{typed.upper()}", normal=normal_form(text))
        if not units:
            raise no_such_unit(text, table, [row["name"] for row in self._ask("unit_names", kind=label)])
        return units[0]

    def _ask(self, name: str, **parameters: object) -> list[Row]:
        return self.rows(_statement(name), parameters)


@cache
def _statement(name: str) -> str:
    """Return a statement of filters and notes."""
    return files("queries.engines").joinpath(f"{name}.cypher").read_text(encoding="utf-8")
