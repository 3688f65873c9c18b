"""What lies in a planner's folder: which table goes into which workbook, sheet and text file, under which titles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from graph_model.records import RECORDS
from loaders.fictional.province import Province
from loaders.fictional.rounds import CITIES_WITH_LIST, OFFICIAL_BATCHES
from loaders.fictional.spelling import header, in_chinese

Row = dict[str, Any]

FICTION = "注：本表为虚构演示数据，企业、园区、机构和人名均系编造。"
_ORDINAL = "零一二三四五"
_OFFICIAL = {
    "绿色工厂": ("绿色工厂", {"unit": "工厂名称", "industry": "行业"}),
    "绿色工业园区": ("绿色园区", {"unit": "园区名称"}),
    "绿色供应链管理企业": ("绿色供应链", {"unit": "企业名称"}),
}
_LISTED = ("category", "tier", "batch", "unit", "uscc", "region", "industry", "agency", "report_no", "published_on")
_REMOVED = ("category", "tier", "batch", "unit", "removed_on", "removal_reason")


class PlannedSheet(NamedTuple):
    """One table as it is laid out: title lines, headers by field, rows, lines below."""

    name: str
    titles: tuple[str, ...]
    headers: dict[str, str]
    rows: list[Row]
    notes: tuple[str, ...] = (FICTION,)
    blank: dict[str, str] = {}  # noqa: RUF012 - read only
    total: str = ""
    """A field summed up in a line 合计 below the rows."""


class PlannedFile(NamedTuple):
    """One file: a workbook of sheets, or one sheet as delimited text in the given encoding."""

    path: str
    sheets: list[PlannedSheet]
    encoding: str = ""
    delimiter: str = ","


def documents(province: Province) -> Iterator[PlannedFile]:
    """Return the files of the folder, in order."""
    rows = {name: _rows(province, name) for name in province.tables}
    yield _enterprises(rows)
    yield _figures(rows)
    yield PlannedFile("园区/园区与入园企业.xlsx", _park_sheets(rows))
    yield from _lists(rows["listings"])
    yield from _supplies(rows)
    yield PlannedFile(
        "评价机构/第三方评价机构.xlsx",
        [
            _sheet("agencies", rows, "机构名录", "绿色制造第三方评价机构名录"),
            _sheet("agency_bans", rows, "不予受理", "第三方评价机构不予受理情况表"),
        ],
    )
    yield PlannedFile(
        "评价与培育/评价报告与培育计划.xlsx",
        [
            _sheet("reports", rows, "评价报告", "绿色制造评价报告台账"),
            _sheet("cultivation", rows, "培育计划", "绿色制造培育计划表"),
            _sheet("recommendations", rows, "推荐汇总", "绿色制造名单推荐汇总表"),
            _sheet("costs", rows, "培育费用", "绿色工厂培育费用测算表"),
        ],
    )
    yield PlannedFile(
        "监督管理/监督管理台账.xlsx",
        [
            _sheet("incidents", rows, "失信与事故", "企业失信与事故情况表"),
            _sheet("inspections", rows, "抽查", "绿色制造名单抽查情况表"),
            _sheet("dynamic_forms", rows, "动态管理表", "绿色制造名单动态管理表填报情况"),
            _sheet("complaints", rows, "实名举报", "实名举报受理台账"),
            _sheet("attestations", rows, "核查记录", "负面清单情形核查记录"),
            _sheet("name_changes", rows, "变更", "企业名称及登记事项变更情况表"),
        ],
    )


def _rows(province: Province, table: str) -> list[Row]:
    """Return the rows in Chinese, with the slips of the province."""
    rows: list[Row] = in_chinese(province.tables[table]).to_pylist()
    for slip in province.blemishes:
        if slip.table == table and slip.column:
            rows[slip.row][slip.column] = slip.written
        elif slip.table == table:
            rows.insert(slip.row + 1, dict(rows[slip.row]))
    return rows


def _sheet(table: str, rows: dict[str, list[Row]], name: str, title: str, **layout: Any) -> PlannedSheet:
    """Lay out a whole table under one title line."""
    return _laid_out(table, rows[table], name, (title,), **layout)


def _laid_out(table: str, rows: list[Row], name: str, titles: tuple[str, ...], **layout: Any) -> PlannedSheet:
    fields = layout.pop("fields", None) or list(rows[0] if rows else RECORDS[table].model_fields)
    renamed = layout.pop("renamed", {})
    return PlannedSheet(
        name, titles, {field: renamed.get(field) or header(table, field) for field in fields}, rows, **layout
    )


def _enterprises(rows: dict[str, list[Row]]) -> PlannedFile:
    """One sheet for each part of the province, one for those outside it."""
    parts = {
        "苏南": ("南京市", "无锡市", "常州市", "苏州市", "镇江市"),
        "苏中": ("南通市", "扬州市", "泰州市"),
        "苏北": ("徐州市", "连云港市", "淮安市", "盐城市", "宿迁市"),
    }
    part_of = {city: part for part, cities in parts.items() for city in cities}
    sheets = []
    for part in (*parts, "其他"):
        here = [row for row in rows["enterprises"] if part_of.get(row["city"], "其他") == part]
        titles = ("附件1", f"江苏省工业企业名录（{part}）", "填报截止：2026年6月30日")
        sheets.append(_laid_out("enterprises", here, part, titles, blank={"chain": "/", "tags": "无数据"}))
    return PlannedFile("企业/附件1 工业企业名录.xlsx", sheets)


def _figures(rows: dict[str, list[Row]]) -> PlannedFile:
    """One sheet a year; the oldest year is told in 千元, as an older form asked for."""
    sheets = []
    for year in sorted({row["year"] for row in rows["annual_figures"]}):
        here = [row for row in rows["annual_figures"] if row["year"] == year]
        unit, renamed = "万元", {}
        if year == 2022:
            unit, renamed = "千元", {"output": "工业总产值（千元）", "revenue": "营业收入（千元）"}
            here = [row | {field: _thousands(row[field]) for field in ("output", "revenue")} for row in here]
        titles = (f"江苏省工业企业年度指标（{year}年度）", f"单位：{unit}")
        sheets.append(_laid_out("annual_figures", here, f"{year}年", titles, renamed=renamed, total="output"))
    return PlannedFile("企业/工业企业年度指标.xlsx", sheets)


def _thousands(value: float | None) -> float | None:
    return None if value is None else round(value * 10, 1)


def _park_sheets(rows: dict[str, list[Row]]) -> list[PlannedSheet]:
    return [
        _sheet("parks", rows, "园区名录", "工业园区名录"),
        _sheet("tenancies", rows, "入园企业", "园区入驻企业名单"),
        _sheet("totals", rows, "总量", "分地区、分园区规上工业总量", notes=("注：数据为统计快报数。", FICTION)),
    ]


def _lists(rows: list[Row]) -> Iterator[PlannedFile]:
    """Return the lists as they were published round by round; removals stand in a file of their own."""
    for batch in OFFICIAL_BATCHES:
        yield _official(batch, [row for row in rows if (row["tier"], row["batch"]) == ("国家级", batch)])
    others = [row for row in rows if row["tier"] == "国家级" and not _is_official(row)]
    yield PlannedFile("绿色制造名单/国家级绿色制造名单（2022年度起及绿色产品）.xlsx", _by_batch(others, "国家级"))
    provincial = [row for row in rows if row["tier"] == "省级"]
    yield PlannedFile("绿色制造名单/省级绿色制造名单.xlsx", _by_batch(provincial, "省级"))
    city = [row for row in rows if row["tier"] == "市级"]
    titles = ("市级绿色工厂名单汇总", f"共{len(CITIES_WITH_LIST)}个设区市发布名单")
    yield PlannedFile(
        "绿色制造名单/市级绿色工厂名单汇总.csv",
        [_laid_out("listings", city, "", titles, fields=_LISTED)],
        encoding="gb18030",
    )
    district = [row for row in rows if row["tier"] == "区级"]
    yield PlannedFile("绿色制造名单/区县级绿色工厂名单.xlsx", _by_batch(district, "区县级"))
    removed = [row for row in rows if row["removed_on"] is not None]
    titles = ("绿色制造名单移出情况表", "截至2026年6月30日")
    yield PlannedFile("绿色制造名单/移出名单.xlsx", [_laid_out("listings", removed, "移出", titles, fields=_REMOVED)])


def _is_official(row: Row) -> bool:
    return row["batch"] in OFFICIAL_BATCHES and row["category"] in _OFFICIAL


def _official(batch: str, rows: list[Row]) -> PlannedFile:
    """Lay out a national round as the ministry publishes it: place, name, industry, agency; the title says the rest."""
    which = "2021年度" if batch == "2021" else f"第{_ORDINAL[int(batch)]}批"
    sheets: list[PlannedSheet] = []
    for category, (name, named) in _OFFICIAL.items():
        here = [row for row in rows if row["category"] == category]
        if not here:
            continue
        number = len(sheets) + 1
        headers = {"region": "地区", **named, "agency": "第三方评价机构"}
        sheets.append(PlannedSheet(name, (f"附件{number}", f"国家级{category}名单（{which}）"), headers, here))
    return PlannedFile(f"绿色制造名单/国家级绿色制造名单（{which}）.xlsx", sheets)


def _by_batch(rows: list[Row], tier: str) -> list[PlannedSheet]:
    return [
        _laid_out(
            "listings",
            [row for row in rows if row["batch"] == batch],
            f"{batch}年度" if len(batch) == 4 else f"第{batch}批绿色产品",
            (f"{tier}绿色制造名单（{batch}年度）" if len(batch) == 4 else f"{tier}绿色产品名单",),
            fields=_LISTED,
        )
        for batch in sorted({row["batch"] for row in rows})
    ]


def _supplies(rows: dict[str, list[Row]]) -> Iterator[PlannedFile]:
    """Return the leaders' lists by year, the lists of other firms, and the contracts out of a purchasing system."""
    leaders = {row["name"] for row in rows["enterprises"] if row["chain"] is not None}
    listed = [row for row in rows["supplies"] if row["year"] is not None]
    contracts = [row for row in rows["supplies"] if row["year"] is None]
    fields = [field for field in rows["supplies"][0] if field not in ("start", "end")]

    def by(chosen: Callable[[Row], bool], name: str, titles: tuple[str, ...], **layout: Any) -> PlannedSheet:
        return _laid_out("supplies", [row for row in listed if chosen(row)], name, titles, fields=fields, **layout)

    declared = {"buyer": "链主企业", "buyer_uscc": "链主企业统一社会信用代码"}
    years = sorted({row["year"] for row in listed if row["buyer"] in leaders})
    yield PlannedFile(
        "供应链/链主企业供应商清单.xlsx",
        [
            by(
                lambda row, year=year: row["year"] == year and row["buyer"] in leaders,  # type: ignore[misc]
                f"{year}年",
                (f"重点产业链链主企业供应商清单（{year}年度）", "单位：万元"),
                renamed=declared,
                blank={"key": "不详"},
            )
            for year in years
        ],
    )
    others = by(lambda row: row["buyer"] not in leaders, "", ("其他企业供应商清单",))
    yield PlannedFile("供应链/其他企业供应商清单.csv", [others], encoding="utf-8-sig")
    spans = [field for field in rows["supplies"][0] if field != "year"]
    export = _laid_out("supplies", contracts, "", ("采购合同清单", "导出日期：2026.06.30"), fields=spans, notes=())
    yield PlannedFile("供应链/SAP导出_采购合同清单.txt", [export], encoding="utf-16", delimiter="\t")
