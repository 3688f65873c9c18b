"""Days: the spellings of SPEC 4 and those of other programs; a month or a year alone means its first day, with a hint."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

import pyarrow as pa

from graph_model.characters import without_unseen
from graph_model.values.coded_words import CodedWords
from graph_model.values.kind import NOTHING, Kind, ParsedValue, Remark, compact, says_nothing, warning

_SPELLINGS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(\d{4})-(\d{1,2})-(\d{1,2})",
        r"(\d{4})/(\d{1,2})/(\d{1,2})",
        r"(\d{4})\.(\d{1,2})\.(\d{1,2})",
        r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?",
        r"(\d{4})(\d{2})(\d{2})",
        r"(\d{4})年(\d{1,2})月?(?:份)?",
        r"(\d{4})-(\d{1,2})",
        r"(\d{4})/(\d{1,2})",
        r"(\d{4})\.(\d{1,2})",
        r"(\d{4})(\d{2})",
        r"(\d{4})(?:年|年度)?",
    )
)
_COARSE: Final = {1: Remark("hint", "day_from_year"), 2: Remark("hint", "day_from_month"), 3: None}
_CUT_MONTH = re.compile(r"\d{4}\.1")

_TIME = re.compile(
    r"(?P<day>.*\d)(?:\s*T\s*|\s+)(?:上午|下午)?\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AP]M)?\s*(?P<zone>Z|UTC|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_CHINA: Final = timezone(timedelta(hours=8))

_CHINESE = re.compile(
    r"([〇○零O0一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月份?(?:([一二三四五六七八九十廿卅]{1,3})[日号])?)?度?"
)
_DIGITS: Final = dict(zip("〇一二三四五六七八九", range(10), strict=True)) | dict.fromkeys("○零O", 0) | {"0": 0}

_MONTH_NAMES: Final = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC"
_MONTHS: Final = {name: at for at, name in enumerate(_MONTH_NAMES.split(), 1)}
_MONTH_NAME: Final = r"(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*"
_DAY_FIRST = re.compile(rf"(\d{{1,2}})(?:ST|ND|RD|TH)?[-/.,]?{_MONTH_NAME}[-/.,]?(\d{{4}})")
_MONTH_FIRST = re.compile(rf"{_MONTH_NAME}[-/.,]?(\d{{1,2}})(?:ST|ND|RD|TH)?[-/.,](\d{{4}})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")

_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
_SERIAL_ZERO: Final = date(1899, 12, 30)
"""Day 0 of Excel's calendar of 1900, which counts a 29 February 1900 that never was."""

_WEEKDAY = re.compile(r"\s*[(]?(?:星期|周)[一二三四五六日天][)]?|[.。]$")
# 已于2023年移出, 2023年5月被撤销, 撤销（2023年）: a word for ending beside when it was.
_ENDED_WORDS: Final = "移出|移除|除名|撤销|取消|调出|退出|搬离|搬迁|迁出|离园|撤离|退园|终止|结束|注销"
_ENDED = re.compile(
    rf"(?:已|已经)?(?:于|在|自)?(?P<when>(?:19|20)\d\d.*?)?(?:已|已经)?(?:被)?(?:从名单)?(?:{_ENDED_WORDS})(?:名单|园区)?"
    r"[:(]?(?P<then>(?:19|20)\d\d[^)]*)?\)?"
)
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d年?度?")
_OPEN_ENDS: Final = CodedWords("open_end")


def day(text: str) -> ParsedValue:
    """Read a day."""
    if says_nothing(text) or _OPEN_ENDS.knows(text):
        return NOTHING
    written = _WEEKDAY.sub("", without_unseen(unicodedata.normalize("NFKC", text)).strip())
    if timed := _TIME.fullmatch(written):
        zoned = _in_china(written) if timed["zone"] else None
        return zoned or day(timed["day"])
    cell = compact(written)
    found = next(filter(None, (spelling.fullmatch(cell) for spelling in _SPELLINGS)), None)
    if found is not None:
        parsed = _from_parts([int(part) for part in found.groups()])
        cut = parsed.value is not None and _CUT_MONTH.fullmatch(cell)
        return parsed._replace(remark=Remark("warning", "day_month_cut")) if cut else parsed
    return _from_words(cell.upper()) or _from_serial(cell) or warning("day_unreadable")


def _from_parts(parts: list[int]) -> ParsedValue:
    year, month, day_of_month = [*parts, 1, 1][:3]
    try:
        value = date(year, month, day_of_month)
    except ValueError:
        return warning("day_unreadable")
    if not 1900 <= year <= 2200:
        return warning("day_unreadable")
    return ParsedValue(value, _COARSE[len(parts)])


def _in_china(written: str) -> ParsedValue | None:
    """Return the day in China of an instant with a time zone: 2025-06-29T16:00Z is 30 June there."""
    try:
        instant = datetime.fromisoformat(re.sub(r"\s*UTC$", "Z", written, flags=re.IGNORECASE).replace(" ", ""))
    except ValueError:
        return None
    there = (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(_CHINA).date()
    return ParsedValue(there, None if there == instant.date() else Remark("hint", "day_from_instant"))


def _from_words(cell: str) -> ParsedValue | None:
    """Read 二〇二五年六月三十日, 30-JUN-2025, June 30, 2025, and 30/06/2025 where no other reading is possible."""
    if found := _CHINESE.fullmatch(cell):
        year = int("".join(str(_DIGITS[digit]) for digit in found[1]))
        return _from_parts([year, *(_chinese_number(part) for part in found.groups()[1:] if part)])
    if found := _DAY_FIRST.fullmatch(cell):
        return _from_parts([int(found[3]), _MONTHS[found[2]], int(found[1])])
    if found := _MONTH_FIRST.fullmatch(cell):
        return _from_parts([int(found[3]), _MONTHS[found[1]], int(found[2])])
    if found := _YEAR_LAST.fullmatch(cell):
        one, other, year = (int(part) for part in found.groups())
        if one > 12 or one == other:
            return _from_parts([year, other, one])
        return _from_parts([year, one, other]) if other > 12 else warning("day_order_open")
    return None


def _chinese_number(word: str) -> int:
    """Return 1–39 of Chinese digits: 六 is 6, 十二 is 12, 三十 is 30, 廿一 is 21."""
    tens, _, ones = word.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    return (10 * _DIGITS[tens[0]] if tens else 10 * ("十" in word)) + (_DIGITS[ones] if ones else 0)


def _from_serial(cell: str) -> ParsedValue | None:
    """Read the number by which Excel keeps a day: 45838 is 30 June 2025."""
    found = _SERIAL.fullmatch(cell)
    return (
        ParsedValue(_SERIAL_ZERO + timedelta(days=int(found[1])), Remark("hint", "day_from_serial")) if found else None
    )


def end_day(text: str) -> ParsedValue:
    """Read the day on which something ended: a day, also beside a word for ending; a year beside it is its 31 December."""
    ended = _ENDED.fullmatch(compact(text))
    if ended is None:
        return day(text)
    when = ended["when"] or ended["then"] or ""
    if not _YEAR_ALONE.fullmatch(when):
        return day(when) if when else warning("day_unreadable")
    return ParsedValue(date(int(when[:4]), 12, 31), Remark("hint", "removed_on_assumed"))


DAY: Final = Kind("day", pa.date32(), day)
END_DAY: Final = Kind("day of an end", pa.date32(), end_day)
