"""Which dates has a year, who has done what they ask, and who has not? RULES, "Calendar"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from graph_model.days import OPEN, number
from queries.answers.bilingual import Bilingual
from queries.answers.columns import columns
from queries.answers.frame import counts, days, flags
from queries.asking.options import option
from queries.asking.question import ExtraOutput, Options, Question
from queries.duties.dates import read_dates
from queries.duties.yearly_dates import calendar
from queries.law.rules import Rules
from queries.law.ruleset import RULESETS, ruleset_for

if TYPE_CHECKING:
    from graph_model.view import View
    from queries.duties.yearly_dates import DatedDuty, Doings

COLUMNS = columns(
    "due", "rules", "deadline", "what", "who", "clause", "real", "source", "done", "late", "missing", "done_by",
    "missing_by",
)  # fmt: skip
NAMED = 20
"""Parties named in a cell; more are counted."""


class CalendarOptions(Options):
    """Which year, under which rules, and the real dates where they are known."""

    year: int | None = option(None, "哪一年；不写为当日所在年", "which year; else that of the day", ge=2000, le=2200)
    rules: Literal["js-2016", "js-draft", "cn-2024", "cn-2025", "all"] | None = option(
        None, "规则集，all 为全部；不写则按日期", "rule set, or all; by default that of the day"
    )
    rules_file: str | None = option(None, "自己的规则文件（YAML）", "a rule file of your own (YAML)")
    dates: str | None = option(
        None, "实际截止日期（csv：rules,id,year,date,source）", "real dates (csv: rules,id,year,date,source)"
    )


def rules_of(view: View, options: CalendarOptions) -> list[Rules]:
    """Return the rule sets asked for."""
    if options.rules == "all" and options.rules_file is None:
        return [ruleset_for(view.day, id) for id in RULESETS]
    return [ruleset_for(view.day, options.rules, options.rules_file)]


def in_memory(view: View, options: CalendarOptions) -> pd.DataFrame:
    """Gather every deadline of the year with who has done it."""
    year, dates = options.year or view.day.year, read_dates(options.dates)
    rows = [_row(one) for rules in rules_of(view, options) for one in calendar(view, rules, year, dates)]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS])


def _row(one: DatedDuty) -> dict[str, object]:
    deadline = one.deadline
    said = {
        "due": number(one.due),
        "rules": one.rules.set.id,
        "deadline": deadline.id,
        "what": deadline.what.zh,
        "who": deadline.who.zh,
        "clause": deadline.clause,
        "real": int(one.is_real),
        "source": one.source,
    }
    return said | _doings(one.doings, number(one.due))


def _doings(doings: Doings | None, due: int) -> dict[str, object]:
    """Return who did it, who did it late, and (once the day is over, or not) who has not."""
    if doings is None:
        return {"done": -1, "late": -1, "missing": -1, "done_by": None, "missing_by": None}
    done, late = doings.first <= due, (doings.first > due) & (doings.first != OPEN)
    missing = doings.first == OPEN
    names = np.array(doings.names, dtype=object)
    return {
        "done": int(done.sum()),
        "late": int(late.sum()),
        "missing": int(missing.sum()),
        "done_by": _named([*names[done], *(f"{name}（迟）" for name in names[late])]),
        "missing_by": _named(names[missing].tolist()),
    }


def _named(names: list[str]) -> str | None:
    if not names:
        return None
    more = f" 等 {len(names)} 家" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def conclude(facts: pd.DataFrame, _options: CalendarOptions) -> pd.DataFrame:
    """Order by day, rule set, deadline."""
    table = facts.sort_values(["due", "rules", "deadline"], kind="stable").reset_index(drop=True)
    numbers = {name: table[name].to_numpy(dtype=np.int64) for name in ("done", "late", "missing")}
    table = table.assign(
        due=days(table["due"].to_numpy(dtype=np.int64)),
        real=flags(table["real"].to_numpy(dtype=np.int8)),
        **{name: counts(values, values >= 0) for name, values in numbers.items()},
    )
    texts = {name: table[name].astype("str") for name in ("rules", "deadline", "what", "who", "clause", "source")}
    texts |= {name: pd.Series(table[name], dtype="str") for name in ("done_by", "missing_by")}
    return table.assign(**texts)[[column.name for column in COLUMNS]]


def notes(view: View, options: CalendarOptions) -> list[Bilingual]:
    """Say which rules were used."""
    found = [
        Bilingual(f"所用规则集：{rules.set.mark.zh}", f"rule set used: {rules.set.mark.en}")
        for rules in rules_of(view, options)
    ]
    return [
        *found,
        Bilingual(
            "完成情况只按已载入的数据判断；该事项对任何单位都没有记录的，计数为空",
            "who has done what is read off the data; where they hold nothing of the kind for anybody, the counts are null",
        ),
    ]


QUESTION = Question(
    name="calendar",
    title=Bilingual("年度日程", "calendar of the year"),
    definition=Bilingual(
        "所问年度的各项截止日（当日仍算按时）；以数据给出的实际日期优先。done 按时完成（日期不明的计入），late 逾期完成，"
        "missing 尚无记录。加 --ics 文件名 可另存为日历文件。",
        "every deadline of the year asked (the day itself is in time); a real date given as data wins. done: in time or on an "
        "unknown day; late: afterwards; missing: not on record. --ics FILE also writes a calendar file.",
    ),
    columns=COLUMNS,
    clause_ids=("D-13", "D-14", "D-15", "D-19"),
    options=CalendarOptions,
    row_id="deadline",
    filters=frozenset(),
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=100,
    outputs=(ExtraOutput("ics", Bilingual("另存为日历文件（iCalendar）", "also write an iCalendar file")),),
)
