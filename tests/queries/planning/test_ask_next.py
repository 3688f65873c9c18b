"""What is asked next is the fewest that settle the most, or narrow a share, as trying every set finds; and the form loads back."""

from __future__ import annotations

import csv
import random
from datetime import date
from fractions import Fraction
from functools import cache
from io import BytesIO
from itertools import combinations, product
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from graph_model.errors import UsageError
from graph_model.records import RECORDS, fields_of
from graph_model.tiers import Category, Tier
from loaders import load
from loaders.fictional import DEMO_DAY, fictional_province, write_province
from queries import Session, open_store
from queries.law.ruleset import ruleset_for
from queries.planning.fewest_cells import settled_most
from queries.planning.missing_cells import Needs, needs_of
from queries.planning.narrowing import OpenShare, Questions, fewest_questions, width_now
from reports.form import file_bytes

Rows = list[dict[str, str]]


def small_needs(seed: int) -> list[frozenset[int]]:
    draw = random.Random(seed)
    return [frozenset(draw.sample(range(7), draw.randint(1, 3))) for _ in range(draw.randint(1, 7))]


def test_the_cells_settle_as_many_verdicts_as_any_set_of_that_size() -> None:
    for seed in range(60):
        needs = small_needs(seed)
        for budget in range(8):
            settled = settled_most(needs, budget)
            asked = frozenset().union(*(needs[place] for place in settled)) if settled else frozenset()
            best, fewest = 0, 0
            for size in range(budget + 1):
                for cells in combinations(range(7), size):
                    count = sum(of_one <= set(cells) for of_one in needs)
                    if count > best:
                        best, fewest = count, size
            assert len(settled) == best, (seed, budget)
            assert len(asked) == fewest, (seed, budget)
            assert settled == [place for place, of_one in enumerate(needs) if of_one <= asked]


def test_without_a_budget_everything_is_settled() -> None:
    for seed in range(20):
        needs = small_needs(seed)
        assert settled_most(needs, None) == list(range(len(needs)))
    assert settled_most([], 3) == []


@cache
def exact_width(base: int, green: int, open_: int, maybe_green: int, maybe_open: int, maybe_not: int) -> Fraction:
    """Return how far apart the shares of all completions are, by trying them all."""
    shares = {
        Fraction(green + more + joined + also, base + joined + maybe + others)
        for more, joined, maybe, others in product(
            range(open_ + 1), range(maybe_green + 1), range(maybe_open + 1), range(maybe_not + 1)
        )
        for also in range(maybe + 1)
        if base + joined + maybe + others
    }
    return max(shares) - min(shares) if shares else Fraction(0)


def small_share(seed: int) -> OpenShare:
    draw = random.Random(seed)
    base = draw.randint(0, 5)
    green = draw.randint(0, base)
    open_ = draw.randint(0, min(2, base - green))
    fixed = Questions(min(draw.choice((0, 1)), base - green - open_), *(draw.choice((0, 0, 1)) for _ in range(3)))
    return OpenShare(base, green, open_, draw.randint(0, 3), draw.randint(0, 3), draw.randint(0, 3), fixed)


def worst_width(share: OpenShare, asked: tuple[int, ...]) -> Fraction:
    """Return the width after the worst of all answers: who is asked is a member or not, and no longer of unknown green."""
    left = [
        count - taken + kept
        for count, taken, kept in zip(share[2:6], asked, share.fixed, strict=True)  # type: ignore[arg-type]
    ]
    return max(
        exact_width(share.base + joined + others, share.green + joined, *left)
        for joined in range(asked[1] + 1)
        for others in range(asked[2] + asked[3] + 1)
    )


