"""Find the unit that an option names; one that is not on record, or no leader, is wrong use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph_model.bilingual import Bilingual
from graph_model.errors import NotOnRecordError, UsageError

if TYPE_CHECKING:
    from datetime import date

    from graph_model.view import View


_KINDS: Final = {"parks": Bilingual("园区", "park"), "enterprises": Bilingual("企业", "enterprise")}


def find_on_record(view: View, text: str, table: str) -> int:
    """Return the row of a park or an enterprise; UsageError where there is none, or none on record on the day."""
    row = view.graph.find(text, table)
    if not view.facts.on_record(table)[row]:
        raise NotOnRecordError(_KINDS[table], text, view.day)
    return row


def find_park(view: View, text: str) -> int:
    """Return the row of a park on record; UsageError where it is not on record on the day."""
    return find_on_record(view, text, "parks")


def find_leader(view: View, text: str) -> int:
    """Return the row of a leader on record; UsageError where the unit is none."""
    leader = view.graph.find(text, "enterprises")
    if not view.facts.leader_basis[leader] or not view.facts.on_record("enterprises")[leader]:
        raise no_leader(text, view.day)
    return leader


def not_on_record(park: str, day: date) -> NotOnRecordError:
    """Say that a park is not on record on a day."""
    return NotOnRecordError(_KINDS["parks"], park, day)


def no_leader(unit: str, day: date) -> UsageError:
    """Say that a unit is no leader on a day."""
    return UsageError(
        f"“{unit}”在 {day.isoformat()} 不是龙头企业（链主）；全部龙头企业见“龙头企业（链主）绿色供应商占比”",
        f"{unit!r} is no chain leader on {day.isoformat()}; leader-ratio lists them all",
    )
