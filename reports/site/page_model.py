"""What a page is made of, before anything of HTML: headline figures, tables of answers, a tile map, a ladder, forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from queries.answers.answer import Answer


@dataclass(frozen=True, slots=True)
class Link:
    """Where words lead: a page, what it is about, and what the address says beside the day, tier, base and rules."""

    page: str
    subject: str = ""
    query: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline number: how it comes about stands under it, what it means in its title, its rows behind its link."""

    label: str
    value: str
    parts: str = ""
    """Numerator and denominator, bounds."""
    meaning: str = ""
    link: Link | None = None
    anchor: str = ""
    """The table of the same page that holds the rows, where no other page does."""


@dataclass(frozen=True, slots=True)
class RowLink:
    """How the cells of a column lead on: the page, and the column that says about what it is."""

    page: str
    subject: str


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """A table of an answer: which columns are shown, which cells lead on, how many rows stand on the page.

    The whole answer, all rows and columns, is what the table downloads as.
    """

    key: str
    title: str
    answer: Answer
    columns: tuple[str, ...]
    links: Mapping[str, RowLink] = field(default_factory=dict, hash=False)
    rows: int = 200
    whole: bool = True
    """Whether the answer is as a question gave it; a part, or rows with further columns, cannot be asked again for `verify`."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A city on the tile map, with its share and what it is a share of."""

    name: str
    share: float | None
    parts: str
    link: Link


@dataclass(frozen=True, slots=True)
class TileMap:
    """The thirteen cities as tiles, one share each."""

    title: str
    tiles: Sequence[Tile]


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A part of a whole: its code gives the colour, its label and count are always written beside it."""

    code: str
    label: str
    count: int
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class TierLadder:
    """A whole in its parts, from the highest tier down."""

    title: str
    steps: Sequence[LadderStep]

    @property
    def total(self) -> int:
        """Return the whole."""
        return sum(step.count for step in self.steps)


@dataclass(frozen=True, slots=True)
class FactList:
    """Labels and their values, such as code and city of an enterprise."""

    title: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form; `choices` are (value, words), none of them means free text."""

    name: str
    label: str
    value: str = ""
    choices: Sequence[tuple[str, str]] = ()
    kind: str = "text"
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Fields that ask the page again; frozen pages leave it out."""

    title: str
    fields: Sequence[Field]
    button: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A property that narrows a list: each value with how many units have it, and where it leads."""

    label: str
    values: Sequence[tuple[str, int, Link, bool]]


@dataclass(frozen=True, slots=True)
class Facets:
    """All the properties that narrow a list."""

    facets: Sequence[Facet]


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that stands out: nothing to show, or something to mind."""

    text: str
    kind: str = "note"


Block = AnswerTable | TileMap | TierLadder | FactList | Form | Facets | Notice


@dataclass(frozen=True, slots=True)
class Page:
    """A page: title, one sentence on what it tells, figures, blocks in reading order."""

    title: str
    lead: str = ""
    figures: Sequence[Figure] = ()
    blocks: Sequence[Block] = ()
    above: Sequence[tuple[str, Link]] = ()
    """Pages that this one belongs under."""

    def table(self, key: str) -> AnswerTable | None:
        """Return the table of a key."""
        return next((block for block in self.blocks if isinstance(block, AnswerTable) and block.key == key), None)
