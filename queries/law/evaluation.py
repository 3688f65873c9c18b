"""Facts that several articles share: a report, a ban on its agency, the place of a park among the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from graph_model.bilingual import Bilingual

MODES: Final = {"self": Bilingual("自评价", "self-evaluation"), "third_party": Bilingual("第三方评价", "a third party")}
GENERAL_STANDARD: Final = "GB/T 36132"


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
    accepted: bool = False
    """Whether it was accepted by the day; a refused one is no report, so any other is pending (评审中)."""
    score_from: str | None = None
    """Where score, scale and basic requirements were read, where they were handed in beside the report."""

    @property
    def standard_of_industry(self) -> bool:
        """Return whether its standard is one of a single industry: the name says 绿色工厂评价, and it is not the general one."""
        name = _plain(self.standard or "")
        return "绿色工厂评价" in name and "绿色工厂评价通则" not in name and _plain(GENERAL_STANDARD) not in name

    def follows(self, standard: str) -> bool:
        """Return whether the standard on record names `standard`; writers differ in spaces and dashes."""
        return _plain(standard) in _plain(self.standard or "")


@dataclass(frozen=True, slots=True)
class BanOnAgency:
    """A decision on the agency of a report, on a day that may be unknown, and whether it covers the unit's region.

    `covers` is None where the region is not known finely enough.
    """

    decided: date | None
    authority: str
    covers: bool | None = None


@dataclass(frozen=True, slots=True)
class ListingFact:
    """A listing published by the day: whether it is active (None: its end cannot be read), or when and why it was removed."""

    active: bool | None = True
    removed_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ComplaintFact:
    """A complaint that names itself and was found true by the day."""

    received_on: date | None = None
    verified_on: date | None = None


@dataclass(frozen=True, slots=True)
class ParkStanding:
    """The place of a park among those of the province, by its share of green factories and by their number."""

    green: int
    base: int
    rank: int
    count_rank: int
    parks: int
    below_median: bool


def _plain(text: str) -> str:
    return "".join(text.split()).upper().translate({ord(dash): "-" for dash in "—–－_"})
