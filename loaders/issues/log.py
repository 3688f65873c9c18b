"""Issues of loading: collected by the column, told by the row.

`IssueLog.add` takes many rows in one call and keeps every count; details beyond `DETAILS` rows of one group are only
counted, so a hint on ten million rows costs a few arrays. SPEC 4, reading rules.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from typing import Any, Final

import numpy as np

from loaders.issues.catalogue import KINDS, LEVELS, Level

_Key = tuple[str, Level, str | None, str | None, str | None, str | None]

DETAILS: Final = 100_000
"""Rows of one group that are kept with their value."""


@dataclass(frozen=True)
class Issue:
    """One issue at one place."""

    code: str
    level: Level
    table: str | None
    file: str | None
    sheet: str | None
    row: int | None
    column: str | None
    value: str | None
    facts: dict[str, str]

    def message(self, lang: str = "zh") -> str:
        """Say what is wrong."""
        return self._say(KINDS[self.code].what.in_(lang))

    def expected(self, lang: str = "zh") -> str:
        """Say what was expected."""
        return self._say(KINDS[self.code].expected.in_(lang))

    def cure(self, lang: str = "zh") -> str:
        """Say what to do."""
        left_out = self.level == "error" and KINDS[self.code].level != "error"
        if left_out:
            return "请改正；该行未读入" if lang == "zh" else "correct it; the row was left out"
        return self._say(KINDS[self.code].cure.in_(lang))

    def place(self) -> str:
        """Return file, sheet, row and column in one text."""
        row = None if self.row is None else f"{self.row}"
        return " · ".join(part for part in (self.file, self.sheet, row, self.column) if part)

    def _say(self, template: str) -> str:
        facts = {"table": self.table or "", "column": self.column or "", "value": self.value or ""}
        return template.format_map(defaultdict(str, facts | self.facts))


@dataclass
class IssueGroup:
    """Issues of one kind in one column of one sheet."""

    code: str
    level: Level
    table: str | None
    file: str | None
    sheet: str | None
    column: str | None
    facts: dict[str, str]
    count: int = 0
    rows: list[int | None] = field(default_factory=list)
    values: list[str | None] = field(default_factory=list)

    def __iter__(self) -> Iterator[Issue]:
        for row, value in zip(self.rows, self.values, strict=True):
            yield Issue(self.code, self.level, self.table, self.file, self.sheet, row, self.column, value, self.facts)

    @property
    def beyond(self) -> int:
        """How many issues are counted without detail."""
        return self.count - len(self.rows)


class IssueLog:
    """All issues of one load."""

    def __init__(self) -> None:
        self._groups: dict[tuple[Any, ...], IssueGroup] = {}

    def add(
        self,
        code: str,
        *,
        level: Level | None = None,
        table: str | None = None,
        file: str | None = None,
        sheet: str | None = None,
        rows: int | Sequence[int] | np.ndarray | None = None,
        column: str | None = None,
        values: Any = None,
        **facts: object,
    ) -> None:
        """Add issues of one kind at `rows` with their `values`; one without a row if `rows` is None.

        `rows` and `values` are single or equally many; `values` may be an Arrow array. `level` goes before the
        level of the catalogue.
        """
        group = self._group((code, level or KINDS[code].level, table, file, sheet, column), facts)
        count = 1 if rows is None or isinstance(rows, int) else len(rows)
        room = max(0, min(count, DETAILS - len(group.rows)))
        group.count += count
        group.rows += _row_list(rows, room)
        group.values += _value_list(values, room)

    def add_refusal(self, file: str, code: str, facts: Mapping[str, object]) -> None:
        """Add that a whole file was not read."""
        group = self._group((code, KINDS[code].level, None, file, None, None), facts)
        group.count += 1
        group.rows.append(None)
        group.values.append(None)

    def issues(self) -> Iterator[Issue]:
        """Yield every issue kept in detail: errors, then warnings, then hints."""
        for group in self.groups():
            yield from group

    def groups(self) -> list[IssueGroup]:
        """Return the groups by level, in the order in which they came up."""
        return sorted(self._groups.values(), key=lambda group: LEVELS.index(group.level))

    def counts(self) -> dict[str, int]:
        """Return how many issues there are of each level."""
        by_level: Counter[str] = Counter()
        for group in self._groups.values():
            by_level[group.level] += group.count
        return {level: by_level[level] for level in LEVELS}

    def grouped(self, first: int = 5, lang: str = "zh") -> list[str]:
        """Return lines for the terminal: of each kind the first few, then how many more there are."""
        kinds: defaultdict[tuple[str, str], list[IssueGroup]] = defaultdict(list)
        for group in self.groups():
            kinds[group.level, group.code].append(group)
        return [line for groups in kinds.values() for line in _kind_lines(groups, first, lang)]

    def extend(self, other: IssueLog) -> None:
        """Take over all issues of `other`."""
        for group in other._groups.values():
            self._take(group)

    def to_json(self) -> list[dict[str, Any]]:
        """Return the log as plain lists and dictionaries."""
        return [asdict(group) for group in self._groups.values()]

    @classmethod
    def from_json(cls, groups: Iterable[dict[str, Any]]) -> IssueLog:
        """Return the log that `to_json` wrote."""
        log = cls()
        for group in groups:
            log._take(IssueGroup(**group))
        return log

    def _take(self, group: IssueGroup) -> None:
        own_group = self._group(
            (group.code, group.level, group.table, group.file, group.sheet, group.column), group.facts
        )
        room = max(0, DETAILS - len(own_group.rows))
        own_group.count += group.count
        own_group.rows += group.rows[:room]
        own_group.values += group.values[:room]

    def _group(self, key: _Key, facts: Mapping[str, object]) -> IssueGroup:
        words = {name: str(fact) for name, fact in facts.items()}
        return self._groups.setdefault((*key, *sorted(words.items())), IssueGroup(*key, words))

    def __len__(self) -> int:
        return sum(group.count for group in self._groups.values())


_LEVEL_WORDS: Final = {
    "zh": {"error": "错误", "warning": "警告", "hint": "提示"},
    "en": {"error": "error", "warning": "warning", "hint": "hint"},
}


def _kind_lines(groups: list[IssueGroup], first: int, lang: str) -> Iterator[str]:
    total = sum(group.count for group in groups)
    shown = list(islice(chain.from_iterable(groups), first))
    for issue in shown:
        yield _line(issue, lang)
    if total > len(shown):
        more = f"…… 同类共 {total} 条" if lang == "zh" else f"… {total} of this kind in all"
        yield f"    {more}"


def _line(issue: Issue, lang: str) -> str:
    value = "" if issue.value is None else (f"“{issue.value}” " if lang == "zh" else f'"{issue.value}" ')
    expected = issue.expected(lang)
    wanted = (f"；应为：{expected}" if lang == "zh" else f"; expected: {expected}") if expected else ""
    cure = ("。" if lang == "zh" else ". ") + issue.cure(lang)
    return f"{_LEVEL_WORDS[lang][issue.level]} {issue.place()}: {value}{issue.message(lang)}{wanted}{cure}"


def _row_list(rows: int | Sequence[int] | np.ndarray | None, room: int) -> list[int | None]:
    if rows is None or isinstance(rows, int):
        return [rows][:room]
    return [int(row) for row in rows[:room]]


def _value_list(values: Any, room: int) -> list[str | None]:
    """Return `room` values as texts; a single value stands for all rows."""
    if values is None or isinstance(values, str | int | float):
        return [None if values is None else str(values)] * room
    head = values[:room]
    plain = head.to_pylist() if hasattr(head, "to_pylist") else list(head)
    return [None if value is None else str(value) for value in plain]
