"""The facts of a store as plain rows, for counting by hand."""

from __future__ import annotations

from typing import Any

from queries import Session


def rows_of(session: Session, table: str) -> list[dict[str, Any]]:
    columns = session.graph[table]
    names = [name for name in columns.arrow().column_names if name not in ("batch", "report_no")]
    vectors = {}
    for name in names:
        try:
            vectors[name] = columns[name].tolist()
        except TypeError:
            codes, words = columns.words(name)
            vectors[name] = [words[code] if code >= 0 else None for code in codes.tolist()]
    return [dict(zip(names, values, strict=True)) for values in zip(*(vectors[name] for name in names), strict=True)]
