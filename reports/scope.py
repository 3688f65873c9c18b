"""What a report is about: a day, an audience, a language, and since when changes are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from queries.audience import Audience, audience

if TYPE_CHECKING:
    from queries import Session


@dataclass(frozen=True)
class ReportScope:
    """Options of a report, as `verdigraph report` takes them."""

    as_of: date
    for_: str = "province"
    """`province`, `city=…`, `park=…` or `leader=…`."""
    lang: str = "zh"
    since: date | None = None

    def audience(self, session: Session) -> Audience:
        """Return for whom the report is made; UsageError for a city, park or leader that is not there."""
        return audience(session.graph.on(self.as_of), self.for_)

    @property
    def options(self) -> dict[str, object]:
        """Return the options as an imprint keeps them."""
        return {"for": self.for_} | ({"since": self.since} if self.since else {})
