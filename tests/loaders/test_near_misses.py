"""Near misses: which pairs of names are put before a person, and why; none is ever merged."""

from __future__ import annotations

import pyarrow as pa
import pytest

from graph_model.regions import jiangsu
from loaders.resolve.name_readings import NameReader
from loaders.resolve.near_misses import proposals


def near(known: str, *others: str, cities: tuple[int | None, ...] = ()) -> dict[str, str]:
    """Return why each of the other names is proposed to be the one that is registered."""
    names = [known, *others]
    regions = [*cities, *([None] * (len(names) - len(cities)))]
    table = pa.table(
        {
            "id": [f"name:{at}" for at in range(len(names))],
            "name": names,
            "region": pa.array(regions, pa.int32()),
            "registered": [True, *([False] * len(others))],
        }
    )
    pairs = [pair for pair in proposals("企业", table, jiangsu()) if known in (pair.name_a, pair.name_b)]
    return {pair.name_b if pair.name_a == known else pair.name_a: pair.why for pair in pairs}


@pytest.mark.parametrize(
    ("known", "other", "why"),
    [
        ("测试甲乙（集团）有限公司", "测试甲乙（集团）有限公司（原测试丙丁有限公司）", "括号内为曾用名"),
        ("测试庚辛有限公司", "测试戊己有限公司（曾用名：测试庚辛有限公司）", "括号内为曾用名"),
        ("测试庚辛科技有限公司", "测试戊己集团有限公司（测试庚辛科技有限公司）", "括号内为另一名称"),
        ("测试甲乙电气有限公司", "测试甲乙电气有限公司（复核）", "名称后有括注"),
        ("测试甲乙电气有限公司", "1.测试甲乙电气有限公司", "名称前有序号"),
        ("测试甲乙电气有限公司", "（十二）测试甲乙电气有限公司", "名称前有序号"),
        ("测试甲乙电气有限公司", "测试甲乙电气有限公司、测试丙丁电气有限公司", "一格内有两家单位"),
        ("测试丙丁电气有限公司", "测试甲乙电气有限公司测试丙丁电气有限公司", "一格内有两家单位"),
        ("测试精密电子（淮安）有限公司", "淮安测试精密电子有限公司", "只差地名、序号、公司形式或字形"),
        ("江苏测试精密电子有限公司", "测试精密电子有限公司", "只差地名、序号、公司形式或字形"),
        ("测试国网节能设计有限公司", "測試國網節能設計有限公司", "只差地名、序号、公司形式或字形"),
        ("测试土工材料有限公司", "测试士工材料有限公司", "只差地名、序号、公司形式或字形"),
        ("测试新材料有限公司", "测试新材料有限责任公司", "只差地名、序号、公司形式或字形"),
        ("测试认证中心", "测试认证中心南京分公司", "分公司"),
        ("测试新型建筑材料科技有限公司", "测试新型建筑材科技有限公司", "名称相近"),
    ],
)
def test_what_a_person_would_ask_about_is_proposed(known: str, other: str, why: str) -> None:
    assert near(known, other) == {other: why}


@pytest.mark.parametrize(
    ("known", "other", "cities"),
    [
        pytest.param("南京测试机械有限公司", "苏州测试机械有限公司", (), id="places that exclude each other"),
        pytest.param("测试机械有限公司", "测试机械有限责任公司", (320100, 320500), id="known to be in two cities"),
        pytest.param("测试机械有限公司", "虚构食品有限公司", (), id="nothing in common"),
    ],
)
def test_what_nobody_would_ask_about_is_not(known: str, other: str, cities: tuple[int | None, ...]) -> None:
    assert near(known, other, cities=cities) == {}


def test_two_registered_units_are_two() -> None:
    table = pa.table(
        {
            "id": ["a", "b"],
            "name": ["测试甲有限公司", "测试甲有限责任公司"],
            "region": [1, 1],
            "registered": [True, True],
        }
    )
    assert proposals("企业", table, jiangsu()) == []


@pytest.mark.parametrize(
    "name", ["测试有限公司", "测试中心医疗有限公司", "测试和平机械有限公司", "三一测试股份有限公司"]
)
def test_an_ordinary_name_holds_no_other(name: str) -> None:
    assert NameReader(jiangsu()).readings(name) == []
