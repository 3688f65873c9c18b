"""The fictional province: every input table, for any size, from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from graph_model.errors import UsageError
from graph_model.records import RECORDS
from loaders.fictional import evaluation, links, registers, supervision
from loaders.fictional import lists as green
from loaders.fictional.blemishes import Blemish, blemishes
from loaders.fictional.cast import cast

SMALLEST = 50


@dataclass(frozen=True)
class Province:
    """A province that does not exist.

    `tables` holds one Arrow table per record, columns as the fields of `graph_model.records`: texts and coded ids
    dictionary-coded, days date32, flags bool, money float64 in 万元, null for unknown. `blemishes` are the slips that a
    planner's folder makes on top of them; csv and Parquet files are written without.
    """

    enterprises: int
    seed: int
    tables: dict[str, pa.Table]
    blemishes: tuple[Blemish, ...]


def fictional_province(enterprises: int, seed: int, links: int | None = None) -> Province:
    """Return a province with so many registered enterprises and supply rows; equal arguments give equal tables.

    Raises `UsageError` for fewer than 50 enterprises, or for more links than so few enterprises can have.
    """
    if enterprises < SMALLEST:
        raise UsageError(
            f"虚构省份至少要 {SMALLEST} 家企业，给的是 {enterprises}",
            f"a fictional province needs at least {SMALLEST} enterprises, not {enterprises}",
        )
    tables = _tables(enterprises, seed, links)
    return Province(enterprises, seed, tables, blemishes(tables, seed))


def _tables(enterprises: int, seed: int, count: int | None) -> dict[str, pa.Table]:
    people = cast(enterprises, seed)
    lists = green.lists(people)
    made = {
        "enterprises": registers.enterprises(people),
        "annual_figures": registers.annual_figures(people),
        "totals": registers.totals(people),
        "parks": registers.parks(people),
        "tenancies": links.tenancies(people),
        "supplies": links.supplies(people, links.default_links(enterprises) if count is None else count),
        "agencies": registers.agencies(people),
        "reports": evaluation.reports(people, lists),
        "listings": green.listings(people, lists),
        "cultivation": evaluation.cultivation(people, lists),
        "incidents": supervision.incidents(people, lists),
        "agency_bans": supervision.agency_bans(people),
        "inspections": supervision.inspections(people, lists),
        "dynamic_forms": supervision.dynamic_forms(people, lists),
        "recommendations": evaluation.recommendations(people, lists),
        "name_changes": pa.concat_tables([registers.name_changes(people), supervision.changes(people, lists)]),
        "complaints": supervision.complaints(people, lists),
        "attestations": supervision.attestations(),
        "costs": evaluation.costs(),
    }
    return {name: made[name] for name in RECORDS}
