"""The site frozen into one file that opens without a server: the same pages, packed, unpacked one by one as they are opened."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graph_model.errors import VerdigraphError
from reports.site.page_model import AnswerTable
from reports.site.page_options import PageOptions
from reports.site.pages.page_register import MENU, PAGES
from reports.site.rendering import asset, one_file, page_body
from reports.site.site_data import SiteData
from reports.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from queries import Session
    from reports.scope import ReportScope
    from reports.site.page_model import Link, Page

FILE_NAMES: Final = {"zh": "绿谱.html", "en": "verdigraph.html"}
PAGES_OF_A_CHUNK: Final = 40
WORKLISTS: Final = (("park", "unlock"), ("agencies", "reach"), ("agency", "reach"), ("plan", "plan"))
"""Tables whose enterprises have their card in the file: those that somebody has to do something about."""
CARDS: Final = ("park", "leader", "agency")
SEARCH_LIST: Final = 100_000
"""Enterprises that the list to search in names."""


@dataclass(frozen=True, slots=True)
class PackedPages:
    """Some pages, packed: the number of the first, how many, and their text."""

    first: int
    count: int
    text: str


def write(session: Session, scope: ReportScope, folder: Path) -> Path:
    """Write the site into a folder as one file and return its path."""
    path = folder / FILE_NAMES[scope.lang]
    write_whole(path, frozen_site(session, scope).encode())
    return path


def frozen_site(session: Session, scope: ReportScope) -> str:
    """Return the site as one HTML file, for those that the scope names."""
    audience = scope.audience(session)
    data = SiteData(session, audience)
    options = PageOptions(scope.as_of, lang=scope.lang)
    pages = list(_pages(data, options))
    numbers = {name: at for at, (name, _) in enumerate(pages)}

    def resolve(link: Link) -> str | None:
        at = None if link.query else numbers.get((link.page, link.subject))
        return None if at is None else f"#p{at}"

    bodies = [page_body(page, options, resolve, _no_download, forms=False).strip() for _, page in pages]
    style, script = asset("site.css"), asset("site.js")
    zh = scope.lang == "zh"
    return one_file(
        policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'",
        title=f"绿谱 {audience.name} {scope.as_of}" if zh else f"Verdigraph {audience.name} {scope.as_of}",
        stand=f"{audience.name} · 截至 {scope.as_of} · 快照 {session.snapshot}" if zh
        else f"{audience.name} · as of {scope.as_of} · snapshot {session.snapshot}",
        menu=[(kind.title.in_(scope.lang), f"#p{numbers[kind.name, '']}") for kind in MENU if (kind.name, "") in numbers],
        first=bodies[0], chunks=_chunks(bodies), style=style, script=script, zh=zh,
    )  # fmt: skip


def frozen_pages(text: str) -> list[str]:
    """Return the pages of a frozen file, unpacked, as a reader sees them."""
    pages: list[str] = []
    for part in text.split('class="pages"')[1:]:
        packed = part.split(">", 1)[1].split("</script>", 1)[0]
        pages += json.loads(gzip.decompress(base64.b64decode(packed)))
    return pages


def _pages(data: SiteData, options: PageOptions) -> Iterator[tuple[tuple[str, str], Page]]:
    """Yield the pages of the menu, then the cards of parks, leaders and agencies, then of enterprises in worklists."""
    wanted: dict[tuple[str, str], None] = {}
    enterprises: dict[str, None] = {}
    for kind in MENU:
        if kind.frozen:
            page = kind.build(data, options)
            yield (kind.name, ""), _widened(page)
            _note(kind.name, page, wanted, enterprises)
    for name, subject in list(wanted):
        card = _card(data, options, name, subject)
        if card is not None:
            yield (name, subject), card
            _note(name, card, {}, enterprises)
    for subject in enterprises:
        card = _card(data, options, "enterprise", subject)
        if card is not None:
            yield ("enterprise", subject), card


def _note(name: str, page: Page, cards: dict[tuple[str, str], None], enterprises: dict[str, None]) -> None:
    """Note of which subjects a page leads to have a card of their own in the file."""
    for block in page.blocks:
        if not isinstance(block, AnswerTable):
            continue
        shown = block.answer.table.head(block.rows)
        for link in block.links.values():
            if link.subject not in shown:
                continue
            subjects: Sequence[str] = shown[link.subject].dropna().astype(str).tolist()
            if link.page in CARDS:
                cards.update(dict.fromkeys((link.page, subject) for subject in subjects))
            elif (name, block.key) in WORKLISTS:
                enterprises.update(dict.fromkeys(subjects))


def _card(data: SiteData, options: PageOptions, name: str, subject: str) -> Page | None:
    """Return the card of a subject, None for what has none: a park elsewhere, a unit that may not be named."""
    asked = PageOptions(options.as_of, options.tier, options.base, options.rules, options.lang, subject)
    try:
        return PAGES[name].build(data, asked)
    except VerdigraphError:
        return None


def _widened(page: Page) -> Page:
    """Return a page whose list of enterprises is whole: here nobody can ask for the next hundred."""
    blocks = [
        replace(block, rows=SEARCH_LIST, columns=("enterprise", "city", "highest", "verdict"))
        if isinstance(block, AnswerTable) and block.key == "enterprises" else block
        for block in page.blocks
    ]  # fmt: skip
    return replace(page, blocks=blocks)


def _chunks(bodies: Sequence[str]) -> list[PackedPages]:
    made = []
    for first in range(0, len(bodies), PAGES_OF_A_CHUNK):
        some = bodies[first : first + PAGES_OF_A_CHUNK]
        packed = gzip.compress(json.dumps(some, ensure_ascii=False).encode(), 9, mtime=0)
        made.append(PackedPages(first, len(some), base64.b64encode(packed).decode()))
    return made


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _no_download(_table: str, _form: str) -> None:
    """Return no address: a frozen table is saved by the page itself."""
