"""A real browser for the tests: Debian's Chromium, headless, cut off from everything but files and this machine.

Playwright drives it and brings none of its own. Every page records what it asked of the outside and what it complained of.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

from tests.wanted import BROWSER

REQUIRED = "browser" in os.environ.get("VERDIGRAPH_REQUIRE", "").split(",")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""A container has no sandbox and no graphics card; what the browser itself would fetch is not asked for."""
INSIDE = frozenset({"file", "data", "blob", "about"})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(slots=True)
class Watched:
    """A page, what it asked of the outside (blocked), and the errors of its console."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        """Fail where the page asked for anything outside or complained."""
        assert (self.outside, self.errors) == ([], [])


def chromium() -> str | None:
    """Return the browser of this machine: what VERDIGRAPH_CHROMIUM names, else the one on the path."""
    return os.environ.get("VERDIGRAPH_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        if REQUIRED:
            pytest.fail(f"VERDIGRAPH_REQUIRE=browser, but a test is skipped {BROWSER.reason}")
        pytest.skip(BROWSER.reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A fresh page of a screen's size; a request that leaves this machine is blocked and recorded."""
    context = browser.new_context(viewport={"width": 1366, "height": 820}, locale="zh-CN", service_workers="block")
    seen = Watched(context.new_page())

    def only_here(route: Route, request: Request) -> None:
        if is_inside(request.url):
            return route.continue_()
        seen.outside.append(request.url)
        return route.abort()

    context.route("**/*", only_here)
    seen.page.on("console", lambda said: seen.errors.append(said.text) if said.type == "error" else None)
    seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
    yield seen
    context.close()


def is_inside(url: str) -> bool:
    """Tell whether an address is a file or on this machine."""
    parts = urlsplit(url)
    return parts.scheme in INSIDE or parts.hostname in LOOPBACK
