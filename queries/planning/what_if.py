"""`what-if`: parks, leaders, cities and verdicts before and after what might happen, nothing stored. SPEC 9.3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from graph_model.bilingual import Bilingual
from graph_model.tiers import Category, Tier
from queries.answers.answer import Answer
from queries.answers.columns import columns
from queries.answers.frame import unit_column, words
from queries.answers.shares import share
from queries.asking.options import BanOptions, BaseOption, base_option, option
from queries.eligibility.assess import AssessOptions, rules_of
from queries.eligibility.assessment_table import VERDICTS
from queries.engines.filters import KEPT, texts_of
from queries.measures.bans import listings_under_review
from queries.measures.place_counts import COUNTS
from queries.planning.acts import PARTS, acts_of
from queries.planning.candidates import standing
from queries.planning.changed_graph import changed_graph
from queries.planning.plan_options import PlanTier, Several

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_model.view import View
    from queries.measures.tally import Base
    from queries.planning.acts import Act
    from queries.planning.candidates import Standing

CLAUSES = ("D-17c", "D-17d", "D-18")
CATEGORIES = (Category.FACTORY, Category.PARK, Category.SUPPLY_CHAIN)


class WhatIfOptions(BaseModel):
    """What might happen, and in which green, base and rules its effects are told."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    list: Several = option((), "列入绿色工厂名单：单位@层级[@日期]", "onto a factory list: UNIT@TIER[@DATE]")
    strike: Several = option((), "移出全部绿色工厂名单：单位[@日期]", "off every factory list: UNIT[@DATE]")
    join: Several = option((), "入园：单位@园区[@日期]", "into a park: UNIT@PARK[@DATE]")
    leave: Several = option((), "离园：单位@园区[@日期]", "out of a park: UNIT@PARK[@DATE]")
    supplies: Several = option((), "新增供应关系：采购方@供应商[@日期]", "a link begins: BUYER@SUPPLIER[@DATE]")
    ban: Several = option((), "机构不予受理：机构@认定地区[@日期]", "an agency is banned: AGENCY@AUTHORITY[@DATE]")
    incident: Several = option((), "发生情形：单位@情形[@日期]", "an incident: UNIT@KIND[@DATE]")
    heal: Several = option((), "情形结束：单位@情形[@日期]", "an incident ends: UNIT@KIND[@DATE]")
    tier: PlanTier = option("city", "至少达到的层级", "at least this tier counts as green")
    base: BaseOption = base_option()
    rules: str | None = option(None, "规则集，不写时按日期", "rule set; else the one of the day")
    rules_file: str | None = option(None, "自己的规则集文件（YAML）", "a rule set file of your own (YAML)")

    city: str | None = option(None, "只看该设区市", "only rows in this city")
    park: str | None = option(None, "只看该园区及其企业", "only this park and its tenants")
    leader: str | None = option(None, "只看该龙头企业及其供应商", "only this leader and its suppliers")

    def written(self) -> dict[str, tuple[str, ...]]:
        """Return the acts by kind."""
        return {kind: getattr(self, kind) for kind in PARTS}


COLUMNS = columns(
    "kind",
    "id",
    "name",
    "before_base",
    "after_base",
    "before_green@acts",
    "after_green@acts",
    "before@acts",
    "after@acts",
    "change@acts",
)
VERDICT_COLUMNS = columns("unit_id", "category", "before@verdict", "after@verdict", "rules@changed")


@dataclass(frozen=True)
class WhatIfAnswer(Answer):
    """What changes, with the verdicts that change as a second table."""

    verdicts: Answer | None = None

    @property
    def parts(self) -> Mapping[str, Answer]:
        """Return the verdicts that change."""
        return {} if self.verdicts is None else {"verdicts": self.verdicts}


def what_if(view: View, snapshot: str, options: WhatIfOptions) -> WhatIfAnswer:
    """Return what would change on the day; UsageError for an act that cannot be."""
    acts = acts_of(view, options.written())
    after = _after(view, acts, options)
    return WhatIfAnswer(
        question="what-if",
        title=Bilingual("推演", "what if"),
        table=_kept(view, effects(view, after, Tier.of(options.tier), options.base), options),
        columns=COLUMNS,
        definition=Bilingual(
            "设想的事项当日同时成立时，基数或绿色数有变化的园区、龙头企业和设区市；不改动数据。",
            "parks, leaders and cities whose base or green count would change if all of it held on the day; nothing is stored.",
        ),
        clause_ids=CLAUSES,
        notes=(),
        as_of=view.day,
        snapshot=snapshot,
        options=_shown(options),
        verdicts=_verdicts(view, after, snapshot, options),
    )


def _kept(view: View, table: pd.DataFrame, options: WhatIfOptions) -> pd.DataFrame:
    """Return the rows that the filters keep, by what lies where and belongs to whom before anything happens."""
    for name, keeps in KEPT.items():
        text = getattr(options, name)
        if text is not None:
            kept = keeps(view, text, texts_of(table["id"]), True)
            table = table[kept.to_numpy(zero_copy_only=False)].reset_index(drop=True)
    return table


