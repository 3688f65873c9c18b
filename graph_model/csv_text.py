"""Text tables: the one reader of every csv of the product, from its bytes to rows of cells.

Encodings are told by the bytes: a mark, strict UTF-8, UTF-16 without a mark, GB18030; Big5 is called what it is. The delimiter is
the one under which rows have equal width. A quote that is not closed within its row is text: no row is ever swallowed.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Final, NamedTuple

DELIMITERS: Final = ",\t;|，"
SAMPLE_LINES: Final = 200
_LINE_SAMPLE: Final = 10_000
_ROW_LINES: Final = 100
"""Lines that one row may take, by breaks within quotes."""
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SAMPLE_BYTES: Final = 64 * 1024
_PLAIN = re.compile("[\t\n\r -~\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_BIG5_TRAILS: Final = 0.15
"""In Big5 so many second bytes lie below 0xA1; in GB18030 text hardly any do."""


class TextFault(Exception):  # noqa: N818 - worded by whoever opens the file
    """A text file that cannot be read: why, in Chinese and English, and the line of a NUL byte where that is why."""

    def __init__(self, zh: str, en: str, nul_line: int | None = None) -> None:
        super().__init__(f"{zh} ({en})")
        self.zh, self.en, self.nul_line = zh, en, nul_line


class CsvRow(NamedTuple):
    """A row of a small csv: the row a spreadsheet shows it in, and its cells, stripped."""

    number: int
    cells: list[str]


def csv_rows(data: bytes) -> Iterator[CsvRow]:
    """Yield the rows of a small csv that hold anything; raise TextFault."""
    text = decoded(data)
    for number, cells in enumerate(records(text_lines(text), delimiter_of(text)), 1):
        stripped = [cell.strip() for cell in cells]
        if any(stripped):
            yield CsvRow(number, stripped)


def decoded(data: bytes) -> str:
    """Return bytes as text without a mark; raise TextFault."""
    encoding = encoding_of_head(data[:SAMPLE_BYTES]) or eight_bit_encoding([data])
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise no_encoding(error) from error


def no_encoding(error: UnicodeDecodeError) -> TextFault:
    """Return that bytes fit no encoding."""
    return TextFault(
        f"编码既不是 UTF-8、UTF-16，也不是 GB18030（第 {error.start} 字节）",
        f"the encoding is neither UTF-8, UTF-16 nor GB18030 (byte {error.start})",
    )


def encoding_of_head(head: bytes) -> str | None:
    """Return the encoding that the first bytes tell by a mark or by their pairs; None where the whole file has to be seen."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    return utf16_without_mark(head)


def utf16_without_mark(head: bytes) -> str | None:
    """Return the byte order of UTF-16 text without a mark: delimiters and line breaks leave zero bytes, which no other text has."""
    if 0 not in head:
        return None
    sample = head[: len(head) // 2 * 2]
    shares = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, errors="replace")
        shares[encoding] = len(_PLAIN.findall(text)) / max(1, len(text))
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] > 0.9 and shares[best] > min(shares.values()) + 0.1 else None


def eight_bit_encoding(blocks: Sequence[bytes] | Iterator[bytes]) -> str:
    """Return utf-8 or gb18030 for the blocks of a file; raise TextFault for Big5 and for text with a zero byte."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    is_utf8, before, sample = True, 0, b""
    for block in blocks:
        if (at := block.find(b"\0")) >= 0:
            line = before + block[:at].count(b"\n") + 1
            raise TextFault(f"第 {line} 行含有 NUL 字节", f"there is a NUL byte in line {line}", line)
        before += block.count(b"\n")
        sample = sample or block[:SAMPLE_BYTES]
        is_utf8 = is_utf8 and _decodes(decoder, block)
    if is_utf8 and _decodes(decoder, b"", final=True):
        return "utf-8"
    if _is_big5(sample):
        raise TextFault("编码是 Big5（繁体中文）", "the encoding is Big5 (traditional Chinese)")
    return "gb18030"


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _is_big5(sample: bytes) -> bool:
    """Tell whether pairs of bytes are Big5: GB18030 would take them for rare characters."""
    pairs = low = at = 0
    while at + 1 < len(sample):
        if sample[at] < 0x81:
            at += 1
            continue
        pairs, low, at = pairs + 1, low + (sample[at + 1] < 0xA1), at + 2
    if not pairs or low / pairs < _BIG5_TRAILS:
        return False
    try:
        sample[: sample.rfind(b"\n") + 1 or None].decode("big5")
    except UnicodeDecodeError:
        return False
    return True


def text_lines(text: str) -> list[str]:
    """Return the lines of a text, whatever ends them; what ends with a line break has no line behind it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines


