"""Text files: encoding (mark, strict UTF-8, GB18030, UTF-16), delimiter, and lines by the csv module.

Files of more than a few megabytes are a `LargeText`, which never holds them in memory.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from loaders.read.formats.large_text import LargeText
from loaders.read.formats.sheet import COLUMNS_LIMIT, HEAD, Grid, Line, Sheet, grid_line
from loaders.read.refused import FileRefused
from loaders.read.sources import is_little_endian, looks_utf16

LARGE: Final = 8 * 1024**2
DELIMITERS: Final = ",\t;"

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK = 16 * 1024**2
_SAMPLE = 256 * 1024
_LINE_SAMPLE = 10_000


def text_sheets(path: Path) -> Iterator[Sheet]:
    """Yield the one sheet of a text file."""
    encoding = encoding_of(path)
    sample = _sample(path, encoding)
    delimiter = delimiter_of(sample)
    if path.stat().st_size > LARGE:
        yield _large(path, encoding, delimiter)
    else:
        with path.open(encoding=encoding, newline="") as stream:
            yield Grid(None, list(_lines(stream, delimiter)))


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file; refuse one with a NUL byte."""
    with path.open("rb") as stream:
        head = stream.read(_SAMPLE)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if looks_utf16(head[:4096]):
        return "utf-16-le" if is_little_endian(head) else "utf-16-be"
    return _eight_bit_encoding(path)


def _eight_bit_encoding(path: Path) -> str:
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    utf8, before = True, 0
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            if (at := block.find(b"\0")) >= 0:
                raise FileRefused("file_nul", line=before + block[:at].count(b"\n") + 1)
            before += block.count(b"\n")
            utf8 = utf8 and _decodes(decoder, block)
    return "utf-8" if utf8 and _decodes(decoder, b"", final=True) else "gb18030"


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _sample(path: Path, encoding: str) -> str:
    with path.open("rb") as stream:
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        return decoder.decode(stream.read(_SAMPLE))


def delimiter_of(sample: str) -> str:
    """Return the delimiter that makes the most cells of the first lines."""
    head = [line[:_LINE_SAMPLE] for line in sample.splitlines()[:HEAD]]
    return max(DELIMITERS, key=lambda delimiter: sum(len(row) for row in csv.reader(head, delimiter=delimiter)))


def _lines(stream: io.TextIOBase, delimiter: str) -> Iterator[Line]:
    try:
        for row, cells in enumerate(csv.reader(stream, delimiter=delimiter), 1):
            if len(cells) > COLUMNS_LIMIT:
                raise FileRefused("file_too_wide", columns=len(cells), limit=COLUMNS_LIMIT)
            if line := grid_line(row, cells):
                yield line
    except UnicodeDecodeError as error:
        raise FileRefused(
            "file_unreadable",
            why_zh=f"编码既不是 UTF-8、UTF-16，也不是 GB18030（第 {error.start} 字节）",
            why_en=f"the encoding is neither UTF-8, UTF-16 nor GB18030 (byte {error.start})",
        ) from error
    except csv.Error as error:
        raise FileRefused(
            "file_unreadable", why_zh=f"csv 格式错误（{error}）", why_en=f"broken csv ({error})"
        ) from error


def _large(path: Path, encoding: str, delimiter: str) -> LargeText:
    head: list[Line] = []
    with path.open(encoding=encoding, newline="") as stream:
        for line in _lines(stream, delimiter):
            head.append(line)
            if len(head) == HEAD:
                break
    return LargeText(None, head, whole=False, path=path, encoding=encoding, delimiter=delimiter)
