"""The encoding of a text file, told by its bytes and never guessed past a doubt.

A mark, UTF-16 without a mark, strict UTF-8, GB18030, in this order. Big5, UTF-8 with a broken byte and text with a NUL byte are
said to be that: read as GB18030, they would give other characters without a word.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import Final

SAMPLE_BYTES: Final = 64 * 1024
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PLAIN: Final = re.compile("[\t\n\r -~\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_PLAIN_SHARE: Final = 0.9
"""So many characters of Chinese tables are plain ones."""
_BIG5_TRAILS: Final = 0.15
"""In Big5 so many second bytes lie below 0xA1; in GB18030 text hardly any do."""
_BROKEN_SHARE: Final = 10
"""UTF-8 with broken bytes has so many whole characters for each broken one; other encodings have none."""
_NOT_ASCII: Final = re.compile(rb"[\x80-\xff]")


class TextFault(Exception):  # noqa: N818 - worded by whoever opens the file
    """A text file that cannot be read: why, in Chinese and English; the line of a NUL byte."""

    def __init__(self, zh: str, en: str, nul_line: int | None = None) -> None:
        super().__init__(f"{zh} ({en})")
        self.zh, self.en, self.nul_line = zh, en, nul_line


def decoded(data: bytes) -> str:
    """Return bytes as text without a mark; raise TextFault."""
    encoding = encoding_of(data[:SAMPLE_BYTES]) or eight_bit_encoding([data])
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise no_encoding(error, data[: error.start].count(b"\n") + 1) from error


def no_encoding(error: UnicodeDecodeError, line: int | None = None) -> TextFault:
    """Return that bytes fit no encoding."""
    zh, en = (f"第 {line} 行", f"line {line}") if line else (f"第 {error.start} 字节", f"byte {error.start}")
    return TextFault(
        f"编码既不是 UTF-8、UTF-16，也不是 GB18030（{zh}）", f"the encoding is neither UTF-8, UTF-16 nor GB18030 ({en})"
    )


def encoding_of(head: bytes) -> str | None:
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
        is_told = 2 * sum(character < "\x80" for character in text) >= sample.count(0)
        shares[encoding] = is_told * len(_PLAIN.findall(text)) / max(1, len(text))
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] > _PLAIN_SHARE and shares[best] > min(shares.values()) + 0.1 else None


def eight_bit_encoding(blocks: Iterable[bytes]) -> str:
    """Return utf-8 or gb18030 for the blocks of a file; raise TextFault for what would be misread as one of them."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    is_utf8, before, sample = True, 0, b""
    for block in blocks:
        if (at := block.find(b"\0")) >= 0:
            line = before + block[:at].count(b"\n") + 1
            raise TextFault(f"第 {line} 行含有 NUL 字节", f"there is a NUL byte in line {line}", line)
        before += block.count(b"\n")
        if not sample and (first := _NOT_ASCII.search(block)):
            sample = block[first.start() : first.start() + SAMPLE_BYTES]
        is_utf8 = is_utf8 and _decodes(decoder, block)
    if is_utf8 and _decodes(decoder, b"", final=True):
        return "utf-8"
    if _is_broken_utf8(sample):
        raise TextFault("编码是 UTF-8，但其中有损坏的字节", "the encoding is UTF-8, and some of its bytes are broken")
    if _is_big5(sample):
        raise TextFault("编码是 Big5（繁体中文）", "the encoding is Big5 (traditional Chinese)")
    return "gb18030"


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _is_broken_utf8(sample: bytes) -> bool:
    """Tell whether nearly all characters beyond ASCII are whole in UTF-8; those of another encoding hardly ever are."""
    text = sample.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(character > "\x7f" for character in text) - broken
    return whole > broken * _BROKEN_SHARE


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
