"""Words for options that pydantic refuses: which one, what was wrong, what was expected, in both languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from graph_model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import ValidationError

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
    "float_parsing": ("应为数字", "a number is expected"),
    "float_type": ("应为数字", "a number is expected"),
    "string_pattern_mismatch": ("写法不合，应如 {pattern}", "the form {pattern} is expected"),
    "tuple_type": ("应为列表", "a list is expected"),
    "dict_type": ("应为“键: 值”", "`key: value` is expected"),
    "model_type": ("应为“键: 值”", "`key: value` is expected"),
    "date_from_datetime_inexact": ("应为日期，如 2025-06-30", "a date such as 2025-06-30 is expected"),
}


def option_fault(command: str, title: str, error: ValidationError) -> UsageError:
    """Return the first fault of the options of a command such as `ask park-share`, in words."""
    name = command.removeprefix("ask ")
    first: Mapping[str, Any] = error.errors()[0]
    kind, option = first["type"], f"--{first['loc'][0]}".replace("_", "-") if first["loc"] else ""
    if kind == "extra_forbidden":
        return UsageError(
            f"“{title}”没有选项 {option}，可用 verdigraph {command} --help 查看",
            f"{name} has no option {option}; see verdigraph {command} --help",
        )
    if kind == "missing":
        return UsageError(f"“{title}”要写明 {option}", f"{name} needs {option}")
    zh, en = what_is_wrong(first)
    given = f" {first['input']}" if option else ""
    return UsageError(f"{option}{given}：{zh}" if option else zh, f"{option}{given}: {en}" if option else en)


def what_is_wrong(fault: Mapping[str, Any]) -> tuple[str, str]:
    """Return in Chinese and English what pydantic expected."""
    context = fault.get("ctx", {})
    if fault["type"] == "value_error":
        plain = str(context["error"])
        found = _BOTH.fullmatch(plain)
        return (found["zh"], found["en"]) if found else (plain, plain)
    zh, en = _EXPECTED.get(fault["type"], (fault["msg"], fault["msg"]))
    return zh.format_map(context), en.format_map(context)
