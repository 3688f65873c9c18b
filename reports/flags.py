"""The options of `verdigraph ask`: made from the options model of the question, none written twice.

A question may stand before or behind its options, and which options there are depends on the question. So
the words are read in two steps: `asked_question` finds the question, `read_flags` reads the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from types import UnionType
from typing import TYPE_CHECKING, Any, Final, Literal, Union, get_args, get_origin

from graph_model.bilingual import Bilingual
from graph_model.errors import DoesNotFitError, UsageError, near_matches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from queries.asking.question import AnyQuestion

NEGATIVE = frozenset("0123456789.")


@dataclass(frozen=True, slots=True)
class Flag:
    """An option of the command line. A switch takes no value; `choices` is empty where any value goes."""

    name: str
    zh: str
    en: str
    switch: bool = False
    choices: tuple[str, ...] = ()
    is_day: bool = False
    required: bool = False
    default: str = ""
    repeated: bool = False
    """Whether it may be given several times; its values are a list."""

    @property
    def option(self) -> str:
        """Return how it is typed, such as `--key-only`."""
        return f"--{self.name.strip('_').replace('_', '-')}"  # `for` is a word of Python: its field is `for_`

    def words(self, lang: str) -> str:
        """Return what it means."""
        return self.zh if lang == "zh" else self.en


COMMON = (
    Flag("store", "数据目录（默认取环境变量 VERDIGRAPH_STORE）", "the store (default: VERDIGRAPH_STORE)"),
    Flag("snapshot", "问较早的快照：编号的开头几位；见 verdigraph snapshots",
         "ask an older snapshot, by the beginning of its id; see verdigraph snapshots"),
    Flag("as_of", "截至哪一天，如 2025-06-30；不写为今天", "answer as of this day; else today", is_day=True),
    Flag("format", "输出格式；不写时看 --out 的扩展名", "format; else the ending of --out decides",
         choices=("table", "csv", "json", "xlsx"), default="table"),
    Flag("out", "写入文件，不写则输出到屏幕", "write to this file instead of standard output"),
    Flag("rows", "屏幕上最多显示几行，all 为全部", "rows shown on a terminal, or `all`", default="50"),
    Flag("engine", "在内存中回答，或在 Neo4j 服务器上（VERDIGRAPH_NEO4J_URI）",
         "answer in memory, or on the Neo4j server of VERDIGRAPH_NEO4J_URI",
         choices=("memory", "neo4j"), default="memory"),
    Flag("lang", "表头与说明的语言", "language of heads and words", choices=("zh", "en"), default="zh"),
    Flag("help", "显示这一页", "show this page", switch=True),
)  # fmt: skip
"""Options of every question that say where the data is and where the answer goes."""


@dataclass(slots=True)
class Asked:
    """What a command line asks: the question, its own options, and those of every question."""

    question: str | None
    own: dict[str, Any] = field(default_factory=dict)
    common: dict[str, Any] = field(default_factory=dict)


def flags_of(options: type[BaseModel]) -> tuple[Flag, ...]:
    """Return the flags of a question's options model, in its order."""
    return tuple(_flag(name, info) for name, info in options.model_fields.items())


def flags_of_question(question: AnyQuestion) -> tuple[Flag, ...]:
    """Return the flags of a question: those of its options, and where its answer may also go."""
    outputs = (Flag(output.name, output.meaning.zh, output.meaning.en) for output in question.outputs)
    return (*flags_of(question.options), *outputs)


def asked_question(words: Sequence[str], known: Collection[str] = ()) -> str | None:
    """Return the known question among the words, else the first word that is no option or value of one."""
    named = next((word for word in words if word in known), None)
    return named or next((word for option, word in zip(("", *words), words, strict=False) if _bare(option, word)), None)


def _bare(before: str, word: str) -> bool:
    takes_value = before.startswith("--") and "=" not in before and before != "--help"
    return not word.startswith("-") and not takes_value


def read_flags(words: Sequence[str], own: Sequence[Flag]) -> Asked:
    """Return what the words ask. Raises UsageError for an option unknown or without value, a word too many."""
    asked = Asked(question=None)
    flags = {flag.option: flag for flag in (*own, *COMMON)}
    own_names = {flag.name for flag in own}
    for option, value in _pairs(words, flags):
        if option is None:
            _take_question(asked, value)
            continue
        flag = flags[option]
        target = asked.own if flag.name in own_names else asked.common
        if flag.repeated:
            target.setdefault(flag.name, []).append(_value(flag, value))
            continue
        if flag.name in target:
            raise UsageError(f"选项 {option} 写了两次，请只留一个", f"{option} is given twice: keep one")
        target[flag.name] = True if flag.switch else _value(flag, value)
    return asked


