"""An official's Chinese: no ids of the program, no words of its own, the terms of the texts. All sentences: docs/sentences.md."""

from __future__ import annotations

import re

from docs.sentences import sentences

ID = re.compile(r"(?<![A-Za-z])[DPA]-\d")
OURS = ("在榜", "负荷", "国家级视同", "传导", "literal", "serious", "负面清单（", "链主企业名称")
"""Words of the program, or of nobody's: 名单内单位, 国家级评价项目数, 同时列为省级 are the officials' own."""
FILLED_IN = re.compile(r"\{[^}]*\}")
LATIN = re.compile(r"[A-Za-z][A-Za-z_-]+")
TERMS = {"GB", "YAML", "csv", "SHA", "UTF"}
SPOKEN = ("queries/duties/", "queries/law/articles/", "queries/law/propagation.py", "queries/law/adverse.py")
"""What an official reads of `assess` and `audit` itself."""

SAID = [(path, zh) for path, said in sentences().items() if path.startswith("queries/") for zh, _ in said]


def test_no_sentence_holds_an_id() -> None:
    assert [said for said in SAID if ID.search(said[1])] == []


def test_no_sentence_holds_a_word_of_the_program() -> None:
    assert [said for said in SAID if any(word in said[1] for word in OURS)] == []


def test_assess_and_audit_speak_chinese_only() -> None:
    spoken = [zh for path, zh in SAID if path.startswith(SPOKEN)]
    assert len(spoken) > 100
    foreign = {zh: LATIN.findall(FILLED_IN.sub("", zh)) for zh in spoken}
    assert {zh: words for zh, words in foreign.items() if set(words) - TERMS} == {}


def test_every_reason_of_an_audit_is_told_in_two_languages() -> None:
    said = sentences()["queries/duties/sentences.yaml"]
    assert len(said) > 30
    assert all(zh and en for zh, en in said)
