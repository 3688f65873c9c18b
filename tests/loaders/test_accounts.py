"""Where every line went: lines = rows + titles + notes + left out, per source, and what is left out whole is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders import load
from loaders.accounts import SourceLostError
from loaders.issues.summary import LoadSummary, SourceLines
from reports.commands.load import load as load_command
from tests.loaders.making import csv, xlsx

LIST = [
    ["企业名称", "类别", "层级", "批次"],
    ["甲厂", "绿色工厂", "市级", "2023年"],
    ["乙厂", "绿色工厂", "市级", "2023年"],
]
UNREAD = [["入榜企业", "地市州"], ["丙厂", "苏州市"]]


def balanced(summary: LoadSummary) -> dict[str, SourceLines]:
    for line in summary.lines:
        assert line.lines == line.rows + line.titles + line.notes + line.left_out, line
    for count in summary.tables:
        assert count.read == count.loaded + count.merged + count.rejected + count.titles, count
    return {line.source: line for line in summary.lines}


def status(folder: Path, store: Path, *, strict: bool = False) -> int:
    return load_command([folder], store, add=False, replace=False, strict=strict, issues=None, lang="zh")


def test_every_line_of_a_list_has_its_place(tmp_path: Path) -> None:
    rows = [
        ["绿色制造名单"],
        *LIST,
        [],
        ["甲厂", "绿色工厂", "市级", "2023年"],
        ["其他", "绿色工厂", "市级", "2023年"],
        ["", "绿色工厂", "市级", "2023年"],
        ["合计", "4"],
        ["注：以上名单截至2023年底。"],
        ["江苏省某某厅", "2023年12月1日"],
    ]
    summary = load([csv(tmp_path / "绿色制造名单.csv", rows)], tmp_path / "store")
    (line,) = balanced(summary).values()
    assert line[1:] == (10, 3, 2, 3, 2)
    assert not summary.left_out


def test_a_file_and_a_sheet_without_a_known_header_are_errors_and_stand_in_the_account(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    xlsx(
        folder / "名单.xlsx",
        {"一": [["绿色制造名单"], *LIST], "二": [["甲", "乙"], ["丙", "丁"]], "说明": [["请核对"]]},
    )
    csv(folder / "2024年度绿色工厂名单.csv", [["2024年度绿色工厂名单"], *UNREAD])
    (folder / "坏.xlsx").write_bytes(b"PK" + bytes(50))
    summary = load([folder], tmp_path / "store")
    lines = balanced(summary)
    assert lines["名单.xlsx"][1:] == (7, 2, 2, 1, 2)
    assert lines["2024年度绿色工厂名单.csv"].left_out == 3
    assert {(part.source, part.sheet, part.lines) for part in summary.left_out} == {
        ("名单.xlsx", "二", 2),
        ("2024年度绿色工厂名单.csv", None, 3),
        ("坏.xlsx", None, 0),
    }
    errors = {issue.file: issue for issue in summary.log.issues() if issue.level == "error"}
    assert set(errors) == {"名单.xlsx", "2024年度绿色工厂名单.csv", "坏.xlsx"}
    assert "入榜企业｜地市州" in errors["2024年度绿色工厂名单.csv"].message()
    assert status(folder, tmp_path / "other") == 1


@pytest.mark.parametrize(
    ("rows", "strict", "expected"),
    [
        (LIST, False, 0),
        (LIST, True, 0),
        ([*LIST, ["其他", "绿色工厂", "市级", "2023年"]], False, 0),
        ([*LIST, ["其他", "绿色工厂", "市级", "2023年"]], True, 1),
    ],
    ids=["clean", "clean strict", "a row left out", "a row left out, strict"],
)
def test_exit_status(tmp_path: Path, rows: list[list[str]], strict: bool, expected: int) -> None:
    csv(tmp_path / "绿色制造名单.csv", rows)
    assert status(tmp_path, tmp_path / "store", strict=strict) == expected


class TestSourceThatGaveRows:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "in"
        folder.mkdir()
        csv(folder / "甲名单.csv", [["绿色制造名单"], *LIST])
        csv(folder / "乙名单.csv", [["绿色制造名单"], LIST[0], ["丁厂", "绿色工厂", "市级", "2024年"]])
        load([folder], tmp_path / "store")
        return folder

    @pytest.mark.parametrize("how", ["gone", "broken", "without header", "renamed away"])
    def test_gives_none_now(self, folder: Path, tmp_path: Path, how: str) -> None:
        path = folder / "乙名单.csv"
        if how == "gone":
            path.unlink()
        elif how == "broken":
            path.write_bytes(b"PK\x03\x04" + bytes(90))
        elif how == "without header":
            csv(path, UNREAD)
        else:
            path.rename(folder / "乙名单.csv.bak")
        before = (tmp_path / "store" / "CURRENT").read_bytes()
        with pytest.raises(SourceLostError, match="乙名单"):
            load([folder], tmp_path / "store")
        assert (tmp_path / "store" / "CURRENT").read_bytes() == before
        summary = load([folder], tmp_path / "store", replace=True)
        assert summary.facts["listings"] == 2

    def test_renamed_with_the_same_content_goes_on(self, folder: Path, tmp_path: Path) -> None:
        (folder / "乙名单.csv").rename(folder / "丙名单.csv")
        assert load([folder], tmp_path / "store").facts["listings"] == 3

    def test_corrected_in_place_goes_on(self, folder: Path, tmp_path: Path) -> None:
        csv(folder / "乙名单.csv", [["绿色制造名单"], LIST[0], ["戊厂", "绿色工厂", "市级", "2024年"]])
        summary = load([folder], tmp_path / "store")
        assert summary.log.counts()["error"] == 0
        assert summary.facts["listings"] == 3
