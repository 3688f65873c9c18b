"""No page has a fault that axe-core calls serious: colours that cannot be read, fields without names, lists that are none.

axe-core is a package of npm, for development only: `npm install axe-core` in the root of the repository, or wherever
VERDIGRAPH_AXE points. Without it the test says so and is skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from loaders import load
from loaders.fictional import DEMO_DAY, fictional_province, write_province
from queries import open_store
from reports.scope import ReportScope
from reports.site import frozen
from tests.browser.conftest import Watched

ROOT = Path(__file__).resolve().parents[2]
AXE = Path(os.environ.get("VERDIGRAPH_AXE") or ROOT / "node_modules") / "axe-core" / "axe.min.js"
REASON = "axe-core is not here: npm install axe-core"
SERIOUS = """async () => {
  const run = await axe.run(document, { resultTypes: ["violations"] });
  return run.violations
    .filter((fault) => ["serious", "critical"].includes(fault.impact))
    .map((fault) => fault.id + " " + fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | "));
}"""


@pytest.mark.skipif(not AXE.exists(), reason=REASON)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_page_has_a_serious_fault(watched: Watched, tmp_path: Path, lang: str) -> None:
    write_province(fictional_province(300, 3), tmp_path / "lists")
    load([tmp_path / "lists"], tmp_path / "store")
    path = frozen.write(open_store(tmp_path / "store"), ReportScope(DEMO_DAY, lang=lang), tmp_path)
    pages = frozen.frozen_pages(path.read_text(encoding="utf-8"))
    # One page of each kind: those of the menu, then the first card of each.
    for number in sorted({pages.index(page) for page in dict.fromkeys(pages)})[:14]:
        watched.page.goto(f"{path.as_uri()}#p{number}")
        watched.page.wait_for_selector("h1")
        watched.page.evaluate(AXE.read_text(encoding="utf-8"))
        assert watched.page.evaluate(SERIOUS) == [], number
