"""Why did a share move between two days? One row per park, leader and city, its change split exactly over causes. SPEC 9.4.

`events` lists the units behind each cause, with file and row. Since another snapshot, what was only learned since (corrected
lists) stands apart from what happened.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import pandas as pd
from pydantic import BeforeValidator, model_validator

from graph_model.bilingual import Bilingual
from graph_model.days import years_later
from graph_model.errors import DoesNotFitError, RefusedValueError
from graph_model.tiers import Tier
from queries.answers.columns import columns
from queries.asking.caveats import ViewCaveats, lacking_lists
from queries.asking.options import BaseOption, TierOption, base_option, option, tier_option
from queries.asking.question import EVERY_FILTER, Options, Question
from queries.asking.reading import read_day
from queries.measures.moved_places import moved_places, places_on
from queries.measures.share_parts import CAUSES
from queries.questions.changes import events

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    from graph_model.graph import KnowledgeGraph
    from graph_model.view import View


def _as_text(value: object) -> object:
    """Take a day for its text: since may be a day, or the beginning of a snapshot's id."""
    return value.isoformat()[:10] if isinstance(value, date) else value


class ChangesOptions(Options):
    """Since which day, or which snapshot, and which shares."""

    since: Annotated[str | None, BeforeValidator(_as_text)] = option(
        None,
        "从哪一天起（早于 as_of；不写为一年前），或哪个快照起（须同时写 on）",
        "since which day (a year before by default), or which snapshot (with `on`)",
    )
    on: date | None = option(None, "与快照合用：比较快照在哪一天的情况", "with a snapshot: the day looked at in it")
    tier: TierOption = tier_option()
    base: BaseOption = base_option()
    events: bool = option(False, "列出各项变化背后的单位，附文件和行", "the units behind each part, with file and row")

    @model_validator(mode="after")
    def _of_one_snapshot(self) -> ChangesOptions:
        if self.events and self.on is not None:
            raise RefusedValueError(
                "逐家列出时 since 应为日期，不能用快照", "units are listed between two days, not snapshots"
            )
        if self.on is not None and self.since is None:
            raise RefusedValueError("on 要与 since 的快照合用", "`on` goes with a snapshot as since")
        return self


PARTS = tuple(f"{cause}_part" for cause in CAUSES)
COLUMNS = columns("kind", "id", "name", "before@since", "after@since", "change@since", *PARTS)
EXACT = ("before", "after", *PARTS)
KINDS = ("park", "leader", "city")


def first_day(view: View, options: ChangesOptions) -> date:
    """Return the day since which changes are told; UsageError where it is not before the day asked."""
    if options.since is None:
        return years_later(view.day, -1)
    since = options.on or read_day(options.since, "since")
    if since >= view.day:
        name = "on" if options.on else "since"
        raise DoesNotFitError(name, since, Bilingual(f"应早于 {view.day}", f"a day before {view.day} is expected"))
    return since


def in_memory(view: View, options: ChangesOptions) -> pd.DataFrame:
    """Gather every place with its exact shares on both days and the part of each cause."""
    return moved_places(view, view.on(first_day(view, options)), options.base, Tier.of(options.tier))


def across(view: View, opened: Callable[[str], KnowledgeGraph], options: ChangesOptions) -> pd.DataFrame:
    """Gather the same since a day of another snapshot: what differs on that day was learned since."""
    since, tier = first_day(view, options), Tier.of(options.tier)
    moved = moved_places(view, view.on(since), options.base, tier)
    told = places_on(opened(options.since or "").on(since), options.base, tier)
    table = moved.merge(told, on=["kind", "id"], how="outer", suffixes=("", "_told"))
    shares = {name: [None if pd.isna(share) else share for share in table[name]] for name in (*EXACT, "share")}
    learned = [_minus(own, then) for own, then in zip(shares["before"], shares["share"], strict=True)]
    exact = shares | {"before": shares["share"], "learned_part": learned}
    names = table["name"].fillna(table["name_told"])
    return table.assign(name=names, **{name: pd.Series(values, dtype=object) for name, values in exact.items()})


def conclude(facts: pd.DataFrame, _options: ChangesOptions) -> pd.DataFrame:
    """Keep what moved, exactly; the parts are null where there is no change to split."""
    return _concluded(facts, PARTS, [column.name for column in COLUMNS])


