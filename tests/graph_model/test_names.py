"""The normal form of names and the ids made of it (SPEC 5)."""

from __future__ import annotations

import sys
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph_model.identity import code_id, name_id, park_id
from graph_model.names import normal_form
from graph_model.values import without_space
from graph_model.values.texts import NAME, is_plain_name

DOTS = "·•‧∙⋅・･"
UNSEEN = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2066\u2067\u2068\u2069\ufeff"
    "\ufe0e\ufe0f\U000e0100\u3164\u115f\u1160\uffa0\u2800\u034f\x00\x07\x1f\x7f\x80\x85\x9f\U000e0020"
)
DROPPED = "、.,，。- \t\n\u3000\u00a0\u2003\u2028\u2010\u2011\u2013\u2014\u2212" + DOTS + UNSEEN


@given(st.text())
@example("O¯").via("white space kept letter and accent apart")
@example("ŉ").via("upper case is not composed")
def test_normal_form_is_idempotent(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@given(st.text(alphabet="测试甲乙（）()AbＡｂ123１２３", min_size=1), st.lists(st.sampled_from(DROPPED)), st.randoms())
def test_spaces_and_points_anywhere_change_nothing(name: str, dropped: list[str], random) -> None:  # type: ignore[no-untyped-def]
    letters = list(name)
    for one in dropped:
        letters.insert(random.randint(0, len(letters)), one)
    assert normal_form("".join(letters)) == normal_form(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("测试（南京）有限公司", "测试(南京)有限公司", id="width of brackets"),
        pytest.param("ＡＢＣ测试１２有限公司", "abc测试12有限公司", id="width and case of letters"),
        pytest.param("天津 节能、检测 中心", "天津节能检测中心", id="space and enumeration comma"),
        pytest.param("测试·甲-乙有限公司", "测试甲乙有限公司", id="middle dot and hyphen"),
        pytest.param("测试－甲．有限公司", "测试甲有限公司", id="full-width hyphen and point"),
        pytest.param("测试\u3000甲\n有限公司", "测试甲有限公司", id="ideographic space and line break"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("测试有限公司", "测试股份有限公司", id="legal form"),
        pytest.param("测试有限公司", "测试有限责任公司", id="full legal form"),
        pytest.param("测试（南京）有限公司", "测试南京有限公司", id="brackets stay"),
        pytest.param("测试有限公司", "测试有限公司分公司", id="branch"),
        pytest.param("江苏测试有限公司", "测试有限公司", id="place"),
        *(pytest.param(f"测试{digit}号有限公司", "测试号有限公司", id=f"digit {digit}") for digit in "0123456789"),
        *(pytest.param(f"测试{letter}有限公司", "测试有限公司", id=f"letter {letter}") for letter in "ABUXZ"),
    ],
)
def test_names_that_stay_two(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


def test_letters_and_digits_of_every_name_stay() -> None:
    kept = "0123456789ABCXYZ甲乙丙丁测试有限公司一二三()（）&+/#"
    assert normal_form(kept) == unicodedata.normalize("NFKC", kept)


@pytest.mark.parametrize("character", [*DOTS, *UNSEEN], ids=lambda character: f"U+{ord(character):04X}")
def test_what_nobody_sees_and_every_middle_dot_are_nothing(character: str) -> None:
    written = f"测试{character}甲有限公司"
    assert normal_form(written) == "测试甲有限公司"
    assert character in DOTS or NAME.parse(written).value == "测试甲有限公司"
    assert character in DOTS or not is_plain_name(pa.array([written]))[0].as_py()


def test_every_control_and_format_character_is_hidden() -> None:
    everything = (chr(code) for code in range(sys.maxunicode + 1))
    controls = "".join(each for each in everything if unicodedata.category(each) in ("Cc", "Cf"))
    assert without_space(controls) == ""


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Test  Foods Co., Ltd.", "Test Foods Co., Ltd."),
        ("Test\u00a0\u200b Foods", "Test Foods"),
        ("Test \u00ad", "Test"),
        ("测试 甲 有限公司", "测试甲有限公司"),
        ("测试 Test 有限公司", "测试Test有限公司"),
        ("Société Générale", "Société Générale"),
        ("ＴＥＳＴ\u3000ＣＯ", "ＴＥＳＴ ＣＯ"),
    ],
)
def test_a_space_between_latin_words_stays_for_show(written: str, shown: str) -> None:
    assert NAME.parse(written).value == shown
    assert normal_form(written) == normal_form(shown.replace(" ", ""))


def test_nothing_may_be_left() -> None:
    assert normal_form(" 、。-") == ""


def test_shown_names_lose_only_white_space() -> None:
    assert without_space(" 测试（Ａ）\u3000有限\n公司 ") == "测试（Ａ）有限公司"


def test_ids_say_what_identifies() -> None:
    normal = normal_form("测试（A） 园区")
    assert (code_id("91X"), name_id(normal), park_id(normal)) == ("uscc:91X", "name:测试(A)园区", "park:测试(A)园区")
