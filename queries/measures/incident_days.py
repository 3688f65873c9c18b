"""The day of an incident: when it happened, else when it was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.days import OPEN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from graph_model.graph_tables import GraphTables


def incident_days(graph: GraphTables) -> NDArray[np.int32]:
    """Return the day number of every incident, `OPEN` where neither day is known. SPEC 4."""
    incidents = graph["incidents"]
    return np.where(incidents["occurred_on"] == OPEN, incidents["decided_on"], incidents["occurred_on"])
