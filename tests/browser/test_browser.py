"""The guard around the browser holds: a page that asks for the outside, or errs, is told of."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Watched, is_inside


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        pytest.param("file:///a/页.html", True, id="a file"),
        pytest.param("http://127.0.0.1:8000/", True, id="this machine"),
        pytest.param("http://[::1]:8000/", True, id="this machine by its other address"),
        pytest.param("data:text/plain,a", True, id="data in the page"),
        pytest.param("http://127.0.0.1.example.org/", False, id="a name that begins like this machine"),
        pytest.param("https://example.org/file:", False, id="outside"),
    ],
)
def test_what_is_inside(url: str, inside: bool) -> None:
    assert is_inside(url) == inside


def test_a_request_to_the_outside_is_blocked_and_recorded(watched: Watched, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><img src="https://example.org/a.png">', encoding="utf-8")
    watched.page.goto(page.as_uri())
    assert watched.outside == ["https://example.org/a.png"]


def test_an_error_of_a_script_is_recorded(watched: Watched, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><script>throw new Error('绿')</script>", encoding="utf-8")
    watched.page.goto(page.as_uri())
    assert watched.errors == ["绿"]


def test_a_page_that_asks_nothing_is_quiet(watched: Watched, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><meta charset=utf-8><p>绿谱", encoding="utf-8")
    watched.page.goto(page.as_uri())
    assert watched.page.locator("p").text_content() == "绿谱"
    watched.assert_quiet()
