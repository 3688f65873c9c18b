"""Help on questions, made from the registry: one line each, or all of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from queries.answers.labels import OPTION_WORDS, label
from reports.flags import COMMON, Flag, flags_of_question
from reports.terminal import either

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from queries.asking.question import AnyQuestion

TEXT_WIDTH = 118
"""Where help folds when it goes to a pipe, which has no edge of its own."""


def list_questions(questions: Iterable[AnyQuestion], console: Console, lang: str) -> None:
    """Print one line a question: its name, its title and its definition, cut to the line."""
    lines = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for question in questions:
        lines.add_row(question.name, question.title.zh, question.title.en)
    console.print(lines)
    tip = "看一个问题的选项、列和口径：verdigraph ask 问题 --help（问题也可以用中文名）"
    console.print(tip if lang == "zh" else "options, columns and definition of one: verdigraph ask QUESTION --help")


def show_question(question: AnyQuestion, console: Console, lang: str) -> None:
    """Print everything about a question: what it means, its options, its columns."""
    zh = lang == "zh"
    console.width = min(console.width, TEXT_WIDTH)
    console.print(Text(f"{question.title.zh} / {question.title.en}", style="bold"))
    console.print(f"verdigraph ask {question.name} {'[选项]' if zh else '[options]'}\n")
    console.print(question.definition.in_(lang))
    own, common = flags_of_question(question), COMMON
    _section(console, "这个问题的选项" if zh else "options of this question", _options(own, lang))
    _section(console, "通用选项" if zh else "options of every question", _options(common, lang))
    _section(console, "列" if zh else "columns", _columns(question, lang))
    for switch, table in question.tables.items():
        _section(console, f"--{switch} 的列" if zh else f"columns of --{switch}", _columns(table, lang))


def _section(console: Console, head: str, body: Table) -> None:
    console.print(Text(f"\n{head}", style="bold"))
    console.print(Padding(body, (0, 0, 0, 2)))


def _options(flags: Iterable[Flag], lang: str) -> Table:
    table = _pairs()
    for flag in flags:
        words = flag.words(lang)
        choices = _choices(flag) if lang == "zh" else " | ".join(flag.choices)
        default = either(lang, "默认 ", "default ") + flag.default if flag.default else ""
        value = "" if flag.switch else (" DATE" if flag.is_day else " …")
        needed = either(lang, "必填", "required") if flag.required else ""
        rest = either(lang, "；", "; ").join(part for part in (needed, choices, default) if part)
        table.add_row(flag.option + value, f"{words}（{rest}）" if rest else words)
    return table


def _choices(flag: Flag) -> str:
    words = OPTION_WORDS.get(flag.name, {})
    return " | ".join(f"{choice} {words[choice][0]}" if choice in words else choice for choice in flag.choices)


def _columns(question: AnyQuestion, lang: str) -> Table:
    table = _pairs()
    for column in question.columns:
        meaning = column.meaning.in_(lang)
        table.add_row(column.name, f"{label(column, 'zh')}　{meaning}" if lang == "zh" else meaning)
    return table


def _pairs() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table
