"""The whole world on one screen: which kinds of nodes there are, and which edges run from what to what.

Everything else reads these two tables: records, loaders, pictures, NetworkX, and the server. A node kind is a table of the
graph; an edge kind is a pair of reference columns of a table (the row's own number where a column is `ROW`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

ROW: Final = "#"
"""In an edge kind: the row of the table itself is the end of the edge."""


class UnitKind(Enum):
    """What a column that names a unit may name. The first three are node kinds; the others are open until rows are resolved."""

    ENTERPRISE = "enterprise"
    PARK = "park"
    AGENCY = "agency"
    UNIT = "unit"
    """An enterprise or a park: by category, else by who is known under the name."""
    PARTY = "party"
    """An enterprise, a park or an agency: by who is known under the name or the code."""
    SPONSOR = "sponsor"
    """A leader or a park that sponsors a plan; being named so puts nobody on record."""
    RENAMED = "renamed"
    """Whoever is known under the names of a change; every kind that knows one of them."""

    @property
    def may_be(self) -> tuple[UnitKind, ...]:
        """The kinds of unit that it may turn out to be."""
        if self in UNIT_KINDS:
            return (self,)
        return UNIT_KINDS if self in (UnitKind.PARTY, UnitKind.RENAMED) else UNIT_KINDS[:2]

    @property
    def table(self) -> str:
        """The table of the units of this kind."""
        return NODE_KINDS[self.value].table


UNIT_KINDS: Final = (UnitKind.ENTERPRISE, UnitKind.PARK, UnitKind.AGENCY)


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node: its name here, in Chinese, as a Cypher label, and the table that holds it."""

    name: str
    zh: str
    label: str
    table: str
    shown_by: str
    """Column that people read as its name."""
    measure: str = "条"
    """The Chinese measure word it is counted with."""


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """A kind of edge: `source` and `target` node kinds, and the table and columns it is read from."""

    name: str
    zh: str
    cypher: str
    source: str
    target: str
    table: str
    source_column: str
    target_column: str
    carries: tuple[str, ...] = ()
    """Columns of the table that the edge itself carries."""


NODE_KINDS: dict[str, NodeKind] = {
    kind.name: kind
    for kind in (
        NodeKind("enterprise", "企业", "Enterprise", "enterprises", "name", "家"),
        NodeKind("park", "园区", "Park", "parks", "name", "个"),
        NodeKind("agency", "机构", "Agency", "agencies", "name", "家"),
        NodeKind("listing", "名单条目", "Listing", "listings", "batch"),
        NodeKind("report", "评价报告", "Report", "reports", "report_no"),
        NodeKind("cultivation", "培育", "Cultivation", "cultivation", "plan_year"),
        NodeKind("incident", "失信与事故", "Incident", "incidents", "kind"),
        NodeKind("ban", "不予受理", "Ban", "agency_bans", "decided_on"),
        NodeKind("inspection", "抽查", "Inspection", "inspections", "checked_on"),
        NodeKind("dynamic_form", "动态管理表", "DynamicForm", "dynamic_forms", "year"),
        NodeKind("recommendation", "推荐", "Recommendation", "recommendations", "recommended_on"),
        NodeKind("annual_figure", "年度指标", "AnnualFigure", "annual_figures", "year"),
        NodeKind("total", "总量", "Total", "totals", "scope"),
        NodeKind("complaint", "举报", "Complaint", "complaints", "received_on"),
        NodeKind("attestation", "核查记录", "Attestation", "attestations", "kind"),
        NodeKind("name_change", "变更", "NameChange", "name_changes", "new_name"),
        NodeKind("cost", "培育费用", "Cost", "costs", "subject"),
    )
}

KIND_OF_TABLE: Final[dict[str, NodeKind]] = {kind.table: kind for kind in NODE_KINDS.values()}
UNIT_TABLES: Final = tuple(kind.table for kind in UNIT_KINDS)

_SPAN = ("start", "end")

