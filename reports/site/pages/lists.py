"""名单: what was loaded, from which file, with how many rows read, loaded and left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from graph_model.bilingual import Bilingual
from queries.answers.answer import Answer
from queries.answers.column import Column
from reports.site.page_model import AnswerTable, Figure, Page
from reports.site.pages.figures import number
from reports.site.pages.page_kind import PageKind

if TYPE_CHECKING:
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData

_SOURCES = (
    ("name", "文件", "text", "file"),
    ("read", "读取行数", "count", "rows read"),
    ("loaded", "载入", "count", "loaded"),
    ("merged", "合并", "count", "merged"),
    ("rejected", "未载入", "count", "rejected"),
    ("titles", "标题与合计", "count", "titles and totals"),
    ("sha256", "SHA-256", "id", "SHA-256"),
)
_TABLES = (("table", "表", "text", "table"), ("rows", "行数", "count", "rows"))


def build(data: SiteData, options: PageOptions) -> Page:
    """Return the sources and tables of the snapshot."""
    manifest = data.session.manifest
    sources, tables = manifest.get("sources", []), manifest.get("tables", {})
    listed = [{"table": name, "rows": told["rows"]} for name, told in tables.items() if told["rows"]]
    lost = sum(source.get("rejected", 0) for source in sources)
    return Page(
        options.either("名单", "Lists"),
        options.either(
            f"快照 {data.session.snapshot} 由这些文件载入。",
            f"Snapshot {data.session.snapshot} was loaded from these files.",
        ),
        figures=[
            Figure(options.either("文件", "files"), number(len(sources)), anchor="sources"),
            Figure(
                options.either("读取行数", "rows read"),
                number(sum(source.get("read", 0) for source in sources)),
                anchor="sources",
            ),
            Figure(
                options.either("未载入", "rejected"),
                number(lost),
                options.either("逐行见 load --issues 的清单", "row by row in `load --issues`"),
                anchor="sources",
            ),
        ],
        blocks=[
            _table(data, options, "sources", Bilingual("来源文件", "source files"), _SOURCES, sources),
            _table(data, options, "tables", Bilingual("载入的表", "tables"), _TABLES, listed),
        ],
    )


def _table(
    data: SiteData,
    options: PageOptions,
    key: str,
    title: Bilingual,
    heads: tuple[tuple[str, str, str, str], ...],
    rows: list[dict[str, Any]],
) -> AnswerTable:
    columns = tuple(Column(name, zh, kind, Bilingual(zh, en)) for name, zh, kind, en in heads)
    names = [column.name for column in columns]
    answer = Answer(
        question=key,
        title=title,
        table=pd.DataFrame(rows).reindex(columns=names),
        columns=columns,
        definition=Bilingual(
            "读取 = 载入 + 合并 + 未载入 + 标题、说明与合计。",
            "read = loaded + merged + rejected + titles, notes and totals.",
        ),
        clause_ids=(),
        notes=(),
        as_of=options.as_of,
        snapshot=data.session.snapshot,
        options={},
        cited=(),
    )
    return AnswerTable(key, title.in_(options.lang), answer, tuple(names), rows=500, whole=False)


PAGE = PageKind("lists", Bilingual("名单", "Lists"), build)
