"""Leverage is what the questions say when one enterprise alone becomes green."""

from __future__ import annotations

import pytest

from graph_model.view import View
from queries.planning.places import places_of
from tests.queries.planning.conftest import Asked
from tests.queries.planning.recount import of_one, recount


@pytest.mark.parametrize("tier", ["city", "provincial", "national"])
def test_each_gain_is_a_recount_by_the_questions(worlds_asked: Asked, tier: str) -> None:
    seen = 0
    for session, day in worlds_asked:
        table = session.ask("leverage", as_of=day, tier=tier).table
        view = session.graph.on(day)
        before = recount(view, [], tier)
        ids = view.graph["enterprises"].texts("id").to_pylist()
        for row in table.to_dict("records"):
            after = recount(view, [ids.index(row["unit_id"])], tier)
            moved = {key for key in before if after[key] != before[key]}
            for kind, count in (("park", "park_count"), ("leader", "leader_count")):
                of_kind = [key for key in moved if key[0] == kind]
                assert len(of_kind) == row[count]
                rise = sum(of_one(after, key) - of_one(before, key) for key in of_kind)
                assert float(rise) == pytest.approx(row[f"{kind}_gain"], abs=1e-12)
            seen += 1
    assert seen > 20


def test_whoever_moves_something_alone_is_in_it(worlds_asked: Asked) -> None:
    for session, day in worlds_asked:
        view = session.graph.on(day)
        listed = set(session.ask("leverage", as_of=day).table["unit_id"])
        before = recount(view, [], "city")
        outside = view.graph.outside("enterprises")
        for row, id in enumerate(view.graph["enterprises"].texts("id").to_pylist()):
            moves = recount(view, [row], "city") != before and _moves_a_share(view, row)
            assert (id in listed) == (moves and bool(view.facts.on_record("enterprises")[row]) and not outside[row])


def _moves_a_share(view: View, row: int) -> bool:
    """Return whether an enterprise is a member, not yet green, of a place that has a share."""
    from graph_model.tiers import Tier

    places = places_of(view, "above_scale", Tier.CITY)
    return row in places.members.heads.tolist() and view.green(Tier.CITY)[row] != 1


def test_order_and_filters(worlds_asked: Asked) -> None:
    for session, day in worlds_asked:
        table = session.ask("leverage", as_of=day).table
        keys = list(zip((-table["gain"].round(12)).tolist(), table["unit_id"], strict=True))
        assert keys == sorted(keys)
        leaders = session.ask("leader-ratio", as_of=day).table
        if len(leaders):
            one = leaders["leader_id"].iloc[0]
            suppliers = set(session.ask("leader-suppliers", as_of=day, leader=one).table["unit_id"]) | {one}
            kept = set(session.ask("leverage", as_of=day, leader=one).table["unit_id"])
            assert kept == set(table["unit_id"]) & suppliers