EDGE_KINDS: tuple[EdgeKind, ...] = (
    EdgeKind("tenant_of", "入驻", "TENANT_OF", "enterprise", "park", "tenancies", "enterprise", "park", (*_SPAN, "end_unknown")),
    EdgeKind(
        "supplies", "供应", "SUPPLIES", "enterprise", "enterprise", "supplies", "supplier", "buyer",
        ("year", *_SPAN, "category", "amount", "key"),
    ),
    EdgeKind("listed_as", "列入", "LISTED_AS", "enterprise", "listing", "listings", "enterprise", ROW),
    EdgeKind("listed_as", "列入", "LISTED_AS", "park", "listing", "listings", "park", ROW),
    EdgeKind("rests_on", "依据", "RESTS_ON", "listing", "report", "listings", ROW, "report"),
    EdgeKind("names_agency", "评价机构", "NAMES_AGENCY", "listing", "agency", "listings", ROW, "agency"),
    EdgeKind("issued", "出具", "ISSUED", "agency", "report", "reports", "agency", ROW),
    EdgeKind("about", "评价", "ABOUT", "report", "enterprise", "reports", ROW, "enterprise"),
    EdgeKind("about", "评价", "ABOUT", "report", "park", "reports", ROW, "park"),
    EdgeKind("in_pool", "列入培育", "IN_POOL", "enterprise", "cultivation", "cultivation", "enterprise", ROW),
    EdgeKind("in_pool", "列入培育", "IN_POOL", "park", "cultivation", "cultivation", "park", ROW),
    EdgeKind("sponsors", "培育主体", "SPONSORS", "enterprise", "cultivation", "cultivation", "sponsor_enterprise", ROW),
    EdgeKind("sponsors", "培育主体", "SPONSORS", "park", "cultivation", "cultivation", "sponsor_park", ROW),
    EdgeKind("held_against", "归责", "HELD_AGAINST", "incident", "enterprise", "incidents", ROW, "enterprise"),
    EdgeKind("held_against", "归责", "HELD_AGAINST", "incident", "park", "incidents", ROW, "park"),
    EdgeKind("bans", "不予受理", "BANS", "ban", "agency", "agency_bans", ROW, "agency"),
    EdgeKind("checked", "抽查", "CHECKED", "inspection", "enterprise", "inspections", ROW, "enterprise"),
    EdgeKind("checked", "抽查", "CHECKED", "inspection", "park", "inspections", ROW, "park"),
    EdgeKind("filed", "填报", "FILED", "enterprise", "dynamic_form", "dynamic_forms", "enterprise", ROW),
    EdgeKind("filed", "填报", "FILED", "park", "dynamic_form", "dynamic_forms", "park", ROW),
    EdgeKind("recommends", "推荐", "RECOMMENDS", "recommendation", "enterprise", "recommendations", ROW, "enterprise"),
    EdgeKind("recommends", "推荐", "RECOMMENDS", "recommendation", "park", "recommendations", ROW, "park"),
    EdgeKind("complains_of", "举报", "COMPLAINS_OF", "complaint", "enterprise", "complaints", ROW, "enterprise"),
    EdgeKind("complains_of", "举报", "COMPLAINS_OF", "complaint", "park", "complaints", ROW, "park"),
    EdgeKind("complains_of", "举报", "COMPLAINS_OF", "complaint", "agency", "complaints", ROW, "agency"),
    EdgeKind("looked_up", "核查", "LOOKED_UP", "attestation", "enterprise", "attestations", ROW, "enterprise"),
    EdgeKind("looked_up", "核查", "LOOKED_UP", "attestation", "park", "attestations", ROW, "park"),
    EdgeKind("has_figure", "指标", "HAS_FIGURE", "enterprise", "annual_figure", "annual_figures", "enterprise", ROW),
    EdgeKind("has_total", "总量", "HAS_TOTAL", "park", "total", "totals", "park", ROW),
    EdgeKind("renamed", "变更", "RENAMED", "enterprise", "name_change", "name_changes", "enterprise", ROW),
    EdgeKind("renamed", "变更", "RENAMED", "park", "name_change", "name_changes", "park", ROW),
    EdgeKind("renamed", "变更", "RENAMED", "agency", "name_change", "name_changes", "agency", ROW),
)  # fmt: skip
