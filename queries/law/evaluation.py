"""Facts that several articles share: a report, a ban on its agency, the place of a park among the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from graph_model.bilingual import Bilingual

MODES: Final = {"self": Bilingual("自评价", "self-evaluation"), "third_party": Bilingual("第三方评价", "a third party")}


@dataclass(frozen=True, slots=True)
class ReportFact:
    """An evaluation report as far as it is known; `day` is the day of submission, else of issue."""

    number: str
    mode: str | None = None
    agency: str | None = None
    agency_qualified_on: date | None = None
    day: date | None = None
    standard: str | None = None
    score: float | None = None
    score_max: float | None = None
    basic_ok: bool | None = None

    def follows(self, standard: str) -> bool:
        """Return whether the standard on record names `standard`; writers differ in spaces and dashes."""
        return _plain(standard) in _plain(self.standard or "")


@dataclass(frozen=True, slots=True)
class BanOnAgency:
    """A decision on the agency of a report, and whether it covers the unit's region (None: not known finely enough)."""

    decided: date
    authority: str
    covers: bool | None = None


@dataclass(frozen=True, slots=True)
class ParkStanding:
    """The place of a park by its share of green factories."""

    green: int
    base: int
    rank: int
    parks: int
    below_median: bool


def _plain(text: str) -> str:
    return "".join(text.split()).upper().translate({ord(dash): "-" for dash in "—–－_"})
