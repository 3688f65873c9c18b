"""D-13: a recommendation comes by its deadline; a provincial one after three offices were consulted.

The deadline of a national candidate is that of who recommends it: a city (also where the office is blank or cannot be read) by
31 May, the province by 31 July. The days stand in the calendar of the rule set; a year's real date wins.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from graph_model.days import OPEN, day, number
from graph_model.tiers import Tier
from queries.duties.applied import applied_since
from queries.duties.dates import due_on
from queries.duties.duty_findings import UNIT_KINDS, AuditContext, Finding
from queries.duties.offices import consulted
from queries.duties.recommenders import recommended_by_province
from queries.duties.sentences import sentence
from queries.duties.standing import day_words, list_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from graph_model.bilingual import Bilingual
    from queries.duties.duty_findings import Kind

BY_CITY = {Tier.PROVINCIAL: "provincial_candidates", Tier.NATIONAL: "national_candidates"}
BY_PROVINCE = {Tier.PROVINCIAL: "provincial_candidates", Tier.NATIONAL: "national_recommendation"}


def find(case: AuditContext) -> Iterator[Finding]:
    """Yield recommendations that lack a consultation or came late."""
    offices = case.rules.value("consulted")
    if offices:
        for kind in UNIT_KINDS:
            yield _of_kind(case, kind, offices)


def _of_kind(case: AuditContext, kind: Kind, offices: tuple[str, ...]) -> Finding:
    rows = case.view.graph["recommendations"]
    on = rows["recommended_on"]
    by_the_day = (on <= case.day) & (on >= number(applied_since(case.rules))) | (on == OPEN)
    made = np.flatnonzero(by_the_day & (rows[kind] >= 0) & np.isin(rows["tier"], [int(tier) for tier in BY_CITY]))
    due = deadlines(case, made)
    reasons = [_reason(case, int(row), limit, offices) for row, limit in zip(made.tolist(), due.tolist(), strict=True)]
    bad = np.array([reason is not None for reason in reasons], dtype=bool)
    made, due = made[bad], due[bad]
    return Finding(
        "D-13",
        "check",
        kind,
        rows[kind][made],
        [reason for reason in reasons if reason is not None],
        [_facts(case, int(row)) for row in made.tolist()],
        [(("recommendations", row),) for row in made.tolist()],
        rows["category"][made],
        rows["tier"][made],
        due,
    )


def deadlines(case: AuditContext, made: NDArray[Any]) -> NDArray[Any]:
    """Return the deadline of each recommendation (row), `OPEN` where its day is unknown or the set has no such deadline."""
    rows = case.view.graph["recommendations"]
    by_id = {deadline.id: deadline for deadline in case.rules.deadlines}
    by_province = recommended_by_province(case.view)[made]
    due = np.full(len(made), OPEN, dtype=np.int64)
    columns = (rows["tier"][made].tolist(), by_province.tolist(), rows["recommended_on"][made].tolist())
    for place, (tier, province, on) in enumerate(zip(*columns, strict=True)):
        deadline = by_id.get((BY_PROVINCE if province else BY_CITY)[Tier(tier)])
        if deadline is not None and on != OPEN:
            due[place] = number(due_on(case.rules, deadline, day(on).year, case.dates))
    return due


def _reason(case: AuditContext, row: int, due: int, offices: tuple[str, ...]) -> Bilingual | None:
    """Return what is wrong with a recommendation, None where nothing is."""
    rows = case.view.graph["recommendations"]
    lacking = _lacking(case, row, offices) if rows["tier"][row] == Tier.PROVINCIAL else None
    late = OPEN not in (due, rows["recommended_on"][row]) and rows["recommended_on"][row] > due
    if lacking is not None and late:
        return sentence("consulted_and_late", consulted=(lacking.zh, lacking.en), due=day_words(due))
    return sentence("recommended_late", due=day_words(due)) if late else lacking


def _lacking(case: AuditContext, row: int, offices: tuple[str, ...]) -> Bilingual | None:
    codes, words = case.view.graph["recommendations"].words("consulted")
    if codes[row] < 0:
        return sentence("consulted_blank", offices="、".join(offices))
    asked = consulted(words[codes[row]], case.view.graph.regions)
    lacking = [office for office in offices if office not in asked]
    return sentence("consulted_lacking", offices="、".join(lacking)) if lacking else None


def _facts(case: AuditContext, row: int) -> str:
    rows = case.view.graph["recommendations"]
    texts = []
    for column, label in (("recommended_by", "推荐单位"), ("consulted", "征求意见部门")):
        codes, words = rows.words(column)
        texts.append(f"{label}：{words[codes[row]] if codes[row] >= 0 else '未填'}")
    listed = list_words(int(rows["category"][row]), int(rows["tier"][row]))
    on = int(rows["recommended_on"][row])
    when = "推荐日期不明" if on == OPEN else f"{day_words(on)}推荐"
    return f"{when}（{listed}）；{'；'.join(texts)}"
