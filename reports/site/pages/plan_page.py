"""培育计划: whom to cultivate next, with the proof of how good the choice is; limits are changed by hand."""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from graph_model.bilingual import Bilingual
from reports.site.page_model import AnswerTable, Field, Figure, Form, Page, RowLink
from reports.site.pages.figures import number
from reports.site.pages.page_kind import PageKind

if TYPE_CHECKING:
    from queries.planning.plan import PlanAnswer
    from reports.site.page_model import Block
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData

PLAIN: Final = (
    "count",
    "budget",
    "goal",
    "weights",
    "city_min",
    "city_max",
    "unknown",
    "horizon",
    "park_target",
    "leader_target",
)
"""Options that an address may set; none of them names a file of this machine."""
QUOTA: Final = "most_"
GOALS: Final = {
    "": Bilingual("向目标推进", "progress"),
    "count": Bilingual("数量多", "count"),
    "crossings": Bilingual("达标家数", "crossings"),
    "output": Bilingual("产值占比", "output"),
    "coverage": Bilingual("均衡覆盖", "coverage"),
}
UNKNOWN: Final = {
    "include": Bilingual("可选", "include"),
    "exclude": Bilingual("不选", "exclude"),
    "only": Bilingual("只选", "only"),
}
METHODS: Final = {
    "exact": Bilingual("已证最优", "proven"),
    "bounded": Bilingual("有界", "bounded"),
    "greedy": Bilingual("贪心", "greedy"),
}


def build(data: SiteData, options: PageOptions) -> Page:
    """Return the plan that the address asks for."""
    plan = _planned(data, options)
    proof = plan.certificate
    blocks: list[Block] = [
        _form(data, options),
        AnswerTable(
            "plan",
            options.either("入选单位", "who is chosen"),
            plan,
            (
                "rank",
                "unit",
                "city",
                "highest",
                "gain",
                "moves",
                "work",
                "bars",
                "first_season",
                "verdict",
                "cost",
                "pool",
            ),
            {"unit": RowLink("enterprise", "unit_id")},
            rows=500,
        ),
    ]
    for name, part in plan.parts.items():
        shown = tuple(column.name for column in part.columns if column.kind != "id" and not column.name.endswith("_en"))
        blocks.append(
            AnswerTable(
                name,
                part.title.in_(options.lang),
                part,
                shown,
                {"unit": RowLink("enterprise", "unit_id")},
                100,
                whole=False,
            )
        )
    return Page(
        options.either("培育计划", "Plan"),
        options.either(
            "在名额与各市上限之内，选出培育后最能推动目标的单位；旁边是已证明的上限和两种简单做法。",
            "Whom to cultivate within the limits so that the goal moves most; beside it the proven bound and two plain ways.",
        ),
        figures=_figures(options, proof),
        blocks=blocks,
    )


def _figures(options: PageOptions, proof: Any) -> list[Figure]:
    told: dict[str, Any] = dict(proof)
    gap = told.get("gap")
    return [
        Figure(
            options.either("目标值", "value"),
            _short(told["value"]),
            options.either("上限 ", "bound ") + _short(told["bound"]),
            anchor="plan",
        ),
        Figure(
            options.either("与上限的差距", "gap to the bound"),
            "—" if gap is None else f"{gap:.2%}",
            METHODS[told["method"]].in_(options.lang) if told["method"] in METHODS else str(told["method"]),
            anchor="plan",
        ),
        Figure(
            options.either("按产值从大到小选", "largest first"),
            _short(told["largest_first"]),
            options.either("同样名额", "the same number"),
            anchor="plan",
        ),
        Figure(
            options.either("随机选取平均", "random, mean"),
            _short(told["random_mean"]),
            options.either("一百次", "of a hundred"),
            anchor="plan",
        ),
        Figure(
            options.either("候选", "candidates"),
            number(told["candidates"]),
            options.either(f"暂不能培育 {number(told['barred'])}", f"{number(told['barred'])} barred"),
            anchor="out_of_reach",
        ),
    ]


def _short(value: Any) -> str:
    return "—" if value is None or pd.isna(value) else f"{value:,.3g}" if abs(value) < 100 else f"{value:,.0f}"


def _planned(data: SiteData, options: PageOptions) -> PlanAnswer:
    asked: dict[str, Any] = {name: options.one(name) for name in PLAIN if options.one(name)}
    asked |= {"tier": options.assess_tier, "base": options.base, **options.rules_asked}
    if options.one("ready"):
        asked["ready"] = True
    quotas = _quotas(options)
    if not quotas:
        return data.plan(options.as_of, **asked)
    made: PlanAnswer = data.kept(
        ("quotas", options.as_of, *sorted(asked.items()), *quotas), lambda: _with_quotas(data, options, asked, quotas)
    )
    return made


def _quotas(options: PageOptions) -> list[tuple[str, str]]:
    """Return city and its most, of the fields that were filled in."""
    return sorted(
        (name.removeprefix(QUOTA), given[-1]) for name, given in options.given.items() if name.startswith(QUOTA)
    )


def _with_quotas(
    data: SiteData, options: PageOptions, asked: dict[str, Any], quotas: list[tuple[str, str]]
) -> PlanAnswer:
    """Plan with quotas of single cities: `plan` reads them from a file, so one is written for it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "quotas.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(("city", "min", "max"))
            rows.writerows((city, "", most) for city, most in quotas)
        return data.plan(options.as_of, quotas=str(path), **asked)


def _form(data: SiteData, options: PageOptions) -> Form:
    lang, regions = options.lang, data.session.graph.regions
    cities = [regions.name(code) or "" for code in regions.cities]
    return Form(
        options.either("名额与限制", "limits"),
        [
            Field("count", options.either("最多选几家", "how many"), options.one("count") or "30", kind="number"),
            Field(
                "goal",
                options.either("目标", "goal"),
                options.one("goal"),
                [(code, words.in_(lang)) for code, words in GOALS.items()],
            ),
            Field(
                "budget", options.either("经费上限（万元）", "budget (10k yuan)"), options.one("budget"), kind="number"
            ),
            Field("city_min", options.either("每市至少", "least per city"), options.one("city_min"), kind="number"),
            Field("city_max", options.either("每市最多", "most per city"), options.one("city_max"), kind="number"),
            Field(
                "unknown",
                options.either("情况未明的单位", "unknown bars"),
                options.one("unknown"),
                [(code, words.in_(lang)) for code, words in UNKNOWN.items()],
            ),
            *(
                Field(
                    QUOTA + city,
                    options.either(f"{city}最多", f"{city} at most"),
                    options.one(QUOTA + city),
                    kind="number",
                )
                for city in cities
            ),
        ],
        options.either("重新计算", "Plan again"),
    )


PAGE = PageKind("plan", Bilingual("培育计划", "Plan"), build)
