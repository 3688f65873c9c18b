"""Laws of bans: they grow, widen and look back as D-24 says (SPEC 6.3)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from queries import Session, open_store
from tests.loaders.storing import loaded
from tests.queries.worlds_asked import (
    AGENCY,
    BANNED,
    EAST,
    FIRMS,
    OTHER,
    rows,
)
from tests.reference.hand import DAY, ban, firm, listed, report, tenant
from tests.reference.world import Row

LAWS = settings(max_examples=30, deadline=None)
A, B, C, D = FIRMS[:4]


ROWS = st.lists(st.integers(0, 10**6), max_size=6)


def reach(session: Session, day: date = DAY, **options: Any) -> set[tuple[Any, ...]]:
    return {tuple(row.items()) for row in rows(session, "ban-reach", day, **options)}


BANS = [ban(AGENCY, BANNED, "苏州市"), ban(OTHER, BANNED, "江苏省"), ban(AGENCY, date(2024, 6, 1), "南京市")]


def banned(folder: Path, bans: list[Row]) -> Session:
    return open_store(
        loaded(
            folder,
            enterprises=[firm(A, city="南京市"), firm(B, city="苏州市"), firm(C), firm(D, city="苏州市")],
            tenancies=[tenant(name, EAST) for name in (A, B, C, D)],
            reports=[
                report("R-1", A, AGENCY, date(2024, 5, 1)),
                report("R-2", B, AGENCY, date(2023, 5, 1)),
                report("R-3", C, OTHER, date(2025, 5, 1)),
                report("R-4", D, AGENCY, date(2019, 5, 1)),
            ],
            listings=[listed(A, report_no="R-1"), listed(B, report_no="R-2"), listed(D, "national", agency=OTHER)],
            agency_bans=bans,
        ).store
    )


def test_ban_reach_grows_with_bans(tmp_path: Path) -> None:
    """Another ban adds rows and takes none away, and no share rises for it."""
    reached: set[tuple[Any, ...]] = set()
    for count in range(len(BANS) + 1):
        session = banned(tmp_path / str(count), BANS[:count])
        assert reached <= reach(session)
        reached = reach(session)
        assert all(row["change"] < 0 for row in rows(session, "ban-effects"))
    assert len({dict(row)["ban_id"] for row in reached}) == 3


def test_a_wider_jurisdiction_reaches_whoever_a_narrower_one_did(asked) -> None:  # type: ignore[no-untyped-def]
    for session, day in asked:
        narrow = {row for row in reach(session, day) if dict(row)["class"] != "unknown"}
        assert narrow <= reach(session, day, jurisdiction="province")


def test_looking_further_back_moves_older_to_review(asked) -> None:  # type: ignore[no-untyped-def]
    for session, day in asked:
        usual = rows(session, "ban-reach", day)
        rest = [row for row in usual if row["class"] not in ("review", "older")]
        review, older = [], []
        for years in (0, 6, 50):
            found = rows(session, "ban-reach", day, lookback_years=years)
            review.append(sum(row["class"] == "review" for row in found))
            older.append(sum(row["class"] == "older" for row in found))
            assert [row for row in found if row["class"] not in ("review", "older")] == rest
        assert review == sorted(review)
        assert older == sorted(older, reverse=True)


def test_a_hypothetical_ban_is_the_recorded_one(session: Session) -> None:
    supposed = {"agency": AGENCY, "on": BANNED, "authority": "江苏省"}
    assert reach(session, **supposed) == reach(session)
    assert rows(session, "ban-effects", **supposed) == rows(session, "ban-effects")
