"""The site as served on this machine: an address to a page, a table of a page to a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from graph_model.errors import VerdigraphError
from queries.law.ruleset import RULESETS
from reports.plain import csv_bytes
from reports.site.access import GuardedSite
from reports.site.page_model import Notice, Page
from reports.site.page_options import address_query, read_address
from reports.site.pages.page_register import MENU, page_kind
from reports.site.rendering import asset, framed, page_body
from reports.workbook import workbook_bytes
from reports.writing import as_bytes

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.requests import Request

    from reports.site.page_model import AnswerTable, Link
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData

ASSETS: Final = {"site.css": "text/css", "site.js": "text/javascript", "icon.svg": "image/svg+xml"}
FORMATS: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def site(data: SiteData, standard: PageOptions, token: str, hosts: Collection[str]) -> GuardedSite:
    """Return the site of a store, behind its guard."""
    served = ServedSite(data, standard)
    routes = [
        Route("/assets/{name}", served.asset),
        Route("/download/{page}/{table}.{form}", served.download),
        Route("/", served.page),
        Route("/{page}", served.page),
    ]
    return GuardedSite(Starlette(routes=routes), token, hosts)


class ServedSite:
    """Answers requests. Pages are made in threads, so that a long one holds up nobody."""

    def __init__(self, data: SiteData, standard: PageOptions) -> None:
        self._data = data
        self._standard = standard

    async def page(self, request: Request) -> Response:
        """Return a page; what does not fit is told on a page of its own, by its sentence."""
        name = request.path_params.get("page", MENU[0].name)
        return await run_in_threadpool(self._page, name, list(request.query_params.multi_items()))

    async def download(self, request: Request) -> Response:
        """Return a table of a page as a file, all its rows and columns."""
        asked = request.path_params
        pairs = list(request.query_params.multi_items())
        return await run_in_threadpool(self._download, asked["page"], asked["table"], asked["form"], pairs)

    async def asset(self, request: Request) -> Response:
        """Return the style, the script or the icon."""
        name = request.path_params["name"]
        if name not in ASSETS:
            return PlainTextResponse("404\n", status_code=404)
        return Response(asset(name), media_type=ASSETS[name])

    def _page(self, name: str, pairs: list[tuple[str, str]]) -> Response:
        options, status = self._standard, 200
        try:
            options = read_address(pairs, self._standard)
            page = page_kind(name).build(self._data, options)
        except VerdigraphError as error:
            page, status = _told(error, options), 404
        return HTMLResponse(self._framed(name, page, options), status_code=status)

    def _framed(self, name: str, page: Page, options: PageOptions) -> str:
        resolve = partial(self._address, options)
        body = page_body(page, options, resolve, partial(self._file_address, name, options), forms=True)
        menu = [(kind.title.in_(options.lang), self._path(kind.name, options), kind.name == name) for kind in MENU]
        return framed(
            body, page.title, menu, options, home=self._path(MENU[0].name, options), snapshot=self._data.session.snapshot,
            rulesets=tuple(RULESETS),
        )  # fmt: skip

    def _path(self, page: str, options: PageOptions) -> str:
        return f"/{page}?{urlencode(address_query(options, self._standard))}"

    def _address(self, options: PageOptions, link: Link) -> str:
        query = (
            address_query(options, self._standard) | ({"id": link.subject} if link.subject else {}) | dict(link.query)
        )
        return f"/{link.page}?{urlencode(query)}"

    def _file_address(self, page: str, options: PageOptions, table: str, form: str) -> str:
        pairs = list(address_query(options, self._standard).items())
        pairs += [("id", options.subject)] if options.subject else []
        pairs += [(name, value) for name, values in options.given.items() for value in values]
        return f"/download/{page}/{table}.{form}?{urlencode(pairs)}"

    def _download(self, page: str, key: str, form: str, pairs: list[tuple[str, str]]) -> Response:
        try:
            options = read_address(pairs, self._standard)
            table = page_kind(page).build(self._data, options).table(key)
        except VerdigraphError as error:
            return PlainTextResponse(error.sentence(self._standard.lang), status_code=404)
        if table is None or form not in FORMATS:
            return PlainTextResponse("404\n", status_code=404)
        name = quote(f"{table.answer.title.in_(options.lang)}-{options.as_of}.{form}")
        headers = {"content-disposition": f"attachment; filename=\"{key}.{form}\"; filename*=UTF-8''{name}"}
        return Response(_file(table, form, options.lang), media_type=FORMATS[form], headers=headers)


def _file(table: AnswerTable, form: str, lang: str) -> bytes:
    """Return the file of a table; only what can be asked again carries the imprint that `verify` reads."""
    if table.whole:
        return as_bytes(table.answer, form, lang, to_file=True)
    return csv_bytes(table.answer, bom=True) if form == "csv" else workbook_bytes(table.answer, lang)


def _told(error: VerdigraphError, options: PageOptions) -> Page:
    return Page(
        options.either("没有这一页", "No such page"), blocks=[Notice(options.either(error.zh, error.en), "error")]
    )
