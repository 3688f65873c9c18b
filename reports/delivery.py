"""Where an answer goes: the screen, a pipe or a file, with the words that stand behind its numbers on standard error."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph_model.bilingual import Bilingual
from graph_model.errors import DoesNotFitError, MemoryOnlyError, UsageError
from queries import open_store
from reports.grid import ROWS_AT_ONCE, grid
from reports.terminal import either, page, say
from reports.writing import format_for, put_answer, write_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from queries import Answer, Session
    from queries.answers.clauses import Clause


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where an answer is wanted, and in which form."""

    form: str
    out: Path | None
    rows: int | None
    """How many rows a terminal shows; None is all of them."""


def wanted(common: Mapping[str, Any]) -> Delivery:
    """Return where the answer is wanted. Raises UsageError for options that do not go together."""
    out = Path(common["out"]) if "out" in common else None
    form = format_for(common.get("format"), out)
    return Delivery(form, out, _rows(common.get("rows"), form, out))


def in_memory_only(common: Mapping[str, Any]) -> None:
    """Refuse another engine than memory."""
    if common.get("engine") == "neo4j":
        raise MemoryOnlyError(Bilingual("这一项", "this"))


def deliver(answer: Answer, to: Delivery, lang: str) -> None:
    """Put the answer where it is wanted."""
    if to.out is not None:
        write_answer(answer, to.form, to.out, lang)
    elif to.form == "table":
        print_table(answer, lang, to.rows)
    else:
        put_answer(answer, to.form, lang)


def say_about(answer: Answer, to: Delivery, lang: str) -> None:
    """Say what stands behind the answer, and where it has been written."""
    say(*words_about(answer, lang))
    if to.out is not None:
        count = f"{len(answer.table):,}"
        say(either(lang, f"已写入 {to.out}（{count} 行）", f"wrote {to.out} ({count} rows)"))


def opened(common: Mapping[str, Any]) -> Session:
    """Open the store that is meant, at the snapshot that is meant."""
    return open_store(store_path(common.get("store")), common.get("snapshot"))


def store_path(given: Any) -> Path:
    """Return the store that is meant. Raises UsageError when none is named."""
    path = given or os.environ.get("VERDIGRAPH_STORE")
    if not path:
        raise UsageError(
            "没有指明数据在哪里：请加 --store 目录，或设置环境变量 VERDIGRAPH_STORE",
            "no store given: add --store DIR or set VERDIGRAPH_STORE",
        )
    return Path(path)


def print_table(answer: Answer, lang: str, rows: int | None = ROWS_AT_ONCE) -> None:
    """Print an answer as a table; on a terminal only what fits, with a word on what did not."""
    console = page()
    on_screen = console.is_terminal
    drawn = grid(answer, lang, console.width if on_screen else None, rows if on_screen else None)
    console.print(drawn.table)
    if drawn.more_rows:
        more = f"{drawn.more_rows:,}"
        say(either(lang, f"还有 {more} 行未显示，加 --rows all 显示全部", f"{more} more rows: add --rows all"))
    if drawn.left_out:
        say(
            either(
                lang,
                f"屏幕放不下的列（csv、json、xlsx 中都有）：{'、'.join(drawn.left_out)}",
                f"columns that do not fit here (csv, json and xlsx have them): {', '.join(drawn.left_out)}",
            )
        )


def words_about(answer: Answer, lang: str) -> list[str]:
    """Return what stands behind the numbers: day, snapshot, definition, clauses, notes."""
    day, snapshot = answer.as_of, answer.snapshot
    stand = either(lang, f"截至 {day}　快照 {snapshot}", f"as of {day}, snapshot {snapshot}")
    lines = [f"{answer.title.in_(lang)}　{stand}"]
    lines.append(either(lang, "口径：", "definition: ") + answer.definition.in_(lang))
    lines += [either(lang, _clause_zh(clause), _clause_en(clause)) for clause in answer.clauses]
    lines += [line.in_(lang) for line in answer.summary]
    return lines + [either(lang, f"注：{note.zh}", f"note: {note.en}") for note in answer.notes]


def _clause_zh(clause: Clause) -> str:
    """Return a clause by the place it is printed at; what is no draft and was not checked against the text says so."""
    unchecked = "" if clause.verified or "征求意见稿" in clause.source else "（待核对）"
    return f"条款　{clause.source}{unchecked}：{clause.zh}"


def _clause_en(clause: Clause) -> str:
    draft = "" if clause.verified else " (draft)" if "征求意见稿" in clause.source else " (to be verified)"
    return f"clause {clause.id}{draft}: {clause.en}"


def _rows(given: str | None, form: str, out: Path | None) -> int | None:
    """Return how many rows a terminal shows; None is all of them."""
    if given is None:
        return ROWS_AT_ONCE
    if form != "table" or out is not None:
        raise UsageError("--rows 只用于屏幕上的表格", "--rows is for tables on the screen only")
    if given == "all":
        return None
    if not given.isdecimal() or int(given) == 0:
        raise DoesNotFitError("rows", given, Bilingual("应为正整数或 all", "a whole number or `all` is expected"))
    return int(given)
