"""企业: find an enterprise by any part of its name or code, narrow the list by facets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from graph_model.bilingual import Bilingual
from graph_model.names import normal_form
from queries.answers.labels import TIER_WORDS
from reports.site.page_model import AnswerTable, Facets, Field, Form, Page, RowLink
from reports.site.pages.enterprise_index import SHOWN, enterprise_index, facet_codes, search_texts
from reports.site.pages.facet_values import facet
from reports.site.pages.page_kind import PageKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from queries import Answer
    from reports.site.page_model import Block
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData

ROWS: Final = 100
NAMES: Final = {
    "city": Bilingual("设区市", "city"),
    "highest": Bilingual("最高层级", "highest tier"),
    "verdict": Bilingual("结论", "verdict"),
    "tags": Bilingual("重点标签", "tag"),
    "parks": Bilingual("园区", "park"),
    "chain": Bilingual("产业链", "chain"),
    "pool_years": Bilingual("培育计划年度", "plan year"),
}


def build(data: SiteData, options: PageOptions) -> Page:
    """Return the enterprises that a search and the chosen facets leave."""
    index = enterprise_index(data, options)
    keep = chosen(data, options, index)
    kept = index.table[keep].reset_index(drop=True)
    answer = replace(index, table=kept)
    searched = options.one("q")
    blocks: list[Block] = [
        Form(
            "",
            [Field("q", options.either("名称或代码的任意部分", "any part of a name or code"), searched, kind="search")],
            options.either("查找", "Search"),
        ),
        Facets(
            [
                facet(
                    options,
                    "enterprises",
                    name,
                    words.in_(options.lang),
                    facet_codes(data, options, name).counts(keep),
                    _words(index, name, options.lang),
                )
                for name, words in NAMES.items()
            ]
        ),
        AnswerTable(
            "enterprises",
            options.either(f"企业（{len(kept):,} 家）", f"enterprises ({len(kept):,})"),
            answer,
            SHOWN,
            {"enterprise": RowLink("enterprise", "enterprise_id")},
            ROWS,
            whole=False,
        ),
    ]
    return Page(
        options.either("企业", "Enterprises"),
        options.either(
            "按名称、曾用名或统一社会信用代码的任意部分查找；下面各项可叠加。",
            "Search any part of a name, a former name or the credit code; facets add up.",
        ),
        blocks=blocks,
    )


def chosen(data: SiteData, options: PageOptions, index: Answer) -> NDArray[np.bool_]:
    """Return which enterprises contain what is searched and have every chosen value."""
    keep = np.ones(len(index.table), dtype=np.bool_)
    if searched := normal_form(options.one("q")):
        keep &= search_texts(data, options).str.contains(searched, regex=False).to_numpy(dtype=np.bool_)
    for name in NAMES:
        if value := options.one(name):
            keep &= facet_codes(data, options, name).having(value, len(keep))
    return keep


def _words(index: Answer, name: str, lang: str) -> dict[str, str]:
    if name == "highest":
        return {code: words[0 if lang == "zh" else 1] for code, words in TIER_WORDS.items()}
    return {
        code: words.in_(lang) for column in index.columns if column.name == name for code, words in column.codes.items()
    }


PAGE = PageKind("enterprises", Bilingual("企业", "Enterprises"), build)
