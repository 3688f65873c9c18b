"""Find the unit that an option names; one that is not on record, or no leader, is wrong use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.errors import UsageError

if TYPE_CHECKING:
    from graph_model.view import View


def find_park(view: View, text: str) -> int:
    """Return the row of a park on record; UsageError where it is not on record on the day."""
    park = view.graph.find(text, "parks")
    if not view.facts.on_record("parks")[park]:
        raise UsageError(
            f"园区“{text}”在 {view.day.isoformat()} 尚未见于任何记录",
            f"the park {text!r} is not on record on {view.day.isoformat()}",
        )
    return park


def find_leader(view: View, text: str) -> int:
    """Return the row of a leader on record; UsageError where the unit is none."""
    leader = view.graph.find(text, "enterprises")
    if not view.facts.leader_basis[leader] or not view.facts.on_record("enterprises")[leader]:
        raise UsageError(
            f"“{text}”在 {view.day.isoformat()} 不是链主；可用 leader-ratio 查看全部链主",
            f"{text!r} is no chain leader on {view.day.isoformat()}; leader-ratio lists them all",
        )
    return leader
