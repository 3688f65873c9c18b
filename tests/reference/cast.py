"""The few names, codes, places and words of the random worlds: few, so that they meet. All are fictional."""

from __future__ import annotations

from stdnum.cn.uscc import calc_check_digit


def code(serial: int) -> str:
    """A credit code that passes its check; its digits say a place that must never be used."""
    body = f"91110000{serial:08d}X"
    return body + str(calc_check_digit(body))


BROKEN = code(0)[:-1] + ("1" if code(0)[-1] != "1" else "2")
"""A code that fails its check: the row loads by its name."""
LETTERS = "甲乙丙丁戊己庚辛"
ENTERPRISES = [(f"测试{letter}有限公司", code(i)) for i, letter in enumerate(LETTERS)]
SPELLINGS = {
    "测试丙有限公司": ["测试丙（集团）有限公司", "测试丙(集团)有限公司", "测试丙（集团） 有限公司"],
    "测试丁有限公司": ["Test丁·有限公司", "TEST丁有限公司"],
}
FORMER = {name: name.replace("测试", "测试旧") for name, _ in ENTERPRISES}
SHARED = "测试旧共有限公司"
"""A former name that two enterprises may have had."""
MISSPELT = {name: name.replace("有限公司", "公司") for name, _ in ENTERPRISES}
"""One name until a person says that it is the other."""
NAMESAKES = [(ENTERPRISES[0][0], code(90), "南京市"), (ENTERPRISES[0][0], ENTERPRISES[0][1], "苏州市")]
"""Two enterprises of one name in two cities."""
PARKS = ["测试东园区", "测试西园区", "测试南园区", "测试北园区"]
ALIASES = {"测试东园区": ["测试东区", "测试新区"], "测试西园区": ["测试西区", "测试新区"]}
"""测试新区 may be the alias of two parks."""
AGENCIES = [
    "测试评价有限公司",
    "测试评价有限公司第一分公司",
    "测试评价有限公司第二分公司",
    "测试认证中心",
    "测试、认证 中心",
]
AGENCY_CODES = {"测试评价有限公司": code(101), "测试认证中心": code(102)}
COUNTIES = [
    ("南京市", "鼓楼区"),
    ("徐州市", "鼓楼区"),
    ("苏州市", "昆山市"),
    ("无锡市", "江阴市"),
    ("苏州市", "江阴市"),
]
REGIONS = [
    "江苏省",
    "江苏",
    "苏州市",
    "江苏省苏州市",
    "江苏省苏州市昆山市",
    "南京市",
    "鼓楼区",
    "南京市鼓楼区",
    "上海市",
    "昆山市",
]
AUTHORITIES = ["江苏省", "苏州市", "南京市鼓楼区", "全国", "工业和信息化部", "徐州市工业和信息化局", "昆山市"]
SCOPES = ["江苏省", "苏州市", "南京市", "昆山市", "测试东园区", "测试西区"]
TIERS = ["district", "city", "provincial", "national"]
KINDS = [
    "注销",
    "工商注销",
    "停产",
    "停产",
    "经营异常",
    "安全事故",
    "生产安全事故",
    "网络安全事故",
    "数据安全",
    "质量事故",
    "环境污染",
    "环境污染事故",
    "偷漏税",
    "其他违法",
    "督查问题",
    "督查问题",
    "节能监察整改",
    "节能监察整改",
    "失信被执行人",
    "被列为失信被执行人",
    "移出名单",
    "材料造假",
    "数据造假",
]
UNKNOWN_KIND = "测试未名情形"
SEVERITIES = ["特别重大", "重大", "重大", "较大", "一般", "Ⅱ级（重大）", "Ⅲ级", "严重", "测试未名等级"]
SOURCES = ["国务院", "生态环境部", "工业和信息化部", "江苏省生态环境厅", "苏州市生态环境局"]
REASONS = ["更名", "企业更名", "吸收合并", "搬迁", "关闭", "主动退出", "自愿退出", "弄虚作假", "未主动退出", None]
ENERGY = ["标杆水平", "能效标杆", "先进值", "1级", "一级", "2级", "非标杆水平"]
TAGS = [
    "节水型企业",
    "水效能效“领跑者”企业",
    "专精特新“小巨人”企业",
    "智能工厂",
    "（近）零碳产业园",
    "非节水型企业",
    "高新技术企业",
]
STANDARDS = [
    "GB/T 36132-2018",
    "GB/T 36132-2025",
    "YB/T 4771-2019 钢铁行业绿色工厂评价要求",
    "《绿色工厂评价通则》（GB/T 36132-2018）",
]
OTHER_AUTHORITIES = ["省工业和信息化厅", "测试联合会"]
RECOMMENDERS = ["苏州市工信局", "苏州市工业和信息化局", "江苏省工业和信息化厅"]
CONSULTED = [
    "生态环境、应急管理、市场监管",
    "生态环境、应急管理",
    "未征求生态环境、应急管理、市场监管意见",
    "市场监管局、生态环境局、应急管理局",
]