def _shown(options: WhatIfOptions) -> dict[str, Any]:
    return {name: value for name, value in options.model_dump().items() if value not in (None, ())}


def _after(view: View, acts: Sequence[Act], options: WhatIfOptions) -> View:
    """Return the day with all acts: what a ban puts under review today is struck from the changed graph."""
    struck = [_under_review(view, act, options) for act in acts if act.kind == "ban"]
    changed = changed_graph(view, acts).on(view.day)
    return changed.without(np.concatenate(struck)) if struck else changed


def _under_review(view: View, act: Act, options: WhatIfOptions) -> Any:
    agency = view.graph["agencies"].texts("id")[act.other].as_py()
    asked = BanOptions(
        agency=agency, on=act.day, authority=act.word, rules=options.rules, rules_file=options.rules_file
    )
    return listings_under_review(view, asked)


def effects(before: View, after: View, tier: Tier, base: Base) -> pd.DataFrame:
    """Return the parks, leaders and cities whose base or green count differs between two days of the same units."""
    parts = []
    for kind, count in COUNTS.items():
        both = count(before, tier, base).merge(
            count(after, tier, base), on="id", how="outer", suffixes=("_before", "_after")
        )
        parts.append(_changes(kind, both))
    table = pd.concat(parts, ignore_index=True)
    place = table["kind"].map({kind: at for at, kind in enumerate(COUNTS)})
    ordered = table.assign(place=place).sort_values(["place", "change", "id"], na_position="first", kind="stable")
    return ordered[[column.name for column in COLUMNS]].reset_index(drop=True)


def _changes(kind: str, both: pd.DataFrame) -> pd.DataFrame:
    counts = {name: both[name].astype("Int64") for name in ("base_before", "base_after", "green_before", "green_after")}
    moved = (counts["base_before"].fillna(-1) != counts["base_after"].fillna(-1)) | (
        counts["green_before"].fillna(-1) != counts["green_after"].fillna(-1)
    )
    shares = {
        when: share(counts[f"green_{when}"].fillna(0).to_numpy(int), counts[f"base_{when}"].fillna(0).to_numpy(int))
        for when in ("before", "after")
    }
    table = pd.DataFrame(
        {
            "kind": pd.Series([kind] * len(both), dtype="str"),
            "id": both["id"],
            "name": both["name_after"].where(both["name_after"].notna(), both["name_before"]),
            "before_base": counts["base_before"],
            "after_base": counts["base_after"],
            "before_green": counts["green_before"],
            "after_green": counts["green_after"],
            **shares,
            "change": shares["after"] - shares["before"],
        }
    )
    return table[moved.to_numpy(bool)]


def _verdicts(before: View, after: View, snapshot: str, options: WhatIfOptions) -> Answer:
    """Return the units whose verdict changes in a category, with the rules that decide otherwise than before."""
    parts = [_of_category(before, after, options, category) for category in CATEGORIES]
    return Answer(
        question="what-if",
        title=Bilingual("结论", "verdicts"),
        table=pd.concat([part for part in parts if part is not None] or [_no_verdicts()], ignore_index=True),
        columns=VERDICT_COLUMNS,
        definition=Bilingual("可否推荐的结论有变化的单位", "units whose verdict would change"),
        clause_ids=CLAUSES,
        notes=(),
        as_of=before.day,
        snapshot=snapshot,
        options=_shown(options),
    )


def _no_verdicts() -> pd.DataFrame:
    return pd.DataFrame({column.name: pd.Series([], dtype="str") for column in VERDICT_COLUMNS})


def _of_category(before: View, after: View, options: WhatIfOptions, category: Category) -> pd.DataFrame | None:
    rules = rules_of(before, AssessOptions(rules=options.rules, rules_file=options.rules_file))
    if category.value not in rules.set.categories:
        return None
    first, second = (standing(view, rules, category, Tier.of(options.tier), options.base) for view in (before, after))
    both = np.intersect1d(first.rows, second.rows)
    places = first.place[both], second.place[both]
    verdicts = first.matrix.verdicts[places[0]], second.matrix.verdicts[places[1]]
    changed = np.flatnonzero(verdicts[0] != verdicts[1])
    return pd.DataFrame(
        {
            "unit_id": unit_column(before.graph, first.matrix.subjects.table, "id", both[changed]),
            "category": pd.Series([category.value] * len(changed), dtype="str"),
            "before": words(verdicts[0][changed], VERDICTS),
            "after": words(verdicts[1][changed], VERDICTS),
            "rules": pd.Series(_rules_that_differ(first, second, places, changed), dtype="str"),
        }
    )


def _rules_that_differ(first: Standing, second: Standing, places: Any, changed: Any) -> list[str | None]:
    outcomes = first.matrix.outcomes[places[0][changed]], second.matrix.outcomes[places[1][changed]]
    ids = [decisions.rule.id for decisions in first.matrix.judged]
    differ = outcomes[0] != outcomes[1]
    return ["+".join(id for id, other in zip(ids, row, strict=True) if other) or None for row in differ.tolist()]
