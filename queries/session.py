"""A session: the door to one store for notebooks and the command line."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

import pandas as pd
from pydantic import ValidationError

from graph_model.bilingual import Bilingual
from graph_model.columns import Columns
from graph_model.errors import MemoryOnlyError, UnknownNameError, UsageError
from graph_model.graph import KnowledgeGraph
from graph_model.regions import jiangsu
from graph_model.schema import TABLES, arrow_schema
from graph_model.store import Store
from queries.answering import day_and_options, on_each_day
from queries.answers.answer import Answer
from queries.answers.option_errors import option_fault
from queries.asking.reading import read_day, with_ids
from queries.eligibility.assess import AssessOptions, assess
from queries.eligibility.evidence import FactOrigins, Origins
from queries.engines.memory import MemoryEngine
from queries.engines.server import ServerEngine
from queries.question_methods import QuestionMethods
from queries.registry import QUESTIONS, find_question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from graph_model.graph_tables import GraphTables
    from graph_model.neo4j_store.connection import Connection
    from graph_model.neo4j_store.settings import ServerSettings
    from graph_model.networkx_view import Drawn
    from queries.asking.engine import Engine
    from queries.asking.question import AnyQuestion
    from queries.asking.reading import Day
    from queries.eligibility.assessment import Assessment
    from queries.planning.plan import PlanAnswer
    from queries.planning.what_if import WhatIfAnswer


def open_store(path: Path | str, snapshot: str | None = None) -> Session:
    """Open a snapshot of a store, by the beginning of its id, the current one by default. Tables are read when first asked for.

    StoreError if there is none or it is damaged, UsageError for an id that the store does not have.
    """
    from pathlib import Path

    store = Store(Path(path))
    return Session(store.graph(store.find(snapshot) if snapshot else None), store)


def session_over_nothing() -> Session:
    """Return a session whose tables are all empty, for questions that need no store."""
    tables = {table: Columns(table, arrow_schema(table).empty_table()) for table in TABLES}
    return Session(KnowledgeGraph(tables, jiangsu(), ""))


class Session(QuestionMethods):
    """Ask one snapshot questions: by name with `ask`, or each by a method of its own, such as `park_share`.

    >>> session.ask("park-share", as_of="2025-06-30", tier="省级").table["park"].tolist()
    ['虚构产业园区']
    """

    def __init__(self, graph: KnowledgeGraph, store: Store | None = None) -> None:
        self.graph = graph
        self._store = store
        self._origins = Origins(store, graph.snapshot)

    def __repr__(self) -> str:
        units = ", ".join(f"{len(self.graph[table]):,} {table}" for table in ("enterprises", "parks", "agencies"))
        return f"<Session on snapshot {self.snapshot or '—'}: {units}; {len(QUESTIONS)} questions>"

    @property
    def snapshot(self) -> str:
        """Return the id of the snapshot."""
        return self.graph.snapshot

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """Return what the snapshot was made of: its sources and tables with their rows; empty for a graph without a store."""
        return {} if self._store is None else self._store.manifest(self.snapshot)

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Return the SHA-256 of every source file of the snapshot, by its name; empty for a graph without a store."""
        return {source["name"]: source["sha256"] for source in self.manifest.get("sources", [])}

    @cached_property
    def sources_named(self) -> Mapping[str, str]:
        """Return the sources as a report for somebody may name them: a file of supplies alone by its hash. SPEC 8.

        The name of such a file may tell whose list it is, or who stands on it.
        """
        if self._store is None:
            return {}
        named = {}
        for source in self._store.manifest(self.snapshot)["sources"]:
            sha256 = source["sha256"]
            named[f"供应关系清单 {sha256[:8]}" if set(source["tables"]) == {"supplies"} else source["name"]] = sha256
        return named

    def questions(self) -> tuple[AnyQuestion, ...]:
        """Return every question, in the order of the handbook."""
        return tuple(QUESTIONS.values())

    def ask(self, question: str, *, as_of: Day, **options: Any) -> Answer:
        """Answer a question (by name or Chinese title) as of a day: a date, a datetime, a Timestamp or text.

        UsageError for a question, an option or a unit that does not exist, or an option that does not fit.
        """
        asked = find_question(question)
        day, chosen = day_and_options(asked, as_of, options)
        asked = asked.asked_by(chosen)
        answer = on_each_day(self._engine, asked, chosen, day, self.snapshot)
        return replace(answer, sources=self.sources)

    def _engine(self, day: date) -> Engine:
        return MemoryEngine(self.graph.on(day), self._origins, self._opened)

    def _opened(self, snapshot: str) -> KnowledgeGraph:
        """Open another snapshot of the store by the beginning of its id; UsageError where there is none."""
        if self._store is None:
            raise UnknownNameError(Bilingual("快照", "snapshot"), snapshot, [])
        return self._store.graph(self._store.find(snapshot))

    def assess(self, unit: str | None = None, *, as_of: Day, **options: Any) -> Assessment:
        """Assess one unit, or all of a category, by the rules of a day: `.findings` and `.verdicts` are answers.

        Options: category, tier, rules, rules_file, park_propagation. UsageError for what does not exist or fit.
        """
        try:
            chosen = AssessOptions(unit=unit, **with_ids(options, AssessOptions.model_fields))
        except ValidationError as error:
            raise option_fault("assess", "核对", error, AssessOptions.model_fields) from None
        return replace(
            assess(self.graph.on(read_day(as_of)), self._origins, self.snapshot, chosen), sources=self.sources
        )

    def plan(self, *, as_of: Day, **options: Any) -> PlanAnswer:
        """Choose whom to cultivate next: an answer with its `certificate`. Options: see `queries.planning.plan_options`.

        With `goal="output", until=2030` the plan is one of years, without a certificate; `.parts["factories"]` names who and when.

        UsageError for units, quotas or limits that do not exist, do not fit, or cannot be kept together.
        """
        from queries.planning.plan import plan
        from queries.planning.plan_options import PlanOptions
        from queries.planning.yearly import yearly_plan

        options = {"for_" if name == "for" else name: value for name, value in options.items()}
        try:
            chosen = PlanOptions(**with_ids(options, PlanOptions.model_fields))
        except ValidationError as error:
            raise option_fault("plan", "培育计划", error, PlanOptions.model_fields) from None
        planned = plan if chosen.until is None else yearly_plan
        return replace(planned(self.graph.on(read_day(as_of)), self.snapshot, chosen), sources=self.sources)

    def what_if(self, *, as_of: Day, **options: Any) -> WhatIfAnswer:
        """Tell what would change if something happened: `list="UNIT@省级"`, `strike=…`, `join=…`, `ban=…`; nothing is stored.

        The verdicts that change are `answer.parts["verdicts"]`. UsageError for an act that cannot be read or contradicts another.
        """
        from queries.planning.what_if import WhatIfOptions, what_if

        try:
            chosen = WhatIfOptions(**with_ids(options, WhatIfOptions.model_fields))
        except ValidationError as error:
            raise option_fault("what-if", "推演", error, WhatIfOptions.model_fields) from None
        return replace(what_if(self.graph.on(read_day(as_of)), self.snapshot, chosen), sources=self.sources)

    def what_ifs(self, scenarios: Iterable[Mapping[str, str | Sequence[str]]], *, as_of: Day, **options: Any) -> Answer:
        """Tell what each of many suppositions alone would change, such as `[{"strike": "UNIT"}, {"list": "UNIT@省级"}]`.

        One row per scenario (its position, from 0) and place that changes, as `what_if` tells them; ten thousand take seconds.
        Options: tier, base, rules, rules_file, and the filters city, park, leader.

        >>> session.what_ifs([{"list": "虚构乙纺织有限公司@省级"}, {"strike": "虚构甲精工有限公司"}], as_of="2025-06-30")
        <Answer what-if as of 2025-06-30: ...>
        """
        from queries.planning.acts import PARTS
        from queries.planning.what_if import WhatIfOptions, what_ifs

        fields = {name: field for name, field in WhatIfOptions.model_fields.items() if name not in PARTS}
        try:
            if acts := [name for name in options if name in PARTS]:
                raise UsageError(f"事项 {acts[0]} 应写在情景里", f"the act {acts[0]} belongs into a scenario")
            chosen = WhatIfOptions(**with_ids(options, fields))
        except ValidationError as error:
            raise option_fault("what-if", "推演", error, fields) from None
        answer = what_ifs(self.graph.on(read_day(as_of)), self.snapshot, list(scenarios), chosen)
        return replace(answer, sources=self.sources)

    def table(self, table: str, lang: str | None = None) -> pd.DataFrame:
        """Return a table of facts with decoded words and provenance, such as `listings`; see `queries.fact_frames`.

        >>> session.table("tenancies")[["park", "provenance"]].iloc[0].tolist()
        ['虚构产业园区', '入园企业.csv 第5行']
        """
        from queries.fact_frames import fact_frame

        return fact_frame(self.graph, self._origins, table, lang)

    def networkx(
        self, around: str | Iterable[str] | None = None, hops: int = 1, kinds: Iterable[str] | None = None
    ) -> Drawn:
        """Return the graph, or what lies within `hops` edges of some units (ids, codes or names), for NetworkX.

        >>> session.networkx(around="虚构产业园区", hops=1, kinds=["park", "enterprise"]).number_of_nodes()
        5
        """
        from graph_model.networkx_view import to_networkx

        return to_networkx(self.graph, kinds, around, hops)

    def picture(self, *, as_of: Day, **about: Any) -> Any:
        """Draw a neighbourhood as one offline page that shows itself in a notebook; `.save("x.html")` writes it.

        One of `park=`, `leader=` (with `tiers=`), `agency=`, `unit=` names whom it is about, `plan=30` a plan of so many units;
        `made_for=` limits it to what somebody may know. UsageError for what does not exist.
        """
        writer = next(iter(entry_points(group="verdigraph.writers", name="picture")), None)
        if writer is None:
            raise UsageError(
                "程序没有装全，画不了图：请重新运行 pip install",
                "the program is not installed whole and cannot draw: run pip install again",
            )
        return writer.load()(self, read_day(as_of), **about)

    def exported(self, made_for: str | None = None, *, as_of: Day) -> tuple[GraphTables, FactOrigins]:
        """Return the graph, or the part that somebody may have (`province`, `city=…`, `park=…`, `leader=…`), with origins.

        Whoever opens a store sees all that is in it; what is made for somebody names no enterprise known only from the supply
        list of somebody else, by what is known on the day. UsageError for a city, park or leader that does not exist.
        """
        if made_for is None:
            return self.graph, self._origins
        from queries.audience import audience
        from queries.exported import part_for

        return part_for(audience(self.graph.on(read_day(as_of)), made_for), self._origins)


