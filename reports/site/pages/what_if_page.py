"""推演: what would change if something happened; nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph_model.bilingual import Bilingual
from queries.planning.acts import PARTS
from reports.site.page_model import AnswerTable, Field, Form, Notice, Page, RowLink
from reports.site.pages.page_kind import PageKind

if TYPE_CHECKING:
    from reports.site.page_model import Block
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData

ACTS: Final = {
    "list": (Bilingual("列入名单", "list"), "企业@省级"),
    "strike": (Bilingual("移出名单", "strike"), "企业"),
    "join": (Bilingual("入园", "join"), "企业@园区"),
    "leave": (Bilingual("离园", "leave"), "企业@园区"),
    "supplies": (Bilingual("开始供货", "supplies"), "采购方@供应商"),
    "ban": (Bilingual("机构不予受理", "ban"), "机构@认定地区"),
    "incident": (Bilingual("发生失信或事故", "incident"), "企业@情形"),
    "heal": (Bilingual("完成整改", "heal"), "企业@情形"),
}


def build(data: SiteData, options: PageOptions) -> Page:
    """Return the form, and what the acts of the address would change."""
    acts = {kind: options.given[kind] for kind in PARTS if kind in options.given}
    blocks: list[Block] = [
        Form(
            options.either("设想", "suppose"),
            [
                Field(kind, words.in_(options.lang), options.one(kind), hint=hint)
                for kind, (words, hint) in ACTS.items()
            ],
            options.either("推演", "Work it out"),
            options.either(
                "名称与对象之间写 @；可同时设想几项，日期默认为当日。",
                "Write @ between names; several acts go together; the day is that of the page.",
            ),
        )
    ]
    if acts:
        blocks += _changes(data, options, acts)
    return Page(
        options.either("推演", "What if"),
        options.either(
            "设想一件事，看园区、龙头企业、设区市的占比和结论会怎样变；不写入数据。",
            "Suppose something and see what changes; nothing is stored.",
        ),
        blocks=blocks,
    )


def _changes(data: SiteData, options: PageOptions, acts: dict[str, tuple[str, ...]]) -> list[Block]:
    answer = data.what_if(options.as_of, tier=options.tier, base=options.base, **options.rules_asked, **acts)
    tables: list[Block] = [
        AnswerTable(
            "changes",
            options.either("占比的变化", "what changes"),
            answer,
            ("kind", "name", "before_base", "after_base", "before_green", "after_green", "before", "after", "change"),
            rows=500,
        )
    ]
    if answer.table.empty:
        tables.append(Notice(options.either("没有占比会变。", "No share would change.")))
    for name, part in answer.parts.items():
        shown = tuple(column.name for column in part.columns)
        tables.append(
            AnswerTable(
                name,
                part.title.in_(options.lang),
                part,
                shown,
                {"unit_id": RowLink("enterprise", "unit_id")},
                whole=False,
            )
        )
    return tables


PAGE = PageKind("what-if", Bilingual("推演", "What if"), build, frozen=False)
