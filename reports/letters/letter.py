"""`report`: the letter of a day in office style, to the province, a city, a park or a leader; unknown stays unknown in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from queries.law.ruleset import ruleset_for
from queries.registry import QUESTIONS
from reports.imprint import imprint_of_report
from reports.letters.sentences import (
    amount,
    chinese_day,
    count,
    coverage_sentences,
    leader_sentence,
    output_sentence,
    park_sentence,
    share,
    text,
    yes_or_no,
)
from reports.letters.word_document import WordDocument
from reports.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from queries import Answer, Session
    from queries.audience import Audience
    from reports.scope import ReportScope

FILE_NAME: Final = "情况报告.docx"
MOST: Final = 10
"""Rows of a table; how many more there are is said under it."""
OFFICE: Final = "（发文单位）"
"""Who sends it: the program knows no office, and signs for none."""
NUMERALS: Final = "一二三四五六七八九"


def write(session: Session, scope: ReportScope, folder: Path) -> Path:
    """Write the letter into a folder and return its path; it is written in Chinese in every language."""
    path = folder / FILE_NAME
    write_whole(path, letter_bytes(session, scope))
    return path


def letter_bytes(session: Session, scope: ReportScope) -> bytes:
    """Return the letter as docx."""
    letter = Letter(session, scope)
    return letter.to_bytes()


@dataclass(frozen=True)
class Section:
    """A part of a letter: its heading, sentences, and perhaps a table (heads, rows, widths) with how many rows there are."""

    heading: str
    sentences: tuple[str, ...]
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()
    more: int = 0


class Letter:
    """What a letter says, gathered from the answers that concern its reader."""

    def __init__(self, session: Session, scope: ReportScope) -> None:
        self._session, self._scope = session, scope
        self._day = scope.as_of

    @cached_property
    def audience(self) -> Audience:
        """Return for whom it is."""
        return self._scope.audience(self._session)

    @property
    def title(self) -> str:
        """Return the title."""
        name = self.audience.name
        if self.audience.kind == "leader":
            return f"关于{name}供应商绿色工厂情况的函"
        return f"关于{name}绿色工厂梯度培育情况的{'报告' if self.audience.kind == 'province' else '函'}"

    @property
    def addressee(self) -> str:
        """Return to whom it goes (主送): the department of the province or the city, else the park or the leader itself."""
        name = self.audience.name
        by_kind = {
            "province": f"{name}工业和信息化厅", "city": f"{name}工业和信息化局", "park": f"{name}管理机构", "leader": name,
        }  # fmt: skip
        return by_kind[self.audience.kind]

    def to_bytes(self) -> bytes:
        """Return the letter as docx, with its imprint."""
        document = WordDocument(self.title)
        document.title(self.title)
        document.addressee(self.addressee)
        document.paragraph(
            f"现将截至{chinese_day(self._day)}的情况报告如下。数据取自已载入的名录，未载入或无法判断的注明未知，不作推断。"
        )
        for number, section in zip(NUMERALS, self.sections(), strict=False):
            document.heading(f"{number}、{section.heading}")
            for sentence in section.sentences:
                document.paragraph(sentence)
            if section.rows:
                document.table(section.heads, section.rows, section.widths)
            if section.more:
                document.paragraph(f"另有{count(section.more)}项未列，见规划工作簿。", 12)
        document.signature(OFFICE, chinese_day(self._day))
        imprint = imprint_of_report(self._session, self._day, "zh", "letter", self._scope.options)
        return document.to_bytes(imprint)

    def sections(self) -> Iterator[Section]:
        """Yield what concerns the reader, in order."""
        kind = self.audience.kind
        if kind in ("province", "city"):
            yield self._coverage()
        if kind != "leader":
            yield self._parks()
        if kind in ("province", "city", "leader"):
            yield self._leaders()
        if kind == "leader":
            yield self._suppliers()
        yield self._duties()
        yield self._agencies()
        yield self._plan()
        yield self._basis()

    def _ask(self, question: str, *, filtered: bool = True, **options: Any) -> Answer:
        fits = {name: given for name, given in self.audience.filters.items() if name in QUESTIONS[question].filters}
        answer = self._session.ask(question, as_of=self._day, **(fits if filtered else {}), **options)
        return self.audience.disclosed(answer)

    def _coverage(self) -> Section:
        """Tell how many are green, in which tier, and how large a share that is; by city for the province."""
        city = self.audience.kind == "city"
        table = self._ask("tier-coverage", by="county" if city else "city").table
        whole = self._session.ask("tier-coverage", as_of=self._day).table
        row = whole[whole["region"] == self.audience.name].iloc[0]
        parts = table[(table["region"] != self.audience.name) & (table["region_id"] != "")]
        cells = (
            (text(each.region), count(each.base), count(each.at_least_city), share(each.share), count(each.pool))
            for each in parts.itertuples()
        )
        rows = tuple(cells)
        sentences = (*coverage_sentences(row), output_sentence(row))
        heads = (
            "县（市、区）" if city else "设区市",
            "规上企业（家）",
            "市级及以上绿色工厂（家）",
            "占比",
            "在库培育（家）",
        )
        return Section("总体情况", sentences, heads, rows, (26, 22, 26, 14, 18))

    def _parks(self) -> Section:
        table = self._ask("park-share").table
        rows = tuple(
            (text(each.park), text(each.city), count(each.base), count(each.green), share(each.share), count(each.rank))
            for each in table.head(MOST).itertuples()
        )
        heads = ("园区", "设区市", "规上企业（家）", "绿色工厂（家）", "占比", "全省名次")
        widths = (36, 16, 16, 16, 14, 12)
        return Section("园区绿色工厂占比", (park_sentence(table),), heads, rows, widths, max(len(table) - MOST, 0))

    def _leaders(self) -> Section:
        table = self._ask("leader-ratio").table
        rows = tuple(
            (text(each.leader), text(each.chain), count(each.suppliers), count(each.green), share(each.ratio), count(each.unknown))
            for each in table.head(MOST).itertuples()
        )  # fmt: skip
        heads = ("龙头企业（链主）", "产业链", "供应商（家）", "绿色（家）", "占比", "未知（家）")
        widths = (36, 18, 15, 14, 14, 14)
        return Section(
            "龙头企业绿色供应商占比", (leader_sentence(table),), heads, rows, widths, max(len(table) - MOST, 0)
        )

    def _suppliers(self) -> Section:
        """Tell the leader, and only the leader, its largest suppliers that are not green yet."""
        table = self._ask("leader-suppliers", leader=self.audience.text).table
        counted = table[table["in_scope"].fillna(False).astype(bool) & ~(table["green"].fillna(False).astype(bool))]
        ranked = counted.sort_values(["spend", "unit_id"], ascending=[False, True], na_position="last", kind="stable")
        rows = tuple(
            (text(each.unit), text(each.city), amount(each.spend), yes_or_no(each.green), yes_or_no(each.in_pool))
            for each in ranked.head(MOST).itertuples()
        )  # fmt: skip
        sentence = (
            f"范围内尚未列入或无法判断的供应商{count(len(counted))}家，按采购额从大到小列出前{min(MOST, len(counted))}家。"
            if len(counted) else "范围内没有尚未列入的供应商。"
        )  # fmt: skip
        heads = ("供应商", "设区市", "采购额（万元）", "绿色工厂", "在培育库")
        return Section("尚未列入的供应商", (sentence,), heads, rows, (38, 16, 20, 14, 14), max(len(counted) - MOST, 0))

    def _duties(self) -> Section:
        table = self._ask("audit").table
        acts = table[table["severity"] == "act"]
        checks = int((table["severity"] == "check").sum())
        due = pd.to_datetime(table["due"])
        late = int((due < pd.Timestamp(self._day)).sum())
        rows = tuple((text(each.unit), text(each.reason), text(each.clause)) for each in acts.head(MOST).itertuples())
        sentence = (
            f"名单与责任核查发现应处理{count(len(acts))}项、待核对{count(checks)}项，其中截止日已过的{count(late)}项。"
            "“应处理”只表示程序应当启动，名单以公布为准。"
        )
        heads = ("单位", "情形", "条款")
        return Section("应处理事项", (sentence,), heads, rows, (30, 50, 28), max(len(acts) - MOST, 0))

    def _agencies(self) -> Section:
        table = self._ask("ban-reach").table
        agencies = table["agency"].drop_duplicates().tolist()
        if not agencies:
            return Section("第三方机构", ("没有在期的不予受理认定涉及上述单位。",))
        by_class = table["class"].value_counts()
        sentence = (
            f"在期的不予受理认定涉及{count(len(agencies))}家机构，其中不予受理的报告{count(int(by_class.get('blocked', 0)))}份，"
            f"需复核{count(int(by_class.get('review', 0)))}项，因地区或日期不详而未知{count(int(by_class.get('unknown', 0)))}项。"
        )
        rows = tuple(
            (text(name), *(count(int((of == kind).sum())) for kind in ("blocked", "review", "unknown")))
            for name, of in table.groupby("agency", sort=False)["class"]
        )
        heads = ("机构", "不予受理（份）", "需复核（项）", "未知（项）")
        return Section("第三方机构", (sentence,), heads, rows[:MOST], (44, 20, 20, 20), max(len(rows) - MOST, 0))

    def _plan(self) -> Section:
        helped = {"for_": tuple(f"{name}={given}" for name, given in self.audience.filters.items())}
        plan = self.audience.disclosed(self._session.plan(as_of=self._day, **helped))
        rows = tuple(
            (count(each.rank), text(each.unit), text(each.city), text(each.moves)) for each in plan.table.head(MOST).itertuples()
        )  # fmt: skip
        opening = f"建议下一步重点培育{count(len(plan.table))}家，按作用大小列出前{min(MOST, len(plan.table))}家。"
        effects = (f"{line.zh}。" for line in plan.summary[:2]) if rows else ()
        sentences = (opening if rows else "没有可选的培育对象，或目标已经达到。", *effects)
        return Section("下一步培育建议", sentences, ("次序", "单位", "设区市", "带动"), rows, (10, 34, 16, 50))

    def _basis(self) -> Section:
        mark = ruleset_for(self._day).set.mark.zh
        sources = len(self._session.sources)
        sentences = [
            f"规则集：{mark}。数据来自{count(sources)}个文件，快照编号{self._session.snapshot}，可用本程序重新核验。",
            "绿色工厂指当日仍在名单内、达到市级及以上的；国家级同时列为省级。占比没有官方公式，均以分子、分母一并列出。",
        ]
        if hidden := int(self.audience.hidden.sum()):
            sentences.append(f"只见于他人供应商清单的企业{count(hidden)}家，只计数，不列名。")
        return Section("口径与说明", tuple(sentences))
