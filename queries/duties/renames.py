"""D-21: a listing under a former name is shown with the present one; a change of scope, site or boundary is looked into.

The lists do not say when a spelling was used; a listing published before the unit took its present name is under a former one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from graph_model.days import OPEN
from graph_model.kinds import NODE_KINDS
from graph_model.values.coded import CHANGE_KINDS, RENAMED
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding, Kind
from queries.duties.standing import day_words, listing_words, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

CHANGES = frozenset({"经营范围", "生产地址", "组织边界", "合并", "投资", "并购"})


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield listings whose unit has changed its name, or its scope, site or boundary, since they were published."""
    for kind in UNIT_KINDS:
        yield _since(case, kind, frozenset({RENAMED}), is_rename=True)
        yield _since(case, kind, CHANGES, is_rename=False)


def _since(case: AuditContext, kind: Kind, kinds_meant: frozenset[str], is_rename: bool) -> Finding:
    changes = case.view.graph["name_changes"]
    codes, words = changes.words("kind")
    # A blank kind is a rename, SPEC 8.
    meant = np.array([bool(kinds_meant & CHANGE_KINDS.meanings(word)) for word in words] + [is_rename])[codes]
    known = (changes["changed_on"] <= case.day) | (changes["changed_on"] == OPEN)
    rows = np.flatnonzero(meant & known & (changes[kind] >= 0))
    stands = standing(case.view, kind)
    stands = stands.at(np.isin(stands.unit, changes[kind][rows]))
    of_unit: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows.tolist():
        of_unit[int(changes[kind][row])].append(row)
    later = [
        [row for row in of_unit[unit] if changes["changed_on"][row] > since]
        for unit, since in zip(stands.unit.tolist(), stands.since.tolist(), strict=True)
    ]
    stands = stands.at(np.array([bool(one) for one in later], dtype=bool))
    later = [one for one in later if one]
    names = case.view.graph[NODE_KINDS[kind].table].texts("name", stands.unit).to_pylist()
    texts = _texts(case, later, is_rename)
    return Finding(
        "D-21",
        "info" if is_rename else "check",
        kind,
        stands.unit,
        [
            f"名单所列为原名称，现名称：{name}" if is_rename else "列入名单后有变更，请核对是否仍符合条件"
            for name in names
        ],
        [f"{text}；{listed}" for text, listed in zip(texts, listing_words(case.view, stands.row), strict=True)],
        stands.category,
        stands.tier,
    )


def _texts(case: AuditContext, later: list[list[int]], is_rename: bool) -> list[str]:
    changes = case.view.graph["name_changes"]
    codes, words = changes.words("kind")
    old, new = changes.texts("old_name"), changes.texts("new_name")

    def one(row: int) -> str:
        on = day_words(int(changes["changed_on"][row]))
        return f"{on} {old[row].as_py()} → {new[row].as_py()}" if is_rename else f"{on} {words[codes[row]]}"

    return ["、".join(one(row) for row in rows) for rows in later]
