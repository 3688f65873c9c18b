"""Invented names: syllables that nobody trades under, put together so that no two units share a name.

A company outside this file carries its city or province in front of its brand unless the state registry itself has
admitted it; these carry none, and their brands are chance meetings of rare characters.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.arrays import Ints
from loaders.fictional.columns import chance, weighted
from loaders.fictional.industries import FORM_WEIGHTS, FORMS, INDUSTRIES

_FIRST = (
    "澄沅漪汀溯沐浔澍淞泠泓洵湛潆沁渌澹濯滢淙泱涘渚沚泖洄涵漱浥溟岫峤嶂岑峦崧嵘岚屿巍霁霏霭霄雯霙昀昕旻晞晔暄曦昶曜晗昳翊翎翮翀翥"
    "珩璟琮瑄珏璞琬琰瑾玥珞瑀璆玹铄钧铎锴镕钰锷镝镛栩桁梓楷榆槿枫柘棠樾"
)
_SECOND = (
    "衡禾野序朔笙笛筠筱箬簇芷蘅芮茗荻菁葭蓁蔚蕤薇苒苓茉莘菡萱葳蓼砚砺硕碣磐矶绮绫绡缇缃缙纭绎绛辰旌斐旖弈奕妤婳媗"
    "昂昊峻崚彧彦彤悠惟愔懿戬扬擎攸敖叙咏唯嘉圻垚堃墨壬夙"
)
_THIRD = (
    "尔远越尚致知行言若以之其乃予亦令伊会伦佑来依信修倚健优充全公典冉净凌凯列创利劲励勤包升协卓博印原友可合同名君启周"
    "和品善商固图圆均坚基境塔士声复多天奇好安完定宜宝实客宣家容宽宾寻导尊展山岳峰川工巨巧市布师常年幸广庆应度康建开弘"
)
_PAIRS = len(_FIRST) * len(_SECOND)
_TRIPLES = _PAIRS * len(_THIRD)
_PLACE_FIRST = "云青鹭鹤烟松竹枕听栖望倚泊拂照衔枫归叠含"
_PLACE_SECOND = "岫禾屿汀渚岚溪麓桥隐澜汐洲坞垄陌墅渡榭湾"
_PARK_KINDS = ("经济开发区", "高新技术产业园", "经济开发区", "工业集中区", "绿色产业园", "先进制造产业园")

_AGENCY_FIRST = "明澄霁珩岚沅翊晗"
_AGENCY_SECOND = "衡准鉴度律绳诚矩"
_AGENCY_KINDS = (
    "绿评认证中心", "节能技术服务有限公司", "低碳评价有限公司", "环境咨询有限公司", "检测认证有限公司", "能效评估中心",
)  # fmt: skip

_LATIN_FIRST = ("Vor", "Nal", "Tes", "Quin", "Bry", "Ost", "Mer", "Kal", "Dre", "Fen", "Lum", "Sor", "Hav", "Jul")
_LATIN_SECOND = ("na", "vi", "lo", "ri", "tu", "be", "ka", "mo", "su", "pe", "da", "fi")
_LATIN_THIRD = ("lis", "mar", "dex", "ton", "vik", "sen", "quar", "bel", "nox", "tra", "gund", "wyn", "zor", "phan")
_LATIN_TRADE = (
    "Precision", "Elektronik", "Chemicals", "Materials", "Components", "Instruments",
    "Optics", "Alloys", "Motion", "Coatings", "Systems", "Tooling",
)  # fmt: skip
COUNTRIES = ("JP", "DE", "US", "KR", "TW", "HK", "FR", "VN", "MY", "IT")
COUNTRY_NAMES = ("日本", "德国", "美国", "韩国", "中国台湾", "中国香港", "法国", "越南", "马来西亚", "意大利")
_LATIN_FORMS = ("KK", "GmbH", "Inc", "Co Ltd", "Technology", "Trading Ltd", "SA", "JSC", "Sdn Bhd", "SpA")

_SCATTER = 7_368_787  # a prime above every name space here, so multiplying modulo the space is a bijection


def scattered(numbers: Ints, space: int, seed: int) -> Ints:
    """Map numbers below `space` one to one onto the same space, in an order that looks like chance."""
    return (numbers.astype(np.int64) * _SCATTER + seed) % space


def company_names(rng: np.random.Generator, industry: Ints, seed: int) -> pa.Array:
    """Return one name per company of the given industries; about one in sixteen shares its brand with a sister."""
    size = len(industry)
    brands = max(1, min(int(size * 0.94), _PAIRS * 4 // 5 + _TRIPLES))
    order = rng.permutation(size)
    brand = order % brands
    # Sisters of one brand take different words; companies of different industries have different words anyway.
    word = (brand + order // brands) % 4
    vocabulary = [word for line in INDUSTRIES for word in line.words]
    form = pa.array(FORMS).take(pa.array(weighted(rng, brands, FORM_WEIGHTS)[brand]))
    place = place_names(rng.integers(0, 400, size).astype(np.int64))
    infix = pc.if_else(pa.array(chance(rng, size, 0.03)), pc.binary_join_element_wise("（", place, "）", ""), "")
    trade = pa.array(vocabulary).take(pa.array(industry * 4 + word))
    names = pc.binary_join_element_wise(_brands(brand, brands, seed), infix, trade, form, "")
    return pc.replace_substring(names, "科技科技", "科技")


def _brands(numbers: Ints, count: int, seed: int) -> pa.Array:
    """Return brands of two characters for up to six thousand companies, of three for the others."""
    short = min(int(count * 0.6), _PAIRS * 4 // 5)
    long_spot = scattered(np.maximum(numbers - short, 0), _TRIPLES, seed)
    spot = np.where(numbers < short, scattered(numbers, _PAIRS, seed), long_spot)
    third = pc.if_else(pa.array(numbers < short), "", _letters(_THIRD, spot // _PAIRS))
    first, second = _letters(_FIRST, spot), _letters(_SECOND, spot // len(_FIRST))
    return pc.binary_join_element_wise(first, second, third, "")


def _letters(letters: str, positions: Ints) -> pa.Array:
    return pa.array(list(letters)).take(pa.array(positions % len(letters)))


def place_names(numbers: Ints) -> pa.Array:
    """Return invented places of two characters, such as 云岫; 400 of them."""
    first, second = _letters(_PLACE_FIRST, numbers), _letters(_PLACE_SECOND, numbers // len(_PLACE_FIRST))
    return pc.binary_join_element_wise(first, second, "")


def park_places(count: int, seed: int) -> pa.Array:
    """Return `count` different double places, such as 云岫青禾."""
    spot = scattered(np.arange(count), 160_000, seed)
    return pc.binary_join_element_wise(place_names(spot % 400), place_names(spot // 400), "")


def park_names(rng: np.random.Generator, places: pa.Array) -> pa.Array:
    """Return the full name of the park at each place."""
    kind = pa.array(_PARK_KINDS).take(pa.array(rng.integers(0, len(_PARK_KINDS), len(places))))
    return pc.binary_join_element_wise(places, kind, "")


def agency_names(rng: np.random.Generator, count: int) -> list[str]:
    """Return names of agencies; the last one is a branch of the second, by its name."""
    brands = [first + second for first in _AGENCY_FIRST for second in _AGENCY_SECOND]
    order = rng.permutation(len(brands))[: count - 1]
    names = [brands[number] + _AGENCY_KINDS[place % len(_AGENCY_KINDS)] for place, number in enumerate(order)]
    return [*names, f"{names[1]}云岫分公司"]


def person_names(rng: np.random.Generator, size: int) -> pa.Array:
    """Return invented persons; over many enterprises some names recur, as among people."""
    spot = rng.integers(0, len(_FIRST) * len(_SECOND) * len(_THIRD), size)
    first, second = _letters(_FIRST, spot), _letters(_SECOND, spot // len(_FIRST))
    return pc.binary_join_element_wise(first, second, _letters(_THIRD, spot // len(_FIRST) // len(_SECOND)), "")


def foreign_names(country: Ints, seed: int) -> pa.Array:
    """Return names in Latin letters for suppliers in the given places of `COUNTRIES`."""
    parts = (_LATIN_FIRST, _LATIN_SECOND, _LATIN_THIRD, _LATIN_TRADE)
    spot = scattered(np.arange(len(country)), int(np.prod([len(part) for part in parts])), seed)
    taken = []
    for part in parts:
        taken.append(pa.array(part).take(pa.array(spot % len(part))))
        spot = spot // len(part)
    brand = pc.binary_join_element_wise(*taken[:3], "")
    return pc.binary_join_element_wise(brand, taken[3], pa.array(_LATIN_FORMS).take(pa.array(country)), " ")
