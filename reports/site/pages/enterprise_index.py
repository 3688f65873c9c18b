"""Every enterprise on record with what one searches and filters by: city, tier, verdict, tag, park, chain, pool."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from graph_model.names import normal_form
from queries.answers.columns import columns
from queries.answers.frame import unit_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from queries import Answer
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData

SHOWN: Final = ("enterprise", "city", "county", "highest", "verdict", "parks", "pool_years", "tags", "chain", "uscc")
SEPARATOR: Final = "、"
"""What stands between the values of a cell that holds several, such as parks and tags."""


def enterprise_index(data: SiteData, options: PageOptions) -> Answer:
    """Return every enterprise the reader may know of, one a row."""
    asked = {"tier": options.assess_tier, **options.rules_asked}
    key = ("index", options.as_of, *asked.items())
    made: Answer = data.kept(key, lambda: _made(data, options, asked))
    return made


def search_texts(data: SiteData, options: PageOptions) -> pd.Series[Any]:
    """Return what a search looks in, one text an enterprise of the index: its names, past ones too, and its code."""

    def make() -> pd.Series[Any]:
        table = enterprise_index(data, options).table
        enterprises = data.session.graph["enterprises"]
        former = dict(
            zip(enterprises.texts("id").to_pylist(), enterprises.texts("former_names").to_pylist(), strict=True)
        )
        past = table["enterprise_id"].map(former).fillna("").astype(str)
        texts: pd.Series[Any] = (
            table["enterprise"].astype(str) + "\n" + past + "\n" + table["uscc"].fillna("").astype(str)
        )
        return texts.map(normal_form)

    texts: pd.Series[Any] = data.kept(("search", options.as_of, options.assess_tier, options.rules), make)
    return texts


@dataclass(frozen=True, slots=True)
class FacetCodes:
    """The values of a property by enterprise: an enterprise with two parks stands in two places."""

    rows: NDArray[np.int64]
    codes: NDArray[np.int64]
    words: Sequence[str]

    def counts(self, keep: NDArray[np.bool_]) -> pd.Series[int]:
        """Return how many of the kept enterprises have each value, the most frequent first."""
        counted = np.bincount(self.codes[keep[self.rows]], minlength=len(self.words))
        counts = pd.Series(counted, index=list(self.words), dtype=np.int64)
        return counts[counts > 0].sort_values(ascending=False, kind="stable")

    def having(self, value: str, size: int) -> NDArray[np.bool_]:
        """Return which of `size` enterprises have a value."""
        having = np.zeros(size, dtype=np.bool_)
        if value in self.words:
            having[self.rows[self.codes == self.words.index(value)]] = True
        return having


def facet_codes(data: SiteData, options: PageOptions, name: str) -> FacetCodes:
    """Return the values of a column of the index, split once."""

    def make() -> FacetCodes:
        cells = enterprise_index(data, options).table[name].reset_index(drop=True).dropna().astype(str)
        values = cells.str.split(SEPARATOR).explode().str.strip()
        codes, words = pd.factorize(values, sort=True)
        return FacetCodes(values.index.to_numpy(dtype=np.int64), codes.astype(np.int64), words.tolist())

    made: FacetCodes = data.kept(("facet", name, options.as_of, options.assess_tier, options.rules), make)
    return made


def _made(data: SiteData, options: PageOptions, asked: dict[str, str]) -> Answer:
    ladder = data.ask("enterprise-ladder", options.as_of, base="all")
    verdicts = data.verdicts(options.as_of, **asked)
    graph, table = data.session.graph, ladder.table.reset_index(drop=True)
    rows = graph.rows_of(table["enterprise_id"].tolist(), "enterprises")
    told = dict(zip(verdicts.table["unit_id"], verdicts.table["verdict"], strict=True))
    table = table.assign(
        verdict=table["enterprise_id"].map(told).astype("str").where(table["enterprise_id"].isin(told)),
        tags=unit_column(graph, "enterprises", "tags", np.asarray(rows)),
        chain=unit_column(graph, "enterprises", "chain", np.asarray(rows)),
    )
    verdict = next(column for column in verdicts.columns if column.name == "verdict")
    return replace(ladder, table=table, columns=(*ladder.columns, verdict, *columns("tags", "chain")))
