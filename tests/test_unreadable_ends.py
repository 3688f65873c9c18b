"""SPEC 8, "Ends that cannot be read": neither on the list nor off it, in the park nor out of it; answered by both readings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.reference.hand import DAY, firm, listed, tenant, world
from tests.reference.product import Product
from tests.reference.world import Row
from tests.test_small_worlds import EAST, A, Ask, B

LISTED = {"published_on": date(2023, 1, 1)}


@pytest.mark.parametrize(
    ("end", "green"),
    [
        pytest.param({"removed_on": "已移出"}, "unknown", id="a cell that cannot be read"),
        pytest.param({"removal_reason": "更名"}, "unknown", id="a reason without a day"),
        pytest.param({"removed_on": "2024年移出"}, "no", id="a year beside the word"),
        pytest.param({"removed_on": date(2026, 1, 1)}, "yes", id="an end to come"),
        pytest.param({}, "yes", id="no end"),
    ],
)
def test_who_may_still_be_listed_is_unknown(ask: Ask, end: dict[str, Any], green: str) -> None:
    made = world(
        parks=[{"name": EAST}],
        enterprises=[firm(A), firm(B)],
        listings=[listed(A, **LISTED, **end)],
        tenancies=[tenant(A), tenant(B)],
    )
    [park] = ask(made, "park-share", DAY)
    counted = (park["green"], park["green_unknown"], park["share_low"], park["share_high"])
    expected = {"yes": (1, 0, 0.5, 0.5), "no": (0, 0, 0, 0), "unknown": (0, 1, 0, 0.5)}
    assert tuple(map(float, counted)) == expected[green]
    province = ask(made, "tier-coverage", DAY, by="province")[-1]
    assert (province["city"], province["unknown"], province["none"]) == {
        "yes": (1, 0, 1),
        "no": (0, 0, 2),
        "unknown": (0, 1, 1),
    }[green]


@pytest.mark.parametrize("tier", ["city", "provincial"])
def test_a_lower_listing_that_stands_is_a_yes_at_its_own_tier_only(ask: Ask, tier: str) -> None:
    made = world(
        parks=[{"name": EAST}],
        enterprises=[firm(A)],
        listings=[listed(A, **LISTED), listed(A, "provincial", **LISTED, removed_on="已移出")],
        tenancies=[tenant(A)],
    )
    [park] = ask(made, "park-share", DAY, tier=tier)
    assert (park["green"], park["green_unknown"]) == ((1, 0) if tier == "city" else (0, 1))


@pytest.mark.parametrize(
    ("others", "counted"),
    [
        pytest.param([], (2, 1, 1), id="the only stay"),
        pytest.param([tenant(A, start=date(2020, 1, 1))], (2, 2, 0), id="beside one that lasts"),
    ],
)
def test_who_may_have_left_a_park_is_not_known_to_be_in_its_base(
    others: list[Row], counted: tuple[int, int, int], tmp_path: Path
) -> None:
    made = world(
        parks=[{"name": EAST}],
        enterprises=[firm(A), firm(B)],
        tenancies=[tenant(A, end="已搬离"), tenant(B), *others],
    )
    product = Product(made, tmp_path)
    [park] = product.answer("park-share", DAY)
    assert (park["tenants"], park["base"], park["base_unknown"]) == counted
    in_base = {row["unit"]: row["in_base"] for row in product.answer("park-tenants", DAY, park=EAST)}
    assert in_base == {A: True if others else None, B: True}