def delimiter_of(text: str) -> str:
    """Return the delimiter under which most of the first lines have one width, the wider where several do."""
    lines = _sampled(text_lines(text[: SAMPLE_LINES * _LINE_SAMPLE]))
    return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _sampled(lines: Iterable[str]) -> list[str]:
    return [line[:_LINE_SAMPLE] for line in islice(lines, SAMPLE_LINES)]


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[int, int]:
    """Return how many lines have the most frequent width above one, and that width."""
    widths = Counter(len(_cells(line, delimiter)[0]) for line in lines if delimiter in line)
    if not widths:
        return 0, 1
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (times, width) if width > 1 else (0, 1)


def records(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the rows of lines without their ends, a blank line as no cells. A cell in quotes may hold line breaks.

    A quote that is not closed within its row is text. Lines are read as they come, a hundred ahead at most.
    """
    coming = iter(lines)
    ahead = deque(islice(coming, SAMPLE_LINES))
    width = _width(ahead, delimiter)
    while ahead:
        if '"' not in ahead[0]:
            line = ahead.popleft()
            yield line.split(delimiter) if line else []
        else:
            cells, taken = _record(ahead, delimiter, width)
            for _ in range(taken):
                ahead.popleft()
            yield cells
        ahead.extend(islice(coming, max(0, _ROW_LINES - len(ahead))))


def _width(lines: Sequence[str], delimiter: str) -> int:
    """Return how many cells a row has: that of all rows where quotes are as a spreadsheet sets them, else of most lines."""
    whole = csv.reader([f"{line}\n" for line in lines], delimiter=delimiter)
    try:
        rows = [cells for cells in whole if cells]
        widths = set(map(len, rows[:-1] if len(lines) >= SAMPLE_LINES else rows))  # The last may be cut.
    except csv.Error:  # A cell beyond the limit of the module: an odd quote took half the file for one.
        widths = set()
    return widths.pop() if len(widths) == 1 else _evenness(_sampled(lines), delimiter)[1]


def is_plain(line: str, delimiter: str) -> bool:
    """Tell whether every quote of a line opens or closes a whole cell, so that any csv reader reads it alike."""
    return _proper(delimiter).fullmatch(line) is not None


def _record(ahead: Sequence[str], delimiter: str, width: int) -> tuple[list[str], int]:
    """Return the row that begins with the first line, and how many lines it takes."""
    cells, is_open = _cells(ahead[0], delimiter)
    if not is_open:
        return cells, 1
    for end in range(1, min(_ROW_LINES, len(ahead))):
        alone = len(ahead[end].split(delimiter))
        if '"' in ahead[end]:
            joined, still_open = _cells("\n".join(islice(ahead, end + 1)), delimiter)
            if not still_open:
                # Two quotes that nothing closes look like one cell over many rows: each row is then whole by itself.
                is_whole = width == 1 or (len(joined) == width and not (len(cells) == width and alone >= width))
                return (joined, end + 1) if is_whole else (cells, 1)
        if 1 < width <= alone:
            break
    return cells, 1


def _cells(line: str, delimiter: str) -> tuple[list[str], bool]:
    """Return the cells of a line, and whether one begins with a quote that the line does not close."""
    if '"' not in line:
        return line.split(delimiter), False
    if is_plain(line, delimiter):
        return next(csv.reader([line], delimiter=delimiter)) if "\n" not in line else _scanned(line, delimiter)[
            0
        ], False
    return _scanned(line, delimiter)


def _scanned(line: str, delimiter: str) -> tuple[list[str], bool]:
    """Return the cells of a line with odd quotes: a cell in whole quotes is unquoted, any other quote is text."""
    cells, is_open, at, quoted = [], False, 0, _quoted(delimiter)
    while True:
        cell = quoted.match(line, at)
        if cell is not None:
            cells.append(cell[1].replace('""', '"'))
            at = cell.end()
        else:
            end = line.find(delimiter, at)
            end = len(line) if end < 0 else end
            is_open = is_open or line[at : at + 1] == '"'
            cells.append(line[at:end])
            at = end
        if at >= len(line):
            return cells, is_open
        at += 1
        if at == len(line):
            return [*cells, ""], is_open


@cache
def _quoted(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf'"((?:[^"]|"")*+)"(?={re.escape(delimiter)}|$(?!\n))')


@cache
def _proper(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    cell = rf'(?:"(?:[^"]|"")*+"|[^"{mark}]*+)'
    return re.compile(rf"{cell}(?:{mark}{cell})*+")