def test_the_questions_are_the_fewest_that_narrow_a_share_whatever_the_answers() -> None:
    reached = 0
    for seed in range(300):
        share, width = small_share(seed), Fraction(random.Random(-seed).randint(0, 20), 20)
        assert width_now(share) == pytest.approx(float(worst_width(share, (0, 0, 0, 0))))
        every = {asked: worst_width(share, asked) for asked in product(*(range(count + 1) for count in share[2:6]))}  # type: ignore[misc]
        enough = [sum(asked) for asked, left in every.items() if left <= width]
        found, left = fewest_questions(share, width)
        assert left == pytest.approx(float(every[tuple(found)])), seed
        if enough:
            assert found.total == min(enough), seed
            reached += 1
        else:
            assert left == pytest.approx(float(min(every.values()))), seed
        few, narrowed = fewest_questions(share, Fraction(0), budget=1)
        assert narrowed == pytest.approx(float(min(left for asked, left in every.items() if sum(asked) <= few.total)))
    assert reached > 100


ANSWERS: dict[str, Any] = {
    "registered_province": "江苏省", "city": "南京市", "county": "江宁区", "manufacturer": "是", "legal_boundary": "是",
    "management_body": "否", "value_added_share": 61.5, "plan_published_on": "2020-05-01", "level": "国家级", "mode": "自评价",
    "agency": "填报测试机构", "submitted_on": "2024-02-01", "outcome": "通过", "basic_ok": "是", "score": 45, "score_max": 50,
    "severity": "一般", "source": "信用中国", "qualified_on": "2016-01-01", "above_scale": "是",
}  # fmt: skip


def filled(form: bytes, day: date, path: Path) -> None:
    """Fill in every blank cell of a form as somebody would, and save it."""
    book = openpyxl.load_workbook(BytesIO(form))
    for sheet in book.worksheets:
        table = next(name for name, record in RECORDS.items() if sheet.title.startswith(record.title))
        by_header = {field.headers[0]: name for name, field in fields_of(RECORDS[table]).items()}
        heads = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2):
            known = dict(zip(heads, (cell.value for cell in row), strict=True))
            for head, cell in zip(heads, row, strict=True):
                field = by_header.get(head)
                if cell.value is None and field is not None and head != "统一社会信用代码":
                    named = known.get("库中名称（仅供对照）") if field == "name" else None
                    cell.value = named or (day if field == "checked_on" else ANSWERS[field])
    book.save(path)


