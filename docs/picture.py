"""Draws docs/pictures/demo.png: what the terminal shows for a plan on the demo's store.

    verdigraph demo && python docs/picture.py verdigraph-demo/store

Needs a monospaced font with Chinese characters (Debian: fonts-noto-cjk).
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.console import Console

from loaders.fictional import DEMO_DAY
from queries import open_store
from reports.grid import grid

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
MONOSPACED = 7
"""Place of the monospaced simplified Chinese face in the collection."""
SIZE, LINE, EDGE, WIDTH = 28, 40, 32, 128
NARROW = "→"
"""Takes one cell of a terminal, though the font draws it on two."""
PAPER, INK, DIM = "#10231c", "#e6efe9", "#8fb8a4"


def screen(store: Path) -> list[tuple[str, str]]:
    """Return the lines of the screen with their colours."""
    answer = open_store(store).plan(as_of=DEMO_DAY)
    console = Console(width=WIDTH, markup=False, highlight=False, color_system=None)
    with console.capture() as captured:
        console.print(grid(answer, "zh", WIDTH, 5).table)
    about = [line.zh for line in answer.summary]
    return [
        (f"$ verdigraph plan --store verdigraph-demo/store --as-of {DEMO_DAY}", DIM),
        ("", DIM),
        *((line, INK) for line in captured.get().splitlines()),
        ("", DIM),
        *((line, DIM) for line in about),
    ]


def draw(lines: list[tuple[str, str]], path: Path) -> None:
    """Draw lines on a grid of cells, a Chinese character on two of them, as a terminal does."""
    font = ImageFont.truetype(FONT, SIZE, index=MONOSPACED)
    small = ImageFont.truetype(FONT, SIZE // 2, index=MONOSPACED)
    cell = SIZE / 2
    size = (round(WIDTH * cell) + 2 * EDGE, len(lines) * LINE + 2 * EDGE)
    image = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(image)
    for down, (line, colour) in enumerate(lines):
        at = 0
        for character in line:
            drawn, drop = (small, SIZE // 4) if character in NARROW else (font, 0)
            pen.text((EDGE + at * cell, EDGE + down * LINE + drop), character, font=drawn, fill=colour)
            at += cell_len(character)
    image.quantize(32).save(path, optimize=True)


if __name__ == "__main__":
    place = Path(__file__).parent / "pictures" / "demo.png"
    draw(screen(Path(sys.argv[1])), place)
