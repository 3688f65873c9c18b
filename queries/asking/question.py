"""What a question is: a name, options, columns, facts from a view, and conclusions from facts.

Facts (ids, counts, amounts, dates) may come from any engine. Shares, bounds, ranks and order are concluded here once, by
the same Python for every engine; so a question file has two halves, `in_memory` and `conclude`, and its Cypher twin beside
it replaces only the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from graph_model.view import View
    from queries.answers.bilingual import Bilingual
    from queries.answers.clauses import Clause
    from queries.answers.column import Column


EVERY_FILTER = frozenset({"city", "park", "leader"})


class Options(BaseModel):
    """Options that every question takes: filters of its rows. Ranks are computed before filtering."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    city: str | None = Field(None, description="only rows in this city", json_schema_extra={"zh": "只看该设区市"})
    park: str | None = Field(
        None, description="only this park and its tenants", json_schema_extra={"zh": "只看该园区及其企业"}
    )
    leader: str | None = Field(
        None, description="only this leader and its suppliers", json_schema_extra={"zh": "只看该链主及其供应商"}
    )


@dataclass(frozen=True)
class Question:
    """A question of SPEC 6.

    `in_memory(view, options)` gathers the facts; `conclude(facts, options)` makes the table of `columns` from them;
    `notes(view, options)` says what the answer lacks.
    """

    name: str
    title: Bilingual
    definition: Bilingual
    columns: tuple[Column, ...]
    clause_ids: tuple[str, ...]
    options: type[Options]
    row_id: str
    """Column with the id that a row stands for: an enterprise, a park or a region."""
    filters: frozenset[str]
    """Which of the filters `city`, `park`, `leader` fit its rows; the others are refused."""
    in_memory: Callable[[View, Any], Any]
    conclude: Callable[[Any, Any], pd.DataFrame]
    notes: Callable[[Any, Any], list[Bilingual]]
    """Takes a view, or whatever counts for the notes on a server (`caveats.Counted`)."""
    cited: Callable[[View, Any], tuple[Clause, ...]] | None = None
    """Returns the clauses of the rules in use, in place of `clause_ids`, where the answer depends on a rule set."""
    evidence: str | None = None
    """Column whose facts hold rows of tables, `((table, row), …)`: the session words them as file, sheet and row."""
    needs_store: bool = True
    """Whether it asks the graph at all; a question that does not may be asked without a store."""
