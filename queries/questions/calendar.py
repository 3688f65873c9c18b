"""Which dates has a year, who has done what they ask, and who has not? RULES, "Calendar"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import number
from queries.answers.columns import columns
from queries.answers.frame import counts, days, flags
from queries.asking.options import option
from queries.asking.question import ExtraOutput, Options, Question
from queries.duties.dates import read_dates
from queries.duties.yearly_dates import calendar
from queries.law.duty_clauses import deadline_clause
from queries.law.rules import Rules
from queries.law.ruleset import RULESETS, RulesOrAll, ruleset_for

if TYPE_CHECKING:
    from graph_model.view import View
    from queries.answers.clauses import Clause
    from queries.duties.calendar_acts import Doings
    from queries.duties.yearly_dates import DatedDuty

COLUMNS = columns(
    "due", "rules", "deadline", "what", "what_en", "who", "who_en", "clause@duty", "real", "source", "done", "late", "undated",
    "missing", "done_by", "missing_by",
)  # fmt: skip
COUNTS = ("done", "late", "undated", "missing")
TEXTS = ("rules", "deadline", "what", "what_en", "who", "who_en", "clause", "source")
NAMED = 20
"""Parties named in a cell; more are counted."""


class CalendarOptions(Options):
    """Which year, under which rules, and the real dates where they are known."""

    year: int | None = option(None, "哪一年；不写为当日所在年", "which year; else that of the day", ge=2000, le=2200)
    rules: RulesOrAll | None = option(
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
    rows = [_row(view, duty, _year(view, options)) for duty in _duties(view, options)]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS])


def _duties(view: View, options: CalendarOptions) -> list[DatedDuty]:
    year, dates = _year(view, options), read_dates(options.dates)
    return [duty for rules in rules_of(view, options) for duty in calendar(rules, year, dates)]


def _year(view: View, options: CalendarOptions) -> int:
    return options.year or view.day.year


def _row(view: View, duty: DatedDuty, year: int) -> dict[str, object]:
    deadline = duty.deadline
    about = {
        "due": number(duty.due),
        "rules": duty.rules.set.id,
        "deadline": deadline.id,
        "what": deadline.what.zh,
        "what_en": deadline.what.en,
        "who": deadline.who.zh,
        "who_en": deadline.who.en,
        "clause": deadline.source,
        "real": int(duty.is_real),
        "source": duty.source,
    }
    return about | _doings(duty.doings(view, year), number(duty.due))


def _doings(doings: Doings | None, due: int) -> dict[str, object]:
    """Return who did it in time, who late, who on an unknown day, and who has not; -1 where nothing is on record."""
    if doings is None:
        return {**dict.fromkeys(COUNTS, -1), "done_by": None, "missing_by": None}
    names = np.array(doings.names, dtype=object)
    done, late, undated = doings.done(due), doings.late(due), doings.open(due)
    return {
        "done": int(done.sum()),
        "late": int(late.sum()),
        "undated": int(undated.sum()),
        "missing": int(doings.missing.sum()),
        "done_by": _named(
            [
                *names[done],
                *(f"{name}（逾期）" for name in names[late]),
                *(f"{name}（日期不明）" for name in names[undated]),
            ]
        ),
        "missing_by": _named(names[doings.missing].tolist()),
    }


def _named(names: list[str]) -> str | None:
    if not names:
        return None
    more = f"等{len(names)}家" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def cited(view: View, options: CalendarOptions) -> tuple[Clause, ...]:
    """Return the clauses of the rule sets in use that the dates of the year rest on."""
    by_clause = {(duty.rules.set.id, duty.deadline.clause): duty for duty in _duties(view, options)}
    return tuple(deadline_clause(duty.rules, duty.deadline) for duty in by_clause.values())


def conclude(facts: pd.DataFrame, _options: CalendarOptions) -> pd.DataFrame:
    """Order by day, rule set, deadline."""
    table = facts.sort_values(["due", "rules", "deadline"], kind="stable").reset_index(drop=True)
    numbers = {name: table[name].to_numpy(dtype=np.int64) for name in COUNTS}
    table = table.assign(
        due=days(table["due"].to_numpy(dtype=np.int64)),
        real=flags(table["real"].to_numpy(dtype=np.int8)),
        **{name: counts(values, values >= 0) for name, values in numbers.items()},
    )
    texts = {name: table[name].astype("str") for name in TEXTS}
    texts |= {name: pd.Series(table[name], dtype="str") for name in ("done_by", "missing_by")}
    return table.assign(**texts)[[column.name for column in COLUMNS]]


def notes(view: View, options: CalendarOptions) -> list[Bilingual]:
    """Say which rules were used."""
    used = [
        Bilingual(f"所用规则集：{rules.set.mark.zh}", f"rule set used: {rules.set.mark.en}")
        for rules in rules_of(view, options)
    ]
    return [
        *used,
        Bilingual(
            "完成情况只按已载入的数据判断；该事项对任何单位都没有记录的，家数为空。培育计划、名单按计划年度、批次年度归属，不按出现的日期；"
            "有培育主体的计划是园区、龙头企业自己的，不算设区市的计划",
            "who has done what is read off the data; where they hold nothing of the kind for anybody, the counts are null. Plans "
            "and lists belong to their plan or batch year, never to the day they appeared; a plan with a sponsor is no city's own",
        ),
    ]


QUESTION = Question(
    name="calendar",
    title=Bilingual("年度日程", "calendar of the year"),
    definition=Bilingual(
        "所问年度的各项截止日（当日仍算按时）；以数据给出的实际日期优先。分别列出按时完成、逾期完成、完成但日期不明、尚无记录的家数，"
        "日期不明的不算按时完成。加 --ics 文件名 可另存为日历文件。",
        "every deadline of the year asked (the day itself is in time); a real date given as data wins. done: known to be in "
        "time; late: afterwards; undated: on an unknown day, so not known to be in time; missing: not on record. --ics FILE also "
        "writes a calendar file.",
    ),
    columns=COLUMNS,
    clause_ids=("D-13", "D-14", "D-15", "D-19", "P-16.1", "P-16.2", "P-16.4"),
    options=CalendarOptions,
    row_id="deadline",
    filters=frozenset(),
    in_memory=in_memory,
    conclude=conclude,
    cited=cited,
    notes_in_memory=notes,
    place=100,
    outputs=(ExtraOutput("ics", Bilingual("另存为日历文件（iCalendar）", "also write an iCalendar file")),),
)
