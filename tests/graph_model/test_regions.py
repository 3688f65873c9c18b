"""Regions: what a text names for certain, what lies in what (SPEC 3 and 8)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.regions import NATION, UNKNOWN, city_of, contains, jiangsu, level_of, province_of, within

JIANGSU, NANJING, XUZHOU, SUZHOU = 320000, 320100, 320300, 320500
KUNSHAN, GULOU_NANJING, GULOU_XUZHOU = 320583, 320106, 320302
SHANGHAI = 310000
REGIONS = jiangsu()
CODES = [UNKNOWN, NATION, *REGIONS.regions]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("江苏省", JIANGSU),
        ("江苏", JIANGSU),
        ("320000", JIANGSU),
        ("苏州市", SUZHOU),
        ("苏州", SUZHOU),
        ("江苏省苏州市", SUZHOU),
        ("江苏苏州", SUZHOU),
        (" 苏 州 市 ", SUZHOU),
        ("３２０５００", SUZHOU),
        ("昆山市", KUNSHAN),
        ("昆山", KUNSHAN),
        ("苏州市昆山市", KUNSHAN),
        ("江苏省苏州市昆山市", KUNSHAN),
        ("江苏省昆山市", KUNSHAN),
        ("南京市鼓楼区", GULOU_NANJING),
        ("徐州鼓楼区", GULOU_XUZHOU),
        ("上海市", SHANGHAI),
        ("上海", SHANGHAI),
        ("香港", 810000),
    ],
)
def test_spellings_are_read_without_doubt(text: str, code: int) -> None:
    assert REGIONS.read(text) == (code, None)


@pytest.mark.parametrize(
    ("text", "code", "doubt"),
    [
        pytest.param("鼓楼区", JIANGSU, "county_shared", id="a county of two cities"),
        pytest.param("苏州市某某街道", SUZHOU, "region_partly_read", id="only the head is known"),
        pytest.param("火星", UNKNOWN, "region_unknown", id="nowhere"),
        pytest.param("", UNKNOWN, "region_unknown", id="empty"),
        pytest.param("999999", UNKNOWN, "region_unknown", id="a code of nothing"),
    ],
)
def test_doubtful_texts_give_what_is_certain(text: str, code: int, doubt: str) -> None:
    assert REGIONS.read(text) == (code, doubt)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("内蒙", 150000),
        ("内蒙古自治区", 150000),
        ("广西壮族自治区", 450000),
        ("新疆兵团", 650000),
        ("新疆生产建设兵团", 650000),
        ("宁波市", 330000),
        ("宁波", 330000),
        ("广东省深圳市", 440000),
        ("延边州", 220000),
        ("吉林市", 220000),
        ("海南", 460000),
        ("海南州", 630000),
        ("330212", 330000),
        ("3202", 320200),
        ("江苏/无锡", 320200),
        ("江苏省，无锡市", 320200),
        ("无锡（宜兴）", 320282),
        ("淮安", 320800),
        ("徐州经开区", 320371),
        ("苏州工业园区", 320576),
    ],
)
def test_regions_are_read_as_they_are_written(text: str, code: int) -> None:
    assert REGIONS.read(text) == (code, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("江北新区", 320100),
        ("江苏省江北新区", 320100),
        ("无锡高新区", 320200),
        ("常州经开区", 320400),
        ("苏州高新区", 320500),
        ("武进国家高新技术产业开发区", 320412),
        ("昆山开发区", KUNSHAN),
        ("江阴临港经济开发区", 320281),
        ("滨海新区", 120000),
        ("大连高新区", 210000),
    ],
)
def test_a_zone_lies_in_the_place_it_is_named_after(text: str, code: int) -> None:
    assert REGIONS.read(text) == (code, "region_of_zone")


@pytest.mark.parametrize(
    ("text", "code", "doubt"),
    [
        ("南京市、苏州市", JIANGSU, "region_several"),
        ("江苏省及上海市", UNKNOWN, "region_several"),
        ("江苏省外", UNKNOWN, "region_unknown"),
        ("南京市等", UNKNOWN, "region_unknown"),
        ("火星新区", UNKNOWN, "region_unknown"),
        ("新疆生产建设兵团第八师", 650000, "region_partly_read"),
        ("320299", 320200, "region_partly_read"),
    ],
)
def test_what_is_not_in_a_region_is_not_read_as_in_it(text: str, code: int, doubt: str) -> None:
    assert REGIONS.read(text) == (code, doubt)


def test_no_short_form_of_a_city_means_two_provinces() -> None:
    codes = {code for codes in REGIONS.names.spelled.values() for code in codes}
    assert codes == set(REGIONS.regions)
    assert REGIONS.names.spelled["淮安"] == (320800, 320803)


def test_no_text_is_unknown_and_no_doubt() -> None:
    assert REGIONS.read(None) == (UNKNOWN, None)


@pytest.mark.parametrize(
    ("text", "inside", "code", "doubt"),
    [
        pytest.param("鼓楼区", NANJING, GULOU_NANJING, None, id="its city is known"),
        pytest.param("鼓楼区", XUZHOU, GULOU_XUZHOU, None, id="its other city is known"),
        pytest.param("鼓楼区", UNKNOWN, JIANGSU, "county_shared", id="no city"),
        pytest.param("鼓楼区", JIANGSU, JIANGSU, "county_shared", id="only the province"),
        pytest.param("昆山市", UNKNOWN, KUNSHAN, None, id="alone, at home"),
        pytest.param("昆山市", JIANGSU, KUNSHAN, None, id="in the province"),
        pytest.param("昆山市", NANJING, NANJING, "county_not_in_city", id="of another city"),
        pytest.param("昆山市", SHANGHAI, SHANGHAI, "county_not_in_city", id="of another province"),
        pytest.param("某某县", SUZHOU, SUZHOU, "county_unknown", id="unknown"),
        pytest.param(None, SUZHOU, SUZHOU, None, id="blank"),
    ],
)
def test_a_county_needs_its_city(text: str | None, inside: int, code: int, doubt: str | None) -> None:
    assert REGIONS.read_county(text, inside) == (code, doubt)


@pytest.mark.parametrize(
    ("text", "code", "doubt"),
    [
        ("江苏省工业和信息化厅", JIANGSU, None),
        ("南京市工业和信息化局", NANJING, None),
        ("南京市鼓楼区", GULOU_NANJING, None),
        ("昆山市", KUNSHAN, None),
        ("上海市经济和信息化委员会", SHANGHAI, None),
        ("全国", NATION, None),
        ("工业和信息化部", NATION, None),
        ("工信部节能司", NATION, None),
        ("生态环境部", NATION, None),
        ("国家市场监督管理总局", NATION, None),
        ("省工业和信息化厅", JIANGSU, None),
        ("我省工信厅", JIANGSU, None),
        ("某某协会", UNKNOWN, "authority_unknown"),
        ("市工业和信息化局", UNKNOWN, "authority_unknown"),
        ("某某公司销售部", UNKNOWN, "authority_unknown"),
        ("鼓楼区", UNKNOWN, "authority_unknown"),
    ],
)
def test_an_authority_is_the_region_its_name_begins_with(text: str, code: int, doubt: str | None) -> None:
    assert REGIONS.read_authority(text) == (code, doubt)


def test_the_home_province_has_thirteen_cities_in_code_order() -> None:
    assert REGIONS.cities == tuple(range(320100, 321400, 100))
    assert all(REGIONS.name(city_of(county)) for county in REGIONS.counties)
    assert (REGIONS.name(NATION), REGIONS.name(UNKNOWN), REGIONS.name(city_of(KUNSHAN))) == ("全国", None, "苏州市")


@pytest.mark.parametrize(("code", "level"), [(UNKNOWN, 0), (NATION, 1), (JIANGSU, 1), (SUZHOU, 2), (KUNSHAN, 3)])
def test_levels(code: int, level: int) -> None:
    assert level_of(code) == level


@given(st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from(CODES))
def test_containing_is_an_order_and_within_is_the_same_for_many(one: int, two: int, three: int) -> None:
    if contains(one, two) and contains(two, three):
        assert contains(one, three)
    assert contains(one, one) == (one != UNKNOWN)
    if one != UNKNOWN:
        codes = np.array(CODES, dtype=np.int32)
        assert within(codes, one).tolist() == [contains(one, code) for code in CODES]


@given(st.sampled_from([code for code in REGIONS.regions if level_of(code) == 3]))
def test_a_county_rolls_up(county: int) -> None:
    assert contains(city_of(county), county)
    assert province_of(city_of(county)) == JIANGSU == province_of(county)
