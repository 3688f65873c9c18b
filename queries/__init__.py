"""What people ask the graph, and how it answers."""

from __future__ import annotations

from queries.answer import Answer
from queries.session import Session, open_store

__all__ = ["Answer", "Session", "open_store"]
