"""From the files people send to a graph: sources, tables, headers, rows, entity resolution, facts. A room of Verdigraph."""

from __future__ import annotations

from loaders.issues.summary import LoadSummary
from loaders.load import load

__all__ = ["LoadSummary", "load"]
