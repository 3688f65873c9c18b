"""From the files people send to a graph: sources, tables, headers, rows, who is who, facts."""

from __future__ import annotations

from loaders.issues.summary import LoadSummary
from loaders.load import load

__all__ = ["LoadSummary", "load"]
