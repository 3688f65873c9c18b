"""`what-if`: parks, leaders, cities and verdicts before and after what might happen, nothing stored. SPEC 9.3.

One supposition tells verdicts and, for struck factories, who could step in; many at once tell places only: their counts are
worked out of what each touches, where a verdict needs the rule book once more.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from graph_model.bilingual import Bilingual
from graph_model.errors import UnknownNameError, UsageError
from graph_model.tiers import Tier
from queries.answers.answer import Answer
from queries.answers.columns import columns
from queries.answers.frame import unit_column
from queries.asking.options import BanOptions, BaseOption, base_option, option
from queries.eligibility.assess import AssessOptions, rules_of
from queries.engines.filters import KEPT, texts_of
from queries.measures.bans import listings_under_review
from queries.planning.acts import PARTS, UnitFinder, acts_of, written_acts
from queries.planning.changed_graph import changed_graph
from queries.planning.effects import COLUMNS, SCENARIO_COLUMNS, effects
from queries.planning.place_changes import CountedPlaces
from queries.planning.plan_options import PlanTier, Several
from queries.planning.stand_ins import COLUMNS as STAND_INS
from queries.planning.stand_ins import DEFINITION as STAND_INS_DEFINITION
from queries.planning.stand_ins import TITLE as STAND_INS_TITLE
from queries.planning.stand_ins import stand_in_rules, stand_ins
from queries.planning.verdict_changes import VERDICT_COLUMNS, verdict_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from graph_model.arrays import Rows
    from graph_model.view import View
    from queries.answers.column import Column
    from queries.planning.acts import Act

    UnderReview = Callable[[Act], Rows]

CLAUSES = ("D-17c", "D-17d", "D-18")
(STRUCK_UNIT,) = columns("struck_unit")
MOST_SUBSTITUTES = 10
"""Substitutes told per leader; the question `substitutes` tells them all."""
TITLE = Bilingual("推演", "what if")
DEFINITION = Bilingual(
    "设想的事项当日同时成立时，基数或绿色数有变化的园区、龙头企业和设区市；不改动数据。",
    "parks, leaders and cities whose base or green count would change if all of it held on the day; nothing is stored.",
)


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


@dataclass(frozen=True)
class WhatIfAnswer(Answer):
    """What changes, with the verdicts that change as a second table, and for struck factories who could step in."""

    verdicts: Answer | None = None
    substitutes: Answer | None = None

    @property
    def parts(self) -> Mapping[str, Answer]:
        """Return the verdicts that change, and the substitutes of what is struck."""
        named = {"verdicts": self.verdicts, "substitutes": self.substitutes}
        return {name: part for name, part in named.items() if part is not None}


def what_if(view: View, snapshot: str, options: WhatIfOptions) -> WhatIfAnswer:
    """Return what would change on the day; UsageError for an act that cannot be."""
    acts = acts_of(UnitFinder(view), written_acts(view, options.written()))
    struck = _struck(acts, _under_review(view, options))
    counted = CountedPlaces(view, Tier.of(options.tier), options.base)
    table = effects(counted, [counted.changes(acts, struck)]).drop(columns="scenario")
    after = changed_graph(view, acts).on(view.day).without(struck)
    rules = rules_of(view, AssessOptions(rules=options.rules, rules_file=options.rules_file))
    whole = WhatIfAnswer(
        question="what-if",
        title=TITLE,
        table=_kept(view, table, options),
        columns=COLUMNS,
        definition=DEFINITION,
        clause_ids=CLAUSES,
        notes=(),
        as_of=view.day,
        snapshot=snapshot,
        options=_shown(options),
    )
    verdicts = _part(
        whole,
        Bilingual("结论", "verdicts"),
        verdict_changes(view, after, rules, Tier.of(options.tier)),
        VERDICT_COLUMNS,
        Bilingual("可否推荐的结论有变化的单位", "units whose verdict would change"),
    )
    return replace(whole, verdicts=verdicts, substitutes=_substitutes(whole, view, acts, options))


def _part(
    whole: Answer, title: Bilingual, table: pd.DataFrame, shown: tuple[Column, ...], definition: Bilingual
) -> Answer:
    """Return a further table of an answer."""
    return Answer(
        question=whole.question,
        title=title,
        table=table,
        columns=shown,
        definition=definition,
        clause_ids=whole.clause_ids,
        notes=(),
        as_of=whole.as_of,
        snapshot=whole.snapshot,
        options=whole.options,
    )


def _substitutes(whole: Answer, view: View, acts: Sequence[Act], options: WhatIfOptions) -> Answer | None:
    """Return who could stand in for each struck factory at the leaders that it supplies; None where nothing is struck."""
    struck = list(dict.fromkeys(act.enterprise for act in acts if act.kind == "strike"))
    if not struck:
        return None
    rules = stand_in_rules(view.day, options.rules, options.rules_file)
    table = pd.concat(
        [
            stand_ins(view, unit, Tier.of(options.tier), rules, most=MOST_SUBSTITUTES, struck=struck).table.assign(
                struck_unit=unit_column(view.graph, "enterprises", "name", np.array([unit]))[0]
            )
            for unit in struck
        ],
        ignore_index=True,
    )
    shown = (STRUCK_UNIT, *STAND_INS)
    return _part(whole, STAND_INS_TITLE, table[[column.name for column in shown]], shown, STAND_INS_DEFINITION)


def what_ifs(
    view: View, snapshot: str, scenarios: Sequence[Mapping[str, str | Sequence[str]]], options: WhatIfOptions
) -> Answer:
    """Return what each of many suppositions alone would change, by its position; UsageError names the one that cannot be."""
    written = []
    for at, scenario in enumerate(scenarios):
        with _in_scenario(at):
            written.append(written_acts(view, _by_kind(scenario)))
    finder = UnitFinder(view, (part for acts in written for act in acts for part in act.parts))
    counted = CountedPlaces(view, Tier.of(options.tier), options.base)
    under_review, changed = _under_review(view, options), []
    for at, asked in enumerate(written):
        with _in_scenario(at):
            acts = acts_of(finder, asked)
            changed.append(counted.changes(acts, _struck(acts, under_review)))
    return Answer(
        question="what-if",
        title=TITLE,
        table=_kept(view, effects(counted, changed), options),
        columns=SCENARIO_COLUMNS,
        definition=DEFINITION,
        clause_ids=CLAUSES,
        notes=(
            Bilingual(
                f"{len(changed):,} 个情景各自单独推演；结论的变化请对单个情景推演",
                f"{len(changed):,} scenarios, each supposed alone; ask one alone for the verdicts that change",
            ),
        ),
        as_of=view.day,
        snapshot=snapshot,
        options=_shown(options),
    )


def _by_kind(scenario: Mapping[str, str | Sequence[str]]) -> dict[str, Sequence[str]]:
    """Return a scenario's acts by kind, one text for a list of one; UsageError for a kind that does not exist."""
    for kind in scenario:
        if kind not in PARTS:
            raise UnknownNameError(Bilingual("事项", "act"), kind, PARTS)
    return {kind: [texts] if isinstance(texts, str) else texts for kind, texts in scenario.items()}


@contextmanager
def _in_scenario(at: int) -> Iterator[None]:
    """Tell whatever is wrong with a scenario with its position."""
    try:
        yield
    except UsageError as error:
        raise UsageError(f"情景 {at}：{error.zh}", f"scenario {at}: {error.en}") from error


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


def _struck(acts: Sequence[Act], under_review: UnderReview) -> Rows:
    """Return the listings that the bans among some acts put under review today: they are struck."""
    rows = [under_review(act) for act in acts if act.kind == "ban"]
    return np.unique(np.concatenate(rows)) if rows else np.empty(0, dtype=np.intp)


def _under_review(view: View, options: WhatIfOptions) -> UnderReview:
    """Return what finds the listings that a ban puts under review; a ban that is supposed again is not looked at again."""

    @cache
    def rows(act: Act) -> Rows:
        agency = view.graph["agencies"].texts("id")[act.other].as_py()
        asked = BanOptions(
            agency=agency, on=act.day, authority=act.word, rules=options.rules, rules_file=options.rules_file
        )
        return listings_under_review(view, asked)

    return rows
