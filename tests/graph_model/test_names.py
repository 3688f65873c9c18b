"""The normal form of names and the ids made of it (SPEC 5)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graph_model.identity import code_id, name_id, park_id
from graph_model.names import normal_form
from graph_model.values import without_space

DROPPED = "、·.,，。- \t\n\u3000\u00a0"


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
    ],
)
def test_names_that_stay_two(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


def test_nothing_may_be_left() -> None:
    assert normal_form(" 、。-") == ""


def test_shown_names_lose_only_white_space() -> None:
    assert without_space(" 测试（Ａ）\u3000有限\n公司 ") == "测试（Ａ）有限公司"


def test_ids_say_what_identifies() -> None:
    normal = normal_form("测试（A） 园区")
    assert (code_id("91X"), name_id(normal), park_id(normal)) == ("uscc:91X", "name:测试(A)园区", "park:测试(A)园区")