QUOTE: Final = Bilingual("名称带空格时加引号", "quote names with spaces")
"""The cure of a bare word that is the rest of a name."""


def read_options(words: Sequence[str], own: Sequence[Flag], cure: Bilingual) -> Asked:
    """Return what the words of a command without a question ask; UsageError for a bare word too, with its cure."""
    asked = read_flags(words, own)
    if asked.question is not None:
        raise UsageError(f"多了一个词“{asked.question}”：{cure.zh}", f"unexpected word {asked.question!r}: {cure.en}")
    return asked


def _pairs(words: Sequence[str], flags: dict[str, Flag]) -> Iterator[tuple[str | None, str]]:
    """Yield (option, value) in order; the option of a bare word is None, the value of a switch is empty."""
    left = iter(words)
    for word in left:
        if word == "-h":
            yield "--help", ""
        elif not word.startswith("-") or word == "-":
            yield None, word
        else:
            option, equals, value = word.partition("=")
            if option not in flags:
                raise _unknown_option(option, flags)
            if flags[option].switch:
                if equals:
                    raise UsageError(f"选项 {option} 是开关，不带值", f"{option} is a switch and takes no value")
                yield option, ""
            else:
                yield option, value if equals else _next_value(option, left)


def _next_value(option: str, left: Iterator[str]) -> str:
    value = next(left, None)
    if value is None or (value.startswith("-") and value[1:2] not in NEGATIVE):
        raise UsageError(f"选项 {option} 后面要写一个值", f"{option} needs a value")
    return value


def _take_question(asked: Asked, word: str) -> None:
    if asked.question is not None:
        raise UsageError(
            f"多了一个词“{word}”：一次只能问一个问题，带空格的名称请加引号",
            f"unexpected word {word!r}: ask one question at a time, quote names with spaces",
        )
    asked.question = word


def _value(flag: Flag, text: str) -> Any:
    if flag.is_day:
        return text if flag.name == "as_of" and re.search("[,，、]", text) else read_day(text, flag.name)
    if flag.choices and (text := _choice(flag, text)) not in flag.choices:
        expected = Bilingual(f"应为 {'、'.join(flag.choices)} 之一", f"one of {', '.join(flag.choices)} is expected")
        raise DoesNotFitError(flag.name, text, expected)
    return text


def _choice(flag: Flag, text: str) -> str:
    """Return the id of a choice that may be written in Chinese, such as 省级 for `provincial`."""
    from graph_model.values import coded

    kind = {"tier": coded.TIER, "category": coded.CATEGORY}.get(flag.name)
    return (kind.parse(text).value or text) if kind else text


def read_day(text: str, option: str) -> date:
    """Return a day written in any of the ways a list may write it."""
    from graph_model.values.dates import day

    value = day(text).value
    if not isinstance(value, date):
        expected = Bilingual("应为日期，如 2025-06-30", "a date such as 2025-06-30 is expected")
        raise DoesNotFitError(option, text, expected)
    return value


def _unknown_option(option: str, flags: dict[str, Flag]) -> UsageError:
    near = near_matches(option, flags, most=1)
    zh = f"，是不是 {near[0]}？" if near else "，可加 --help 查看这个问题的选项"
    en = f"; did you mean {near[0]}?" if near else "; add --help to see the options of this question"
    return UsageError(f"这里没有选项 {option}{zh}", f"no option {option} here{en}")


def _flag(name: str, info: FieldInfo) -> Flag:
    kinds = _plain_types(info.annotation)
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    choices = tuple(str(choice) for kind in kinds if get_origin(kind) is Literal for choice in get_args(kind))
    default = info.get_default(call_default_factory=False)
    return Flag(
        name=name,
        zh=str(extra.get("zh", "")) or info.description or "",
        en=info.description or "",
        switch=kinds == [bool],
        choices=choices,
        is_day=date in kinds,
        required=info.is_required(),
        default="" if default in (None, ()) or isinstance(default, bool) or info.is_required() else str(default),
        repeated=any(get_origin(kind) is tuple for kind in kinds),
    )


def _plain_types(annotation: Any) -> list[Any]:
    """Return the types of a field without None and without Annotated."""
    if get_origin(annotation) in (Union, UnionType):
        return [kind for part in get_args(annotation) for kind in _plain_types(part)]
    if hasattr(annotation, "__metadata__"):
        return _plain_types(annotation.__origin__)
    return [] if annotation is type(None) else [annotation]
