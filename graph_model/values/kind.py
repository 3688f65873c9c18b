"""What a kind of value is: a name, an Arrow type, and one parser from text.

The parser is the only reading of a cell there is. `Kind.read` hands it to pydantic for single rows, the loaders hand it
the distinct texts of a whole column, so both readings agree by construction.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple

import pyarrow as pa
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from graph_model.characters import without_space as without_space

STRINGS: Final = pa.dictionary(pa.int32(), pa.string())
"""Arrow type of all texts: a few distinct values, many rows."""

UNKNOWN: Final = frozenset({"", "/", "-", "—", "--", "——", "无数据", "不详", "未知"})
"""Cells that say nothing, after NFKC and without whitespace."""

CELL_ERRORS: Final = frozenset(
    {"#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)
"""What Excel shows in a cell whose formula fails."""

Level = Literal["error", "warning", "hint"]


class Remark(NamedTuple):
    """What is doubtful about a cell: the level it has in an optional column, and the kind of issue."""

    level: Level
    code: str


class ParsedValue(NamedTuple):
    """A value read from text; `value` None is unknown, `remark` says why if that is doubtful."""

    value: Any
    remark: Remark | None = None


NOTHING: Final = ParsedValue(None)
Parser = Callable[[str], ParsedValue]


@dataclass(frozen=True)
class Kind:
    """A kind of value. Stands in `Annotated[...]` of a record's field."""

    name: str
    arrow: pa.DataType
    parser: Parser
    plain: Callable[[pa.Array], pa.Array] | None = None
    """Tells of many texts at once which are their own value, without remark. Spares the parser most names and codes."""

    def parse(self, text: str) -> ParsedValue:
        """Return the value that a cell writes."""
        return warning("cell_error") if text.strip() in CELL_ERRORS else self.parser(text)

    def read(self, value: object) -> object:
        """Return the value of a text; anything else is taken as read already."""
        return self.parse(value).value if isinstance(value, str) else value

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic read texts with the parser and check the type of everything else."""
        return core_schema.no_info_before_validator_function(self.read, handler(source))


def compact(text: str) -> str:
    """Return `text` in NFKC without whitespace: how codes, numbers and coded words are compared."""
    # NFKC makes a space of an accent that stands alone; without it, the accent may join the letter before.
    return unicodedata.normalize("NFKC", without_space(unicodedata.normalize("NFKC", text)))


def says_nothing(text: str) -> bool:
    """Tell whether a cell means unknown."""
    return compact(text) in UNKNOWN


def warning(code: str) -> ParsedValue:
    """Return an unknown value with a warning."""
    return ParsedValue(None, Remark("warning", code))
