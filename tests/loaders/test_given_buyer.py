"""SPEC 8, "Given by name": the buyer of a list of suppliers that does not name him is given with the list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from graph_model.errors import DataError, UsageError
from loaders import load
from queries import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.issues.summary import LoadSummary

GIVEN: Final = "无锡链主机械有限公司"
BARE: Final = "供应商名称,年度\n江苏甲乙制造有限公司,2025\n江苏丙丁制造有限公司,2025\n"
NAMED: Final = "链主企业,供应商名称,年度\n苏州龙头装备有限公司,江苏甲乙制造有限公司,2025\n"
PLAIN: Final = "采购方,供应商名称,年度\n苏州龙头装备有限公司,江苏甲乙制造有限公司,2025\n"


def _load(folder: Path, files: dict[str, str], **options: Any) -> LoadSummary:
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    for name, text in files.items():
        (sources / name).write_text(text, encoding="utf-8")
    return load([sources], folder / "store", **options)


def _leaders(folder: Path) -> dict[str, tuple[str, int]]:
    table = open_store(folder / "store").ask("leader-ratio", as_of=date(2025, 6, 30)).table
    return {row.leader: (row.basis, row.suppliers) for row in table.itertuples()}


@pytest.mark.parametrize(
    ("files", "leaders"),
    [
        pytest.param({"供应商名单.csv": BARE}, {GIVEN: ("declared", 2)}, id="a list without its buyer"),
        pytest.param(
            {"苏州龙头装备有限公司供应商名单.csv": BARE},
            {"苏州龙头装备有限公司": ("declared", 2)},
            id="the file name goes before",
        ),
        pytest.param({"供应商名单.csv": NAMED}, {"苏州龙头装备有限公司": ("declared", 1)}, id="the column goes before"),
        pytest.param({"供应商名单.csv": PLAIN}, {}, id="a buyer in a column is no leader by that"),
        pytest.param(
            {"供应商名单.csv": BARE, "供应关系.csv": NAMED},
            {GIVEN: ("declared", 2), "苏州龙头装备有限公司": ("declared", 1)},
            id="one list wants it, the other names its own",
        ),
    ],
)
def test_a_given_buyer_is_of_the_lists_that_name_none(
    files: dict[str, str], leaders: dict[str, tuple[str, int]], tmp_path: Path
) -> None:
    summary = _load(tmp_path, files, buyer=GIVEN)
    assert _leaders(tmp_path) == leaders
    unused = [issue for issue in summary.log.issues() if issue.code == "buyer_unused"]
    assert bool(unused) == (GIVEN not in leaders)


def test_another_buyer_is_not_read_from_what_was_parsed_before(tmp_path: Path) -> None:
    _load(tmp_path, {"供应商名单.csv": BARE}, buyer="苏州龙头装备有限公司")
    _load(tmp_path, {}, buyer=GIVEN)
    assert list(_leaders(tmp_path)) == [GIVEN]


def test_a_list_without_its_buyer_stops_where_none_is_given(tmp_path: Path) -> None:
    with pytest.raises(DataError):
        _load(tmp_path, {"供应商名单.csv": BARE})


@pytest.mark.parametrize("buyer", ["", " ", "无", "—"])
def test_a_buyer_is_a_name(buyer: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="buyer"):
        _load(tmp_path, {"供应商名单.csv": BARE}, buyer=buyer)
