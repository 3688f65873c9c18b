"""Every enterprise on record with what one searches and filters by: city, tier, verdict, tag, park, chain, pool."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graph_model.names import normal_form
from queries.answers.columns import columns
from queries.answers.frame import unit_column

if TYPE_CHECKING:
    import pandas as pd

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
