"""Encodings told by bytes: what is read, and what is said to be something else instead of being misread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_model.text_encoding import TextFault, decoded

LIST = "序号,企业名称,地区\n1,江苏甲乙丙一号制造有限公司,苏州市\n"
TRADITIONAL = "序號,企業名稱,地區\n1,江蘇甲乙丙一號製造有限公司,蘇州市\n2,江蘇甲乙丙二號製造有限公司,無錫市\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [LIST, "名称\n甲\n", "name,city\nabc,苏州\n", LIST * 300], ids=["list", "tiny", "latin", "long"]
)
def test_text_reads_back(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        pytest.param(TRADITIONAL.encode("big5"), "Big5", id="big5"),
        pytest.param(LIST.encode()[:-3], "UTF-8", id="utf-8 cut within a character"),
        pytest.param(LIST.encode().replace("苏".encode(), b"\xe8\x8b\x41"), "UTF-8", id="utf-8 with a broken byte"),
        pytest.param(LIST.replace("地区", "地\0区").encode(), "NUL", id="nul"),
        pytest.param(
            LIST.encode("gb18030").replace("苏".encode("gb18030"), b"\xcb\x1f"), "第 2 行", id="gbk with a bad byte"
        ),
        pytest.param(LIST.encode("utf-16")[:-1], "第 2 行|第 3 行", id="utf-16 cut within a character"),
    ],
)
def test_what_would_be_misread_is_said(data: bytes, word: str) -> None:
    with pytest.raises(TextFault, match=word):
        decoded(data)


def test_a_nul_byte_has_a_line() -> None:
    with pytest.raises(TextFault) as caught:
        decoded(b"a,b\nc,d\0\n")
    assert caught.value.nul_line == 2


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=40))
def test_every_chinese_name_reads_back(name: str) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decoded(f"企业名称\n{name}\n".encode(encoding)) == f"企业名称\n{name}\n"


def test_simplified_text_is_never_taken_for_big5() -> None:
    rows = (f"镕钲{name}科技有限公司,镇江市,鎏金,砼\n" for name in "钰銮煊鋆")
    text = "企业名称,设区市,行业,产品\n" + "".join(rows)
    assert decoded(text.encode("gb18030")) == text
