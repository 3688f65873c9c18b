"""Scenes out of a session: each is about one unit or one plan, and every number in its details is that of an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph_model.bilingual import Bilingual
from graph_model.errors import MissingOptionError, UsageError
from graph_model.tiers import Category, Tier
from queries.answers.labels import shown
from queries.asking.find_unit import find_leader, find_park
from queries.audience import audience
from reports.networks.scene import NOT_LISTED, UNKNOWN_TIER, Scene, SceneEdge, SceneNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from queries import Session
    from queries.answers.answer import Answer
    from queries.audience import Audience
    from queries.eligibility.evidence import FactOrigins

SUBJECTS: Final = ("park", "leader", "agency", "unit", "plan")
"""What a picture can be about."""
MAX_AGE: Final = 2
"""Years that a by-year list of suppliers may be old, as in `leader-ratio`."""


@dataclass(frozen=True)
class SceneBuilder:
    """Makes scenes of one store on one day, for whoever has the store (`made_for` None) or for an audience."""

    session: Session
    day: date
    made_for: str | None = None
    tier: str = "city"

    def scene(self, subject: str, name: str, tiers: int = 1, options: Mapping[str, Any] | None = None) -> Scene:
        """Return the scene about a unit; UsageError where there is none, or where the audience may not see it."""
        if subject == "park":
            return self._park(name)
        if subject == "leader":
            return self._leader(name, tiers)
        if subject == "agency":
            return self._agency(name)
        if subject == "unit":
            return self._unit(name)
        if subject == "plan":
            return self._plan(options or {})
        raise MissingOptionError(Bilingual("图", "a picture"), *SUBJECTS)

    def _park(self, name: str) -> Scene:
        row = find_park(self._view, name)
        answer = self._told(self.session.ask("park-tenants", as_of=self.day, park=name, tier=self.tier))
        parks = self.session.graph["parks"]
        park = self._text(parks, "name", row)
        centre = SceneNode(
            self._text(parks, "id", row), "park", park, 0, facts=(("园区企业", f"{len(answer.table):,} 家"),)
        )
        tenants = self._units(answer, 1)
        edges = [SceneEdge(tenant.id, centre.id, "tenant") for tenant in tenants]
        buyers, bought = self._buyers([tenant.id for tenant in tenants])
        title = f"{park}：园区企业与其供应的龙头企业　{self.day.isoformat()}"
        return Scene(title, (centre, *tenants, *buyers), (*edges, *bought), self._notes(answer))

    def _leader(self, name: str, tiers: int) -> Scene:
        row = find_leader(self._view, name)
        asked = self.session.ask(
            "leader-suppliers", as_of=self.day, leader=name, tier=self.tier, depth=tiers, scope="all"
        )
        answer = self._told(asked)
        centre = self._enterprise(row, 0)
        hops = answer.table["hop"].tolist()
        suppliers = [replace(node, ring=hop) for node, hop in zip(self._units(answer, 1), hops, strict=True)]
        nodes = {node.id: node for node in (centre, *suppliers)}
        edges = self._links_among(nodes)
        title = f"{centre.name}：上游 {tiers} 级供应商　{self.day.isoformat()}"
        return Scene(title, tuple(nodes.values()), edges, self._notes(answer))

    def _agency(self, name: str) -> Scene:
        agencies = self.session.graph["agencies"]
        row = self.session.graph.find(name, "agencies")
        id, title = self._text(agencies, "id", row), self._text(agencies, "name", row)
        answer = self.session.ask("ban-reach", as_of=self.day)
        table = answer.table[answer.table["agency_id"].astype(object) == id]
        words = "不予受理的影响"
        if table.empty:
            answer = self.session.ask("ban-reach", as_of=self.day, agency=name, on=self.day, jurisdiction="province")
            table, words = answer.table, "假设今日被不予受理的影响"
        answer = self._told(replace(answer, table=table.reset_index(drop=True)))
        order = {"blocked": 0, "review": 1, "unknown": 2, "older": 3, "hint": 4}
        nodes: dict[str, SceneNode] = {}
        worded = shown(answer.table, answer.columns).to_dict("records")
        for (_, fields), facts in sorted(
            zip(answer.table.iterrows(), worded, strict=True), key=lambda pair: order[pair[0][1]["class"]]
        ):
            if (
                fields["unit_id"] not in nodes
            ):  # The gravest class of a unit is its colour; the others stand in the answer.
                kind = "park" if fields["unit_kind"] == "park" else "enterprise"
                tier = Tier.of(fields["tier"]) if isinstance(fields["tier"], str) else NOT_LISTED
                nodes[fields["unit_id"]] = SceneNode(
                    fields["unit_id"],
                    kind,
                    fields["unit"],
                    1,
                    int(tier),
                    fields["class"],
                    _blank(fields["city"]),
                    _facts(facts),
                )
        centre = SceneNode(id, "agency", title, 0, facts=(("触及单位", f"{len(nodes):,} 个"),))
        edges = tuple(SceneEdge(unit, id, "rests") for unit in nodes)
        return Scene(f"{title}：{words}　{self.day.isoformat()}", (centre, *nodes.values()), edges, self._notes(answer))

    def _unit(self, name: str) -> Scene:
        row = self.session.graph.find(name, "enterprises")
        if self._hidden(row):
            raise UsageError(
                f"{name} 只见于他人供应商清单，按规定不具名，不能为该对象画图",
                f"{name} is known only from the supply list of somebody else and is not named to them: no picture can be drawn",
            )
        centre = self._enterprise(row, 0)
        tenants = self._view.facts.tenants
        parks = tenants.park[tenants.enterprise == row].tolist()
        places = [
            SceneNode(self._text(self.session.graph["parks"], "id", park), "park",
                      self._text(self.session.graph["parks"], "name", park), 1)
            for park in parks
        ]  # fmt: skip
        edges = [SceneEdge(centre.id, place.id, "tenant") for place in places]
        nodes = {node.id: node for node in (centre, *places)}
        links = self._view.facts.links(MAX_AGE).suppliers
        if self._may_see(row):
            _, suppliers = links.of(np.array([row], dtype=np.int32))
            nodes |= {node.id: node for node in (self._enterprise(supplier, 1) for supplier in suppliers.tolist())}
        buyers, _ = self._buyers([centre.id])
        nodes |= {node.id: node for node in (replace(buyer, ring=1) for buyer in buyers) if node.id not in nodes}
        title = f"{centre.name}：所在园区、客户与供应商　{self.day.isoformat()}"
        return Scene(title, tuple(nodes.values()), (*edges, *self._links_among(nodes)))

    def _plan(self, options: Mapping[str, Any]) -> Scene:
        answer = self._told(self.session.plan(as_of=self.day, **options))
        centre = SceneNode("plan", "group", "培育计划", 0, facts=(("列入", f"{len(answer.table):,} 家"),))
        worded = shown(answer.table, answer.columns).to_dict("records")
        nodes, edges, places = [], [], {}
        for (_, fields), facts in zip(answer.table.iterrows(), worded, strict=True):
            chosen = SceneNode(
                fields["unit_id"],
                "enterprise",
                fields["unit"],
                2,
                state="chosen",
                city=_blank(fields["city"]),
                facts=_facts(facts),
            )
            nodes.append(chosen)
            for kind, column in (("park", "parks"), ("leader", "leaders")):
                for id in _ids(fields.get(column)):
                    places[id] = kind
                    edges.append(SceneEdge(chosen.id, id, "moves"))
        moved = [self._place(id, kind) for id, kind in sorted(places.items())]
        ties = [SceneEdge(place.id, centre.id, "moves") for place in moved]
        title = f"培育计划：{len(nodes)} 家，带动 {len(moved)} 个园区和龙头企业　{self.day.isoformat()}"
        return Scene(title, (centre, *moved, *nodes), (*edges, *ties), self._notes(answer))

    @cached_property
    def _audience(self) -> Audience | None:
        return None if self.made_for is None else audience(self._view, self.made_for)

    @cached_property
    def _origins(self) -> FactOrigins:
        return self.session.exported(as_of=self.day)[1]

    @cached_property
    def _view(self) -> Any:
        return self.session.graph.on(self.day)

    def _told(self, answer: Answer) -> Answer:
        return answer if self._audience is None else self._audience.disclosed(answer)

    def _hidden(self, row: int) -> bool:
        return self._audience is not None and bool(self._audience.hidden[row])

    def _may_see(self, buyer: int) -> bool:
        """Return whether the supply links of a buyer may be shown: to whoever has the store, else to the buyer alone."""
        if self._audience is None:
            return True
        return self._audience.kind == "leader" and self._audience.row == buyer

    def _units(self, answer: Answer, ring: int) -> list[SceneNode]:
        rows = self.session.graph.rows_of(answer.table["unit_id"].tolist(), "enterprises").tolist()
        worded = shown(answer.table, answer.columns).to_dict("records")
        nodes = []
        for row, facts, city in zip(rows, worded, answer.table["city"], strict=True):
            node = self._enterprise(row, ring)
            nodes.append(replace(node, city=_blank(city), facts=(*_facts(facts), *node.facts)))
        return nodes

    def _enterprise(self, row: int, ring: int) -> SceneNode:
        graph = self.session.graph["enterprises"]
        kind = "leader" if self._view.facts.leader_basis[row] else "enterprise"
        tier = int(self._view.highest(Category.FACTORY)[row])
        if not tier and self._view.green(Tier.CITY)[row] < 0:
            tier = UNKNOWN_TIER
        origin = self._origins.of_rows("enterprises", np.array([row]))[0].as_py()
        facts = (("出处", origin),) if origin else ()
        return SceneNode(self._text(graph, "id", row), kind, self._text(graph, "name", row), ring, tier, "", "", facts)

    def _place(self, id: str, kind: str) -> SceneNode:
        if kind == "leader":
            return self._enterprise(self.session.graph.row_of(id, "enterprises"), 1)
        parks = self.session.graph["parks"]
        return SceneNode(id, "park", self._text(parks, "name", self.session.graph.row_of(id, "parks")), 1)

    def _buyers(self, ids: Sequence[str]) -> tuple[list[SceneNode], list[SceneEdge]]:
        """Return the leaders that buy from some enterprises, and the links, as far as they may be shown."""
        inside = set(self.session.graph.rows_of(list(ids), "enterprises").tolist()) if ids else set()
        id_of = self.session.graph["enterprises"].texts("id")
        nodes, edges = [], []
        for leader in np.unique(self._view.facts.leaders).tolist():
            if not self._may_see(leader):
                continue
            _, suppliers = self._view.facts.links(MAX_AGE).suppliers.of(np.array([leader], dtype=np.int32))
            sold = sorted(inside & set(suppliers.tolist()) - {leader})
            if sold:
                node = self._enterprise(leader, 2)
                nodes += [node] if leader not in inside else []
                edges += [SceneEdge(id_of[supplier].as_py(), node.id, "supplies") for supplier in sold]
        return nodes, edges

    def _links_among(self, nodes: Mapping[str, SceneNode]) -> tuple[SceneEdge, ...]:
        """Return the current supply links between nodes, as far as they may be shown."""
        ids = list(nodes)
        rows = self.session.graph.rows_of(ids, "enterprises")
        id_of = {int(row): id for row, id in zip(rows.tolist(), ids, strict=True) if row >= 0}
        links = self._view.facts.links(MAX_AGE).suppliers
        edges = []
        for buyer, id in id_of.items():
            if self._may_see(buyer):
                _, suppliers = links.of(np.array([buyer], dtype=np.int32))
                edges += [SceneEdge(id_of[s], id, "supplies") for s in suppliers.tolist() if s in id_of and s != buyer]
        return tuple(edges)

    @staticmethod
    def _text(table: Any, column: str, row: int) -> str:
        return str(table.texts(column, np.array([row]))[0].as_py())

    @staticmethod
    def _notes(answer: Answer) -> tuple[str, ...]:
        return tuple(note.zh for note in answer.notes)


def _facts(worded: Mapping[Any, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(label), str(value)) for label, value in worded.items() if value not in ("", None))


def _blank(text: object) -> str:
    return text if isinstance(text, str) else ""


def _ids(cell: object) -> Iterable[str]:
    return cell.split("、") if isinstance(cell, str) and cell else ()
