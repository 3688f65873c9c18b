"""D-21: a listing under a former name is shown with the present one; a change of scope, site or boundary is looked into.

The lists do not say when a spelling was used; a listing published before the unit took its present name is under a former one.
A word of a change that is in no list of words is asked about.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.days import OPEN
from graph_model.kinds import NODE_KINDS
from graph_model.values.coded import CHANGE_KINDS, RENAMED
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding
from queries.duties.sentences import sentence
from queries.duties.standing import day_words, listing_words, standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.bilingual import Bilingual
    from queries.duties.duty_findings import Kind
    from queries.duties.standing import StandingListings

MAJOR: Final = {
    "经营范围": "scope of business",
    "生产地址": "production site",
    "组织边界": "organisational boundary",
    "合并": "merger",
    "投资": "investment",
    "并购": "acquisition",
}
"""Changes of Art. 21 after which a listed unit may no longer meet the standards, and their English."""


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield listings whose unit has changed its name, or its scope, site or boundary, since they were published."""
    for kind in UNIT_KINDS:
        stands, later = _changed_since(case, kind)
        yield _renamed(case, kind, stands, later)
        yield _changed(case, kind, stands, later)


def _changed_since(case: AuditContext, kind: Kind) -> tuple[StandingListings, list[list[int]]]:
    """Return the listings of units that changed, each with the rows of the changes since it was published."""
    changes = case.view.graph["name_changes"]
    known = (changes["changed_on"] <= case.day) | (changes["changed_on"] == OPEN)
    by_unit: defaultdict[int, list[int]] = defaultdict(list)
    rows = np.flatnonzero(known & (changes[kind] >= 0))
    for unit, row in zip(changes[kind][rows].tolist(), rows.tolist(), strict=True):
        by_unit[unit].append(row)
    stands = standing(case.view, kind)
    stands = stands.at(np.isin(stands.unit, changes[kind][rows]))
    later = [
        [row for row in by_unit[unit] if changes["changed_on"][row] > since]
        for unit, since in zip(stands.unit.tolist(), stands.since.tolist(), strict=True)
    ]
    return stands, later


def _renamed(case: AuditContext, kind: Kind, stands: StandingListings, later: list[list[int]]) -> Finding:
    """Return the listings under a former name, one row each, with the present name."""
    stands, renames = _of_changes(stands, later, [RENAMED in kinds for kinds in _kinds(case)], case)
    names = case.view.graph[NODE_KINDS[kind].table].texts("name", stands.unit).to_pylist()
    return _finding(case, kind, stands, renames, [sentence("former_name", name=name) for name in names], "info")


def _changed(case: AuditContext, kind: Kind, stands: StandingListings, later: list[list[int]]) -> Finding:
    """Return the listings since which scope, site or boundary changed, or something that cannot be read."""
    looked_at = [bool(kinds & (MAJOR.keys() | {None})) for kinds in _kinds(case)]
    stands, changes = _of_changes(stands, later, looked_at, case)
    return _finding(case, kind, stands, changes, [_reason(case, rows) for rows in changes], "check")


def _kinds(case: AuditContext) -> list[frozenset[str | None]]:
    """Return what each word of the kinds of change means (None among them: a word not known), last a blank: a rename."""
    _, words = case.view.graph["name_changes"].words("kind")
    return [*(CHANGE_KINDS.meanings(word) for word in words), frozenset((RENAMED,))]


def _of_changes(
    stands: StandingListings, later: list[list[int]], chosen: list[bool], case: AuditContext
) -> tuple[StandingListings, list[list[int]]]:
    """Return the listings that have changes of the chosen kinds, and those changes."""
    codes, _ = case.view.graph["name_changes"].words("kind")
    changes = [[row for row in rows if chosen[codes[row]]] for rows in later]
    return stands.at(np.array([bool(rows) for rows in changes], dtype=bool)), [rows for rows in changes if rows]


def _reason(case: AuditContext, rows: list[int]) -> Bilingual:
    """Return why changes are looked into: a known major one goes before a word that cannot be read."""
    kinds, (codes, words) = _kinds(case), case.view.graph["name_changes"].words("kind")
    meant = [kind for kind in MAJOR if any(kind in kinds[codes[row]] for row in rows)]
    if meant:
        return sentence("changed", kind=("、".join(meant), ", ".join(MAJOR[kind] for kind in meant)))
    return sentence("change_unreadable", kind="、".join(dict.fromkeys(words[codes[row]] for row in rows)))


def _finding(
    case: AuditContext,
    kind: Kind,
    stands: StandingListings,
    changes: list[list[int]],
    reasons: list[Bilingual],
    severity: str,
) -> Finding:
    listed = listing_words(case.view, stands.row)
    return Finding(
        "D-21",
        "info" if severity == "info" else "check",
        kind,
        stands.unit,
        reasons,
        [f"{_texts(case, rows)}；{words}" for rows, words in zip(changes, listed, strict=True)],
        [
            tuple(("name_changes", row) for row in rows) + listing
            for rows, listing in zip(changes, stands.evidence, strict=True)
        ],
        stands.category,
        stands.tier,
    )


def _texts(case: AuditContext, rows: list[int]) -> str:
    changes = case.view.graph["name_changes"]
    codes, words = changes.words("kind")
    at = np.array(rows)
    old, new = (changes.texts(name, at).to_pylist() for name in ("old_name", "new_name"))
    texts = []
    for place, row in enumerate(rows):
        on = day_words(int(changes["changed_on"][row]))
        what = words[codes[row]] if codes[row] >= 0 else "更名"
        names = f"：{old[place]} → {new[place]}" if old[place] != new[place] else ""
        texts.append(f"{on}{what}{names}")
    return "、".join(texts)
