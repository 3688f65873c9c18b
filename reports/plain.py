"""Answers as data: csv and json, with ids for closed sets, ISO days and exact fractions.

A spreadsheet runs a csv cell that begins with `=`, `+`, `-` or `@` as a formula. Such *text* gets one apostrophe
in front; text that already begins with apostrophes before such a character gets one more, so that taking one away
(`unguarded`) always gives back what was there. Numbers are never touched, and json needs no guard.
"""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd

    from queries.answers.answer import Answer
    from queries.answers.column import Column

RUNS_AS_FORMULA = re.compile(r"'*[=+\-@＝＋－\uff20\t\r\n]")
WHOLE = frozenset({"count", "rank", "year"})
FRACTIONAL = frozenset({"share", "money", "number"})
BOM = b"\xef\xbb\xbf"


def csv_bytes(answer: Answer, *, bom: bool) -> bytes:
    """Return the answer as UTF-8 csv: null empty, yes/no as true/false, fractions with all their digits."""
    head = [column.name for column in answer.columns]
    cells = [_csv_cells(answer.table[column.name], column) for column in answer.columns]
    text = "".join(f"{','.join(row)}\n" for row in (head, *zip(*cells, strict=True)))
    return (BOM if bom else b"") + text.encode("utf-8")


def json_bytes(answer: Answer, imprint: Mapping[str, Any] | None = None) -> bytes:
    """Return the answer as one json object, one row a line; the imprint, where there is one, beside the rows."""
    head: dict[str, Any] = {
        "question": answer.question,
        "title": {"zh": answer.title.zh, "en": answer.title.en},
        "as_of": answer.as_of.isoformat(),
        "snapshot": answer.snapshot,
        "options": {name: plain_value(value) for name, value in answer.options.items()},
        "definition": {"zh": answer.definition.zh, "en": answer.definition.en},
        "clauses": [clause.model_dump(exclude={"values"}) for clause in answer.clauses],
        "notes": [{"zh": note.zh, "en": note.en} for note in answer.notes],
    }
    head |= answer.objects
    head |= {name: list(rows_of(part)) for name, part in answer.parts.items()}
    if imprint is not None:
        whole = head | {"rows": list(rows_of(answer))}
        head["imprint"] = {**imprint, "content": json_digest(whole)}
    opened = json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}")
    rows = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in rows_of(answer))
    listed = f"[\n{rows}\n  ]" if rows else "[]"
    return f'{opened},\n  "rows": {listed}\n}}\n'.encode()


def json_digest(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a json object whatever the order and layout of its keys, its imprint left out."""
    said = {name: value for name, value in content.items() if name != "imprint"}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def rows_of(answer: Answer) -> Iterator[dict[str, Any]]:
    """Yield the rows with plain Python values: str, bool, int, float, ISO days, None."""
    names = [column.name for column in answer.columns]
    cells = [_values(answer.table[column.name], column) for column in answer.columns]
    for row in zip(*cells, strict=True):
        yield dict(zip(names, row, strict=True))


def guarded(text: str) -> str:
    """Return text that no spreadsheet runs as a formula."""
    return f"'{text}" if RUNS_AS_FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return what `guarded` was given."""
    return text[1:] if text.startswith("'") and RUNS_AS_FORMULA.match(text) else text


def plain_value(value: Any) -> Any:
    """Return an option or a cell as json has it: days as ISO text, an exact fraction as the decimal it was, several as a list."""
    if isinstance(value, (tuple, list, frozenset)):
        return [plain_value(part) for part in value]
    if hasattr(value, "isoformat"):
        return str(value.isoformat())[:10]
    if isinstance(value, (str, bool, int, float)) or value is None:
        return value
    if isinstance(value, Fraction):
        return format(Decimal(value.numerator) / Decimal(value.denominator), "f")
    return str(value)


def _values(cells: pd.Series[Any], column: Column) -> list[Any]:
    """Return the cells of a column as plain values, None for null."""
    stated = cells.notna().to_numpy()
    of = _reader(column)
    return [of(value) if there else None for value, there in zip(cells.tolist(), stated, strict=True)]


def _reader(column: Column) -> Any:
    if column.kind in WHOLE:
        return int
    if column.kind in FRACTIONAL:
        return float
    return {"flag": bool, "day": plain_value}.get(column.kind, str)


def _csv_cells(cells: pd.Series[Any], column: Column) -> list[str]:
    write: Callable[[Any], str] = _quoted
    if column.kind == "flag":
        write = _true_or_false
    elif column.kind in WHOLE | FRACTIONAL:
        write = repr
    return ["" if value is None else write(value) for value in _values(cells, column)]


def _true_or_false(value: bool) -> str:
    return "true" if value else "false"


def _quoted(text: str) -> str:
    """Return text as a csv cell, guarded. Quoted by hand: the csv module leaves a lone carriage return bare."""
    text = guarded(text)
    if any(mark in text for mark in ',"\r\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
