"""`verdigraph what-if`: what would change for parks, leaders, cities and verdicts, nothing stored."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from graph_model.errors import UsageError
from queries.planning.acts import PARTS
from queries.planning.files import table_rows
from queries.planning.what_if import WhatIfOptions
from reports.delivery import deliver, in_memory_only, opened, say_about, wanted
from reports.flags import QUOTE, Flag, flags_of, read_options
from reports.terminal import Working, either

if TYPE_CHECKING:
    from collections.abc import Sequence

INPUTS = (Flag("file", "设想事项的文件（csv，列 act,what）", "acts from a file (csv with columns act,what)"),)
_HEADS = {"act": ("事项",), "what": ("内容",)}


def what_if(words: Sequence[str], lang: str) -> None:
    """Tell what the acts of the command line, and of a file, would change."""
    asked = read_options(words, (*flags_of(WhatIfOptions), *INPUTS), QUOTE)
    options, common = dict(asked.own), asked.common
    for kind, text in _of_file(options.pop("file", None)):
        options[kind] = [*options.get(kind, []), text]
    if not any(kind in options for kind in PARTS):
        raise UsageError(
            "没有设想的事项，请加 --list、--strike 等", "nothing is supposed: add --list, --strike or another"
        )
    in_memory_only(common)
    to = wanted(common)
    with Working(either(lang, "正在推演", "working it out")):
        session = opened(common)
        answer = session.what_if(as_of=common.get("as_of") or date.today(), **options)
    deliver(answer, to, lang)
    if to.form == "table" and to.out is None:
        for part in answer.parts.values():
            deliver(part, to, lang)
    say_about(answer, to, lang)


def _of_file(path: str | None) -> list[tuple[str, str]]:
    """Return the acts of a file; UsageError names the line of one whose kind does not exist."""
    if path is None:
        return []
    acts = []
    for line, row in table_rows(path, ("act", "what"), _HEADS):
        kind = row["act"].removeprefix("--")
        if kind not in PARTS:
            listed = "、".join(PARTS)
            raise UsageError(
                f"{path} 第 {line} 行：没有事项“{row['act']}”，可用：{listed}",
                f"{path}, line {line}: there is no act {row['act']!r}; there are {', '.join(PARTS)}",
            )
        acts.append((kind, row["what"]))
    return acts
