"""Standard output for data, standard error for words, a progress bar where there is time to watch one."""

from __future__ import annotations

import os
import sys
from threading import Timer
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console
    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds of silence before a progress bar appears."""
UNBOUNDED = 100_000
"""A width no table reaches: a pipe or a file has no edge to fold at."""


def either(lang: str, zh: str, en: str) -> str:
    """Return the words of one language."""
    return zh if lang == "zh" else en


def say(*lines: str) -> None:
    """Write words to standard error."""
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.stderr.flush()


def page(width: int | None = None) -> Console:
    """Return standard output as a page: as wide as the terminal, or without edge when it is none."""
    from rich.console import Console

    if width is None and not sys.stdout.isatty():
        width = UNBOUNDED
    return Console(width=width, highlight=False, markup=False, emoji=False)


def mend_encoding() -> None:
    """Never fail on a character that the terminal's encoding lacks: show it as `?`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def close_quietly() -> None:
    """Point standard output nowhere, so that nothing complains at exit when the reader (`head`) has gone."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


class Working:
    """A progress bar on standard error, after a second and only on a terminal; called as `Progress`."""

    def __init__(self, what: str) -> None:
        self._stage, self._done, self._total = what, 0, 0
        self._bar: Progress | None = None
        self._timer = Timer(PATIENCE, self._appear)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        if self._timer.ident is not None:
            self._timer.join()  # it may be putting up the bar right now
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` steps of a stage are done; a total of 0 is not known."""
        self._stage, self._done, self._total = stage, done, total
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], description=stage, completed=done, total=total or None)

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import Progress

        bar = Progress(console=Console(stderr=True), transient=True)
        bar.add_task(self._stage, completed=self._done, total=self._total or None)
        bar.start()
        self._bar = bar
