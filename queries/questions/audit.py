"""Which standing duties are breached or due, and what is wrong with the lists? One row per finding. RULES, "Standing duties"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from queries.answers.columns import columns
from queries.asking.caveats import ViewCaveats, outside_note, unread_ends_note
from queries.asking.options import option
from queries.asking.question import EVERY_FILTER, Options, Question
from queries.duties.complaints import not_named
from queries.duties.dates import read_dates
from queries.duties.duties import every_finding
from queries.duties.duty_findings import COLUMNS as FINDING_COLUMNS
from queries.duties.duty_findings import AuditContext, in_order, table_of
from queries.duties.prior_listing import cities_without_region
from queries.eligibility.assess import PropagationOption
from queries.law.duty_clauses import duty_clause
from queries.law.rules import Rules
from queries.law.ruleset import RulesOption, ruleset_for

if TYPE_CHECKING:
    import pandas as pd

    from graph_model.view import View
    from queries.answers.clauses import Clause

COLUMNS = columns(*FINDING_COLUMNS)
CLAUSES = (
    "D-09.2", "D-10.2", "D-12", "D-13", "D-15", "D-17.4", "D-19", "D-20", "D-21", "D-22", "D-22.2", "D-22.3", "D-22b",
    "D-24", "D-25", "P-17", "P-18", "A-15",
)  # fmt: skip


class AuditOptions(Options):
    """Under which rules, and what is asked beyond them."""

    rules: RulesOption | None = option(None, "规则集；不写则按日期", "rule set; by default that of the day")
    rules_file: str | None = option(None, "自己的规则文件（YAML）", "a rule file of your own (YAML)")
    dates: str | None = option(None, "实际截止日期（csv）", "real dates of the calendar (csv)")
    park_propagation: PropagationOption | None = option(
        None,
        "园区内企业的情形如何计入园区；不写则按规则集",
        "how facts of tenants count against their park; else as the rules say",
    )
    form_year: int | None = option(
        None,
        "动态管理表的报告年度；不写为最近一个已到期的",
        "reporting year of the forms; else the latest that is due",
        ge=2000,
        le=2200,
    )
    cap: int | None = option(
        None,
        "第三方机构每年国家级评价项目数上限，不写按规则",
        "cap of national evaluations (A-15) to try",
        ge=0,
        le=100_000,
    )
    cap_year: int | None = option(
        None,
        "按哪一年核对评价项目数上限，可早于施行",
        "year whose evaluations are held against the cap",
        ge=2000,
        le=2200,
    )
    cap_batch: str | None = option(
        None, "按哪一批次核对评价项目数上限，如 2021、5", "batch whose evaluations are held against the cap"
    )


def rules_of(view: View, options: AuditOptions) -> Rules:
    """Return the rules asked for, bound to the day."""
    return ruleset_for(view.day, options.rules, options.rules_file, options.park_propagation)


def in_memory(view: View, options: AuditOptions) -> pd.DataFrame:
    """Gather what every duty finds."""
    context = AuditContext(
        view,
        rules_of(view, options),
        read_dates(options.dates),
        options.form_year,
        options.cap,
        options.cap_year,
        options.cap_batch,
    )
    return table_of(context, every_finding(context))


def cited(view: View, options: AuditOptions) -> tuple[Clause, ...]:
    """Return the clauses that the rule set in use holds, and what else was asked for."""
    rules = rules_of(view, options)
    asked = ("A-15",) if (options.cap, options.cap_year, options.cap_batch) != (None, None, None) else ()
    ids = [id for id in CLAUSES if id in rules.set.duties or id in asked]
    return tuple(duty_clause(rules, id) for id in ids)


def conclude(facts: pd.DataFrame, _options: AuditOptions) -> pd.DataFrame:
    """Order by severity, rule, unit, category, tier."""
    return in_order(facts)


def notes(view: View, options: AuditOptions) -> list[Bilingual]:
    """Say which rules were used, and what was not looked at."""
    rules = rules_of(view, options)
    mark = rules.set.mark
    caveats = [Bilingual(f"所用规则集：{mark.zh}", f"rule set used: {mark.en}")]
    if not rules.in_force:
        caveats.append(Bilingual("该规则集当日尚未施行或已失效", "that rule set is not in force on the day"))
    if not rules.set.duties:
        caveats.append(
            Bilingual(
                "所用规则集没有列出持续责任的条款，未作核查（在规则文件的 duties 中列出）",
                "the rule set in use lists no clauses of standing duties, so nothing was asked (list them under duties)",
            )
        )
    if "A-15" not in rules.set.duties and (options.cap, options.cap_year, options.cap_batch) == (None, None, None):
        caveats.append(
            Bilingual(
                "第三方机构每年国家级评价项目的上限为国家规定，所用规则集没有，本次未核对；"
                "可用 --rules cn-2024，或用 --cap-year、--cap-batch 指定年度、批次核对",
                "the agencies' cap is of cn-2024 and was not asked; use --rules cn-2024, --cap-year or --cap-batch",
            )
        )
    if "D-12" in rules.set.duties and (count := cities_without_region(view)):
        caveats.append(
            Bilingual(
                f"{count}条省级名单的单位所在设区市不明，未核对是否先列入市级名单",
                f"{count} provincial listings have a unit of unknown city: whether a city listing came first was not asked",
            )
        )
    if "D-25" in rules.set.duties and (count := not_named(view)):
        caveats.append(
            Bilingual(
                f"{count}件举报不是实名或未注明是否实名，不按实名举报处理",
                f"{count} complaints do not name themselves or do not say: no case of Art. 25",
            )
        )
    caveats.append(
        Bilingual("“应处理”只表示程序应当启动，名单以公布为准", "'act' starts a procedure; it removes nobody")
    )
    return [*caveats, *unread_ends_note(view), *outside_note(ViewCaveats(view), "enterprises")]


QUESTION = Question(
    name="audit",
    title=Bilingual("名单与责任核查", "audit of standing duties"),
    definition=Bilingual(
        "按所用规则集逐条核查名单内单位的持续责任和名单本身，每行一项：应处理、待核对或供参考，并列出条款、事实和所在的文件、工作表、行。"
        "同一单位的一件事涉及多个名单的只列一行。近三年自当日往前推满三年，首尾两日都计入；截止日当天仍算按时。"
        "资料缺失的列为待核对，不作通过。产品名单不核查。",
        "one row per finding about listed units under the rules in use: act, check or info, with clause, facts, and the file, "
        "sheet and row they stand in. A fact of a unit on several lists is one row. The last three years are [day - 3 years, day], "
        "both ends in; a deadline day is in time. What is unknown is a check, never a pass. Product lists are not audited.",
    ),
    columns=COLUMNS,
    clause_ids=CLAUSES,
    options=AuditOptions,
    row_id="unit_id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=90,
    cited=cited,
    evidence="evidence",
)
