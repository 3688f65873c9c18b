"""The card of an enterprise: its ladder in time, what the rules say, its incidents, parks and buyers, each with its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.errors import NotOnRecordError
from queries.answers.labels import TIER_WORDS, code_words
from queries.asking.find_unit import find_on_record
from reports.site.page_model import FactList, Figure, Link, Page
from reports.site.pages.enterprise_index import enterprise_index
from reports.site.pages.figures import row_of
from reports.site.pages.page_kind import PageKind
from reports.site.pages.rule_table import rule_table
from reports.site.pages.unit_facts import facts_of

if TYPE_CHECKING:
    from reports.site.page_model import Block
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData


def build(data: SiteData, options: PageOptions) -> Page:
    """Return the card of an enterprise; UsageError where it is not on record, or not to be named to those it is made for."""
    view = data.session.graph.on(options.as_of)
    at = find_on_record(view, options.subject, "enterprises")
    if data.audience is not None and data.audience.hidden[at]:
        raise NotOnRecordError(Bilingual("企业", "enterprise"), options.subject, options.as_of)
    enterprises = view.graph["enterprises"]
    unit, name = (str(enterprises.texts(column)[at].as_py()) for column in ("id", "name"))
    index = enterprise_index(data, options)
    at_index = np.flatnonzero((index.table["enterprise_id"] == unit).to_numpy(dtype=bool))
    row = row_of(index, int(at_index[0])) if len(at_index) else {}
    blocks: list[Block] = [FactList(options.either("资料", "about it"), _lines(options, data, at, row))]
    blocks += rule_table(data, options, unit, "factory")
    blocks += facts_of(data, options, unit)
    above = [(options.either("企业", "Enterprises"), Link("enterprises"))]
    return Page(name, "", _figures(options, index.columns, row), blocks, above)


def _figures(options: PageOptions, columns: Any, row: dict[str, Any]) -> list[Figure]:
    place = 0 if options.lang == "zh" else 1
    highest = row.get("highest")
    figures = [
        Figure(
            options.either("最高层级", "highest tier"),
            TIER_WORDS[highest][place] if highest in TIER_WORDS else options.either("未列入", "not listed"),
            anchor="listings" if highest in TIER_WORDS else "",
        )
    ]
    verdict = next((column for column in columns if column.name == "verdict"), None)
    if verdict is not None and isinstance(row.get("verdict"), str):
        words = code_words(verdict, row["verdict"], options.lang)
        figures.append(Figure(options.either("申报结论", "verdict"), words, _applied(options), anchor="rules"))
    return figures


def _applied(options: PageOptions) -> str:
    return (
        options.either("申报层级：", "applied for: ")
        + TIER_WORDS[options.assess_tier][0 if options.lang == "zh" else 1]
    )


def _lines(options: PageOptions, data: SiteData, at: int, row: dict[str, Any]) -> list[tuple[str, str]]:
    enterprises = data.session.graph["enterprises"]
    asked = (
        ("uscc", "统一社会信用代码", "credit code"),
        ("former_names", "曾用名", "former names"),
        ("industry", "行业", "industry"),
        ("industry_code", "行业代码", "industry code"),
        ("energy_level", "能效水平", "energy level"),
        ("chain", "产业链", "chain"),
        ("tags", "重点标签", "tags"),
    )
    lines = [
        (options.either(zh, en), enterprises.texts(name, np.array([at]))[0].as_py() or "—") for name, zh, en in asked
    ]
    for name, zh, en in (("city", "设区市", "city"), ("county", "县（市、区）", "county"), ("parks", "园区", "parks")):
        value = row.get(name)
        lines.append((options.either(zh, en), str(value) if value is not None and not pd.isna(value) else "—"))
    buyers = _buyers(data, options, at)
    return [*lines, (options.either("供货给", "supplies"), buyers)] if buyers else lines


def _buyers(data: SiteData, options: PageOptions, at: int) -> str:
    """Return whom it supplies, told only to whoever opens the store, or of its own suppliers to a leader."""
    audience = data.audience
    if audience is not None and audience.kind != "leader":
        return ""
    graph = data.session.graph
    supplies = graph["supplies"]
    leaders = np.unique(supplies["buyer"][supplies["supplier"] == at])
    leaders = leaders[graph.on(options.as_of).facts.leader_basis[leaders] > 0]
    if audience is not None:
        leaders = leaders[leaders == audience.row]
    return "、".join(str(name) for name in graph["enterprises"].texts("name", leaders).to_pylist())


PAGE = PageKind("enterprise", Bilingual("企业", "Enterprise"), build, is_card=True)
