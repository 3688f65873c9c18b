"""The clause map: what carries each place of a policy document, or why nothing does, read from the files beside this one."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from graph_model.bilingual import Bilingual
from queries.law.marked_yaml import StrictModel
from queries.law.ruleset_model import SourceDocument

if TYPE_CHECKING:
    from queries.law.policy_text import Sentence


class MappedPlace(StrictModel):
    """A place (`17.5#3`; without a sentence all of it) and what carries it; `because` is why what is left is not enforced."""

    at: str
    rules: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    because: str | None = None

    @property
    def path(self) -> tuple[int, ...]:
        """Return the place as numbers."""
        return tuple(int(part) for part in self.at.partition("#")[0].split("."))

    @property
    def sentence(self) -> int | None:
        """Return which sentence of the place is meant, None for all of them."""
        number = self.at.partition("#")[2]
        return int(number) if number else None

    @property
    def carried(self) -> bool:
        """Whether anything carries it."""
        return bool(self.rules or self.duties or self.deadlines or self.questions or self.data)

    def holds(self, sentence: Sentence) -> bool:
        """Return whether a sentence stands in this place."""
        path = self.path
        return sentence.path[: len(path)] == path and self.sentence in (None, sentence.number) and (
            self.sentence is None or sentence.path == path
        )  # fmt: skip


class ClauseMap(StrictModel):
    """The map of one document."""

    document: SourceDocument
    title: str
    because: dict[str, tuple[str, str]]
    """Why a place is not enforced, in Chinese and English, by a short name."""
    places: tuple[MappedPlace, ...]

    def reason(self, place: MappedPlace) -> Bilingual | None:
        """Return why a place, or what is left of it, is not enforced."""
        return Bilingual(*self.because[place.because]) if place.because else None

    def place_of(self, sentence: Sentence) -> MappedPlace | None:
        """Return the most specific entry for a sentence, None where the map lacks it."""
        holding = [place for place in self.places if place.holds(sentence)]
        return max(holding, key=lambda place: (len(place.path), place.sentence is not None), default=None)


@cache
def clause_maps() -> dict[SourceDocument, ClauseMap]:
    """Return every map by its document."""
    maps = {}
    for file in sorted(files(__name__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            read = ClauseMap.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
            maps[read.document] = read
    return maps
