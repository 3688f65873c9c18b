"""`verdigraph report`: site, workbook, letter and lists of a day, for the province, a city, a park or a leader."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graph_model.bilingual import Bilingual
from graph_model.errors import DoesNotFitError, MissingOptionError
from reports.books import official_lists, planner
from reports.delivery import in_memory_only, opened
from reports.flags import QUOTE, Flag, read_options
from reports.letters import letter
from reports.scope import ReportScope
from reports.terminal import Working, either, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from queries import Session

OWN: Final = (
    Flag(
        "for_", "给谁：province、city=设区市、park=园区、leader=龙头企业", "for whom: province, city=, park= or leader="
    ),
    Flag("since", "从哪一天起的变化", "tell what changed since this day", is_day=True),
    Flag("parts", "只要哪几样：site、book、letter、lists，以逗号分开", "only these parts: site, book, letter, lists"),
)


def _site(session: Session, scope: ReportScope, folder: Path) -> list[Path]:
    from reports.site import frozen

    return [frozen.write(session, scope, folder)]


def _book(session: Session, scope: ReportScope, folder: Path) -> list[Path]:
    return [planner.write(session, scope, folder)]


def _letter(session: Session, scope: ReportScope, folder: Path) -> list[Path]:
    return [letter.write(session, scope, folder)]


def _lists(session: Session, scope: ReportScope, folder: Path) -> list[Path]:
    lists = official_lists.write(session, scope, folder)
    say(*(note.in_(scope.lang) for note in lists.notes))
    return list(lists.paths)


PARTS: Final[Mapping[str, Callable[[Session, ReportScope, Path], list[Path]]]] = {
    "site": _site,
    "book": _book,
    "letter": _letter,
    "lists": _lists,
}
"""What a report is made of, by the name that `--parts` takes."""


def report(words: Sequence[str], lang: str) -> None:
    """Write what the words of the command line ask for into a folder."""
    asked = read_options(words, OWN, QUOTE)
    common = asked.common
    in_memory_only(common)
    if "out" not in common:
        raise MissingOptionError(Bilingual("报告", "report"), "out")
    parts, scope = _parts(asked.own.get("parts")), _scope(asked.own, common, lang)
    session = opened(common)
    scope.audience(session)
    folder = Path(common["out"])
    folder.mkdir(parents=True, exist_ok=True)
    for name in parts:
        with Working(either(lang, f"正在写 {name}", f"writing {name}")):
            paths = PARTS[name](session, scope, folder)
        say(*(either(lang, f"已写入 {path}", f"wrote {path}") for path in paths))


def _scope(own: Mapping[str, Any], common: Mapping[str, Any], lang: str) -> ReportScope:
    day = common.get("as_of") or date.today()
    since = own.get("since")
    if since is not None and since >= day:
        raise DoesNotFitError("since", since, Bilingual("应早于截至日期", "a day before that of --as-of is expected"))
    return ReportScope(day, own.get("for_", "province"), lang, since)


def _parts(given: str | None) -> list[str]:
    names = list(PARTS) if given is None else [name.strip() for name in given.replace("，", ",").split(",")]
    for name in names:
        if name not in PARTS:
            listed = "、".join(PARTS)
            raise DoesNotFitError(
                "parts", name, Bilingual(f"应为 {listed} 之一", f"one of {', '.join(PARTS)} is expected")
            )
    return names
