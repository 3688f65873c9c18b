"""Facts held against units, in words: what D-18, D-20, D-22 and D-22.3 rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from queries.duties.standing import day_words, list_words
from queries.measures.incident_days import incident_days

if TYPE_CHECKING:
    from graph_model.arrays import Flags
    from graph_model.view import View


def of_kinds(view: View, kinds: tuple[str, ...]) -> Flags:
    """Return which incidents are of some kinds."""
    codes, words = view.graph["incidents"].words("kind")
    chosen: Flags = np.array([word in kinds for word in words] + [False])[codes]
    return chosen


def incident_words(view: View, row: int) -> str:
    """Return an incident in words, such as 安全事故（重大）2024-05-01，市应急管理局通报."""
    incidents = view.graph["incidents"]
    texts = {}
    for column in ("kind", "severity", "source"):
        codes, words = incidents.words(column)
        texts[column] = words[codes[row]] if codes[row] >= 0 else ""
    grade = f"（{texts['severity']}）" if texts["severity"] else ""
    source = f"，{texts['source']}" if texts["source"] else ""
    return f"{texts['kind']}{grade} {day_words(int(incident_days(view.graph)[row]))}{source}"


def removal_words(view: View, row: int) -> str:
    """Return a removed listing in words."""
    listings = view.graph["listings"]
    codes, words = listings.words("removal_reason")
    reason = words[codes[row]] if codes[row] >= 0 else "原因未填"
    listed = list_words(int(listings["category"][row]), int(listings["tier"][row]))
    return f"{day_words(int(listings['removed_on'][row]))} 移出{listed}（{reason}）"
