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
    "停产",
    "经营异常",
    "安全事故",
    "环境污染",
    "督查问题",
    "节能监察整改",
    "失信被执行人",
    "移出名单",
    "材料造假",
]
REASONS = ["更名", "主动退出", "弄虚作假", None]
