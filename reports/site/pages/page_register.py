"""Every page of the site, in the order of the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph_model.bilingual import Bilingual
from graph_model.errors import UnknownNameError
from reports.site.pages import (
    agencies,
    agency,
    coverage,
    enterprise,
    enterprises,
    leader,
    leaders,
    lists,
    overview,
    park,
    parks,
    plan_page,
    what_if_page,
)

if TYPE_CHECKING:
    from reports.site.pages.page_kind import PageKind

PAGES: Final[dict[str, PageKind]] = {
    module.PAGE.name: module.PAGE
    for module in (
        overview,
        parks,
        leaders,
        agencies,
        coverage,
        enterprises,
        plan_page,
        what_if_page,
        lists,
        park,
        leader,
        agency,
        enterprise,
    )
}
MENU: Final = tuple(kind for kind in PAGES.values() if not kind.is_card)


def page_kind(name: str) -> PageKind:
    """Return a page by name; UsageError where there is none."""
    if name not in PAGES:
        raise UnknownNameError(Bilingual("页面", "page"), name, list(PAGES))
    return PAGES[name]
