"""The only place that knows which engine answers. Engines give facts; what is concluded from them is the same for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph_model.view import View
    from queries.question import Options, Question


class MemoryEngine:
    """Gathers facts from a view in memory."""

    def __init__(self, view: View) -> None:
        self._view = view

    def facts(self, question: Question, options: Options) -> Any:
        """Return the facts of a question."""
        return question.in_memory(self._view, options)
