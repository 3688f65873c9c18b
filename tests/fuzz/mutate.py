"""What can go wrong with a file on its way: bits, ends, blocks, quotes, encodings, XML, merged boxes, the order of sheets."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.fuzz.seeds import Seed


@dataclass(frozen=True)
class Mutant:
    """A changed file: what it was made of, how, and how many lines it still has (None: not known)."""

    seed: Seed
    change: str
    content: bytes
    encoding: str
    lines: int | None = None


_Change = Callable[[bytes, random.Random], bytes]


def _bits(content: bytes, rng: random.Random) -> bytes:
    """Flip one to sixteen bits anywhere."""
    out = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(out))
        out[at] ^= 1 << rng.randrange(8)
    return bytes(out)


def _cut(content: bytes, rng: random.Random) -> bytes:
    """Keep only a beginning."""
    return content[: rng.randrange(len(content))]


def _hole(content: bytes, rng: random.Random) -> bytes:
    """Lose a block."""
    at, size = rng.randrange(len(content)), rng.choice((1, 7, 64, 512))
    return content[:at] + content[at + size :]


def _zeros(content: bytes, rng: random.Random) -> bytes:
    """Overwrite a block with zeros."""
    at, size = rng.randrange(len(content)), rng.choice((1, 4, 32, 512))
    return content[:at] + bytes(min(size, len(content) - at)) + content[at + size :]


def _twice(content: bytes, rng: random.Random) -> bytes:
    """Repeat a block."""
    at, size = rng.randrange(len(content)), rng.choice((3, 50, 700))
    return content[: at + size] + content[at:]


def _noise(content: bytes, rng: random.Random) -> bytes:
    """Insert random bytes."""
    at = rng.randrange(len(content))
    return content[:at] + rng.randbytes(rng.choice((1, 3, 40))) + content[at:]


def _number(content: bytes, rng: random.Random) -> bytes:
    """Replace one number by one that is far too large, negative, or none."""
    numbers = list(re.finditer(rb"\d+", content))
    if not numbers:
        return content
    at = rng.choice(numbers)
    return content[: at.start()] + rng.choice(_ODD_NUMBERS) + content[at.end() :]


_ODD_NUMBERS = (b"0", b"-1", b"2000000000", b"99999999999999999999", b"1e308", "²".encode(), b"", b"x")


def _tag(content: bytes, rng: random.Random) -> bytes:
    """Lose, repeat or move one tag."""
    tags = list(re.finditer(rb"<[^<>]*>", content))
    if len(tags) < 2:
        return content
    at, to = rng.choice(tags), rng.choice(tags)
    kind = rng.randrange(3)
    if kind == 0:
        return content[: at.start()] + content[at.end() :]
    if kind == 1:
        return content[: at.end()] + at[0] + content[at.end() :]
    return content[: to.start()] + at[0] + content[to.start() :]


def _inside(change: _Change) -> _Change:
    """Return the change of one member of an archive."""

    def changed(content: bytes, rng: random.Random) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            main = [name for name in old.namelist() if re.search(r"sheet\d|document\.xml$|workbook\.xml$", name)]
            member = rng.choice(main if rng.random() < 0.8 else old.namelist())
            for name in old.namelist():
                text = old.read(name)
                new.writestr(name, change(text, rng) if name == member and text else text)
        return out.getvalue()

    return changed


def _boxes(content: bytes, rng: random.Random) -> bytes:
    """Give the first sheet merged boxes anywhere."""
    ends = [f"{rng.choice('ABCDEFZ')}{rng.choice((1, 2, 3, 9, 30, 500))}" for _ in range(8)]
    boxes = "".join(f'<mergeCell ref="{a}:{b}"/>' for a, b in zip(ends[::2], ends[1::2], strict=True))

    def change(text: bytes, _: random.Random) -> bytes:
        text = re.sub(rb"<mergeCells.*?</mergeCells>", b"", text)
        return text.replace(b"</sheetData>", f"</sheetData><mergeCells>{boxes}</mergeCells>".encode())

    return _members(content, r"sheet1\.xml$", change, rng)


def _spans(content: bytes, rng: random.Random) -> bytes:
    """Give cells of a Word table spans and vertical merges anywhere."""
    marks = ('<w:gridSpan w:val="{}"/>', "<w:vMerge/>", '<w:vMerge w:val="restart"/>', '<w:hMerge w:val="restart"/>')

    def change(text: bytes, rng: random.Random) -> bytes:
        cells = list(re.finditer(rb"<w:tcPr>", text))
        for at in sorted(rng.sample(cells, min(3, len(cells))), key=lambda cell: -cell.end()):
            mark = rng.choice(marks).format(rng.choice(("0", "2", "9", "-3", "70000", "x")))
            text = text[: at.end()] + mark.encode() + text[at.end() :]
        return text

    return _members(content, r"word/document\.xml$", change, rng)


def _members(content: bytes, pattern: str, change: _Change, rng: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text, rng) if re.search(pattern, name) else text)
    return out.getvalue()


def _sheets(content: bytes, rng: random.Random) -> bytes:
    """Reorder the sheets."""

    def change(text: bytes, rng: random.Random) -> bytes:
        sheets = re.findall(rb"<sheet [^>]*/>", text)
        rng.shuffle(sheets)
        return re.sub(rb"<sheets>.*</sheets>", b"<sheets>" + b"".join(sheets) + b"</sheets>", text)

    return _members(content, r"xl/workbook\.xml$", change, rng)


def _quote(content: bytes, rng: random.Random, encoding: str) -> bytes:
    """Put one quote anywhere but before the first line's end: no line is lost by it."""
    text = content.decode(encoding)
    at = rng.randrange(text.index("\n") + 1, len(text))
    return (text[:at] + '"' + text[at:]).encode(encoding)


_ANY: dict[str, _Change] = {
    "bits": _bits,
    "cut": _cut,
    "hole": _hole,
    "zeros": _zeros,
    "twice": _twice,
    "noise": _noise,
}
_XML: dict[str, _Change] = {"number": _number, "tag": _tag}
_ARCHIVE = {f"{name} inside": _inside(change) for name, change in (_ANY | _XML).items()}
_BY_SUFFIX: dict[str, dict[str, _Change]] = {
    ".xlsx": {**_ARCHIVE, "boxes": _boxes, "sheets": _sheets},
    ".docx": {**_ARCHIVE, "spans": _spans},
    ".html": _XML,
    ".pdf": {"number": _number},
    ".csv": {"number": _number},
    ".txt": {"number": _number},
}
_ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be")


def mutant(seed: Seed, rng: random.Random) -> Mutant:
    """Return a changed file."""
    changes = _ANY | _BY_SUFFIX.get(seed.suffix, {})
    names = [*changes, *(["quote", "encoding", "newline"] if seed.lines else [])]
    name = rng.choice(names)
    if name == "quote":
        return Mutant(seed, name, _quote(seed.content, rng, seed.encoding), seed.encoding, seed.lines)
    if name == "encoding":
        encoding = rng.choice(_ENCODINGS)
        return Mutant(
            seed, f"{name} {encoding}", seed.content.decode(seed.encoding).encode(encoding), encoding, seed.lines
        )
    if name == "newline":
        text = seed.content.decode(seed.encoding).replace("\n", rng.choice(("\r\n", "\r", "\n\n")))
        return Mutant(seed, name, text.encode(seed.encoding), seed.encoding, seed.lines)
    return Mutant(seed, name, changes[name](seed.content, rng), seed.encoding)
