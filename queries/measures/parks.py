"""Counts per park: tenants, members, greens and their output. SPEC 6.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from queries.measures.tally import Base, Outputs, Tally, membership, outputs, tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.tiers import Tier
    from graph_model.view import View


def shown_parks(view: View) -> NDArray[np.intp]:
    """Return the parks on record that are not known to be outside, as row numbers in id order."""
    return np.flatnonzero(view.facts.on_record("parks") & ~view.graph.outside("parks"))


def tenant_membership(view: View, base: Base) -> NDArray[np.int8]:
    """Return for every pair of park and tenant whether it counts in the park's base: 1 yes, 0 no, -1 unknown.

    Who would be in the base, but may have left on a day that nobody can read, is unknown. SPEC 8.
    """
    who = view.facts.tenants
    member = membership(view, base)[who.enterprise]
    return np.where(who.certain | (member == 0), member, -1).astype(np.int8)


def park_tally(view: View, base: Base, tier: Tier) -> Tally:
    """Count the tenants of every park; a tenant of two parks counts in both."""
    who = view.facts.tenants
    member, green = tenant_membership(view, base), view.green(tier)[who.enterprise]
    return tally(who.park, len(view.graph["parks"]), member, green)


def park_outputs(view: View, base: Base, tier: Tier) -> Outputs:
    """Sum the known output of every park's base, and of its green part."""
    who = view.facts.tenants
    member, green = tenant_membership(view, base), view.green(tier)[who.enterprise]
    return outputs(who.park, len(view.graph["parks"]), member, green, view.facts.output[who.enterprise])
