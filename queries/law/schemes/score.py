"""From values to an index: one term per indicator, the best k of a group with a choice, and no number where too few are known.

All arithmetic is exact (fractions), so that 79.99… is never taken for 80.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import UnknownNameError, UsageError
from queries.law.schemes.values import basic_answers, checked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from queries.law.schemes.model import Indicator, IndicatorGroup, Scheme


@dataclass(frozen=True, slots=True)
class Term:
    """What one indicator gives: `share` of its weight (None: value unknown), and its points of the index."""

    group: IndicatorGroup
    indicator: Indicator
    value: Decimal | None
    share: Fraction | None
    points: Fraction | None
    """What it adds to the index; None where the value is unknown or the indicator does not count."""

    @property
    def counts(self) -> bool:
        """Return whether it is among those that count."""
        return self.points is not None


@dataclass(frozen=True)
class Scored:
    """The index of one unit. `index` and `passed` are None where values are missing; the bounds hold for whatever they are."""

    scheme: Scheme
    terms: tuple[Term, ...]
    index: Fraction | None
    lowest: Fraction
    highest: Fraction
    basics: tuple[tuple[Indicator, bool | None], ...]
    """Each basic requirement, and whether it is met; None where that is unknown."""
    missing: tuple[str, ...]
    """Indicators whose value is needed: of a group with a choice, all unknown ones while fewer than k are known."""

    @property
    def passed(self) -> bool | None:
        """Return whether every basic requirement is met and the index reaches the threshold; None where that is not known."""
        threshold = Fraction(self.scheme.threshold)
        if self.highest < threshold or self.basic_ok is False:
            return False
        return True if self.lowest >= threshold and (self.basic_ok or not self.basics) else None

    @property
    def basic_ok(self) -> bool | None:
        """Return whether every basic requirement is met, None where one is not known (or the scheme has none)."""
        met = [is_met for _, is_met in self.basics]
        return False if False in met else None if None in met or not met else True


def score(scheme: Scheme, values: Mapping[str, Decimal | float | int | bool | None]) -> Scored:
    """Score one unit; UsageError for an indicator that the scheme has not, or a value out of its bounds."""
    indicators = {indicator.id: indicator for indicator in scheme.indicators if indicator.weight} | basic_answers(
        scheme
    )
    read = {id: _read(indicators.get(id), id, value) for id, value in values.items()}
    basics = tuple((indicator, _met(read.get(indicator.basic_id))) for indicator in scheme.basics)
    scale = Fraction(scheme.full) / Fraction(scheme.total)
    terms: list[Term] = []
    missing: list[str] = []
    for group in scheme.groups:
        of_group = _terms(group, read, scale)
        terms += of_group
        missing += _missing(group, of_group)
    lowest = sum((term.points for term in terms if term.points is not None), Fraction())
    open_worth = sum((_open_worth(group, terms) for group in scheme.groups), Fraction())
    index = None if missing else lowest
    missing += [indicator.basic_id for indicator, is_met in basics if is_met is None]
    return Scored(scheme, tuple(terms), index, lowest, lowest + scale * open_worth, basics, tuple(missing))


def _met(value: Decimal | None) -> bool | None:
    return None if value is None else bool(value)


def _read(indicator: Indicator | None, id: str, value: Decimal | float | int | bool | None) -> Decimal | None:
    if indicator is None:
        raise UnknownNameError(Bilingual("指标", "indicator"), id, ())
    if value is None:
        return None
    exact = Decimal(str(int(value) if isinstance(value, bool) else value))
    wrong = checked(indicator, exact)
    if wrong is not None:
        raise UsageError(f"{id} {wrong[0]}，现为 {value}", f"{id}: {wrong[1]}, not {value}")
    return exact


def _terms(group: IndicatorGroup, values: Mapping[str, Decimal | None], scale: Fraction) -> list[Term]:
    """Return the terms of a group; with a choice the best k of the known ones count, earlier ones first among equals."""
    scored = [indicator for indicator in group.indicators if indicator.weight]
    shares = [_share(indicator, values.get(indicator.id)) for indicator in scored]
    by_share = sorted(
        (place for place, share in enumerate(shares) if share is not None),
        key=lambda place: (-(shares[place] or Fraction()), place),
    )
    chosen = set(by_share[: group.counted])
    return [
        Term(
            group,
            indicator,
            values.get(indicator.id),
            share,
            _points(indicator, share, scale) if place in chosen else None,
        )
        for place, (indicator, share) in enumerate(zip(scored, shares, strict=True))
    ]


def _points(indicator: Indicator, share: Fraction | None, scale: Fraction) -> Fraction | None:
    return None if share is None else share * Fraction(indicator.weight) * scale


def _share(indicator: Indicator, value: Decimal | None) -> Fraction | None:
    if value is None:
        return None
    exact = Fraction(value)
    if indicator.direction == "points":
        return exact / Fraction(indicator.weight)
    if indicator.direction == "yes_no":
        return exact
    assert indicator.lead is not None
    lead = Fraction(indicator.lead)
    if indicator.direction == "higher":
        return min(exact / lead, Fraction(1))
    return Fraction(1) if exact <= lead else lead / exact


def _missing(group: IndicatorGroup, terms: list[Term]) -> list[str]:
    unknown = [term.indicator.id for term in terms if term.share is None]
    counted = min(group.counted, len(terms))
    return unknown if len(terms) - len(unknown) < counted else []


def _open_worth(group: IndicatorGroup, terms: list[Term]) -> Fraction:
    """Return how much more the unknown values of a group could give: each takes the place of the least that counts."""
    of_group = [term for term in terms if term.group is group]
    unknown = sum(term.share is None for term in of_group)
    weight = Fraction(group.indicators[0].weight)
    if group.choose is None:
        return sum((Fraction(term.indicator.weight) for term in of_group if term.share is None), Fraction())
    counting = sorted(term.share for term in of_group if term.counts and term.share is not None)
    free = group.counted - len(counting)
    replaced = counting[: max(min(unknown, group.counted) - free, 0)]
    return weight * (min(unknown, free) + sum((1 - share for share in replaced), Fraction()))
