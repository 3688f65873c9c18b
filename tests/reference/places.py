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
TABLE = Path(__file__).parents[2] / "graph_model" / "data" / "jiangsu_admin_codes.csv"

with TABLE.open(encoding="utf-8-sig") as file:
    ROWS = list(csv.DictReader(file))
NAME = {row["code"]: row["name"] for row in ROWS}
PARENT = {row["code"]: row["parent_code"] for row in ROWS}
CITIES = sorted(row["code"] for row in ROWS if row["level"] == "prefecture")
COUNTIES = sorted(row["code"] for row in ROWS if row["level"] == "county")


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
    rest = begins_with(text, NAME[HOME])
    place = None if rest is None else HOME
    text = text if rest is None else rest
    for city in CITIES:
        rest = begins_with(text, NAME[city])
        if rest is not None and (city_county := county_place(city, rest)):
            return city_county
    return county_place(None, text) or place


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
