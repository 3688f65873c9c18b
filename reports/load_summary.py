"""What a load did, on the terminal: rows per table and source, issues grouped, codes gained, the snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from reports.terminal import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from loaders.issues.summary import LoadSummary

FIRST = 5
"""Issues, codes and names shown of each kind; the rest is counted."""
HEADS = {
    "zh": ("表", "来源", "读取", "= 载入", "+ 合并", "+ 未载入", "+ 标题与合计"),
    "en": ("table", "source", "read", "= loaded", "+ merged", "+ rejected", "+ titles and totals"),
}


def print_summary(summary: LoadSummary, console: Console, lang: str = "zh") -> None:
    """Print what a load did."""
    console.print(_counts(summary, lang))
    for line in _lines(summary, lang):
        console.print(line, soft_wrap=True)


def _counts(summary: LoadSummary, lang: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for at, head in enumerate(HEADS[lang]):
        table.add_column(head, justify="left" if at < 2 else "right", overflow="fold", no_wrap=at != 1)
    for row in summary.tables:
        numbers = (row.read, row.loaded, row.merged, row.rejected, row.titles)
        table.add_row(
            row.title if lang == "zh" else row.table or "(not recognised)",
            row.source,
            *(f"{number:,}" for number in numbers),
        )
    return table


def _lines(summary: LoadSummary, lang: str) -> Iterator[str]:
    yield from summary.log.grouped(FIRST, lang)
    errors, warnings, hints = (f"{count:,}" for count in summary.log.counts().values())
    yield either(
        lang,
        f"错误 {errors}（未载入）　警告 {warnings}　提示 {hints}",
        f"{errors} errors (left out), {warnings} warnings, {hints} hints",
    )
    yield from _gained(summary, lang)
    if summary.proposals:
        pairs = f"{len(summary.proposals):,}"
        yield either(
            lang,
            f"疑似同名 {pairs} 对，未合并：加 --issues 文件.xlsx 查看，写入 decisions.csv 决定",
            f"{pairs} pairs of similar names, not merged: see --issues, decide in decisions.csv",
        )
    same = "" if summary.switched else either(lang, "（与原有数据相同）", " (the store said the same)")
    yield either(lang, f"快照 {summary.snapshot}{same}", f"snapshot {summary.snapshot}{same}")


def _gained(summary: LoadSummary, lang: str) -> Iterator[str]:
    """Yield the units that are known by a credit code from now on."""
    gained = summary.gained_codes
    for old, new, name in gained[:FIRST]:
        yield either(lang, f"补上代码　{name}：{old} → {new}", f"gained a code: {name}: {old} -> {new}")
    if len(gained) > FIRST:
        yield either(lang, f"    …… 共 {len(gained):,} 家补上代码", f"    … {len(gained):,} units gained a code")
