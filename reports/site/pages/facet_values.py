"""Facets: how many units have each value of a property, each a link that narrows the list by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reports.site.page_model import Facet, Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from reports.site.page_options import PageOptions

MOST: Final = 14
"""Values of a property that are listed; the rest can be searched."""


def facet(
    options: PageOptions, page: str, name: str, label: str, counts: pd.Series[int], words: Mapping[str, str]
) -> Facet:
    """Return a property with its most frequent values (counts, the most frequent first); the chosen one leads back to all."""
    chosen, others = (
        options.one(name),
        {key: given[-1] for key, given in options.given.items() if key not in (name, "page")},
    )
    listed = [str(value) for value in counts.index[:MOST]]
    if chosen and chosen not in listed:
        listed.append(chosen)
    return Facet(
        label,
        [
            (
                words.get(value, value),
                int(counts.get(value, 0)),
                Link(page, options.subject, others if value == chosen else others | {name: value}),
                value == chosen,
            )
            for value in listed
        ],
    )