def conclude_learned(facts: pd.DataFrame, _options: ChangesOptions) -> pd.DataFrame:
    """Keep what moved, or was learned, exactly."""
    return _concluded(facts, ("learned_part", *PARTS), [column.name for column in LEARNED.columns])


def _concluded(facts: pd.DataFrame, parts: tuple[str, ...], names: list[str]) -> pd.DataFrame:
    rows = [row for row in facts.to_dict("records") if not (row["before"] is None and row["after"] is None)]
    for row in rows:
        row["change"] = _minus(row["after"], row["before"])
        if row["change"] is None or any(row[part] is None for part in parts):
            row |= dict.fromkeys(parts)
    rows = [row for row in rows if row["change"] is None or row["change"] or any(row[part] for part in parts)]
    rows.sort(key=lambda row: (KINDS.index(row["kind"]), row["change"] is not None, row["change"] or 0, row["id"]))
    shares = ("before", "after", "change", *parts)
    table = pd.DataFrame(rows, columns=["kind", "id", "name", *shares])
    numbers = {
        name: pd.Series([None if share is None else float(share) for share in table[name]], dtype="float64")
        for name in shares
    }
    texts = {name: table[name].astype("str") for name in ("kind", "id", "name")}
    return table.assign(**texts, **numbers)[names]


def _minus(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else one - other


def notes(view: View, options: ChangesOptions) -> list[Bilingual]:
    """Say which days are compared, which lists are missing, and who may only have changed its name."""
    since = first_day(view, options)
    days = Bilingual(f"比较 {since} 与 {view.day}", f"compares {since} with {view.day}")
    renamed = [] if options.on else events.likely_renames(view, view.on(since), options)
    return [days, *renamed, *lacking_lists(ViewCaveats(view), "factory", options.tier)]


DEFINITION = Bilingual(
    "各园区占比、龙头企业占比、设区市覆盖率在两天之间的变化，分为新列入、移出、进入分母、离开分母四部分；各部分为其在四者各种先后次序中"
    "所起作用的平均（夏普利值），与次序无关，相加恰为变化。",
    "how the share of each park, leader and city moved between two days, split into newly listed, removed, joined and left; each "
    "part is the mean over every order of the four causes of what it adds (Shapley), and they add up to the change exactly.",
)
LEARNED = Question(
    name="changes",
    title=Bilingual("占比变化原因（与另一快照比较）", "why shares moved, since another snapshot"),
    definition=Bilingual(
        f"{DEFINITION.zh}后来才得知的部分 = 本快照中起始日的占比 - 另一快照中起始日的占比；变化 = 后来得知 + 四部分。",
        f"{DEFINITION.en} learned_part = the share on the first day by this snapshot - by the other; change = "
        "learned_part + the four.",
    ),
    columns=(*COLUMNS[:6], *columns("learned_part"), *COLUMNS[6:]),
    clause_ids=("D-17c", "D-17d", "D-03"),
    options=ChangesOptions,
    row_id="id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    across=across,
    conclude=conclude_learned,
    notes_in_memory=notes,
)
EVENTS: Question[Any] = Question(
    name="changes",
    title=Bilingual("占比变化原因：逐家", "the units behind a share's change"),
    definition=Bilingual(
        "两天之间使各园区、龙头企业、设区市占比变化的单位，一处、一家、一项原因一行，附所在的文件、工作表和行。",
        "units whose change moved the share of a park, leader or city between two days: one row per place, unit and cause, with "
        "the file, sheet and row.",
    ),
    columns=events.COLUMNS,
    clause_ids=("D-17c", "D-17d", "D-03"),
    options=ChangesOptions,
    row_id="id",
    filters=EVERY_FILTER,
    in_memory=lambda view, options: events.in_memory(view, view.on(first_day(view, options)), options),
    conclude=events.conclude,
    notes_in_memory=notes,
    evidence="evidence",
)
QUESTION = Question(
    name="changes",
    title=Bilingual("占比变化原因", "why shares moved"),
    definition=DEFINITION,
    columns=COLUMNS,
    clause_ids=("D-17c", "D-17d", "D-03"),
    options=ChangesOptions,
    row_id="id",
    filters=EVERY_FILTER,
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=61,
    tables={"events": EVENTS, "on": LEARNED},
)
