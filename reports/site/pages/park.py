"""The card of a park: its share, who is green, which tenants keep it from being recommended."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from queries.asking.find_unit import find_park
from reports.site.page_model import AnswerTable, FactList, Figure, Link, Notice, Page, RowLink
from reports.site.pages.figures import first_row, meaning_of, number, share_figure
from reports.site.pages.page_kind import PageKind
from reports.site.pages.rule_table import rule_table

if TYPE_CHECKING:
    from queries import Answer
    from reports.site.page_model import Block
    from reports.site.page_options import PageOptions
    from reports.site.site_data import SiteData


def build(data: SiteData, options: PageOptions) -> Page:
    """Return the card of a park; UsageError where it is not on record on the day."""
    view = data.session.graph.on(options.as_of)
    park = str(view.graph["parks"].texts("id")[find_park(view, options.subject)].as_py())
    shares = data.ask("park-share", options.as_of, tier=options.tier, base=options.base)
    own = replace(shares, table=shares.table[shares.table["park_id"] == park])
    title = str(view.graph["parks"].texts("name")[find_park(view, options.subject)].as_py())
    above = [(options.either("园区", "Parks"), Link("parks"))]
    if own.table.empty:
        return Page(
            title,
            blocks=[
                Notice(
                    options.either(
                        "这个园区不在省内，或当日不在册，没有占比。",
                        "This park lies elsewhere or is not on record on the day: it has no share.",
                    )
                )
            ],
            above=above,
        )
    tenants = data.ask("park-tenants", options.as_of, park=park, tier=options.tier, base=options.base)
    row = first_row(own)
    return Page(
        title,
        " · ".join(str(row[name]) for name in ("level", "city") if row[name] == row[name] and row[name]),
        figures=[
            share_figure(
                options.either("绿色工厂占比", "green-factory share"),
                row,
                ("green", "base", "share"),
                options,
                meaning=meaning_of(own, "share", options),
                anchor="tenants",
            ),
            Figure(
                options.either("在园企业", "tenants"),
                number(row["tenants"]),
                options.either(f"其中口径内 {number(row['base'])}", f"{number(row['base'])} in the base"),
                anchor="tenants",
            ),
            Figure(
                options.either("占比名次", "rank"),
                number(row["rank"]),
                options.either(
                    f"共 {number(shares.table['share'].notna().sum())} 个有占比的园区",
                    f"of {number(shares.table['share'].notna().sum())} with a share",
                ),
                link=Link("parks"),
            ),
        ],
        blocks=[
            *_blocked(data, options, park, tenants),
            *rule_table(data, options, park, "park"),
            _tenants(options, tenants),
            _facts(options, row),
        ],
        above=above,
    )


def _blocked(data: SiteData, options: PageOptions, park: str, tenants: Answer) -> list[Block]:
    """Return the tenants that keep the park from being recommended, and those that may not be recommended themselves."""
    unlock = data.ask("park-unlock", options.as_of, park=park, tier=options.assess_tier, **options.rules_asked)
    verdicts = data.verdicts(options.as_of, tier=options.assess_tier, **options.rules_asked)
    inside = verdicts.table["unit_id"].isin(tenants.table["unit_id"]) & (verdicts.table["verdict"] == "no")
    barred = replace(verdicts, table=verdicts.table[inside])
    return [
        AnswerTable(
            "unlock",
            options.either(
                "阻碍园区推荐的企业（第十八条）", "tenants that keep the park from being recommended (Art. 18)"
            ),
            unlock,
            ("setting", "unit", "rules", "facts", "way", "first_day", "heals_on", "needed", "free_on", "own"),
            {"unit": RowLink("enterprise", "unit_id")},
        ),
        AnswerTable(
            "blocked",
            options.either("自身不可推荐的在园企业", "tenants that may not be recommended themselves"),
            barred,
            ("unit", "verdict", "blocking", "unclear", "earliest", "act"),
            {"unit": RowLink("enterprise", "unit_id")},
            rows=100,
            whole=False,
        ),
    ]


def _tenants(options: PageOptions, tenants: Answer) -> AnswerTable:
    return AnswerTable(
        "tenants",
        options.either("在园企业", "tenants"),
        tenants,
        ("unit", "city", "identity", "in_base", "green", "highest", "since", "in_pool", "incidents", "output", "start"),
        {"unit": RowLink("enterprise", "unit_id")},
        rows=500,
    )


def _facts(options: PageOptions, row: dict[str, object]) -> FactList:
    return FactList(
        options.either("园区资料", "about the park"),
        [
            (options.either("园区编号", "id"), str(row["park_id"])),
            (options.either("设区市", "city"), str(row["city"] or "—")),
        ],
    )


PAGE = PageKind("park", Bilingual("园区", "Park"), build, is_card=True)
