"""What index does a sheet of values give under a scored scheme, and what is missing? One row per index and term."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from graph_model.bilingual import Bilingual
from queries.answers.columns import columns
from queries.answers.frame import counts, flags
from queries.asking.options import option
from queries.asking.question import Options, Question
from queries.law.schemes import INDEX, read_scheme, read_values, score, shipped_scheme

if TYPE_CHECKING:
    from fractions import Fraction

    from graph_model.view import View
    from queries.law.schemes import Scheme, Scored
    from queries.law.schemes.model import Indicator
    from queries.law.schemes.score import Term
    from queries.law.schemes.values import Values

COLUMNS = columns(
    "scored_unit", "scheme", "group", "indicator", "title", "measure", "value@text", "lead", "direction", "weight", "term",
    "points", "full_points", "counted", "lowest", "highest@number", "basic_ok@scheme", "passed", "missing@ids", "verified",
)  # fmt: skip


class SchemeOptions(Options):
    """The scheme, and the sheet of values."""

    scheme: str = option(
        "leader",
        "评分方案：leader 龙头企业，park 园区、factory-2016 工厂（后两个是待核对的模板）",
        "scheme: leader, or park or factory-2016 (templates to verify)",
    )
    scheme_file: str | None = option(
        None, "自己的方案文件（YAML），代替 scheme", "your own scheme (YAML), in place of scheme"
    )
    values: str | None = option(
        None,
        "数值表（csv：指标,值；可加 单位 列）；不写则只列出方案",
        "sheet of values (csv: indicator,value; maybe unit); else the scheme itself is shown",
    )


def scheme_of(options: SchemeOptions) -> Scheme:
    """Return the scheme asked for."""
    return read_scheme(options.scheme_file) if options.scheme_file else shipped_scheme(options.scheme)


def values_of(options: SchemeOptions, scheme: Scheme) -> dict[str, Values]:
    """Return the values by unit; without a sheet one nameless unit of which nothing is known."""
    return (read_values(options.values, scheme) if options.values else {}) or {"": {}}


def in_memory(_view: View, options: SchemeOptions) -> pd.DataFrame:
    """Score every unit of the sheet; nothing of the graph is needed."""
    scheme = scheme_of(options)
    rows = []
    for unit, values in values_of(options, scheme).items():
        scored = score(scheme, values)
        rows.append(_index_row(unit, scored))
        rows += [_basic_row(unit, indicator, is_met, scheme) for indicator, is_met in scored.basics]
        rows += [_term_row(unit, term, scored) for term in scored.terms]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS])


def _index_row(unit: str, scored: Scored) -> dict[str, Any]:
    """Return the row of the index: null where too few values are known, with what it is at least and at most."""
    scheme = scored.scheme
    return {
        "scored_unit": unit or None,
        "scheme": scheme.id,
        "indicator": INDEX,
        "title": f"{scheme.title.zh}：指数（{'满足基本要求且' if scored.basics else ''}{scheme.threshold}及以上合格）",
        "weight": float(scheme.total),
        "points": _number(scored.index),
        "full_points": float(scheme.full),
        "lowest": float(scored.lowest),
        "highest": float(scored.highest),
        "counted": 1,
        "basic_ok": -1 if scored.basic_ok is None else int(scored.basic_ok),
        "passed": -1 if scored.passed is None else int(scored.passed),
        "missing": len(scored.missing),
        "verified": int(scheme.verified and not scheme.unverified),
    }


def _basic_row(unit: str, indicator: Indicator, is_met: bool | None, scheme: Scheme) -> dict[str, Any]:
    """Return the row of a basic requirement: met or not, worth nothing."""
    group = next(group for group in scheme.groups if indicator in group.indicators)
    met = -1 if is_met is None else int(is_met)
    return {
        "scored_unit": unit or None,
        "scheme": scheme.id,
        "group": group.title.zh,
        "indicator": indicator.basic_id,
        "title": f"{indicator.title.zh}（基本要求）{'' if indicator.verified else '（未核实）'}",
        "value": None if is_met is None else "是" if is_met else "否",
        "direction": "yes_no",
        "counted": 0,
        "basic_ok": met,
        "passed": -1,
        "missing": int(is_met is None),
        "verified": int(indicator.verified),
    }


def _term_row(unit: str, term: Term, scored: Scored) -> dict[str, Any]:
    indicator, scale = term.indicator, float(scored.scheme.full / scored.scheme.total)
    mark = "" if indicator.verified else "（未核实）"
    return {
        "scored_unit": unit or None,
        "scheme": scored.scheme.id,
        "group": term.group.title.zh,
        "indicator": indicator.id,
        "title": f"{indicator.title.zh}{mark}",
        "measure": indicator.unit or None,
        "value": None if term.value is None else f"{term.value.normalize():f}",
        "lead": None if indicator.lead is None else f"{indicator.lead.normalize():f}",
        "direction": indicator.direction,
        "weight": float(indicator.weight),
        "term": _number(term.share),
        "points": _number(term.points),
        "full_points": float(indicator.weight) * scale,
        "counted": int(term.counts),
        "basic_ok": -1,
        "passed": -1,
        "missing": int(indicator.id in scored.missing),
        "verified": int(indicator.verified),
    }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def conclude(facts: pd.DataFrame, _options: SchemeOptions) -> pd.DataFrame:
    """Keep the order of sheet and scheme; the index stands above its terms."""
    numbers = ("weight", "term", "points", "full_points", "lowest", "highest")
    yes_no = ("counted", "basic_ok", "passed", "verified")
    whole = facts["missing"].to_numpy(dtype="int64")
    table = facts.assign(
        **{name: pd.Series(facts[name], dtype="float64") for name in numbers},
        **{name: flags(facts[name].to_numpy(dtype="int8")) for name in yes_no},
        missing=counts(whole),
    )
    texts = [column.name for column in COLUMNS if column.name not in (*numbers, *yes_no, "missing")]
    return table.assign(**{name: pd.Series(table[name], dtype="str") for name in texts})


def notes(_view: View, options: SchemeOptions) -> list[Bilingual]:
    """Say where the scheme comes from, what of it nobody verified, and what is missing."""
    scheme = scheme_of(options)
    caveats = [
        Bilingual(
            f"方案：{scheme.title.zh}；出处：{scheme.source}", f"scheme: {scheme.title.en}; source: {scheme.source}"
        )
    ]
    if scheme.unverified or not scheme.verified:
        caveats.append(
            Bilingual(
                f"本方案有 {scheme.unverified} 项指标的数值未核实，结果只供参考，不作申报依据",
                f"{scheme.unverified} indicators of this scheme have values nobody verified: for orientation only",
            )
        )
    if options.values is None:
        caveats.append(
            Bilingual("没有给出数值表，只列出方案的各项指标", "no sheet of values: the indicators of the scheme")
        )
        return caveats
    for unit, values in values_of(options, scheme).items():
        scored = score(scheme, values)
        if scored.missing:
            who = f"{unit}：" if unit else ""
            listed = "、".join(scored.missing)
            caveats.append(
                Bilingual(f"{who}缺少 {listed}，不给出指数", f"{unit}{': ' if unit else ''}no index; missing: {listed}")
            )
    return caveats


QUESTION = Question(
    name="scheme",
    needs_store=False,
    title=Bilingual("评分方案", "scored scheme"),
    definition=Bilingual(
        "每个单位先列指数，再列各项基本要求是否满足，然后逐项列得分。指数 = 计入各项得分之和；“几选几”的组取最高的几项。"
        "缺少应计入的值时不给指数，只给上下界；基本要求有一项不满足即不合格。",
        "per unit the index, then its basic requirements, then its terms. One basic requirement not met fails all. The index is "
        "the sum of the points that count; of a group with a choice the best k. "
        "Where a value that should count is missing there is no index, only what it is at least and at most.",
    ),
    columns=COLUMNS,
    clause_ids=(),
    options=SchemeOptions,
    row_id="indicator",
    filters=frozenset(),
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=160,
)
