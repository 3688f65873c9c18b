"""Regions: what a text says about a place, and whether one place lies in another (SPEC 3, SPEC 8 "Regions").

A place is a six-digit code of the home province, `outside:<province>`, or None for unknown.

Reading: a county name that several cities share is, without its city, certain to lie in the home province. A county
name beside another province is not alone: it is not looked up in the home province. Different provinces outside the
home province disagree with each other.
"""

from __future__ import annotations

import csv
from pathlib import Path

HOME = "320000"
NOT_MAINLAND = {"香港", "澳门", "台湾"}
OTHER_NAMES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 "
    "陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 台湾"
)
OTHERS = OTHER_NAMES.split()
ELSEWHERE = {"杭州": "浙江", "合肥": "安徽", "深圳": "广东", "青岛": "山东"}
"""Some cities that are not the home province's: SPEC 8, such a city is elsewhere."""
ZONES = {"苏州工业园区": "苏州市", "无锡高新区": "无锡市", "江北新区": "南京市"}
"""Some zones named after their city: they lie in it."""
EVERYWHERE = "everywhere"
TABLE = Path(__file__).parents[2] / "graph_model" / "data" / "jiangsu_admin_codes.csv"

with TABLE.open(encoding="utf-8-sig") as file:
    ROWS = list(csv.DictReader(file))
NAME = {row["code"]: row["name"] for row in ROWS}
PARENT = {row["code"]: row["parent_code"] for row in ROWS}
CITIES = sorted(row["code"] for row in ROWS if row["level"] == "prefecture")
COUNTIES = sorted(row["code"] for row in ROWS if row["level"] == "county")


def whole_names() -> set[str]:
    """Every text that is a region and nothing more: 江苏省, 苏州, 苏州市, 江苏省苏州市, 昆山市, 苏州市昆山市."""
    home = {NAME[HOME], NAME[HOME].removesuffix("省")}
    cities = {name for code in CITIES for name in (NAME[code], NAME[code].removesuffix("市"))}
    counties = {NAME[code] for code in COUNTIES}
    both = {NAME[PARENT[code]] + NAME[code] for code in COUNTIES}
    lower = cities | counties | both
    return home | lower | {NAME[HOME] + name for name in lower}


def contains(wide: str, place: str) -> bool:
    """A county rolls up to its city, a city to the province."""
    while place:
        if place == wide:
            return True
        place = PARENT.get(place, "")
    return False


def up_to(place: str | None, level: str) -> str | None:
    """The place at the asked level, None where it is not known that finely."""
    codes = {"county": COUNTIES, "city": CITIES, "province": [HOME]}[level]
    return next((code for code in codes if place and contains(code, place)), None)


def begins_with(text: str, name: str) -> str | None:
    """What follows the full or short name of a city or province at the head of `text`, None if it is not there."""
    for head in (name, name.removesuffix("省").removesuffix("市")):
        if text.startswith(head):
            return text[len(head) :]
    return None


def place_of_text(text: str | None) -> str | None:
    """The finest place a text such as 江苏省, 苏州市, 江苏省苏州市昆山市 or 南京市鼓楼区 names."""
    if not text:
        return None
    for other in OTHERS:
        if text.startswith(other):
            return f"outside:{other}"
    for city, province in ELSEWHERE.items():
        if text.startswith(city):
            return f"outside:{province}"
    rest = begins_with(text, NAME[HOME])
    place = None if rest is None else HOME
    text = text if rest is None else rest
    text = next((city for zone, city in ZONES.items() if text.startswith(zone)), text)
    for city in CITIES:
        rest = begins_with(text, NAME[city])
        if rest is not None and (city_county := county_place(city, rest)):
            return city_county
    return county_place(None, text) or place


def authority(text: str) -> str | None:
    """SPEC 8: begins with a region: that region; with 省: the home province; 全国, 国家, a ministry: every unit."""
    if text.startswith(("全国", "国家")) or text.endswith("部"):
        return EVERYWHERE
    return HOME if text.startswith("省") else place_of_text(text)


def county_place(city: str | None, text: str | None) -> str | None:
    """SPEC 8: a county that does not lie in its city is dropped; alone it is looked up in the home province."""
    fitting = [code for code in COUNTIES if text and text.startswith(NAME[code])]
    if city:
        return next((code for code in fitting if PARENT[code] == city), city)
    if len(fitting) > 1:
        return HOME
    return fitting[0] if fitting else None


def own_place(province: str | None, city: str | None, county: str | None) -> str | None:
    """SPEC 3: county and city of the unit's own row, else its province there."""
    in_city = up_to(place_of_text(city), "city")
    wide = place_of_text(province)
    if in_city is None and is_outside(wide):
        return wide
    if in_city is None and is_outside(place_of_text(city)):
        return place_of_text(city)
    return county_place(in_city, county) or wide


def place_of_listings(places: set[str]) -> str | None:
    """SPEC 3: the finest region on its listings if the others contain it; if they disagree: unknown."""
    return next((fine for fine in places if all(contains(other, fine) for other in places)), None)


def foreign(country: str | None) -> bool:
    """SPEC 8: a country known and not China, or 港澳台 (HK, MO, TW)."""
    return country is not None and country != "CN"


def not_mainland(place: str | None, country: str | None) -> bool:
    """SPEC 6.2: country or region is known and not the Chinese mainland (港澳台 count here)."""
    return foreign(country) or (place or "").removeprefix("outside:") in NOT_MAINLAND


def is_outside(place: str | None) -> bool:
    return place is not None and place.startswith("outside")


WHOLE_NAMES = whole_names()
