"""What each process of a run does: answer everything and no more, or answer beside DuckDB and igraph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.igraph_reach import Reached, reach_of_all_leaders
from benchmarks.measure import best, in_turn, timed
from benchmarks.plain_sql import Database, difference
from benchmarks.questions import Ready
from graph_model.tiers import Category, Tier
from queries.measures.parks import park_tally

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Answered:
    """Seconds of a fresh process that opens the store, makes the view, and answers every question once."""

    opening: float
    view: float
    questions: float


@dataclass(frozen=True)
class Compared:
    """A question on a ready view and in DuckDB: rows, and least seconds of both."""

    title: str
    rows: int
    ours: float
    duckdb: float


@dataclass(frozen=True)
class Beside:
    """Everything that is compared in one process."""

    threads: int
    loading: float
    """Seconds in which DuckDB loads the Parquet files."""
    questions: list[Compared]
    what_if: float
    reach: Reached


def answer_everything(store: Path) -> Answered:
    """Open, make the view, ask every question once."""
    opening, ready = timed(lambda: Ready(store))
    view, _ = timed(ready.make_vectors)
    questions, _ = timed(lambda: [ready.ask(case) for case in ready.cases])
    return Answered(opening, view, questions)


def compare(store: Path) -> Beside:
    """Ask every question of a ready view and of DuckDB. What differs is an error: no time is taken of a wrong answer."""
    ready = Ready(store)
    ready.make_vectors()
    loading, database = timed(lambda: Database(store))
    questions = [_compared(ready, database, index) for index in range(len(ready.cases))]
    threads = database.threads
    del database
    return Beside(threads, loading, questions, best(lambda: _what_if(ready)), reach_of_all_leaders(ready.view))


def _compared(ready: Ready, database: Database, index: int) -> Compared:
    case = ready.cases[index]
    answer = ready.ask(case).table
    wrong = difference(answer, database.ask(case, ready.day))
    if wrong:
        raise AssertionError(f"{case.title}: {wrong}")
    ours, theirs = in_turn([lambda: ready.ask(case), lambda: database.ask(case, ready.day)])
    return Compared(case.title, len(answer), ours, theirs)


def _what_if(ready: Ready) -> None:
    """Strike every national factory listing and count the parks anew."""
    struck = ready.view.without(ready.view.factory_listings(Tier.NATIONAL))
    struck.highest(Category.FACTORY)
    park_tally(struck, "above_scale", Tier.CITY)
