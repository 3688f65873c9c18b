"""What frees a park under Art. 18? The tenants that must be healed, rectified or gone, setting by setting, with the first day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from graph_model.days import OPEN, number
from graph_model.tiers import Tier
from queries.answers.columns import columns
from queries.answers.frame import days, unit_column
from queries.asking.caveats import ViewCaveats, lacking_tables
from queries.asking.find_unit import find_park
from queries.asking.options import option
from queries.asking.question import Options, Question
from queries.eligibility.assess import AssessOptions, rules_of
from queries.planning.plan_options import PlanTier
from queries.planning.unlocking import WAYS, unlocked

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graph_model.view import View
    from queries.law.rules import Rules
    from queries.planning.unlocking import UnlockedPark


class ParkUnlockOptions(Options):
    """Which park, at which tier, by which rules."""

    park: str = option(..., "园区：名称或编号", "the park: name or id", examples=["虚构产业园区"])
    tier: PlanTier = option("provincial", "申报层级", "tier applied for")
    rules: str | None = option(None, "规则集，不写时按日期", "rule set; else the one of the day")
    rules_file: str | None = option(None, "自己的规则集文件（YAML）", "a rule set file of your own (YAML)")


COLUMNS = columns(
    "setting", "needed", "free_on", "own", "unclear@park", "unit_id", "unit", "uscc", "rules@failed", "facts@held",
    "facts_en@held", "heals_on", "rectified_on", "left_on", "way", "first_day",
)  # fmt: skip


def rules_asked(view: View, options: ParkUnlockOptions) -> Rules:
    """Return the rules by which the park is held."""
    asked = AssessOptions(category="park", tier=options.tier, rules=options.rules, rules_file=options.rules_file)
    return rules_of(view, asked)


def in_memory(view: View, options: ParkUnlockOptions) -> pd.DataFrame:
    """Gather, setting by setting, whom the park must be freed of; one row without a unit where that is nobody."""
    park = find_park(view, options.park)
    parts = [_rows(view, freed) for freed in unlocked(view, park, Tier.of(options.tier), rules_asked(view, options))]
    return pd.concat(parts, ignore_index=True)


def _rows(view: View, park: UnlockedPark) -> pd.DataFrame:
    """Return the tenants of one setting, or one row without a tenant."""
    rows = np.array([tenant.enterprise for tenant in park.tenants] or [-1])
    nobody: list[None] = [] if park.tenants else [None]
    named = {way: f"{name}_on" for way, name in zip(WAYS, ("heals", "rectified", "left"), strict=True)}
    return pd.DataFrame(
        {
            "setting": _texts([park.setting] * len(rows)),
            "needed": [len(park.tenants)] * len(rows),
            "free_on": _days([park.free_on] * len(rows)),
            "own": _texts(["+".join(park.own) or None] * len(rows)),
            "unclear": _texts(["+".join(park.unclear) or None] * len(rows)),
            **{name: unit_column(view.graph, "enterprises", of, rows) for name, of in _UNIT.items()},
            "rules": _texts([*("+".join(tenant.rules) for tenant in park.tenants), *nobody]),
            "facts": _texts([*(tenant.told("zh") for tenant in park.tenants), *nobody]),
            "facts_en": _texts([*(tenant.told("en") for tenant in park.tenants), *nobody]),
            **{name: _days([*(tenant.on.get(way) for tenant in park.tenants), *nobody]) for way, name in named.items()},
            "way": _texts([*(tenant.way for tenant in park.tenants), *nobody]),
            "first_day": _days([*(tenant.first_day for tenant in park.tenants), *nobody]),
        }
    )


_UNIT: Final = {"unit_id": "id", "unit": "name", "uscc": "uscc"}


def _texts(values: Sequence[str | None]) -> pd.Series[Any]:
    return pd.Series(list(values), dtype="str")


def _days(values: Sequence[date | None]) -> pd.Series[Any]:
    return days(np.array([OPEN if day is None else number(day) for day in values], dtype=np.int32))


def conclude(facts: pd.DataFrame, _options: ParkUnlockOptions) -> pd.DataFrame:
    """Return the rows as they stand: settings in the order of the rule book, tenants by id."""
    return facts[[column.name for column in COLUMNS]]


def notes(view: View, options: ParkUnlockOptions) -> list[Bilingual]:
    """Say by which rules, which setting they have, and which tables are missing."""
    rules, sentences = rules_asked(view, options), []
    setting = rules.park_propagation
    sentences.append(Bilingual(f"规则集：{rules.set.mark.zh}", f"rule set: {rules.set.mark.en}"))
    sentences.append(Bilingual(f"规则集所定的计入方式：{setting}", f"the setting of the rule set: {setting}"))
    if not any(id.startswith("D-18") for id in rules.set.rules):
        sentences.append(Bilingual("这一规则集没有负面清单", "this rule set has no negative list"))
    return sentences + lacking_tables(ViewCaveats(view), "tenancies")


QUESTION = Question(
    name="park-unlock",
    title=Bilingual("园区解锁", "what frees a park"),
    definition=Bilingual(
        "按第十八条，要使园区不再因园区内企业的情形不符合，须消除哪些企业的情形（最少的一组即全部不符合的企业），每家怎样最早消除："
        "等待、当日完成整改或移出、当日离园；四种计入方式各列。解锁日期为各家最早日期和园区自身情形中最晚的一天。",
        "the tenants whose facts fail the park under Art. 18: the smallest set that frees it is all of them; for each the first "
        "day by waiting, by ending today what is open, by leaving today; under each setting of propagation. The park is free on "
        "the latest of these days and that of its own facts.",
    ),
    columns=COLUMNS,
    clause_ids=("D-18",),
    options=ParkUnlockOptions,
    row_id="unit_id",
    filters=frozenset({"city"}),
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=62,
)
