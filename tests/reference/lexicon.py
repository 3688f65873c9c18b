"""The words of coded cells, read whole (RULES, SPEC 2 and 4): only spellings that the two texts name.

A text that no list holds is unknown; 未, 非, 不, 以下 and the like make another word, never the same one.
"""

from __future__ import annotations

import unicodedata

WORDS = {
    "kind": {
        "注销": "注销 工商注销",
        "停产": "停产 连续停产",
        "经营异常": "经营异常 经营异常名录 经营异常名单 列入经营异常名录 被列入经营异常名录 被列入经营异常名单",
        "安全事故": "安全事故 生产安全事故",
        "网络安全": "网络安全 网络安全事故",
        "数据安全": "数据安全 数据安全事故",
        "质量事故": "质量事故",
        "环境污染": "环境污染 环境污染事故 突发环境污染事件",
        "偷漏税": "偷漏税",
        "其他违法": "其他违法",
        "移出名单": "移出名单 被动态调整出绿色制造名单",
        "督查问题": "督查问题",
        "节能监察整改": "节能监察整改 工业节能监察整改",
        "失信被执行人": "失信被执行人 被列为失信被执行人",
        "材料造假": "材料造假",
        "数据造假": "数据造假",
    },
    "severity": {
        "特别重大": "特别重大 特别重大事故 Ⅰ Ⅰ级 I I级 Ⅰ级(特别重大)",
        "重大": "重大 重大事故 Ⅱ Ⅱ级 II II级 Ⅱ级(重大)",
        "较大": "较大 较大事故 Ⅲ Ⅲ级 III III级 Ⅲ级(较大)",
        "一般": "一般 一般事故 Ⅳ Ⅳ级 IV IV级 Ⅳ级(一般)",
        "严重": "严重",
    },
    "reason": {
        "更名": "更名 企业更名 名称变更",
        "合并": "合并 吸收合并",
        "搬迁": "搬迁 迁出 搬迁出省",
        "关闭": "关闭",
        "主动退出": "主动退出 自愿退出",
    },
    "level": {
        "national": "国家级 国家",
        "provincial": "省级 省",
        "city": "市级 市",
        "below": "省级以下 区级 区县级 县级",
    },
    "energy": {
        "标杆": "标杆水平 能效标杆",
        "先进": "先进值 国家能耗限额先进值 1级 一级 Ⅰ级",
    },
    "focus": {
        "节水": "节水型企业 节水型园区 节水型",
        "领跑": "水效领跑者 能效领跑者 水效能效领跑者企业",
        "小巨人": "专精特新小巨人企业",
        "智能": "智能工厂 智能车间",
        "零碳": "(近)零碳产业园 近零碳产业园 零碳产业园 零碳园区 近零碳 近零碳园区",
        "试点": "碳达峰碳中和试点企业 碳达峰碳中和试点园区 碳达峰碳中和试点",
    },
    "source": {
        "state": "国务院 工业和信息化部 生态环境部 应急管理部",
        "lower": "省生态环境厅 江苏省生态环境厅 省工业和信息化厅 江苏省工业和信息化厅 苏州市生态环境局 "
        "苏州市工业和信息化局",
    },
    "recommender": {"province": "江苏省工业和信息化厅 省工业和信息化厅 江苏省工信厅 省工信厅 江苏省"},
    "body": {
        "生态环境": "生态环境 生态环境局 市生态环境局",
        "应急管理": "应急管理 应急管理局 市应急管理局",
        "市场监管": "市场监管 市场监管局 市市场监管局",
    },
}
SYNONYMS = {of: {w: value for value, text in words.items() for w in text.split()} for of, words in WORDS.items()}
WITHOUT_FAULT = {"更名", "合并", "搬迁", "关闭", "主动退出"}
GRADES = ["一般", "较大", "重大", "特别重大"]
BOUNDARY_KINDS = {"经营范围", "生产地址", "组织边界", "合并", "投资", "并购"}
"""D-21: a change of scope, site or boundary."""
YES_WORDS = {"是", "Y", "1", "TRUE", "√", "满足", "合格", "符合"}
NO_WORDS = {"否", "N", "0", "FALSE", "×", "不满足", "不合格", "不符合"}
BLANK = {"", "/", "-", "—", "无数据", "不详", "未知"}


def folded(text: str) -> str:
    """Width and quotes make no difference; NFKC turns Ⅱ into II and （ into (."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(c for c in plain if not c.isspace() and c not in "“”\"'‘’")


FOLDED = {of: {folded(word): value for word, value in words.items()} for of, words in SYNONYMS.items()}


def read(of: str, text: str | None) -> str | None:
    """The canonical word, None where the text is blank or no word of the list."""
    return None if text is None else FOLDED[of].get(folded(text))


def read_flag(text: str | None) -> bool | None:
    word = folded(text or "")
    return True if word in YES_WORDS else False if word in NO_WORDS else None


def several(of: str, text: str | None) -> set[str]:
    """The words of a cell that holds several, each read whole."""
    parts = unicodedata.normalize("NFKC", text or "").replace(",", "、").replace(";", "、").replace("|", "、")
    return {value for part in parts.split("、") if (value := read(of, part))}
