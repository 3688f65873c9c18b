"""City, park and leader keep rows and change none; what does not fit is refused (SPEC 6 and 8)."""

from __future__ import annotations

from typing import Any

import pytest

from graph_model.errors import UsageError
from queries import Session
from queries.registry import QUESTIONS
from tests.queries.worlds_asked import ALONE, BUYER, EAST, FAR, FIRMS, ORDER, SMALL, SUBJECT, WEST, rows
from tests.reference.hand import DAY

A, B, C, D, E, F = FIRMS

KEPT: dict[str, tuple[str, dict[str, Any], str, list[str]]] = {
    "parks of a city": ("park-share", {"city": "苏州市"}, "park", [WEST, FAR]),
    "parks of a city by code": ("park-share", {"city": "320100"}, "park", [EAST]),
    "parks of a city without any": ("park-share", {"city": "无锡"}, "park", []),
    "one park": ("park-share", {"park": WEST}, "park", [WEST]),
    "tenants in a city": ("park-tenants", {"park": EAST, "city": "苏州市"}, "unit", [D]),
    "tenants that supply a leader": ("park-tenants", {"park": WEST, "leader": SMALL}, "unit", [D, E, F]),
    "leaders of a city": ("leader-ratio", {"city": "苏州"}, "leader", [SMALL]),
    "one leader": ("leader-ratio", {"leader": BUYER}, "leader", [BUYER]),
    "leaders in a park": ("leader-ratio", {"park": EAST}, "leader", [A]),
    "suppliers in a city": ("leader-suppliers", {"leader": BUYER, "city": "南京市"}, "unit", [A, B, C]),
    "suppliers in a park": ("leader-suppliers", {"leader": BUYER, "park": WEST}, "unit", [C, D, E]),
    "reached in a city": ("ban-reach", {"city": "苏州市"}, "unit", [D, F]),
    "reached in a park": ("ban-reach", {"park": EAST}, "unit", [A, D]),
    "reached among a leader's suppliers": ("ban-reach", {"leader": SMALL}, "unit", [D, F]),
    "effects in a city": ("ban-effects", {"city": "南京市"}, "name", [EAST, BUYER, "南京市"]),
    "effects on one park": ("ban-effects", {"park": EAST}, "name", [EAST]),
    "effects on one leader": ("ban-effects", {"leader": SMALL}, "name", [SMALL]),
    "ladder of a city": ("enterprise-ladder", {"city": "无锡市"}, "enterprise", []),
    "ladder of a city, everybody": ("enterprise-ladder", {"city": "无锡市", "base": "all"}, "enterprise", [ALONE]),
    "ladder of a park": ("enterprise-ladder", {"park": EAST}, "enterprise", [A, B, C, D]),
    "ladder of a leader": ("enterprise-ladder", {"leader": SMALL}, "enterprise", [D, F, SMALL]),
    "both": ("enterprise-ladder", {"park": EAST, "leader": SMALL}, "enterprise", [D]),
    "coverage of a city": ("tier-coverage", {"city": "南京市"}, "region", ["南京市"]),
    "coverage of a city's counties": ("tier-coverage", {"city": "南京市", "by": "county"}, "region", []),
}


@pytest.mark.parametrize(("name", "options", "column", "expected"), KEPT.values(), ids=KEPT)
def test_filters_keep_rows(
    session: Session, name: str, options: dict[str, Any], column: str, expected: list[str]
) -> None:
    table = session.ask(name, as_of=DAY, **options).table
    assert sorted(set(table[column])) == sorted(expected)


@pytest.mark.parametrize(("name", "options", "column", "expected"), KEPT.values(), ids=KEPT)
def test_filters_change_no_row_and_no_rank(
    session: Session, name: str, options: dict[str, Any], column: str, expected: list[str]
) -> None:
    filters = {"city", "park", "leader"} - set(SUBJECT.get(name, {}))
    whole = rows(session, name, **{option: value for option, value in options.items() if option not in filters})
    kept = rows(session, name, **options)
    assert [row for row in whole if row in kept] == kept


def test_ranks_are_those_of_the_whole(session: Session) -> None:
    whole = {row["leader"]: row["rank"] for row in rows(session, "leader-ratio")}
    assert sorted(whole.values()) == [1, 2, 3]
    for leader, rank in whole.items():
        assert [row["rank"] for row in rows(session, "leader-ratio", leader=leader)] == [rank]


UNFIT = [(name, one) for name in ORDER for one in ("city", "park", "leader")
         if one not in QUESTIONS[name].filters and one not in SUBJECT.get(name, {})]  # fmt: skip
VALUES = {"city": "南京市", "park": EAST, "leader": BUYER}


@pytest.mark.parametrize(("name", "option"), UNFIT)
def test_a_filter_that_does_not_fit_is_refused(session: Session, name: str, option: str) -> None:
    with pytest.raises(UsageError, match=option):
        session.ask(name, as_of=DAY, **SUBJECT.get(name, {}) | {option: VALUES[option]})


def test_only_regions_and_parks_are_out_of_reach_of_some_filter() -> None:
    assert UNFIT == [("park-share", "leader"), ("tier-coverage", "park"), ("tier-coverage", "leader")]


@pytest.mark.parametrize("name", [name for name in ORDER if "city" in QUESTIONS[name].filters])
@pytest.mark.parametrize("city", ["火星市", "江苏省", "昆山市", "上海市", ""])
def test_a_city_that_is_none_is_refused(session: Session, name: str, city: str) -> None:
    with pytest.raises(UsageError):
        session.ask(name, as_of=DAY, city=city, **SUBJECT.get(name, {}))


@pytest.mark.parametrize("name", ["leader-ratio", "ban-reach", "ban-effects", "enterprise-ladder"])
def test_a_unit_that_is_none_is_refused(session: Session, name: str) -> None:
    for option, text in (("park", "没有的园区"), ("leader", ALONE), ("leader", "没有的企业")):
        with pytest.raises(UsageError, match=text):
            session.ask(name, as_of=DAY, **{option: text})
