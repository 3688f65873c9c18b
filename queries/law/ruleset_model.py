"""The form of a rule set: which values there may be, of what type, and what each must say about itself."""

from __future__ import annotations

import hashlib
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BeforeValidator, Field, field_validator

from graph_model.bilingual import Bilingual
from graph_model.errors import RefusedValueError
from queries.law.marked_yaml import StrictModel

Held = TypeVar("Held")
SeverityWord = Literal["一般", "较大", "重大", "特别重大"]
Propagation = Annotated[
    Literal["text", "literal", "serious", "off"],
    BeforeValidator(lambda word: "off" if word is False else word),  # Trap: YAML reads a bare `off` as false.
]
CategoryId = Literal["factory", "park", "supply_chain"]
TierId = Literal["city", "provincial", "national"]


class SourceDocument(StrEnum):
    """A text whose articles are cited by their numbers."""

    DRAFT = "draft"
    PLAN = "plan"

    @property
    def zh(self) -> str:
        """Return how it is called in a citation."""
        return "征求意见稿" if self is SourceDocument.DRAFT else "2016年实施方案"


class DatedValue(StrictModel, Generic[Held]):
    """A value, the clause it comes from, and the days it holds (both in; none: as long as the set does)."""

    value: Held
    clause: str
    source: str
    verified: bool
    valid_from: date | None = None
    valid_until: date | None = None

    def in_force(self, day: date) -> bool:
        """Return whether the value holds on a day."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)


Years = Annotated[int, Field(ge=0, le=50)]
Count = Annotated[int, Field(ge=0)]
Score = Annotated[float, Field(ge=0, le=1000)]
Percent = Annotated[float, Field(ge=0, le=100)]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
Texts = tuple[str, ...]


class Values(StrictModel):
    """Every value that a rule may take from a set; a set leaves out what it does not say."""

    # D-07, pool
    focus_tags: tuple[DatedValue[Texts], ...] = Field((), description="重点标签")
    leader_tags: tuple[DatedValue[Texts], ...] = Field((), description="龙头企业的重点标签")
    pool_first: tuple[DatedValue[bool], ...] = Field((), description="须先列入培育库（不写为不要求）")
    # D-09, P-07
    value_added_above: tuple[DatedValue[Percent], ...] = Field((), description="工业增加值占比须大于（%，不含）")
    park_levels: tuple[DatedValue[Texts], ...] = Field((), description="可申报的园区级别")
    # D-11
    report_needed: tuple[DatedValue[bool], ...] = Field((), description="是否须有评价报告")
    no_report_tiers: tuple[DatedValue[Texts], ...] = Field((), description="不要求评价报告的层级")
    report_modes: tuple[DatedValue[tuple[Literal["self", "third_party"], ...]], ...] = Field(
        (), description="可采用的评价方式"
    )
    agency_qualified: tuple[DatedValue[bool], ...] = Field((), description="第三方机构须当时已有资质")
    # D-17
    factory_score: tuple[DatedValue[Score], ...] = Field((), description="工厂评价得分下限（含）")
    factory_score_max: tuple[DatedValue[Score], ...] = Field((), description="上述下限所对应的满分")
    park_score: tuple[DatedValue[Score], ...] = Field((), description="园区评价得分下限（含）")
    leader_score: tuple[DatedValue[Score], ...] = Field((), description="供应链管理企业评价得分下限（含）")
    energy_levels: tuple[DatedValue[Texts], ...] = Field((), description="优先的能效水平")
    key_field_energy_levels: tuple[DatedValue[Texts], ...] = Field((), description="工业重点领域优先的能效水平")
    key_fields: tuple[DatedValue[Texts], ...] = Field((), description="工业重点领域的行业代码（按开头）")
    standard: tuple[DatedValue[str], ...] = Field((), description="评价所依的通用标准")
    # D-18
    window_years: tuple[DatedValue[Years], ...] = Field((), description="负面清单回看年数")
    stop_years: tuple[DatedValue[Years], ...] = Field((), description="连续停产满几年计入")
    without_fault: tuple[DatedValue[Texts], ...] = Field((), description="非过失的移出原因")
    park_propagation: tuple[DatedValue[Propagation], ...] = Field((), description="园区内企业的事实如何计入园区")
    propagated_items: tuple[DatedValue[Texts], ...] = Field((), description="计入园区的负面清单各项")
    propagation_floor: tuple[DatedValue[SeverityWord], ...] = Field(
        (), description="“仅计重大及以上”时计入的最低等级（含）"
    )
    inspection_floor: tuple[DatedValue[SeverityWord], ...] = Field((), description="督查问题计入的最低等级（含）")
    looked_up_years: tuple[DatedValue[Years], ...] = Field((), description="核查记录有效年数")
    # D-19 … D-25
    dynamic_form_due: tuple[DatedValue[MonthDay], ...] = Field((), description="动态管理表截止日（次年，含当日）")
    removal_floor: tuple[DatedValue[SeverityWord], ...] = Field(
        (), description="立即移出的事故、环境事件最低等级（含）"
    )
    consulted: tuple[DatedValue[Texts], ...] = Field((), description="省级推荐须征求意见的部门")
    ban_years: tuple[DatedValue[Years], ...] = Field((), description="机构不予受理年数")
    lookback_years: tuple[DatedValue[Years], ...] = Field((), description="不予受理追溯年数")
    agency_cap: tuple[DatedValue[Count], ...] = Field((), description="同一法定代表人的机构每年国家级评价项目上限")
    prior_city: tuple[DatedValue[bool], ...] = Field((), description="省级须先列入市级（原则上）")
    prior_provincial: tuple[DatedValue[bool], ...] = Field((), description="国家级须先列入省级")
    exempt_clean_checks: tuple[DatedValue[Count], ...] = Field((), description="连续几次抽查合格可免查")
    exempt_years: tuple[DatedValue[Years], ...] = Field((), description="免查年数")
    output_goal: tuple[DatedValue[Percent], ...] = Field((), description="绿色工厂产值占制造业产值的目标（%）")

    @field_validator("*", mode="before")
    @classmethod
    def _several(cls, entries: Any) -> Any:
        """Take one dated value for a list of one: alone it needs no dash in the file."""
        return [entries] if isinstance(entries, dict) else entries


class Deadline(StrictModel):
    """A date of the yearly calendar. The day itself is in time."""

    id: str
    by: MonthDay
    year: Literal[-1, 0] = 0
    """0: in the year itself; -1: in the year before."""
    what: Bilingual
    who: Bilingual
    clause: str
    source: str
    verified: bool
    valid_from: date | None = None
    valid_until: date | None = None


class RouteStep(StrictModel):
    """A step on the way up the tiers: who does what, by which date of the set, and after which other steps."""

    id: str
    shown_by: Literal["conditions", "pool", "papers", "recommendation", "list"]
    """What tells that it is done: no bar fails or is unknown; in the pool; its rules pass; recommended; on the list."""
    tier: TierId | None = None
    """The tier of the list it is, or is recommended for."""
    office: Literal["city", "province"] | None = None
    """Whose recommendation it is."""
    deadline: str | None = None
    """The date of the set by which it is done each year, and from which it takes its words where it has none."""
    on_list_day: bool = False
    """The set names no date: the general one for lists of its tier is taken."""
    needs: Texts = ()
    """Steps that come before it."""
    rules: Texts = ()
    """Rules whose findings are its papers; a step of papers without any takes what no other step takes."""
    advised: bool = False
    """Asked for in principle or in practice: nothing waits for it."""
    binding_by: str | None = None
    """The value of a set that makes an advised step a condition."""
    what: Bilingual | None = None
    who: Bilingual | None = None
    source: str | None = None


class SetClause(StrictModel):
    """Where a rule or a duty stands in a set, and its words there where they are not those of its article or `clauses.yaml`."""

    place: str
    zh: str | None = None
    en: str | None = None
    verified: bool = False
    """Whether words of its own were held against the text; without them, what `clauses.yaml` says counts."""


class RuleSet(StrictModel):
    """A rule set: which rules it has, and the values they take."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    based_on: str | None = None
    title: Bilingual
    source: str
    draft: bool
    valid_from: date | None = None
    valid_until: date | None = None
    categories: tuple[CategoryId, ...]
    document: SourceDocument | None = None
    """The text whose articles its rules are; None: their numbers are not to be had."""
    rules: tuple[str, ...]
    clauses: dict[str, SetClause | dict[CategoryId, SetClause]] = Field({}, description="规则在本规则集中的所在条款")
    by_person: dict[CategoryId, tuple[Bilingual, ...]] = Field({}, description="须人工核对的条件")
    values: Values
    deadlines: tuple[Deadline, ...] = ()
    route: tuple[RouteStep, ...] = Field((), description="逐级推进的路线，按先后排列")
    months: dict[str, Annotated[int, Field(ge=0, le=120)]] = Field({}, description="各规则的工作通常用时（月）")
    duties: dict[str, SetClause] = Field({}, description="持续责任与日程的条款：编号 → 所在条款")

    def in_force(self, day: date) -> bool:
        """Return whether the set holds on a day; one without days always may be used."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)

    def clause_of(self, rule: str, category: str) -> SetClause | None:
        """Return where a rule stands in the set for a category; None where the set leaves that to the rule's own article."""
        clause = self.clauses.get(rule)
        return clause.get(category) if isinstance(clause, dict) else clause  # type: ignore[call-overload]

    @property
    def sha256(self) -> str:
        """Return the hash of all that the set says: two sets decide alike where it is equal."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def mark(self) -> Bilingual:
        """Return what an output says of the set it used: a draft is never shown without 征求意见稿."""
        draft = ("（征求意见稿，未见正式文本）", " (draft; no final text is public)") if self.draft else ("", "")
        return Bilingual(zh=f"{self.id} {self.title.zh}{draft[0]}", en=f"{self.id}, {self.title.en}{draft[1]}")

    @field_validator("duties", mode="before")
    @classmethod
    def _place_alone(cls, duties: Any) -> Any:
        """Take the place alone for a clause without words of its own."""
        if not isinstance(duties, dict):
            return duties
        return {id: {"place": clause} if isinstance(clause, str) else clause for id, clause in duties.items()}

    @field_validator("rules")
    @classmethod
    def _once(cls, rules: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(rules)) < len(rules):
            raise RefusedValueError("每条规则只写一次", "each rule stands once")
        return rules
