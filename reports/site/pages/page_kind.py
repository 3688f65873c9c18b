"""What a page is: its name in addresses, its title, how it is built from data and options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from graph_model.bilingual import Bilingual
    from reports.site.page_model import Page
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page by name. A card is about one subject and stands in no menu."""

    name: str
    title: Bilingual
    build: Callable[[SiteData, PageOptions], Page]
    is_card: bool = False
    frozen: bool = True
    """Whether it stands in the frozen file; a page that only answers what is asked of it does not."""
