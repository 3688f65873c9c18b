"""For whom something is made, and whom it may name. SPEC 8, "Who may be named": one rule, in one place.

An enterprise known only from the supply lists of others is named to the buyer on whose list it stands, and to nobody else;
elsewhere it is counted. That a named enterprise supplies a leader is told only to that leader.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import numpy as np
import pyarrow.compute as pc

from graph_model.bilingual import Bilingual
from graph_model.days import ALWAYS, OPEN
from graph_model.errors import DoesNotFitError, UsageError
from graph_model.records import RECORDS
from graph_model.schema import TABLES
from graph_model.view import REGISTERED
from queries.asking.find_unit import find_leader, find_park
from queries.engines.filters import city_code, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from graph_model.arrays import Flags, Ints64
    from graph_model.view import View
    from queries.answers.answer import Answer


AudienceKind = Literal["province", "city", "park", "leader"]
UNIT_IDS: Final = ("unit_id", "enterprise_id")
"""Columns with the enterprise that a row is about."""
TELLS_SUPPLY: Final[Mapping[str, tuple[str, ...]]] = {
    "plan": ("leaders",),
    "leverage": ("leader_count", "leader_gain", "gain"),
    "park-unlock": ("leaders",),
    "pool": ("chain_count", "leader_count", "chains"),
    "route": ("gain",),
}
"""Columns that tell of a named enterprise whom it supplies, or how many leaders; told to no audience."""
PARTS: Final = ("routes", "out_of_reach")
"""Further tables of a plan, which name units too."""
OF_ONE_LEADER: Final = frozenset({"leader-suppliers", "substitutes"})
"""Questions whose rows are the suppliers of one leader: that leader's alone."""
_EXPECTED: Final = Bilingual(
    "应写 province、city=设区市、park=园区 或 leader=龙头企业",
    "province, city=NAME, park=NAME or leader=NAME is expected",
)
_LEADER_STEP: Final = "龙头企业 "
_BETWEEN_STEPS: Final = "；"


@dataclass(frozen=True)
class Audience:
    """For whom something is made as of a day: the province, a city, a park or a leader."""

    view: View
    kind: AudienceKind = "province"
    text: str = ""

    @cached_property
    def name(self) -> str:
        """Return the name of the city, park or leader, or of the home province, as it is shown."""
        graph = self.view.graph
        if self.kind == "province":
            return graph.regions.name(graph.regions.home) or ""
        if self.kind == "city":
            return graph.regions.name(city_code(graph.regions, self.text)) or ""
        table = "parks" if self.kind == "park" else "enterprises"
        return str(graph[table].texts("name", np.array([self.row]))[0].as_py())

    def require(self) -> None:
        """Raise UsageError where there is no such city, park or leader on the day."""
        assert self.name

    @property
    def filters(self) -> dict[str, str]:
        """Return the filter that keeps what concerns the audience; the province sees every row."""
        return {} if self.kind == "province" else {self.kind: self.text}

    @cached_property
    def hidden(self) -> Flags:
        """Which enterprises may not be named: known only from supplies, no leader, and no supplier of this leader."""
        hidden = _known_only_from_supplies(self.view)
        if self.kind == "leader":
            supplies = self.view.graph["supplies"]
            hidden[supplies["supplier"][supplies["buyer"] == self.row]] = False
        return hidden

    def disclosed(self, answer: Answer) -> Answer:
        """Return an answer without whom and what the audience may not be told; a note counts the rows left out.

        UsageError for the suppliers of a leader that is not the audience.
        """
        if answer.question in OF_ONE_LEADER and not self._is_own(answer):
            raise UsageError(
                "供应商逐家情况只提供给该龙头企业本身", "the suppliers of a leader are told to that leader only"
            )
        kept = self._kept(answer.table)
        table = answer.table[kept].reset_index(drop=True)
        dropped = TELLS_SUPPLY.get(answer.question, ())
        columns = tuple(column for column in answer.columns if column.name not in dropped)
        if "moves" in table:
            table = table.assign(moves=self._moves(table["moves"]))
        shown = replace(
            answer, table=table[[column.name for column in columns]], columns=columns,
            notes=(*answer.notes, *_left_out(int((~kept).sum()))),
        )  # fmt: skip
        parts: dict[str, Any] = {
            name: self.disclosed(part) for name in PARTS if (part := getattr(answer, name, None)) is not None
        }
        return replace(shown, **parts)

    @cached_property
    def row(self) -> int:
        """Return the row of the park or the leader."""
        return find_park(self.view, self.text) if self.kind == "park" else find_leader(self.view, self.text)

    def _is_own(self, answer: Answer) -> bool:
        asked = answer.options.get("leader")
        return self.kind == "leader" and asked is not None and find_leader(self.view, str(asked)) == self.row

    def _kept(self, table: pd.DataFrame) -> Flags:
        kept = np.ones(len(table), dtype=bool)
        if {"kind", "unit_id"} <= set(table):  # Units behind a leader's ratio are its suppliers: its own to know.
            own = self.view.graph["enterprises"].texts("id", np.array([self.row])) if self.kind == "leader" else [""]
            kept &= ((table["kind"] != "leader") | (table["id"] == str(own[0]))).to_numpy(dtype=bool)
        hidden = self.view.graph["enterprises"].texts("id", np.flatnonzero(self.hidden))
        for name in UNIT_IDS:
            if name in table:
                kept &= ~pc.is_in(texts_of(table[name]), hidden).to_numpy(zero_copy_only=False)
        return kept

    def _moves(self, moves: pd.Series[str]) -> pd.Series[str]:
        """Return what a plan moves, without the leaders that are somebody else."""
        own = f"{_LEADER_STEP}{self.name} " if self.kind == "leader" else None

        def told(words: str) -> str | None:
            steps = [
                step for step in words.split(_BETWEEN_STEPS)
                if not step.startswith("等共 ") and (not step.startswith(_LEADER_STEP) or (own and step.startswith(own)))
            ]  # fmt: skip
            return _BETWEEN_STEPS.join(steps) or None

        return moves.map(told, na_action="ignore").astype("str")


