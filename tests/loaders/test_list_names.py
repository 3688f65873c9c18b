"""What names say: which tables they allow, what stops, which period and tier they give."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_model.records import RECORDS
from loaders.read.headers import family, header_words, match, more_headers, variants
from loaders.read.list_names import Context, named_tables, words_of
from loaders.read.periods import Period, period_in
from loaders.read.removal_names import Removal, removal_of, status_of
from loaders.read.table_fits import fits_of
from tests.loaders.making import codes, csv, read, total

SIMPLEST = [("序号",), ("企业名称",), ("设区市",)]
ROWS = [["序号", "企业名称", "设区市"], [1, "甲乙制造有限公司", "苏州市"]]


def titled(title: str) -> Context:
    return Context((title,), (), "Sheet1", "附件1", ())


@pytest.mark.parametrize("table", RECORDS)
def test_every_table_is_named_by_its_title_and_its_id(table: str) -> None:
    assert named_tables(Context(file=RECORDS[table].title)) == {table}
    assert table in named_tables(Context(file=table))


@pytest.mark.parametrize(
    ("title", "tables"),
    [
        ("2023年度省级园区绿色工厂名单", {"listings"}),
        ("2024年度国家级绿色供应链管理企业名单", {"listings"}),
        ("某集团供应链供应商清单", {"supplies"}),
        ("某某经济开发区入园企业名录", {"tenancies"}),
        ("某市园区企业名录", {"enterprises"}),
        ("绿色制造第三方评价机构名录", {"agencies"}),
        ("第三方评价机构不予受理情况表", {"agency_bans"}),
        ("绿色制造名单推荐汇总表", {"recommendations"}),
        ("2024年度省级绿色工厂培育名单", {"cultivation"}),
        ("绿色工厂企业名录", {"listings"}),
        ("2023年省级绿色工厂动态管理移出名单", {"listings"}),
        ("省级绿色工厂动态管理表填报情况", {"dynamic_forms"}),
        ("某某年会参会人员", set()),
        ("附件1：园区", {"parks"}),
        ("附件2 近况", set()),
    ],
)
def test_the_longest_word_decides_and_a_process_goes_before_its_list(title: str, tables: set[str]) -> None:
    assert named_tables(titled(title)) == tables


def test_the_nearest_name_that_speaks_goes_before_those_farther_off() -> None:
    context = Context(("附件",), ("2024年度省级绿色工厂名单",), "入园企业", "企业名录", ())
    assert named_tables(context) == {"listings"}
    assert named_tables(Context(("附件",), (), "入园企业", "企业名录", ())) == {"tenancies"}
    assert named_tables(Context((), (), "Sheet1", "企业名录", ("绿色工厂",))) == {"enterprises"}


def test_a_sentence_above_the_table_is_no_name_of_it() -> None:
    sentence = "根据有关办法，经推荐、评审和公示，现将名单公布。请各地做好培育工作。"
    assert named_tables(Context((sentence,), (), "Sheet1", "2023年度省级绿色工厂名单", ())) == {"listings"}


@pytest.mark.parametrize(
    ("title", "code", "word"),
    [
        ("关于2023年度市级绿色工厂拟认定名单的公示", "list_not_final", "拟认定"),
        ("2023年度省级绿色工厂（第一批）拟入围名单", "list_not_final", "拟入围"),
        ("2023年度省级绿色工厂候选名单", "list_not_final", "候选"),
        ("2023年省级绿色工厂复核通过名单", "list_of_review", "复核通过"),
        ("2023年度省级绿色工厂奖补名单", "list_of_review", "奖补"),
        ("2023年省级专精特新中小企业名单", "list_of_other_honour", "专精特新"),
        ("2023年省级零碳工厂名单", "list_of_other_honour", "零碳"),
        ("2023年省级星级工厂名单", "list_of_other_honour", "星级工厂"),
        ("2023年度省级绿色工厂动态调整名单", "list_polarity_open", "动态调整"),
        ("2023年新增和移出省级绿色工厂名单", "list_polarity_open", "新增、移出"),
    ],
)
def test_what_is_no_published_list_stops_and_says_why(tmp_path: Path, title: str, code: str, word: str) -> None:
    stop = fits_of(SIMPLEST, titled(title)).stop
    assert stop is not None
    assert (stop.code, stop.word) == (code, word)
    parsed, log = read(csv(tmp_path / "附件1.csv", [[title, "", ""], *ROWS]))
    assert parsed.tables == {}
    issue = next(log.issues())
    assert (issue.code, issue.level, issue.row) == (code, "error", 2)
    assert word in issue.message()
    total(parsed)


@pytest.mark.parametrize(
    "titles",
    [
        ("2023年度省级绿色工厂名单", "江苏省某某厅公示文件"),
        ("2023年度省级绿色工厂名单（已公示）",),
        ("经公示无异议的2023年度省级绿色工厂名单",),
    ],
    ids=["running head", "was under publicity", "without objection"],
)
def test_a_final_list_that_speaks_of_publicity_loads(titles: tuple[str, ...]) -> None:
    means = fits_of(SIMPLEST, Context(titles, (), None, "附件1", ()))
    assert (means.stop, means.fits[0].missing) == (None, ())


def test_publicity_in_the_file_name_stops_a_list_whose_title_is_silent_of_it() -> None:
    stop = fits_of(SIMPLEST, Context(("2023年度省级绿色工厂名单",), (), None, "绿色工厂公示名单", ())).stop
    assert stop is not None
    assert stop.code == "list_not_final"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024年省级绿色工厂名单", Period("2024", None)),
        ("二〇二四年度省级绿色工厂名单", Period("2024", None)),
        ("二○二四年度名单", Period("2024", None)),
        ("二零二四年名单", Period("2024", None)),
        ("第三批省级绿色工厂名单（2024年）", Period("2024", "3")),
        ("首批省级绿色工厂", Period(None, "1")),
        ("2020年省级绿色工厂（第一批）公布名单", Period("2020", "1")),
        ("2021-2023年名单", Period(None, None, open_year=True)),
        ("二〇二一至二〇二三年度名单", Period(None, None, open_year=True)),
        ("2021、2022年度名单", Period(None, None, open_year=True)),
        ("第1-6批名单", Period(None, None, open_round=True)),
        ("第一批、第二批名单", Period(None, None, open_round=True)),
        ("2023年12月1日公布", Period(None, None)),
        ("苏工信节能〔2024〕12号", Period(None, None)),
        ("名单（截至2023年底）", Period(None, None)),
        ("GB/T36132-2018", Period(None, None)),
        ("20240312导出", Period(None, None)),
    ],
)
def test_years_and_rounds_in_names(text: str, period: Period) -> None:
    assert period_in(text) == period


@pytest.mark.parametrize(
    ("title", "tier"),
    [
        ("2024年江苏省省级绿色工厂名单", "provincial"),
        ("省绿色工厂名单2023年度", "provincial"),
        ("2023年度江苏省绿色工厂名单", None),
        ("无锡市2023年度绿色工厂名单", None),
        ("2023年国家绿色工厂名单", "national"),
        ("2023年度国家层面绿色工厂名单", "national"),
        ("2023年3A级绿色工厂名单", "city"),
        ("2023年度3A绿色工厂名单", "city"),
        ("2023年2A级绿色工厂名单", "district"),
        ("2023年县级绿色工厂名单", "district"),
        ("2023年度国家级开发区绿色工厂名单", None),
        ("2023年度省级园区绿色工厂名单", "provincial"),
        ("2023年省级以上绿色工厂名单", None),
    ],
)
def test_a_tier_is_said_by_its_word_and_never_by_a_place(title: str, tier: str | None) -> None:
    fit = fits_of(SIMPLEST, titled(title)).fits[0]
    assert fit.given.values.get("tier") == tier
    assert ("tier" in fit.missing) == (tier is None)


@pytest.mark.parametrize(
    ("title", "missing"),
    [
        ("2023年度省级、市级绿色工厂名单", "tier"),
        ("2023年度市级绿色工厂、绿色园区名单", "category"),
        ("省级绿色工厂名单（2021—2023年）", "batch"),
    ],
)
def test_a_name_that_says_several_things_stops_and_asks(tmp_path: Path, title: str, missing: str) -> None:
    fit = fits_of(SIMPLEST, titled(title)).fits[0]
    assert fit.missing == (missing,)
    parsed, log = read(csv(tmp_path / "附件1.csv", [[title, "", ""], *ROWS]))
    assert parsed.tables == {}
    assert codes(log) == ["name_says_several"]
    total(parsed)


@pytest.mark.parametrize(
    ("title", "year", "list_year", "number"),
    [
        ("2023年移出2021年度省级绿色工厂名单的企业", 2023, "2021", None),
        ("移出2021年度省级绿色工厂名单的企业", None, "2021", None),
        ("2023年度撤销省级绿色工厂称号企业名单", 2023, None, None),
        ("2023年江苏省撤销省级绿色工厂名单", 2023, None, None),
        ("2021年度省级绿色工厂移出名单", None, None, None),
        ("移出第三批国家级绿色工厂名单", None, None, "3"),
        ("移出省级绿色工厂名单（2021—2022年）", None, None, None),
    ],
)
def test_a_removal_list_names_its_year_or_that_of_the_list(
    title: str, year: int | None, list_year: str | None, number: str | None
) -> None:
    removal = removal_of(titled(title))
    assert isinstance(removal, Removal)
    assert (removal.year, removal.list_year, removal.list_round) == (year, list_year, number)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("已移出", "removed"),
        ("2022年移出", "removed"),
        ("未移出", "active"),
        ("有效", "active"),
        ("更名为某某公司", None),
    ],
)
def test_cells_of_a_status(text: str, says: str | None) -> None:
    assert status_of(text) == says


@pytest.mark.parametrize("table", RECORDS)
def test_no_header_of_a_table_means_two_of_its_columns(table: str) -> None:
    meant: dict[str, set[str]] = {}
    for name in header_words("tables").get(table, {}):
        assert name in RECORDS[table].model_fields
        for header in more_headers(table, name):
            meant.setdefault(header, set()).add(name)
    assert {header: names for header, names in meant.items() if len(names) > 1} == {}
    for fields in header_words("two_things").get(table, {}).values():
        assert set(fields) <= RECORDS[table].model_fields.keys()
    assert {variant.field for variant in variants(table).values()} <= RECORDS[table].model_fields.keys()


@pytest.mark.parametrize(
    ("table", "header", "field"),
    [
        ("listings", "申报企业名称", "unit"),
        ("listings", "工厂全称", "unit"),
        ("listings", "单位全称", "unit"),
        ("listings", "所属设区市", "region"),
        ("listings", "县（市、区）", "region"),
        ("listings", "市", "region"),
        ("listings", "地市", "region"),
        ("listings", "认定年份", "batch"),
        ("tenancies", "入驻企业名称", "name"),
        ("tenancies", "搬离时间", "end"),
        ("tenancies", "退出时间", "end"),
        ("tenancies", "迁出日期", "end"),
        ("tenancies", "撤离", "end"),
        ("tenancies", "退园", "end"),
        ("tenancies", "结束时间", "end"),
        ("supplies", "合同到期日期", "end"),
        ("supplies", "供货商全称", "supplier"),
    ],
)
def test_headers_people_write(table: str, header: str, field: str) -> None:
    hit = match(table, header)
    assert hit is not None
    assert hit[0].field == field


def test_families_are_put_together_and_words_go_first() -> None:
    assert family("published")[:2] == ("公布日期", "公布时间")
    assert len(set(family("enterprise"))) == len(family("enterprise"))
    assert set(words_of("tables")) == set(RECORDS)
