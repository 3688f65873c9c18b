"""How smoothly a network picture of 2,000 nodes and 4,000 links is dragged, and what drew it.

python -m benchmarks.dragging

Frames a second mean little without the renderer: without a graphics card the processor draws, and that is what is printed.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from reports.networks.drawing import page
from reports.networks.scene import Scene, SceneEdge, SceneNode

NODES, MOVES = 2_000, 60
_COUNT = (
    "() => { window.frames_drawn = 0; verdigraph.network.on('afterDrawing', () => { window.frames_drawn += 1; }); }"
)
_RENDERER = """() => { const gl = document.createElement('canvas').getContext('webgl');
  const named = gl && gl.getExtension('WEBGL_debug_renderer_info');
  return named ? gl.getParameter(named.UNMASKED_RENDERER_WEBGL) : 'the processor (no WebGL)'; }"""


def large_scene() -> Scene:
    """Return a made-up chain of three tiers: each supplier has two buyers."""
    nodes = [SceneNode("0", "leader", "链主", 0)]
    nodes += [SceneNode(f"{n}", "enterprise", f"虚构第{n}有限公司", 1 + n % 3, n % 5) for n in range(1, NODES)]
    pairs = [(n, n // part) for part in (3, 5) for n in range(1, NODES)]
    return Scene("", tuple(nodes), tuple(SceneEdge(f"{n}", f"{buyer}", "supplies") for n, buyer in pairs))


def main() -> None:
    """Drag across the picture and print frames a second with the renderer."""
    chromium = os.environ.get("VERDIGRAPH_CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "large.html"
        file.write_text(page(large_scene()), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        opened = browser.new_page(viewport={"width": 1366, "height": 820})
        opened.goto(file.as_uri())
        opened.evaluate(_COUNT)
        opened.mouse.move(300, 300)
        opened.mouse.down()
        began = time.monotonic()
        for step in range(MOVES):
            opened.mouse.move(300 + 5 * step, 300 + 3 * step)
            opened.evaluate("() => new Promise(requestAnimationFrame)")
        seconds = time.monotonic() - began
        opened.mouse.up()
        frames = opened.evaluate("() => window.frames_drawn")
        print(f"{NODES:,} nodes, {len(large_scene().edges):,} links: {frames / seconds:.1f} frames a second")
        print(f"Chromium {browser.version}, drawn by {opened.evaluate(_RENDERER)}")
        browser.close()


if __name__ == "__main__":
    main()
