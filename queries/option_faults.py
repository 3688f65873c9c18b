"""Words for options that pydantic refuses: which one, what was wrong, what was expected, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from graph_model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import ValidationError

    from queries.question import Question

_BOTH = re.compile(r"(?P<zh>[^(]+?) \((?P<en>.+)\)")
"""How a validator of ours words a fault: Chinese (English)."""

_EXPECTED: dict[str, tuple[str, str]] = {
    "int_parsing": ("应为整数", "a whole number is expected"),
    "int_type": ("应为整数", "a whole number is expected"),
    "int_from_float": ("应为整数", "a whole number is expected"),
    "greater_than_equal": ("不能小于 {ge}", "at least {ge} is expected"),
    "less_than_equal": ("不能大于 {le}", "at most {le} is expected"),
    "literal_error": ("应为 {expected} 之一", "one of {expected} is expected"),
    "bool_parsing": ("应为是或否", "yes or no is expected"),
    "bool_type": ("应为是或否", "yes or no is expected"),
    "date_type": ("应为日期，如 2025-06-30", "a date such as 2025-06-30 is expected"),
    "date_parsing": ("应为日期，如 2025-06-30", "a date such as 2025-06-30 is expected"),
    "date_from_datetime_parsing": ("应为日期，如 2025-06-30", "a date such as 2025-06-30 is expected"),
    "string_type": ("应为文字", "text is expected"),
}


def option_fault(question: Question, error: ValidationError) -> UsageError:
    """Return the first fault of the options of a question, in words."""
    first: Mapping[str, Any] = error.errors()[0]
    kind, option = first["type"], f"--{first['loc'][0]}".replace("_", "-") if first["loc"] else ""
    if kind == "extra_forbidden":
        return UsageError(
            f"“{question.title.zh}”没有选项 {option}，可用 verdigraph ask {question.name} --help 查看",
            f"{question.name} has no option {option}; see verdigraph ask {question.name} --help",
        )
    if kind == "missing":
        return UsageError(f"“{question.title.zh}”要写明 {option}", f"{question.name} needs {option}")
    zh, en = _what(first)
    given = f" {first['input']}" if option else ""
    return UsageError(f"{option}{given}：{zh}" if option else zh, f"{option}{given}: {en}" if option else en)


def _what(fault: Mapping[str, Any]) -> tuple[str, str]:
    context = fault.get("ctx", {})
    if fault["type"] == "value_error":
        plain = str(context["error"])
        found = _BOTH.fullmatch(plain)
        return (found["zh"], found["en"]) if found else (plain, plain)
    zh, en = _EXPECTED.get(fault["type"], (fault["msg"], fault["msg"]))
    return zh.format_map(context), en.format_map(context)
