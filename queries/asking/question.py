"""What a question is: a name, options, columns, facts from a view, and conclusions from facts.

Facts (ids, counts, amounts, dates) may come from any engine. Shares, bounds, ranks and order are concluded here once, by
the same Python for every engine; so a question file has two halves, `in_memory` and `conclude`, and what it asks a server
(`on_server`) replaces only the first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from graph_model.errors import ExclusiveOptionsError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd

    from graph_model.bilingual import Bilingual
    from graph_model.graph import KnowledgeGraph
    from graph_model.view import View
    from queries.answers.clauses import Clause
    from queries.answers.column import Column
    from queries.asking.caveats import Caveats
    from queries.asking.server_protocol import Server


EVERY_FILTER = frozenset({"city", "park", "leader"})


class Options(BaseModel):
    """Options that every question takes: filters of its rows. Ranks are computed before filtering."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    city: str | None = Field(None, description="only rows in this city", json_schema_extra={"zh": "只看该设区市"})
    park: str | None = Field(
        None, description="only this park and its tenants", json_schema_extra={"zh": "只看该园区及其企业"}
    )
    leader: str | None = Field(
        None,
        description="only this leader and its suppliers",
        json_schema_extra={"zh": "只看该龙头企业（链主）及其供应商"},
    )

    @property
    def chosen(self) -> frozenset[str]:
        """Return the options that were given, be it at their defaults; a typed method gives those that differ."""
        return frozenset(self.model_fields_set)


O = TypeVar("O", bound=Options)  # noqa: E741  # The options of a question, wherever a signature ties both together.


@dataclass(frozen=True, slots=True)
class ExtraOutput:
    """A file that the command line writes beside an answer: its option, and what the option means."""

    name: str
    meaning: Bilingual


@dataclass(frozen=True)
class Question(Generic[O]):
    """A question of SPEC 6.

    `in_memory(view, options)` gathers the facts; `conclude(facts, options)` makes the table of `columns` from them;
    `notes(caveats, options)` says what the answer lacks, from what every engine counts. A question that looks at more than
    that gives `notes_in_memory(view, options)` and, if a server answers it, `notes_on_server(server, options)` instead.
    """

    name: str
    title: Bilingual
    definition: Bilingual
    columns: tuple[Column, ...]
    clause_ids: tuple[str, ...]
    options: type[O]
    row_id: str
    """Column with the id that a row stands for: an enterprise, a park or a region."""
    filters: frozenset[str]
    """Which of the filters `city`, `park`, `leader` fit its rows; the others are refused."""
    in_memory: Callable[[View, O], pd.DataFrame]
    conclude: Callable[[pd.DataFrame, O], pd.DataFrame]
    notes: Callable[[Caveats, O], list[Bilingual]] | None = None
    notes_in_memory: Callable[[View, O], list[Bilingual]] | None = None
    across: Callable[[View, Callable[[str], KnowledgeGraph], O], pd.DataFrame] | None = None
    """Gathers the facts in place of `in_memory` where another snapshot of the store is looked at too; it opens one by its id."""
    on_server: Callable[[Server, O], pd.DataFrame] | None = None
    """Gathers the same facts from a server, to the last row; None where only memory answers."""
    notes_on_server: Callable[[Server, O], list[Bilingual]] | None = None
    cited: Callable[[View, O], tuple[Clause, ...]] | None = None
    """Returns the clauses of the rules in use, in place of `clause_ids`, where the answer depends on a rule set."""
    evidence: str | None = None
    """Column whose facts hold rows of tables, `((table, row), …)`: the session words them as file, sheet and row."""
    needs_store: bool = True
    """Whether it asks the graph at all; a question that does not may be asked without a store."""
    place: int = 1_000
    """Its place in the handbook; questions of one place stand in the order of their names."""
    outputs: tuple[ExtraOutput, ...] = ()
    """Files that may be written beside its answer."""
    tables: Mapping[str, AnyQuestion] = field(default_factory=dict, hash=False)
    """Other tables about the same, each under the switch among its options that asks for it."""

    @property
    def every_table(self) -> tuple[AnyQuestion, ...]:
        """Return the question and its other tables."""
        return (self, *self.tables.values())

    def asked_by(self, options: O) -> AnyQuestion:
        """Return the table that the options ask for: the one of a switch that is on, else its own; UsageError for two of them."""
        wanted = [name for name in self.tables if getattr(options, name)]
        if len(wanted) > 1:
            raise ExclusiveOptionsError(*wanted[:2])
        return self.tables[wanted[0]] if wanted else self


AnyQuestion = Question[Any]
"""A question whatever its options are, as the registry holds it."""
