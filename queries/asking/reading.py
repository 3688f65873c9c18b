"""What a person writes for an option, in Python or on a command line, read in one place: days, and closed sets in Chinese.

`as_of` may be a date, a datetime, a pandas Timestamp, or text in any of the ways a list may write a day. An option with a
closed set takes its ids and the words that answers show for them: `tier="省级"` is `tier="provincial"`.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from graph_model.bilingual import Bilingual
from graph_model.errors import DoesNotFitError
from graph_model.values import coded
from graph_model.values.dates import day as parse_day
from queries.answers.labels import OPTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic.fields import FieldInfo

Day = date | str
"""A day as people write it; a datetime and a Timestamp are dates."""

_LISTS_OF_WORDS = {"tier": coded.TIER, "category": coded.CATEGORY}
"""Options of which the lists' own spellings are taken too."""


def read_day(value: object, option: str = "as_of") -> date:
    """Return the day that a value means; UsageError where it means none.

    >>> read_day("2025年6月30日")
    datetime.date(2025, 6, 30)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    day = parse_day(value).value if isinstance(value, str) else None
    if not isinstance(day, date):
        expected = Bilingual("应为日期，如 2025-06-30", "a date such as 2025-06-30 is expected")
        raise DoesNotFitError(option, value, expected)
    return day


def read_days(value: object, option: str = "as_of") -> tuple[date, ...]:
    """Return the days that a value means, in order, each once: one day, several in a list, or in a text parted by commas."""
    several = re.split("[,，、]", value) if isinstance(value, str) else value
    parts = several if isinstance(several, list | tuple) else [several]
    return tuple(sorted({read_day(part.strip() if isinstance(part, str) else part, option) for part in parts}))


def with_ids(options: Mapping[str, Any], fields: Mapping[str, FieldInfo]) -> dict[str, Any]:
    """Return options with the words of closed sets replaced by their ids; whatever is no such word stays as it is."""
    return {name: _id_of(name, value, fields.get(name)) for name, value in options.items()}


def _id_of(name: str, value: Any, field: FieldInfo | None) -> Any:
    if not isinstance(value, str) or field is None:
        return value
    text, choices = value.strip(), closed_set(field.annotation)
    if not choices or text in choices:
        return text if choices else value
    if name in _LISTS_OF_WORDS:
        return _LISTS_OF_WORDS[name].parse(text).value or text
    by_word = {zh: id for id, (zh, _) in OPTION_WORDS.get(name, {}).items()}
    return by_word.get(text, text)


def closed_set(annotation: Any) -> tuple[str, ...]:
    """Return the ids of an option with a closed set, nothing for another."""
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return tuple(choice for part in get_args(annotation) for choice in closed_set(part))
