"""The facts of a question from a server: the Cypher beside its file, the kind of every column, and its parameters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic

import pandas as pd

from graph_model.tiers import Tier
from queries.asking.question import O

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from queries.asking.fact_kinds import FactKind
    from queries.asking.server_protocol import Row, Server

_ONE_STEP: Final = "SUPPLIES*1..1"


@cache
def cypher(question_file: str, name: str = "") -> str:
    """Return the Cypher beside a question's file, or another one there."""
    path = Path(question_file)
    return (path.with_name(f"{name}.cypher") if name else path.with_suffix(".cypher")).read_text(encoding="utf-8")


def upstream(text: str, depth: int) -> str:
    """Return Cypher that walks upstream, at most `depth` steps.

    Cypher takes no parameter there, so a whole number that the options have checked is written into the text.
    """
    return text.replace(_ONE_STEP, f"{_ONE_STEP[:-1]}{depth:d}")


@dataclass(frozen=True)
class CypherFacts(Generic[O]):
    """Asks a server for the facts of a question, as the frame that memory gives."""

    text: str
    columns: Mapping[str, FactKind]
    options: tuple[str, ...] = ()
    """Options that are parameters as they are; `tier` is always one, as the server counts tiers."""
    parameters: Callable[[Server, O], Mapping[str, object]] | None = None
    """Returns what it needs beyond its options: the ids of units that they name."""
    read: Callable[[Server, Sequence[Row]], Sequence[Row]] | None = None
    """Works out columns that the server cannot."""

    def __call__(self, server: Server, options: O) -> pd.DataFrame:
        """Return the facts."""
        rows: Sequence[Row] = self.rows(server, options)
        return self.frame(self.read(server, rows) if self.read else rows)

    def rows(self, server: Server, options: O) -> list[Row]:
        """Return the rows of the statement."""
        parameters: dict[str, object] = {"tier": tier_number(options), "struck": []}
        parameters |= {name: getattr(options, name) for name in self.options}
        if self.parameters:
            parameters |= self.parameters(server, options)
        return server.rows(upstream(self.text, getattr(options, "depth", 1)), parameters)

    def frame(self, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
        """Return rows of the server as columns."""
        return pd.DataFrame({name: kind.column([row[name] for row in rows]) for name, kind in self.columns.items()})


def tier_number(options: object) -> int:
    """Return the tier of options as the server has it, 0 where they have none."""
    id = getattr(options, "tier", None)
    return int(Tier.of(id)) if id else 0
