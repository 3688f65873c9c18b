"""What people ask the graph, and how it answers. A room of Verdigraph."""

from __future__ import annotations

from queries.answers.answer import Answer
from queries.session import ServerSession, Session, open_server, open_store

__all__ = ["Answer", "ServerSession", "Session", "open_server", "open_store"]
