"""Words for options that pydantic refuses: which one, what was wrong, what was expected, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph_model.bilingual import Bilingual
from graph_model.errors import (
    DoesNotFitError,
    MissingOptionError,
    RefusedValueError,
    UnknownNameError,
    UsageError,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic import ValidationError

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


def option_fault(name: str, title: str, error: ValidationError, names: Collection[str]) -> UsageError:
    """Return the first fault of the options of a question, or of `assess`, in words; `known` are the options it has."""
    first: Mapping[str, Any] = error.errors()[0]
    key = str(first["loc"][0]) if first["loc"] else ""
    if first["type"] == "extra_forbidden":
        return UnknownNameError(Bilingual(f"“{title}”的选项", f"option of {name} called"), key, names)
    if first["type"] == "missing":
        return MissingOptionError(Bilingual(f"“{title}”", name), key)
    zh, en = what_is_wrong(first)
    return DoesNotFitError(key, first["input"], Bilingual(zh, en)) if key else UsageError(zh, en)


def what_is_wrong(fault: Mapping[str, Any]) -> tuple[str, str]:
    """Return in Chinese and English what pydantic expected."""
    context = fault.get("ctx", {})
    if fault["type"] == "value_error":
        refusal = context["error"]
        if isinstance(refusal, RefusedValueError):
            return refusal.words.zh, refusal.words.en
        return str(refusal), str(refusal)
    zh, en = _EXPECTED.get(fault["type"], (fault["msg"], fault["msg"]))
    return zh.format_map(context), en.format_map(context)
