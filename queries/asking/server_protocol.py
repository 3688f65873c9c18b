"""A server as a question sees it: runs the Cypher beside the question, finds the units that options name, counts for notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from queries.asking.caveats import Caveats

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

Row = dict[str, Any]
"""A row as the server gives it; which values it holds, the question's file says."""


class Server(Caveats, Protocol):
    """A graph on a server, on one day: runs the Cypher beside a question, and finds the units that options name."""

    day: date

    def rows(self, statement: str, parameters: Mapping[str, object]) -> list[Row]:
        """Return the rows of a statement; the day and the home province are parameters of every one."""

    def park(self, text: str) -> str:
        """Return the id of a park on record."""

    def leader(self, text: str) -> str:
        """Return the id of a chain leader on record."""

    def agency(self, text: str) -> str:
        """Return the id of an agency."""
