"""What keeps a plan from being made, worded from facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph_model.bilingual import Bilingual
from graph_model.errors import DoesNotFitError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACE_FORM: Final = Bilingual(
    "应写成 park=园区、leader=龙头企业 或 city=设区市", "it is written park=NAME, leader=NAME or city=NAME"
)


class PlaceFormError(DoesNotFitError):
    """An option that names a place, written without saying which kind of place."""

    def __init__(self, option: str, given: str) -> None:
        super().__init__(option, given, PLACE_FORM)


class UnplannableUnitError(UsageError):
    """A unit that must be in the plan and cannot be."""

    def __init__(self, name: str, reason: Bilingual) -> None:
        super().__init__(f"必选单位“{name}”{reason.zh}", f"{name!r} cannot be in the plan: {reason.en}")


class BarredUnitError(UnplannableUnitError):
    """A unit that must be in the plan and that a rule bars beyond its horizon."""

    def __init__(self, name: str, months: int, rules: Sequence[str]) -> None:
        bars = "、".join(rules)
        super().__init__(
            name,
            Bilingual(
                f"在 {months} 个月内不能消除不符合的情形（{bars}）",
                f"barred beyond the horizon of {months} months ({bars})",
            ),
        )


class InfeasiblePlanError(UsageError):
    """Limits that no choice keeps together, though no two of them clash by number."""

    def __init__(self) -> None:
        super().__init__(
            "名额、经费和必选单位不能同时满足，请放宽其中一项",
            "quotas, budget and units that must be in it cannot be kept together: relax one of them",
        )
