"""Every spelling that SPEC 4 names, and what is doubtful about the others."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from stdnum.cn import uscc

from graph_model import values
from graph_model.values import coded, codes, dates, numbers, texts
from graph_model.values.coded_words import spellings
from graph_model.values.kind import Kind

CODE = "91110000600037341L"


def remark(kind: Kind, text: str) -> str | None:
    found = kind.parse(text).remark
    return found.code if found else None


@pytest.mark.parametrize("text", ["", " ", "/", "-", "—", "－", "无数据", "不详", "未 知", "\u3000"])
@pytest.mark.parametrize(
    "kind",
    [
        texts.NAME,
        texts.TEXT,
        codes.CODE,
        codes.BATCH,
        numbers.MONEY,
        numbers.YEAR,
        dates.DAY,
        coded.FLAG,
        coded.COUNTRY,
    ],
    ids=lambda kind: kind.name,
)
def test_nothing_is_unknown_without_remark(kind: Kind, text: str) -> None:
    assert kind.parse(text) == (None, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-01", date(2024, 3, 1)),
        ("2024/3/1", date(2024, 3, 1)),
        ("2024.03.01", date(2024, 3, 1)),
        ("2024年3月1日", date(2024, 3, 1)),
        ("２０２４年３月１日", date(2024, 3, 1)),
        ("20240301", date(2024, 3, 1)),
        ("2024-03-01 00:00:00", date(2024, 3, 1)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_days(text: str, expected: date) -> None:
    assert dates.DAY.parse(text) == (expected, None)


@pytest.mark.parametrize(
    ("text", "expected", "remark"),
    [
        ("2025.6", date(2025, 6, 1), ("hint", "day_from_month")),
        ("2025.10", date(2025, 10, 1), ("hint", "day_from_month")),
        ("2025.1", date(2025, 1, 1), ("warning", "day_month_cut")),
        ("202506", date(2025, 6, 1), ("hint", "day_from_month")),
        ("二〇二五年六月三十日", date(2025, 6, 30), None),
        ("二○二五年十二月廿一日", date(2025, 12, 21), None),
        ("二零二五年十月", date(2025, 10, 1), ("hint", "day_from_month")),
        ("二〇二五年度", date(2025, 1, 1), ("hint", "day_from_year")),
        ("45838", date(2025, 6, 30), ("hint", "day_from_serial")),
        ("45838.75", date(2025, 6, 30), ("hint", "day_from_serial")),
        ("30-JUN-2025", date(2025, 6, 30), None),
        ("30 June 2025", date(2025, 6, 30), None),
        ("Jun 30, 2025", date(2025, 6, 30), None),
        ("30/06/2025", date(2025, 6, 30), None),
        ("06/30/2025", date(2025, 6, 30), None),
        ("05/06/2025", None, ("warning", "day_order_open")),
        ("2025-1-1 00:00:00", date(2025, 1, 1), None),
        ("2025/6/30 上午 12:00:00", date(2025, 6, 30), None),
        ("2025-06-30T00:00:00+08:00", date(2025, 6, 30), None),
        ("2025-06-30T09:30:00Z", date(2025, 6, 30), None),
        ("2025-06-29T16:00:00.000Z", date(2025, 6, 30), ("hint", "day_from_instant")),
        ("2025年6月30日（星期一）", date(2025, 6, 30), None),
        ("2025-06-30\u200b", date(2025, 6, 30), None),
        ("至今", None, None),
        ("未移出", None, None),
        ("已移出", None, ("warning", "day_unreadable")),
        ("99999", None, ("warning", "day_unreadable")),
    ],
)
def test_days_as_other_programs_and_papers_write_them(
    text: str, expected: date | None, remark: tuple[str, str] | None
) -> None:
    assert dates.DAY.parse(text) == (expected, remark)


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("200", "亿", 2 * 10**12),
        ("100", "千元", 10**7),
        ("1.5", "百万元", 150 * 10**6),
        ("3", "人民币万元", 3 * 10**6),
        ("2", "万亿元", 2 * 10**14),
        ("12亿元", "万元", 12 * 10**10),
        ("RMB 12", "元", 1200),
        ("12百万元", "万元", 1200 * 10**6),
    ],
)
def test_units_of_money(text: str, unit: str, fen: int) -> None:
    assert numbers.money(text, unit) == (fen, None)


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("12", "万美元", "money_unit_foreign"),
        ("12", "usd", "money_unit_foreign"),
        ("12万美元", "万元", "money_unit_foreign"),
        ("$12", "万元", "money_unit_foreign"),
        ("12", "吨", "money_unit_unknown"),
        ("12", "%", "money_unit_unknown"),
        ("12吨", "万元", "money_unit_unknown"),
        ("12", "人民币", "money_unit_unknown"),
    ],
)
def test_what_is_no_unit_of_ours_is_unknown(text: str, unit: str, code: str) -> None:
    assert numbers.money(text, unit) == (None, ("warning", code))


@pytest.mark.parametrize(
    ("text", "code"), [("2024年3月", "day_from_month"), ("2024-03", "day_from_month"), ("2024", "day_from_year")]
)
def test_coarse_days_mean_their_first_day_with_a_hint(text: str, code: str) -> None:
    parsed = dates.DAY.parse(text)
    assert parsed.value in {date(2024, 3, 1), date(2024, 1, 1)}
    assert parsed.remark == ("hint", code)


@pytest.mark.parametrize("text", ["2023-02-30", "2023-13-01", "明天", "12352", "20230230", "0001-01-01"])
def test_no_day_of_the_calendar(text: str) -> None:
    assert dates.DAY.parse(text) == (None, ("warning", "day_unreadable"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021", "2021"), ("2021年", "2021"), ("2021年度", "2021"), ("第3批", "3"), ("第三批", "3"), ("3", "3"), ("３", "3"),
        ("第十二批", "12"), ("二十一批", "21"), ("2023年第一批", "2023年第1批"), ("2023年度第2批", "2023年第2批"),
        ("首 批", "首批"),
    ],
)  # fmt: skip
def test_batches(text: str, expected: str) -> None:
    assert codes.BATCH.parse(text) == (expected, None)


@pytest.mark.parametrize(
    ("text", "unit", "fen"),
    [
        ("1", "万元", 1_000_000), ("1,234.5", "万元", 1_234_500_000), ("12", "元", 1_200), ("12", "千元", 1_200_000),
        ("1.5", "亿元", 15_000_000_000), ("3.5亿元", "万元", 35_000_000_000), ("￥1", "元", 100), ("0.0000005", "万元", 0),
        ("0.0000015", "万元", 2), ("1e3", "万元", 10**9), ("1e-999", "万元", 0),
    ],
)  # fmt: skip
def test_money(text: str, unit: str, fen: int) -> None:
    assert numbers.money(text, unit) == (fen, None)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (numbers.MONEY, "约100", "number_unreadable"),
        (numbers.MONEY, "-1", "number_negative"),
        (numbers.MONEY, "1e300", "number_too_large"),
        (numbers.COUNT, "1.5", "count_unreadable"),
        (numbers.COUNT, "-3", "number_negative"),
        (numbers.PERCENT, "120%", "percent_out_of_range"),
        (numbers.YEAR, "23", "year_unreadable"),
        (numbers.YEAR, "2300", "year_unreadable"),
        (numbers.NUMBER, "优", "number_unreadable"),
        (codes.CODE, CODE[:-1] + "K", "code_invalid"),
        (codes.CODE, "9.1110E+17", "code_as_number"),
        (codes.INDUSTRY_CODE, "36121", "industry_code_invalid"),
        (coded.FLAG, "部分", "flag_unknown"),
        (coded.CATEGORY, "绿色矿山", "category_unknown"),
        (coded.TIER, "江苏省", "tier_unknown"),
        (coded.COUNTRY, "亚特兰蒂斯", "country_unknown"),
        (coded.SEVERITY, "较严重", "severity_unknown"),
        (texts.NAME, "#N/A", "cell_error"),
        (dates.DAY, "#VALUE!", "cell_error"),
    ],
)
def test_doubtful_cells_are_unknown_with_a_warning(kind: Kind, text: str, code: str) -> None:
    assert kind.parse(text) == (None, ("warning", code))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (coded.CATEGORY, "绿色工厂", "factory"),
        (coded.CATEGORY, "绿色园区", "park"),
        (coded.CATEGORY, "卓越绿色供应链管理企业", "supply_chain"),
        (coded.CATEGORY, "绿色设计产品", "product"),
        (coded.CATEGORY, "Factory", "factory"),
        (coded.TIER, "国家级", "national"),
        (coded.TIER, "３Ａ", "city"),
        (coded.TIER, "2a", "district"),
        (coded.TIER, "省", "provincial"),
        (coded.MODE, "第三方评价", "third_party"),
        (coded.OUTCOME, "采信", "accepted"),
        (coded.OUTCOME, "不予受理", "refused"),
        (coded.RESULT, "有问题", "problem"),
        (coded.STATUS, "迟报", "late"),
        (coded.BAN_REASON, "弄虚作假", "fraud"),
        (coded.SEVERITY, "Ⅱ级", "重大"),
        (coded.SEVERITY, "IV", "一般"),
        (coded.FLAG, "√", True),
        (coded.FLAG, "×", False),
        (coded.FLAG, "TRUE", True),
        (coded.FLAG, "n", False),
        (coded.COUNTRY, "中国台湾", "TW"),
        (coded.COUNTRY, "香港", "HK"),
        (coded.COUNTRY, "U.S.A.", "US"),
        (coded.COUNTRY, "DEU", "DE"),
        (coded.COUNTRY, "刚果（金）", "CD"),
        (texts.AGENCY_NAME, "自评价", None),
        (texts.AGENCY_NAME, " 中国质量 认证中心 ", "中国质量认证中心"),
        (texts.NAME, "国网（北京）有限公司\u200b", "国网（北京）有限公司"),
        (texts.NAME, "无", None),
        (texts.NAMES, "甲公司; 乙公司；甲公司|无", "甲公司；乙公司"),
        (texts.CHAIN, "否", None),
        (texts.CHAIN, "新型电力装备", "新型电力装备"),
        (texts.TEXT, " 第一行\n第二行 ", "第一行第二行"),
        (codes.CODE, " 9111 0000 6000 37341l", CODE),
        (codes.CODE, f'="{CODE}"', CODE),
        (codes.INDUSTRY_CODE, "c3612", "C3612"),
        (codes.INDUSTRY_CODE, "C", "C"),
        (numbers.PERCENT, "35％", 35.0),
        (numbers.YEAR, "2023年度", 2023),
        (numbers.COUNT, "1,234家", 1234),
        (texts.REPORT_NO, "Ｒ－１ 2", "R-12"),
    ],
)
def test_spellings(kind: Kind, text: str, expected: object) -> None:
    assert kind.parse(text) == (expected, None)


def test_pydantic_reads_with_the_same_parser() -> None:
    adapter = TypeAdapter(values.Day)
    assert adapter.validate_python("2024年3月") == date(2024, 3, 1)
    assert adapter.validate_python(date(2024, 3, 2)) == date(2024, 3, 2)
    assert adapter.validate_python("2023-02-30") is None


def test_every_country_has_one_code_per_spelling() -> None:
    assert len(set(coded.countries().values())) == 249


@given(st.lists(st.one_of(st.none(), st.text(alphabet="0123456789ABIO91L", min_size=17, max_size=19), st.just(CODE))))
def test_many_codes_at_once_pass_as_one_by_one(many: list[str | None]) -> None:
    passed = codes.is_plain_code(pa.array(many, pa.string())).to_pylist()
    assert passed == [bool(text) and len(text or "") == 18 and uscc.is_valid(text or "") for text in many]


@given(st.from_regex(r"\A91[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}\Z"))
def test_a_computed_check_digit_passes_at_once(body: str) -> None:
    code = body + uscc.calc_check_digit(body)
    assert codes.is_plain_code(pa.array([code])).to_pylist() == [True]


@given(st.text())
def test_plain_names_are_their_own_value(text: str) -> None:
    for kind in (texts.NAME, texts.AGENCY_NAME, texts.PERSON_NAME):
        assert kind.plain is not None
        if kind.plain(pa.array([text])).to_pylist() == [True]:
            assert kind.parse(text) == (text, None)


@given(st.text())
def test_reading_twice_changes_nothing(text: str) -> None:
    for kind in (texts.NAME, texts.TEXT, texts.NAMES, codes.BATCH, codes.CODE, texts.REPORT_NO):
        value = kind.parse(text).value
        assert value is None or kind.parse(value).value == value


@pytest.mark.parametrize("text", [*spellings()["mode"]["self"], "无", "企业自我评价"])
def test_a_self_evaluation_is_no_agency_one_by_one_and_many_at_once(text: str) -> None:
    assert texts.AGENCY_NAME.parse(text).value is None
    assert not texts.is_plain_agency(pa.array([text]))[0].as_py()