class Asked:
    """A fictional province with holes in its lists that is asked, answered and loaded again."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.folder, self.day, self.draw = folder, DEMO_DAY, random.Random(seed)
        write_province(fictional_province(80, seed=seed), folder / "source", "csv")
        where, what = ("省份", "设区市", "县（市、区）"), ("是否制造业企业", "行业代码")
        self.rewrite("企业名录", self.rows("企业名录"), {"注册地省份": 30, "是否规上": 25}, where, what)
        good = {"工业增加值占比": "75.5", "是否有法定边界": "是", "是否有统一管理机构": "是"}
        good |= {"绿色工厂培育计划发布日期": "2024-05-01"}
        parks = [{**row, **good} for row in self.rows("园区")]
        self.rewrite("园区", parks, dict.fromkeys(good, 20))
        holes = {"评价方式": 20, "受理结果": 20, "基本要求": 20, "得分": 20, "提交日期": 20}
        self.rewrite("评价报告", [*self.rows("评价报告"), *self.reports()], holes)
        self.rewrite("核查记录", self.some("核查记录", 0.8), {})
        incidents = [*self.some("失信与事故", 0.1), *self.inspected()]
        self.rewrite("失信与事故", incidents, {"等级": 40, "信息来源": 40})
        # Parks and leaders that are listed already, or fail for want of a plan, would be asked nothing.
        self.rewrite("绿色制造名单", [row for row in self.rows("绿色制造名单") if row["名单类别"] == "绿色工厂"], {})
        self.rewrite("培育计划", [*self.rows("培育计划"), *self.plans()], {})
        self.session = self.loaded()

    def rows(self, name: str) -> Rows:
        with (self.folder / "source" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def rewrite(self, name: str, rows: Rows, percent: dict[str, int], *together: tuple[str, ...]) -> None:
        """Write a list anew, with cells blanked by chance, some of them only together."""
        heads = list(self.rows(name)[0])
        with (self.folder / "source" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, heads)
            writer.writeheader()
            for row in rows:
                gone = {head for head, chance in percent.items() if self.draw.random() * 100 < chance}
                gone |= {head for heads in together if self.draw.random() < 0.15 for head in heads}
                writer.writerow({**row, **dict.fromkeys(gone, "")})

    def some(self, name: str, share: float) -> Rows:
        return [row for row in self.rows(name) if self.draw.random() < share]

    def units(self) -> list[tuple[str, str]]:
        return [(row["企业名称"], row["统一社会信用代码"]) for row in self.rows("企业名录")]

    def reports(self) -> Rows:
        """Return a report of each unit in each category, so that most units fail nothing."""
        units, parks = self.units(), [(row["园区名称"], "") for row in self.rows("园区")]
        asked = {"绿色工厂": units, "绿色供应链管理企业": units, "绿色工业园区": parks}
        said = {
            "评价方式": "自评价",
            "得分": "45",
            "满分": "50",
            "基本要求": "是",
            "提交日期": "2026-05-01",
            "受理结果": "通过",
        }
        return [
            {
                "报告编号": f"{category}{number}",
                "单位名称": name,
                "统一社会信用代码": code,
                "申报类别": category,
                **said,
            }
            for category, those in asked.items()
            for number, (name, code) in enumerate(those)
        ]

    def inspected(self) -> Rows:
        """Return findings of inspections, which count by grade and source alone."""
        found = {"情形": "督查问题", "等级": "一般", "信息来源": "工业和信息化部", "发生日期": "2025-05-05"}
        return [{"单位名称": name, "统一社会信用代码": code, **found} for name, code in self.units()[:12]]

    def plans(self) -> Rows:
        """Return a plan of every buyer for a supplier."""
        pairs = {row["采购方"]: row["供应商"] for row in self.rows("供应关系")}
        plan = {"培育类别": "绿色工厂", "计划年度": "2026", "报送日期": "2026-03-01"}
        return [{"单位名称": supplier, **plan, "培育主体": buyer} for buyer, supplier in pairs.items()]

    def loaded(self) -> Session:
        load([self.folder / "source"], store=self.folder / "store", replace=True)
        return open_store(self.folder / "store")

    def needs(self, category: str) -> Needs:
        rules = ruleset_for(self.day, "js-draft")
        return needs_of(self.session.graph.on(self.day), rules, Category(category), Tier.PROVINCIAL)

    def ids(self, needs: Needs, askable: bool) -> set[str]:
        ids = self.session.graph[needs.table].texts("id").to_pylist()
        return {ids[row] for row, cells in zip(needs.rows, needs.cells, strict=True) if (cells is not None) == askable}

    def verdicts(self, category: str) -> dict[str, str]:
        told = self.session.assess(
            as_of=self.day, category=category, tier="provincial", rules="js-draft"
        ).verdicts.table
        return dict(zip(told["unit_id"], told["verdict"], strict=True))


@pytest.mark.parametrize("category", ["factory", "park", "supply_chain"])
def test_a_form_that_is_filled_in_and_loaded_settles_what_it_asks(category: str, tmp_path: Path) -> None:
    settled, unanswered = 0, set()
    for seed in (1, 2):
        asked = Asked(seed, tmp_path / str(seed))
        for number in range(3):
            needs = asked.needs(category)
            wanted = asked.ids(needs, askable=True)
            if not wanted:
                break
            answer = asked.session.ask(
                "ask-next", as_of=asked.day, category=category, tier="provincial", rules="js-draft"
            )
            assert len(answer.table) == len(set().union(*needs.askable))
            filled(file_bytes(answer), asked.day, asked.folder / "source" / f"填报表{number}.xlsx")
            asked.session = asked.loaded()
            verdicts = asked.verdicts(category)
            settled += sum(verdicts[id] != "unclear" for id in wanted if id in verdicts)
        unanswered |= {(seed, id) for id in asked.ids(asked.needs(category), askable=True)}
    assert not unanswered
    assert settled


def test_a_form_that_nobody_fills_in_changes_nothing(tmp_path: Path) -> None:
    for seed in (4,):
        asked = Asked(seed, tmp_path / str(seed))
        before = {category: asked.verdicts(category) for category in ("factory", "park", "supply_chain")}
        tenants = asked.session.park_share(as_of=asked.day).table
        for number, category in enumerate(before):
            answer = asked.session.ask(
                "ask-next", as_of=asked.day, category=category, tier="national", rules="js-draft"
            )
            (asked.folder / "source" / f"填报表{number}.xlsx").write_bytes(file_bytes(answer))
        asked.session = asked.loaded()
        assert {category: asked.verdicts(category) for category in before} == before
        assert asked.session.park_share(as_of=asked.day).table.equals(tenants)


def test_a_share_is_as_narrow_as_told_when_the_form_is_loaded(tmp_path: Path) -> None:
    narrowed = 0
    for seed in (6, 7):
        asked = Asked(seed, tmp_path / str(seed))
        for park in asked.session.park_share(as_of=asked.day).table["park_id"]:
            row = shares(asked, park)
            if row["share_low"] == row["share_low"] and row["share_high"] > row["share_low"]:
                answer = asked.session.ask("ask-next", as_of=asked.day, narrow=f"park={park}", width="0%")
                filled(file_bytes(answer), asked.day, asked.folder / "source" / f"{park[-2:]}.xlsx")
                asked.session = asked.loaded()
                after = shares(asked, park)
                assert after["share_high"] - after["share_low"] <= told_width(answer.notes[0].en) + 1e-4
                narrowed += 1
    assert narrowed > 3


def shares(asked: Asked, park: str) -> dict[str, Any]:
    table = asked.session.park_share(as_of=asked.day).table
    row: dict[str, Any] = table[table["park_id"] == park].iloc[0].to_dict()
    return row


def told_width(note: str) -> float:
    return float(note.split("it is within ")[1].split("%")[0]) / 100


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"narrow": "park=某园区"}, "width"),
        ({"width": "2%"}, "narrow"),
        ({"base": "all"}, "narrow"),
        ({"narrow": "省=江苏", "width": "2%"}, "park="),
        ({"narrow": "park=没有这个园区", "width": "2%"}, "没有"),
        ({"narrow": "city=苏州市", "width": "2%", "city": "苏州市"}, "city"),
    ],
    ids=["no width", "no share", "base alone", "no kind", "no park", "two cities"],
)
def test_what_does_not_go_together_is_told(tmp_path: Path, options: dict[str, Any], words: str) -> None:
    asked = Asked(1, tmp_path)
    with pytest.raises(UsageError, match=words):
        asked.session.ask("ask-next", as_of=asked.day, **options)


def test_one_city_or_one_unit_is_asked_alone(tmp_path: Path) -> None:
    asked = Asked(5, tmp_path)
    whole = asked.session.ask("ask-next", as_of=asked.day, tier="provincial").table
    units = whole["unit_id"].dropna().unique()
    for unit in units:
        alone = asked.session.ask_next(as_of=asked.day, tier="provincial", unit=unit).table
        assert set(alone["unit_id"].dropna()) <= {unit} | set(units)
        assert alone["verdicts"].dtype == "int64"
        assert set(map(tuple, alone[["list", "item", "field"]].astype(str).to_numpy())) <= set(
            map(tuple, whole[["list", "item", "field"]].astype(str).to_numpy())
        )
    assert len(units)
