"""The fonts of official documents (GB/T 9704), and what stands in for each where it is not installed."""

from __future__ import annotations

from typing import Final

TITLE: Final = "方正小标宋简体"
BODY: Final = "仿宋_GB2312"
FIRST_HEADING: Final = "黑体"
SECOND_HEADING: Final = "楷体_GB2312"
LATIN: Final = "Times New Roman"
STANDING_IN: Final = {TITLE: "华文中宋", BODY: "仿宋", FIRST_HEADING: "SimHei", SECOND_HEADING: "楷体"}
"""Other name or nearest font of each; a program that has neither takes its own Chinese font."""
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def font_table() -> bytes:
    """Return the font table of a document: every font with what stands in for it."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in STANDING_IN.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {_W}>{fonts}</w:fonts>'.encode()
