"""From page model to HTML: one set of templates for served and frozen pages. Every value is escaped, always."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from queries.answers.labels import OPTION_WORDS
from reports.site.page_options import BASES, TIERS
from reports.site.table_cells import page_columns, page_rows
from reports.site.tile_map import place, shades
from reports.workbook import clause_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reports.site.page_model import Link, Page
    from reports.site.page_options import PageOptions

    Resolve = Callable[[Link], str | None]
    DownloadAddress = Callable[[str, str], str | None]


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("reports.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        columns=page_columns, rows=page_rows, place=place, shades=shades, clause_words=clause_words, tiers=TIERS,
        bases=BASES, option_words=OPTION_WORDS,
    )  # fmt: skip
    made.tests["block"] = lambda block, kind: type(block).__name__ == kind
    return made


def page_body(page: Page, options: PageOptions, resolve: Resolve, download: DownloadAddress, *, forms: bool) -> str:
    """Return the inside of a page: title, figures, blocks. `resolve` turns links into addresses, None where they lead nowhere."""
    return _rendered(
        "body.html", page=page, options=options, resolve=resolve, download=download, forms=forms,
        zh=options.lang == "zh", lang=options.lang,
    )  # fmt: skip


def framed(body: str, title: str, menu: Sequence[tuple[str, str, bool]], options: PageOptions, **more: Any) -> str:
    """Return a whole served page around its body."""
    return _rendered(
        "frame.html",
        body=Markup(body),  # noqa: S704
        title=title, menu=menu, options=options, zh=options.lang == "zh", lang=options.lang, **more,
    )  # fmt: skip


def one_file(**parts: Any) -> str:
    """Return all pages in one file."""
    return _rendered("frozen.html", **parts)


def asset(name: str) -> str:
    """Return the style or the script of the site."""
    return files("reports.site").joinpath(f"templates/{name}").read_text(encoding="utf-8")


def _rendered(template: str, **values: Any) -> str:
    return _templates().get_template(template).render(**values)
