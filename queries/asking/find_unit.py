"""Find the unit that an option names; one that is not on record, or no leader, is wrong use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import NotOnRecordError, UsageError

if TYPE_CHECKING:
    from datetime import date

    from graph_model.view import View


def find_park(view: View, text: str) -> int:
    """Return the row of a park on record; UsageError where it is not on record on the day."""
    park = view.graph.find(text, "parks")
    if not view.facts.on_record("parks")[park]:
        raise not_on_record(text, view.day)
    return park


def find_leader(view: View, text: str) -> int:
    """Return the row of a leader on record; UsageError where the unit is none."""
    leader = view.graph.find(text, "enterprises")
    if not view.facts.leader_basis[leader] or not view.facts.on_record("enterprises")[leader]:
        raise no_leader(text, view.day)
    return leader


def not_on_record(park: str, day: date) -> NotOnRecordError:
    """Say that a park is not on record on a day."""
    return NotOnRecordError(Bilingual("园区", "park"), park, day)


def no_leader(unit: str, day: date) -> UsageError:
    """Say that a unit is no leader on a day."""
    return UsageError(
        f"“{unit}”在 {day.isoformat()} 不是龙头企业（链主）；全部龙头企业见“龙头企业（链主）绿色供应商占比”",
        f"{unit!r} is no chain leader on {day.isoformat()}; leader-ratio lists them all",
    )
