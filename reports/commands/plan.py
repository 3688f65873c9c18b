"""`verdigraph plan`: whom to cultivate next, with the proof of how good the choice is."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from graph_model.errors import UsageError, named_option
from queries.planning.plan_options import PlanOptions
from reports.cultivation_list import cultivation_list
from reports.delivery import deliver, in_memory_only, opened, say_about, wanted
from reports.flags import QUOTE, Flag, flags_of, read_options
from reports.terminal import Working, either, say
from reports.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

OUTPUTS = (
    Flag("as_list", "另存为培育计划表（xlsx，可再载入）", "also write it as a list of table cultivation (xlsx)"),
)


def plan(words: Sequence[str], lang: str) -> None:
    """Plan what the words of the command line ask for."""
    asked = read_options(words, (*flags_of(PlanOptions), *OUTPUTS), QUOTE)
    options, common = dict(asked.own), asked.common
    as_list = options.pop("as_list", None)
    if as_list is not None and options.get("until") is not None:
        raise UsageError(
            f"{named_option('as_list')} 只写一个年度的计划，不能与 {named_option('until')} 合用",
            f"{named_option('as_list')} writes the plan of one year and does not go with {named_option('until')}",
        )
    in_memory_only(common)
    to = wanted(common)
    with Working(either(lang, "正在规划", "planning")):
        session = opened(common)
        answer = session.plan(as_of=common.get("as_of") or date.today(), **options)
    deliver(answer, to, lang)
    if to.form == "table" and to.out is None and "factories" in answer.parts:
        deliver(answer.parts["factories"], to, lang)
    say_about(answer, to, lang)
    if as_list is not None:
        write_whole(Path(as_list), cultivation_list(answer))
        say(either(lang, f"已写入培育计划表 {as_list}", f"wrote the cultivation list {as_list}"))
