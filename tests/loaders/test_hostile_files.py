"""A hostile file is one sentence: it stops neither the load nor the machine, and the good files are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph_model.errors import DataError
from loaders import load
from loaders.issues.log import IssueLog
from loaders.read.reading_process import READING, Limits
from loaders.read.sources import SourceFile, source_files
from tests.loaders import hostile
from tests.loaders.making import csv
from tests.loaders.test_accounts import balanced

GOOD = [["企业名称", "年度", "工业总产值（万元）"], ["企业一号有限公司", "2023", "5"]]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (hostile.far_cell, "file_too_hungry"),
        (hostile.gridspan, "file_too_wide"),
        (hostile.media_box, "file_empty"),
        (hostile.html_marked_section, "file_unreadable"),
        (hostile.html_deep, "file_cut"),
        (hostile.bad_byte_in_large_csv, "file_unreadable"),
        (hostile.pipe, "file_special"),
        (hostile.dangling_link, "link_broken"),
        (hostile.link_in_circle, "link_in_circle"),
        (hostile.archive_with_password, "archive_encrypted"),
        (hostile.archive_of_pictures, "archive_without_lists"),
        (hostile.word_without_its_text, "file_unreadable"),
        (hostile.html_cut, "file_cut"),
        (hostile.utf8_with_a_broken_byte, "file_unreadable"),
        (hostile.archive_bomb, "file_too_large_inside"),
        (hostile.archive_broken, "file_unreadable"),
        (hostile.old_word, "file_save_as"),
        (hostile.rich_text, "file_save_as"),
        (hostile.ofd, "file_save_as"),
        (hostile.rar, "file_packed"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_one_sentence_and_the_others_load(tmp_path: Path, make: Callable[[Path], None], code: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    csv(folder / "好.csv", GOOD)
    make(folder)
    summary = load([folder], tmp_path / "store")
    balanced(summary)
    errors = [issue for issue in summary.log.issues() if issue.level == "error"]
    assert [issue.code for issue in errors] == [code]
    assert errors[0].file is not None
    assert errors[0].file.startswith("坏")
    for lang in ("zh", "en"):
        said = errors[0].message(lang) + errors[0].expected(lang) + errors[0].cure(lang)
        assert "{" not in said
    assert [part.source[:1] for part in summary.left_out] == ["坏"]
    assert summary.facts["annual_figures"] == 1


@pytest.mark.parametrize(
    "make",
    [
        hostile.merged_box_beside,
        hostile.vertical_merge_in_first_row,
        hostile.html_odd_span,
        hostile.numbers_in_parquet,
        hostile.name_in_gbk_bytes,
        hostile.archive_of_lists,
    ],
    ids=lambda make: make.__name__,
)
def test_what_is_only_odd_is_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    csv(folder / "好.csv", GOOD)
    make(folder)
    summary = load([folder], tmp_path / "store")
    balanced(summary)
    assert summary.log.counts()["error"] == 0, summary.log.grouped()
    assert summary.facts["annual_figures"] == 2
    again = load([folder], tmp_path / "store")
    assert again.snapshot == summary.snapshot


def test_a_pipe_as_source_is_no_wait(tmp_path: Path) -> None:
    hostile.pipe(tmp_path)
    with pytest.raises(DataError):
        load([tmp_path / "坏.csv"], tmp_path / "store")


def test_a_folder_that_may_not_be_opened_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "锁").mkdir()
    csv(tmp_path / "好.csv", GOOD)
    iterdir = Path.iterdir

    def refuse(path: Path) -> object:
        if path.name == "锁":
            raise PermissionError(13, "Permission denied", str(path))
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    files = list(source_files(tmp_path, IssueLog()))
    assert [(file.name, file.refusal is not None) for file in files] == [("好.csv", False), ("锁", True)]


def test_a_linked_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "别处").mkdir()
    (tmp_path / "in").mkdir()
    csv(tmp_path / "别处" / "好.csv", GOOD)
    (tmp_path / "in" / "链接").symlink_to(tmp_path / "别处", target_is_directory=True)
    assert [file.name for file in source_files(tmp_path / "in", IssueLog())] == ["链接/好.csv"]


def test_time_is_limited_and_the_next_file_is_read(tmp_path: Path) -> None:
    hostile.many_cells(tmp_path)
    hostile.merged_box_beside(tmp_path)
    slow, odd = (SourceFile(tmp_path / name, tmp_path) for name in ("坏.html", "产值.xlsx"))
    refusal = READING.read(slow, "a", tmp_path / "cache", Limits(1 << 31, 0))
    assert refusal is not None
    assert refusal.code == "file_too_slow"
    assert READING.read(odd, "b", tmp_path / "cache", Limits(1 << 31, 60)) is None


def test_memory_is_limited_and_the_next_file_is_read(tmp_path: Path) -> None:
    hostile.far_cell(tmp_path)
    hostile.merged_box_beside(tmp_path)
    far, odd = (SourceFile(tmp_path / name, tmp_path) for name in ("坏.xlsx", "产值.xlsx"))
    refusal = READING.read(far, "a", tmp_path / "cache", Limits(1 << 28, 60))
    assert refusal is not None
    assert refusal.code == "file_too_hungry"
    assert READING.read(odd, "b", tmp_path / "cache", Limits(1 << 31, 60)) is None


def test_what_a_limit_stopped_is_read_again_next_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    csv(folder / "好.csv", GOOD)
    hostile.far_cell(folder)
    load([folder], tmp_path / "store")
    folder.joinpath("坏.xlsx").unlink()
    assert load([folder], tmp_path / "store").log.counts()["error"] == 0
    hostile.far_cell(folder)
    again = load([folder], tmp_path / "store", add=True)
    assert [issue.code for issue in again.log.issues() if issue.level == "error"] == ["file_too_hungry"]
