"""The steps of the ladder, from the highest tier down to who is on no list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graph_model.bilingual import Bilingual
from reports.site.page_model import LadderStep, TierLadder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reports.site.page_options import PageOptions

STEPS: Final = {
    "national": Bilingual("国家级", "national"),
    "provincial": Bilingual("省级", "provincial"),
    "city": Bilingual("市级", "city"),
    "district": Bilingual("区县级", "district"),
    "pool": Bilingual("培育库", "pool"),
    "none": Bilingual("未列入", "not listed"),
    "unknown": Bilingual("未知", "unknown"),
}
_TIERS: Final = ("national", "provincial", "city", "district")


def ladder(title: str, row: Mapping[str, Any], options: PageOptions) -> TierLadder:
    """Return the ladder of a row of tier-coverage."""
    return TierLadder(
        title, [LadderStep(code, words.in_(options.lang), int(row[code])) for code, words in STEPS.items()]
    )


def reached(row: Mapping[str, Any], tier: str) -> int:
    """Return how many units of a row of tier-coverage have a tier or a higher one."""
    return sum(int(row[each]) for each in _TIERS[: _TIERS.index(tier) + 1])
