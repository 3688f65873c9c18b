"""Which cells of an old workbook (xls) are shown as percentages: calamine reads their numbers and not their formats.

The workbook is a stream in an OLE container, the stream a row of records. Everything is bounded: a broken file gives no cells.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from loaders.read.formats.sheet_xml import Place, is_percent

_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks."""
_FORMAT, _XF, _BOUNDSHEET, _EOF, _BOF = 0x41E, 0xE0, 0x85, 0x0A, 0x809
_CELLS: Final = frozenset({0x06, 0x203, 0x27E})
"""FORMULA, NUMBER, RK: row, column and style come first."""
_MULRK: Final = 0xBD
_PERCENT_FORMATS: Final = frozenset({9, 10})


def percent_places(path: Path, sheet: int) -> set[Place]:
    """Return the cells of the sheet with this number (from 0) that are shown as a percentage."""
    try:
        stream = _workbook(path.read_bytes())
        return _percent_places(stream, sheet)
    except (struct.error, IndexError, KeyError):
        return set()


def _percent_places(stream: bytes, sheet: int) -> set[Place]:
    formats, styles, offsets = set(_PERCENT_FORMATS), [], []
    for code, body in _records(stream, 0):
        if code == _FORMAT and is_percent(body[5:].replace(b"\0", b"").decode("latin-1")):
            formats.add(struct.unpack_from("<H", body)[0])
        elif code == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif code == _BOUNDSHEET and body[5] == 0:  # A worksheet, no chart.
            offsets.append(struct.unpack_from("<I", body)[0])
    percent = {number for number, style in enumerate(styles) if style in formats}
    return {place for place, style in _cells(stream, offsets[sheet]) if style in percent} if percent else set()


def _cells(stream: bytes, offset: int) -> Iterator[tuple[Place, int]]:
    for code, body in _records(stream, offset):
        if code in _CELLS:
            row, column, style = struct.unpack_from("<HHH", body)
            yield (row, column), style
        elif code == _MULRK:
            row, first = struct.unpack_from("<HH", body)
            for number in range((len(body) - 6) // 6):
                yield (row, first + number), struct.unpack_from("<H", body, 4 + 6 * number)[0]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part of the stream."""
    depth = 0
    while at + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        depth += (code == _BOF) - (code == _EOF)
        yield code, stream[at + 4 : at + 4 + length]
        if depth <= 0:
            return
        at += 4 + length


def _workbook(data: bytes) -> bytes:
    """Return the stream of the workbook."""
    size, small = 1 << struct.unpack_from("<H", data, 30)[0], 1 << struct.unpack_from("<H", data, 32)[0]
    first_entry, cutoff, first_small = struct.unpack_from("<I4xII", data, 48)
    table = _allocation(data, size)
    entries = _chain(data, table, first_entry, size, size)
    root = struct.unpack_from("<I", entries, 116)[0]
    for at in range(0, len(entries) - 127, 128):
        name = entries[at : at + 64].decode("utf-16-le", errors="ignore").split("\0")[0]
        if name.lower() in {"workbook", "book"}:
            start, length = struct.unpack_from("<II", entries, at + 116)
            if length >= cutoff:
                return _chain(data, table, start, size, size)[:length]
            inside = _chain(data, table, root, size, size)
            small_table = struct.unpack(f"<{len(raw := _chain(data, table, first_small, size, size)) // 4}I", raw)
            return _chain(inside, small_table, start, small, 0)[:length]
    raise KeyError("Workbook")


def _allocation(data: bytes, size: int) -> tuple[int, ...]:
    """Return which sector follows which."""
    sectors = [sector for sector in struct.unpack_from("<109I", data, 76) if sector < _END]
    more, _ = struct.unpack_from("<II", data, 68)
    seen = 0
    while more < _END and seen * size < len(data):
        block = data[size * (more + 1) : size * (more + 2)]
        *numbers, more = struct.unpack(f"<{size // 4}I", block)
        sectors += [sector for sector in numbers if sector < _END]
        seen += 1
    raw = b"".join(data[size * (sector + 1) : size * (sector + 2)] for sector in sectors)
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _chain(data: bytes, table: tuple[int, ...], sector: int, size: int, offset: int) -> bytes:
    """Return the sectors of a chain, one after the other; a chain in a circle ends."""
    pieces: list[bytes] = []
    while sector < min(_END, len(table)) and len(pieces) <= len(table):
        pieces.append(data[offset + size * sector : offset + size * (sector + 1)])
        sector = table[sector]
    return b"".join(pieces)
