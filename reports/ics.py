"""A calendar of a year, or the way of units, as an iCalendar file (RFC 5545): one all-day event per date.

UTF-8, lines ended by CR LF and folded at 75 octets without cutting a character; commas, semicolons, backslashes and line
breaks in texts are escaped. The same answer gives the same bytes: the stamp is the day of the answer, not of the clock.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from queries.answers.answer import Answer

LINE = 75
"""Octets a line may have, its break apart."""


def file_bytes(answer: Answer) -> bytes:
    """Return the answer of `calendar` or `route` as an iCalendar file; rows without a date are none."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Verdigraph//calendar//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(answer.title.zh)}",
    ]
    for values in answer.table.itertuples(index=False, name=None):
        row = dict(zip(answer.table.columns, values, strict=True))
        if not pd.isna(row["due"]):
            lines += _event(row, answer.as_of)
    lines.append("END:VCALENDAR")
    return b"".join(part + b"\r\n" for line in lines for part in folded(line))


def escaped(text: str) -> str:
    """Return a text as a value: backslash, comma, semicolon and line breaks are written with a backslash."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(plain, written)
    return text


def folded(line: str) -> Iterator[bytes]:
    """Yield a content line in parts of at most 75 octets, a blank before every part but the first; no character is cut."""
    part = b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > LINE:
            yield part
            part = b" "
        part += octets
    yield part


def _event(row: dict[str, Any], as_of: date) -> list[str]:
    """Return the lines of one deadline; its id stays the same from one year's file to the next export of it."""
    due = row["due"].date()
    about = "；".join(str(row[name]) for name in ("who", "clause", "source") if name in row and not pd.isna(row[name]))
    lines = [f"{label}：{row[name]}" for name, label in _TOLD.items() if name in row and not pd.isna(row[name])]
    of_unit = "deadline" not in row
    about_what = f"{row['unit_id']}-{row['step']}" if of_unit else row["deadline"]
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(str(row['rules']))}-{escaped(about_what)}-{due.year}@verdigraph",
        f"DTSTAMP:{as_of:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{due:%Y%m%d}",
        f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(row['unit'] + '：' + row['what'] if of_unit else row['what'])}",
        f"DESCRIPTION:{escaped(chr(10).join([about, *lines]))}",
        f"CATEGORIES:{escaped(row['rules'])}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


_TOLD = {
    "paper": "所缺材料",
    "first_year": "最早年度",
    "done": "按时完成",
    "late": "逾期完成",
    "undated": "日期不明",
    "missing": "尚无记录",
    "missing_by": "未完成者",
}
