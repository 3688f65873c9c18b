"""What is asked next as a form: blank cells beside whom they are about, in the shape of the lists, to be filled in and loaded.

A unit that is on no register stands on a sheet of its own where its name is blank as well: a line that nobody fills in must not
put it on the register, and who does has held the name against the real one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graph_model.records import RECORDS, fields_of
from graph_model.tiers import CATEGORY_ZH, Category
from reports.sheets import Book, Head

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from queries.answers.answer import Answer

    Row = dict[str, Any]

IDENTITY: Final[Mapping[str, Mapping[str, str]]] = {
    "attestations": {"kind": "item"},
    "enterprises": {"name": "unit", "uscc": "uscc"},
    "parks": {"name": "unit"},
    "reports": {"report_no": "item", "unit": "unit", "uscc": "uscc", "category": "category"},
    "agencies": {"name": "item"},
    "incidents": {
        "unit": "unit", "uscc": "uscc", "kind": "item", "occurred_on": "occurred_on", "decided_on": "decided_on",
    },
}  # fmt: skip
"""Per list the fields that say whom a line is about, and the column of the answer that gives each."""
ALSO: Final = {"attestations": ("source",)}
"""Fields that are asked along: nobody believes a record of looking up without where."""
KNOWN_AS: Final = "库中名称（仅供对照）"
NOT_ASKED: Final = "/"
"""Stands in cells that need not be filled in; lists read it as blank."""
UNREGISTERED: Final = "（待核实名称）"
TITLE: Final = "填报表"


def file_bytes(answer: Answer) -> bytes:
    """Return the answer of `ask-next` as a form (xlsx): a sheet per list, a line per unit, report or kind."""
    category = CATEGORY_ZH[Category(str(answer.options.get("category", Category.FACTORY.value)))]
    asked = [_plain(row) | {"category": category} for row in answer.table.to_dict("records")]
    with Book(TITLE, mark="input") as book:
        for table in IDENTITY:
            rows = [row for row in asked if row["list"] == table]
            named = [row for row in rows if table != "enterprises" or row["on_register"]]
            _sheet(book, table, named, RECORDS[table].title)
            _sheet(
                book, table, [row for row in rows if row not in named], RECORDS[table].title + UNREGISTERED, known=True
            )
        if not asked:
            book.page(TITLE, TITLE, [("", "没有须补填的缺项")])
    return book.to_bytes()


def _plain(row: Mapping[Any, Any]) -> Row:
    """Return a row with None for every null and days as days."""
    return {
        str(name): None if value is None or value != value else getattr(value, "date", lambda same=value: same)()
        for name, value in row.items()
    }


def _sheet(book: Book, table: str, rows: Sequence[Row], name: str, *, known: bool = False) -> None:
    """Add the lines of a list; with `known` the unit's name stands beside the blank one."""
    if not rows:
        return
    identity = dict(IDENTITY[table])
    if known:
        identity = {"uscc": "uscc"}
    fields = [field for field in fields_of(RECORDS[table]) if field in {row["field"] for row in rows}]
    blank = [*(["name"] if known and "name" not in fields else []), *fields, *ALSO.get(table, ())]
    heads = [*([KNOWN_AS] if known else []), *(_header(table, field) for field in (*identity, *blank))]
    book.sheet(name, [Head(head) for head in heads], _lines(rows, identity, blank, known=known))


def _header(table: str, field: str) -> str:
    header: str = fields_of(RECORDS[table])[field].headers[0]
    return header


def _lines(
    rows: Sequence[Row], identity: Mapping[str, str], blank: Sequence[str], *, known: bool
) -> Iterator[list[Any]]:
    """Yield a line per unit, report or kind: what is asked of it is blank, every other cell says that it need not be filled in."""
    asked: dict[tuple[Any, ...], set[str]] = {}
    for row in rows:
        line = (*([row["unit"]] if known else []), *(_identity(row, column) for column in identity.values()))
        asked.setdefault(line, {"name", *ALSO.get(row["list"], ())}).add(row["field"])
    for line, fields in asked.items():
        yield [*line, *(None if field in fields else NOT_ASKED for field in blank)]


def _identity(row: Row, column: str) -> str | None:
    """Return what says whom a line is about; a part that is blank stays blank, but for a code, which may be supplied."""
    value = row[column]
    return str(value) if value is not None else None if column == "uscc" else NOT_ASKED
