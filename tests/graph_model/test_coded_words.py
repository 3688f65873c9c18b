"""Coded words are read whole: every spelling of the file, every form of the article, and nothing that only contains one."""

from __future__ import annotations

import pytest

from graph_model.values import Kind, coded
from graph_model.values.coded_words import CodedWords, spellings, word_key


@pytest.mark.parametrize("name", spellings())
def test_no_spelling_means_two_things(name: str) -> None:
    meant: dict[str, set[object]] = {}
    for id, words in spellings()[name].items():
        for word in (id, *words) if isinstance(id, str) else words:
            meant.setdefault(word_key(word), set()).add(id)
    assert {word: ids for word, ids in meant.items() if len(ids) > 1} == {}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (coded.INCIDENT_KIND, "工商注销", "注销"),
        (coded.INCIDENT_KIND, "连续停产12个月以上", "停产"),
        (coded.INCIDENT_KIND, "被市场监督管理部门列入经营异常名单", "经营异常"),
        (coded.INCIDENT_KIND, "生产安全事故", "安全事故"),
        (coded.INCIDENT_KIND, "网络安全事故", "网络安全"),
        (coded.INCIDENT_KIND, "环境污染事故", "环境污染"),
        (coded.INCIDENT_KIND, "偷税、漏税", "偷漏税"),
        (coded.INCIDENT_KIND, "被列为失信被执行人", "失信被执行人"),
        (coded.INCIDENT_KIND, "督查发现严重问题", "督查问题"),
        (coded.INCIDENT_KIND, "被列入工业节能监察整改名单", "节能监察整改"),
        (coded.INCIDENT_KIND, "数据造假", "数据造假"),
        (coded.ATTESTED_KIND, "全部", "全部"),
        (coded.ATTESTED_KIND, "环境污染事故", "环境污染"),
        (coded.SEVERITY, "Ⅱ级（重大）", "重大"),
        (coded.SEVERITY, "重大（Ⅱ级）", "重大"),
        (coded.SEVERITY, "一级", "特别重大"),
        (coded.MODE, "自我评价", "self"),
        (coded.MODE, "第三方机构评价", "third_party"),
        (coded.TIER, "国家层面", "national"),
        (coded.TIER, "县（市、区）级", "district"),
        (coded.OUTCOME, "审核未通过", "refused"),
        (coded.OUTCOME, "评审中", None),
        (coded.RESULT, "未发现问题", "clean"),
        (coded.RESULT, "发现问题", "problem"),
        (coded.STATUS, "拒不按时填报", "refused"),
        (coded.BAN_REASON, "评价报告质量较差", "poor"),
        (coded.MET, "满足", True),
        (coded.MET, "不满足", False),
        (coded.MET, "不符合", False),
        (coded.PRESENT, "有", True),
        (coded.PRESENT, "没有", False),
        (coded.ABOVE_SCALE, "规上", True),
        (coded.ABOVE_SCALE, "规下", False),
        (coded.NAMED, "匿名", False),
        (coded.FLAG, "√", True),
    ],
)
def test_synonyms_are_read(kind: Kind, text: str, value: object) -> None:
    assert kind.parse(text) == (value, None)


@pytest.mark.parametrize(
    ("kind", "text", "issue"),
    [
        (coded.INCIDENT_KIND, "未发生安全事故", "incident_kind_unknown"),
        (coded.INCIDENT_KIND, "安全事故等", "incident_kind_unknown"),
        (coded.RESULT, "待定", "result_unknown"),
        (coded.RESULT, "基本合格", "result_unknown"),
        (coded.MET, "基本满足", "flag_unknown"),
        (coded.FLAG, "满足", "flag_unknown"),
        (coded.TIER, "省级以下", "tier_unknown"),
        (coded.MODE, "非第三方", "mode_unknown"),
        (coded.SEVERITY, "Ⅱ级及以上", "severity_unknown"),
    ],
)
def test_what_only_contains_a_word_is_unknown(kind: Kind, text: str, issue: str) -> None:
    assert kind.parse(text) == (None, ("warning", issue))


@pytest.mark.parametrize(
    ("kind", "words", "text", "meaning", "issue"),
    [
        (coded.REMOVAL_REASON, coded.REMOVAL_REASONS, "企业更名", "更名", None),
        (coded.REMOVAL_REASON, coded.REMOVAL_REASONS, "企业自愿放弃", "主动退出", None),
        (coded.REMOVAL_REASON, coded.REMOVAL_REASONS, "未更名", None, "removal_reason_unknown"),
        (coded.PARK_LEVEL, coded.PARK_LEVELS, "省级高新区", "省级", None),
        (coded.PARK_LEVEL, coded.PARK_LEVELS, "省级以下", "省级以下", None),
        (coded.PARK_LEVEL, coded.PARK_LEVELS, "准国家级", None, "park_level_unknown"),
        (coded.ENERGY_LEVEL, coded.ENERGY_LEVELS, "国家能耗限额先进值", "先进值", None),
        (coded.ENERGY_LEVEL, coded.ENERGY_LEVELS, "未达到先进值", "未达先进值", None),
        (coded.ENERGY_LEVEL, coded.ENERGY_LEVELS, "Ⅰ级", "1级", None),
    ],
)
def test_texts_that_stay_as_written_have_a_meaning(
    kind: Kind, words: CodedWords, text: str, meaning: str | None, issue: str | None
) -> None:
    value = kind.parse(text)
    assert (words.meaning(value.value), value.remark and value.remark.code) == (meaning, issue)


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("生态环境、应急管理、市场监管", {"生态环境", "应急管理", "市场监管"}),
        ("已征求市生态环境局、应急管理局和市场监管局等部门意见", {"生态环境", "应急管理", "市场监管"}),
        ("未征求生态环境部门意见", {None}),
        ("未征求意见", {"未征求"}),
        ("/", set()),
    ],
)
def test_consulted_offices(text: str, offices: set[str | None]) -> None:
    assert coded.CONSULTED_OFFICES.meanings(text) == offices
    told = coded.CONSULTED.parse(text).remark
    assert (told is not None) == (None in offices)
