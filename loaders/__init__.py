"""From the files people send to a graph: sources, tables, headers, rows, who is who, facts."""

from __future__ import annotations

from loaders.load import load
from loaders.summary import LoadSummary

__all__ = ["LoadSummary", "load"]
