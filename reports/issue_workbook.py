"""What a load has to say, as a workbook to work through: issues, near-miss names, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph_model.records import RECORDS
from reports.sheets import Book, Head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.issues.summary import LoadSummary

LEVEL_ZH = {"error": "错误", "warning": "警告", "hint": "提示"}
ISSUES = ("级别", "代码", "表", "文件", "工作表", ("行号", "count"), "列", "内容", "问题", "应为", "处理办法")
PROPOSALS = ("类别", "名称一", "名称二", ("相似度", "score"), "理由", "编号一", "编号二", "怎么办")
COUNTS = (
    "表",
    "来源",
    ("读取", "count"),
    ("载入", "count"),
    ("合并", "count"),
    ("未载入", "count"),
    ("标题与合计", "count"),
)
DECIDE = "同一家：在 decisions.csv 中写 name=名称一，same_as=名称二；不同：写 different_from=名称二"


def issues_bytes(summary: LoadSummary) -> bytes:
    """Return the issues of a load as xlsx with the sheets 问题, 疑似同名 and 读取统计."""
    with Book("绿谱 导入问题清单") as book:
        book.sheet("问题", _heads(ISSUES), _issue_rows(summary))
        book.sheet("疑似同名", _heads(PROPOSALS), _proposal_rows(summary))
        book.sheet("读取统计", _heads(COUNTS), _count_rows(summary))
    return book.to_bytes()


def _heads(words: tuple[str | tuple[str, str], ...]) -> list[Head]:
    return [Head(word) if isinstance(word, str) else Head(*word) for word in words]


def _issue_rows(summary: LoadSummary) -> Iterator[tuple[Any, ...]]:
    """Yield a line for each issue kept in detail, and one for each group that has more."""
    for group in summary.log.groups():
        place = (LEVEL_ZH[group.level], group.code, _title(group.table), group.file, group.sheet)
        for issue in group:
            words = (issue.value, issue.message(), issue.expected(), issue.cure())
            yield (*place, issue.row, issue.column, *words)
        if group.beyond:
            yield (
                *place,
                None,
                group.column,
                None,
                f"同类问题还有 {group.beyond} 条，只计数，未逐条列出",
                None,
                None,
            )


def _title(table: str | None) -> str | None:
    return RECORDS[table].title if table in RECORDS else table


def _proposal_rows(summary: LoadSummary) -> Iterator[tuple[Any, ...]]:
    for near in summary.proposals:
        yield (near.kind, near.name_a, near.name_b, near.score, near.why, near.id_a, near.id_b, DECIDE)


def _count_rows(summary: LoadSummary) -> Iterator[tuple[Any, ...]]:
    for row in summary.tables:
        yield (row.title, row.source, row.read, row.loaded, row.merged, row.rejected, row.titles)
