"""Which facts of tenants reach which parks ("含园区内企业"): one function for `assess` and `audit`. RULES D-18.

A fact reaches a park when some day lies in all three of the window, the tenancy and the fact: who is a debtor while a tenant
counts, whenever the debt began; who left before the window does not. A fact whose day is unknown may have been on any day of
the tenancy. Nothing passes from a park to its tenants. What a fact that reaches the park then does, `law.propagation` says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph_model.days import ALWAYS, OPEN, number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graph_model.arrays import Ints32, Ints64, Rows
    from graph_model.view import View
    from queries.law.adverse import AdverseFact


class Reached(NamedTuple):
    """Pairs of a park (row) and a fact (place among the facts) that reaches it: by park and fact, each pair once."""

    park: Rows
    fact: Rows
    left: Ints64
    """The tenant's last day in the park of those that the fact reaches, `OPEN` where he is there on the day."""


def parks_reached(view: View, window_start: date, enterprise: Ints32, facts: Sequence[AdverseFact]) -> Reached:
    """Return which parks the facts of enterprises (-1 for none) reach as facts of their tenants."""
    spans = [_span(fact) for fact in facts]
    own, tenancy = _meetings(view, enterprise)
    tenancies = view.graph["tenancies"]
    first = np.array([span[0] for span in spans], dtype=np.int64)[own]
    last = np.array([span[1] for span in spans], dtype=np.int64)[own]
    begins = np.maximum(np.maximum(first, tenancies["start"][tenancy]), number(window_start))
    ends = np.minimum(np.minimum(last, tenancies["end"][tenancy].astype(np.int64) - 1), view.facts.number)
    met = begins <= ends
    here = tenancies["end"][tenancy] > view.facts.number
    left = np.where(here, OPEN, tenancies["end"][tenancy].astype(np.int64) - 1)
    park, fact, left = tenancies["park"][tenancy][met].astype(np.intp), own[met], left[met]
    order = np.lexsort((-left, fact, park))
    park, fact, left = park[order], fact[order], left[order]
    new = np.append(True, (park[1:] != park[:-1]) | (fact[1:] != fact[:-1]))[: len(park)]
    return Reached(park[new], fact[new], left[new])


def tenants_in_window(view: View, window_start: date) -> tuple[Rows, Rows]:
    """Return parks and their tenants (rows) of some day of the window, each pair once."""
    tenancies = view.graph["tenancies"]
    day, since = view.facts.number, number(window_start)
    begins, ends = np.maximum(tenancies["start"], since), np.minimum(tenancies["end"].astype(np.int64) - 1, day)
    met = begins <= ends
    pairs = np.unique(np.stack([tenancies["park"][met], tenancies["enterprise"][met]]), axis=1).astype(np.intp)
    return pairs[0], pairs[1]


def _span(fact: AdverseFact) -> tuple[int, int]:
    """Return the first and the last day of a fact, as numbers: all days where its day is unknown, none where it never held."""
    if fact.first is None:
        return ALWAYS, OPEN
    if fact.span is None:
        return OPEN, ALWAYS
    return number(fact.span.first), OPEN if fact.span.last is None else number(fact.span.last)


def _meetings(view: View, enterprise: Ints32) -> tuple[Rows, Rows]:
    """Return every pair of a fact (its place) and a tenancy (its row) of the same enterprise."""
    tenant = view.graph["tenancies"]["enterprise"]
    order = np.argsort(tenant, kind="stable")
    sorted_tenants = tenant[order]
    low = np.searchsorted(sorted_tenants, enterprise, "left")
    count = np.where(enterprise >= 0, np.searchsorted(sorted_tenants, enterprise, "right") - low, 0)
    own = np.repeat(np.arange(len(enterprise)), count)
    within = np.arange(len(own)) - np.repeat(np.cumsum(count) - count, count)
    return own, order[np.repeat(low, count) + within]
