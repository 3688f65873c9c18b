"""Every question of the handbook on a ready view, and in plain SQL; which of their columns must be equal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from loaders.fictional import DEMO_DAY
from queries import open_store

if TYPE_CHECKING:
    from graph_model.view import View
    from queries.answers.answer import Answer

SQL = Path(__file__).with_name("duckdb_sql")


@dataclass(frozen=True)
class Case:
    """A question with options; `sql` is the file that asks the same in plain SQL."""

    title: str
    question: str
    options: dict[str, Any]
    sql: str
    unit: str | None = None
    """The unit that the SQL is asked for."""


class Ready:
    """A store that has been opened, and its view of the demo day."""

    def __init__(self, store: Path) -> None:
        self.session = open_store(store)
        self.day = DEMO_DAY

    @property
    def view(self) -> View:
        """The view; the session asks the same one."""
        return self.session.graph.on(self.day)

    def make_vectors(self) -> None:
        """Compute every vector that the questions ask the view for."""
        from graph_model.tiers import Category, Tier

        view, facts = self.view, self.view.facts
        view.green(Tier.CITY)
        for category in (Category.FACTORY, Category.SUPPLY_CHAIN):
            facts.pool(category)
        links = facts.links(max_age=2)
        _ = (links.reach, facts.leaders, facts.tenants, facts.parks_with_tenancies, facts.output)

    def ask(self, case: Case) -> Answer:
        """Answer a case as the command line does: table, definition, clauses, notes."""
        return self.session.ask(case.question, as_of=self.day, **case.options)

    @cached_property
    def cases(self) -> list[Case]:
        """Every question with its default options, and the leaders' ratio three steps upstream."""
        park, leader = self._largest_park(), self._largest_leader()
        return [
            Case("park-share", "park-share", {}, "park_share"),
            Case("park-tenants (largest park)", "park-tenants", {"park": park}, "park_tenants", park),
            Case("leader-ratio", "leader-ratio", {}, "leader_ratio"),
            Case("leader-ratio --depth 3", "leader-ratio", {"depth": 3}, "leader_ratio_depth_3"),
            Case("leader-suppliers (largest)", "leader-suppliers", {"leader": leader}, "leader_suppliers", leader),
            Case("ban-reach", "ban-reach", {}, "ban_reach"),
            Case("ban-effects (a what-if)", "ban-effects", {}, "ban_effects"),
            Case("tier-coverage", "tier-coverage", {}, "tier_coverage"),
            Case("enterprise-ladder", "enterprise-ladder", {}, "enterprise_ladder"),
        ]

    def _largest_park(self) -> str:
        park = int(np.bincount(self.view.facts.tenants.park).argmax())
        return str(self.session.graph["parks"].texts("id", np.array([park]))[0])

    def _largest_leader(self) -> str:
        leaders = self.view.facts.leaders
        suppliers = np.diff(self.view.facts.links(max_age=2).suppliers.starts)[leaders]
        leader = leaders[suppliers.argmax()]
        return str(self.session.graph["enterprises"].texts("id", np.array([leader]))[0])
