"""What pages ask of a store: every answer once per day and options, and only what those for whom the site is made may know."""

from __future__ import annotations

from collections import OrderedDict
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, cast

from queries.registry import QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    import pandas as pd

    from queries import Answer, Session
    from queries.audience import Audience
    from queries.planning.plan import PlanAnswer
    from queries.planning.what_if import WhatIfAnswer

KEPT_ANSWERS: Final = 200
"""Answers that are kept; the one that was not asked for longest goes first."""


class SiteData:
    """A session and the answers it gave. Without an audience it tells whoever opened the store all that is in it."""

    def __init__(self, session: Session, audience: Audience | None = None) -> None:
        self.session = session
        self.audience = audience
        self._answers: OrderedDict[object, Any] = OrderedDict()
        self._lock = RLock()  # Pages are made in several threads, an answer in one.

    def ask(self, question: str, as_of: date, **options: Any) -> Answer:
        """Return the answer to a question, of the rows that concern the audience."""
        filters = self.audience.filters if self.audience else {}
        fits = {name: text for name, text in filters.items() if name in QUESTIONS[question].filters}
        asked = {name: value for name, value in (fits | options).items() if value not in (None, "")}
        return self._answer(
            ("ask", question, as_of, *sorted(asked.items())),
            lambda: self.disclosed(self.session.ask(question, as_of=as_of, **asked)),
        )

    def verdicts(self, as_of: date, **options: Any) -> Answer:
        """Return who may be recommended, one row a unit."""
        return self._answer(
            ("verdicts", as_of, *sorted(options.items())),
            lambda: self.disclosed(self.session.assess(as_of=as_of, **options).verdicts),
        )

    def findings(self, unit: str, as_of: date, **options: Any) -> Answer:
        """Return what every rule decides on a unit."""
        return self._answer(
            ("findings", unit, as_of, *sorted(options.items())),
            lambda: self.disclosed(self.session.assess(unit, as_of=as_of, **options).findings),
        )

    def plan(self, as_of: date, **options: Any) -> PlanAnswer:
        """Return a plan, for the audience where there is one."""
        if self.audience is not None:
            options["for_"] = tuple(f"{name}={text}" for name, text in self.audience.filters.items())
        return cast(
            "PlanAnswer",
            self.kept(
                ("plan", as_of, *sorted(options.items())),
                lambda: self.disclosed(self.session.plan(as_of=as_of, **options)),
            ),
        )

    def what_if(self, as_of: date, **options: Any) -> WhatIfAnswer:
        """Return what would change; the suppositions are the asker's own."""
        key = ("what-if", as_of, *sorted(options.items()))
        return cast("WhatIfAnswer", self.kept(key, lambda: self.session.what_if(as_of=as_of, **options)))

    def facts_of_unit(self, table: str, unit: str) -> pd.DataFrame:
        """Return the rows of a table of facts about an enterprise."""

        def make() -> tuple[pd.DataFrame, Mapping[Any, Any]]:
            frame = self.session.table(table)
            return frame, frame.groupby("enterprise_id", sort=False).indices

        frame, rows = self.kept(("facts", table), make)
        about: pd.DataFrame = frame.iloc[rows.get(unit, [])]
        return about

    def _answer(self, key: object, make: Callable[[], Answer]) -> Answer:
        answer: Answer = self.kept(key, make)
        return answer

    def disclosed(self, answer: Answer) -> Answer:
        """Return what the audience may know of an answer."""
        return answer if self.audience is None else self.audience.disclosed(answer)

    def kept(self, key: object, make: Callable[[], Any]) -> Any:
        """Return what was made under a key before, else make and keep it."""
        with self._lock:
            if key not in self._answers:
                self._answers[key] = make()
                while len(self._answers) > KEPT_ANSWERS:
                    self._answers.popitem(last=False)
            self._answers.move_to_end(key)
            return self._answers[key]
