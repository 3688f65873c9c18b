"""The site in a real browser, served and frozen: it searches, filters, supposes, downloads, and asks nobody outside."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from loaders import load
from loaders.fictional import DEMO_DAY, fictional_province, write_province
from queries import Session, open_store
from reports.scope import ReportScope
from reports.site import frozen
from reports.site.pages.page_register import MENU
from tests.browser.conftest import Watched

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("province")
    write_province(fictional_province(300, 3), folder / "lists")
    load([folder / "lists"], folder / "store")
    return folder / "store"


@pytest.fixture(scope="module")
def session(store: Path) -> Session:
    return open_store(store)


@pytest.fixture(scope="module")
def address(store: Path) -> Iterator[str]:
    """The first address of the site, as the command tells it."""
    words = ["serve", "--store", str(store), "--as-of", DEMO_DAY.isoformat()]
    served = subprocess.Popen(
        [sys.executable, "-m", "verdigraph", *words],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT, env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert served.stdout is not None
    yield served.stdout.readline().strip()
    served.terminate()
    served.wait(timeout=20)
    served.stdout.close()


@pytest.fixture(scope="module")
def one_file(session: Session, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return frozen.write(session, ReportScope(DEMO_DAY), tmp_path_factory.mktemp("frozen"))


@pytest.fixture
def site(watched: Watched, address: str) -> Watched:
    watched.page.goto(address)
    assert "token" not in watched.page.url
    return watched


def test_every_page_of_the_menu_opens_quietly(site: Watched) -> None:
    for kind in MENU:
        site.page.click(f"header nav >> text='{kind.title.zh}'")
        assert site.page.locator("h1").text_content() == kind.title.zh
        assert site.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    site.assert_quiet()


def test_the_blocked_tenants_of_a_park_are_two_clicks_away(site: Watched, session: Session) -> None:
    first = session.ask("park-share", as_of=DEMO_DAY).table.iloc[0]
    unlock = session.ask("park-unlock", as_of=DEMO_DAY, park=first["park_id"], tier="city").table
    site.page.click("header nav >> text='园区'")
    site.page.click(f"[data-table=shares] >> text='{first['park']}'")
    shown = site.page.locator("[data-table=unlock] tbody a").all_text_contents()
    assert shown == unlock["unit"].dropna().tolist()
    site.assert_quiet()


def test_search_and_a_facet_narrow_the_list(site: Watched, session: Session) -> None:
    ladder = session.ask("enterprise-ladder", as_of=DEMO_DAY, base="all").table
    name = ladder[ladder["city"].notna()]["enterprise"].iloc[0]
    site.page.click("header nav >> text='企业'")
    site.page.fill("input[name=q]", name[:3])
    site.page.click("text='查找'")
    found = site.page.locator("[data-table=enterprises] tbody a").all_text_contents()
    assert name in found
    assert all(name[:3] in each for each in found)
    site.page.click("header nav >> text='企业'")
    chosen = site.page.locator(".facets a").first
    told = int(re.sub(r"\D", "", chosen.locator("small").text_content() or ""))
    chosen.click()
    assert f"{told:,} 家" in (site.page.locator("#t-enterprises").text_content() or "")
    site.assert_quiet()


def test_a_what_if_is_worked_out(site: Watched, session: Session) -> None:
    tenants = session.ask("leverage", as_of=DEMO_DAY).table
    unit = tenants[tenants["park_count"] > 0]["unit"].iloc[0]
    site.page.click("header nav >> text='推演'")
    site.page.fill("input[name=list]", f"{unit}@省级")
    site.page.click("main button[type=submit]")
    wanted = session.what_if(as_of=DEMO_DAY, list=f"{unit}@省级").table
    shown = site.page.locator("[data-table=changes] tbody tr td:nth-child(2)").all_text_contents()
    assert shown == wanted["name"].tolist()
    assert len(wanted) > 0
    site.assert_quiet()


def test_a_table_downloads_sorts_and_filters(site: Watched, session: Session) -> None:
    answer = session.ask("park-share", as_of=DEMO_DAY).table
    site.page.click("header nav >> text='园区'")
    with site.page.expect_download() as download:
        site.page.click("[data-table=shares] >> text='csv'")
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert [row["park_id"] for row in rows] == answer["park_id"].tolist()
    site.page.click("[data-table=shares] th >> text='基数'")
    bases = site.page.locator("[data-table=shares] tbody tr td:nth-child(6)").all_text_contents()
    assert [int(base.replace(",", "")) for base in bases] == sorted(answer["base"])
    site.page.click("header nav >> text='企业'")
    first = site.page.locator("[data-table=enterprises] tbody tr a").first.text_content() or ""
    site.page.fill("[data-table=enterprises] input.filter", first)
    visible = site.page.locator("[data-table=enterprises] tbody tr:visible a").all_text_contents()
    assert set(visible) == {first}
    site.assert_quiet()


def test_the_frozen_file_opens_every_page_quietly(watched: Watched, one_file: Path) -> None:
    page = watched.page
    page.goto(one_file.as_uri())
    for kind in (kind for kind in MENU if kind.frozen):
        page.click(f"header nav >> text='{kind.title.zh}'")
        page.wait_for_function("title => document.querySelector('h1').textContent === title", arg=kind.title.zh)
    page.click("header nav >> text='园区'")
    page.wait_for_selector("[data-table=shares]")
    name = page.locator("[data-table=shares] tbody a").first.text_content()
    page.locator("[data-table=shares] tbody a").first.click()
    page.wait_for_selector("[data-table=unlock]")
    assert page.locator("h1").text_content() == name
    with page.expect_download() as download:
        page.click("[data-table=tenants] button.save")
    assert Path(download.value.path()).read_bytes().startswith("\ufeff".encode())
    watched.assert_quiet()


def test_a_phone_sees_the_frozen_file_without_scrolling_sideways(watched: Watched, one_file: Path) -> None:
    watched.page.set_viewport_size({"width": 390, "height": 800})
    watched.page.goto(one_file.as_uri())
    assert watched.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    watched.assert_quiet()