@contextmanager
def open_server(snapshot: str | None = None, settings: ServerSettings | None = None) -> Iterator[ServerSession]:
    """Open the graph on a Neo4j server, and nothing on this machine; ServerError where there is none whole.

    `snapshot` is the one that is asked for; without it, whichever the server holds. Settings come from the environment.
    """
    from graph_model.neo4j_store.connection import connected
    from graph_model.neo4j_store.settings import ServerSettings
    from graph_model.neo4j_store.stamp import required_stamp

    with connected(settings or ServerSettings()) as connection:
        yield ServerSession(connection, required_stamp(connection, snapshot).snapshot)


class ServerSession(QuestionMethods):
    """Ask the snapshot on a server questions; the facts are gathered there, what is concluded from them is the same."""

    def __init__(self, connection: Connection, snapshot: str) -> None:
        self._connection = connection
        self.snapshot = snapshot

    def __repr__(self) -> str:
        answered_here = sum(question.on_server is not None for question in QUESTIONS.values())
        return f"<ServerSession on snapshot {self.snapshot}: {answered_here} of {len(QUESTIONS)} questions>"

    def questions(self) -> tuple[AnyQuestion, ...]:
        """Return every question, in the order of the handbook; those without Cypher say so when asked."""
        return tuple(QUESTIONS.values())

    def ask(self, question: str, *, as_of: Day, **options: Any) -> Answer:
        """Answer a question as `Session.ask` does; ServerError when the server holds another snapshot by now."""
        from graph_model.neo4j_store.stamp import required_stamp, unchanged

        asked = find_question(question)
        day, chosen = day_and_options(asked, as_of, options)
        asked = asked.asked_by(chosen)
        ServerEngine(self._connection, day).require(asked)
        with unchanged(self._connection, required_stamp(self._connection, self.snapshot)):
            return on_each_day(lambda on: ServerEngine(self._connection, on), asked, chosen, day, self.snapshot)

    def assess(self, unit: str | None = None, *, as_of: Day, **options: Any) -> Assessment:
        """Raise UsageError: the rule book runs in memory."""
        del unit, as_of, options
        raise MemoryOnlyError(Bilingual("资格核对 assess ", "assess"))
