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


def park_tally(view: View, base: Base, tier: Tier) -> Tally:
    """Count the tenants of every park; a tenant of two parks counts in both."""
    who = view.facts.tenants
    member, green = membership(view, base)[who.enterprise], view.green(tier)[who.enterprise]
    return tally(who.park, len(view.graph["parks"]), member, green)


def park_outputs(view: View, base: Base, tier: Tier) -> Outputs:
    """Sum the known output of every park's base, and of its green part."""
    who = view.facts.tenants
    member, green = membership(view, base)[who.enterprise], view.green(tier)[who.enterprise]
    return outputs(who.park, len(view.graph["parks"]), member, green, view.facts.output[who.enterprise])
