"""A session over nothing: for questions that need no facts of the graph, such as a scored scheme."""

from __future__ import annotations

from graph_model.columns import Columns
from graph_model.graph import KnowledgeGraph
from graph_model.regions import jiangsu
from graph_model.schema import TABLES, arrow_schema
from queries.session import Session

WITHOUT_STORE = frozenset({"scheme"})
"""Questions that may be asked without a store."""


def session_over_nothing() -> Session:
    """Return a session whose tables are all empty."""
    tables = {table: Columns(table, arrow_schema(table).empty_table()) for table in TABLES}
    return Session(KnowledgeGraph(tables, jiangsu(), ""))