def audience(view: View, text: str = "province") -> Audience:
    """Read for whom something is made: `province`, `city=苏州市`, `park=…`, `leader=…`; UsageError for what is none of them."""
    kind, _, name = text.strip().partition("=")
    if kind not in get_args(AudienceKind) or bool(name.strip()) == (kind == "province"):
        raise DoesNotFitError("for", text, _EXPECTED)
    meant = Audience(view, kind, name.strip())  # type: ignore[arg-type]
    meant.require()
    return meant


def _known_only_from_supplies(view: View) -> Flags:
    """Return which enterprises on record no row names by the day but rows of `supplies`, leaders excepted."""
    graph, facts = view.graph, view.facts
    elsewhere = (facts.identity == REGISTERED) | (facts.leader_basis > 0)
    for table, columns in TABLES.items():
        if table not in RECORDS or table in ("supplies", "enterprises"):
            continue
        begun = _begins(view, table) <= facts.number
        for name, holds in columns.items():
            if holds.refers_to == "enterprises":
                unit = graph[table][name]
                elsewhere[unit[begun & (unit >= 0)]] = True
    hidden: Flags = facts.on_record("enterprises") & ~elsewhere
    return hidden


def _begins(view: View, table: str) -> Ints64:
    """Return from when on each row of a table holds, as its record says; a row without a day has always held."""
    rows, record = view.graph[table], RECORDS[table]
    begins = np.full(len(rows), OPEN, dtype=np.int64)
    for name in record.begins:
        day = rows[name].astype(np.int64)
        begins = np.where((begins == OPEN) & (day != ALWAYS), day, begins)
    if record.year_begins is not None:
        years = rows["year"].astype(np.int64) + record.year_begins - 1970
        begins = np.where(
            begins == OPEN, years.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64), begins
        )
    return np.where(begins == OPEN, ALWAYS, begins)


def _left_out(count: int) -> tuple[Bilingual, ...]:
    if not count:
        return ()
    return (
        Bilingual(
            f"另有 {count:,} 行的企业只见于供应关系，按规定不具名，未列出",
            f"{count:,} more rows are about enterprises known only from supply lists; they are counted, not named",
        ),
    )
