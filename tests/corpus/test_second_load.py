"""A second load of a folder: a source that gave rows and gives none now stops the switch; the store stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.corpus.making import hostile
from tests.corpus.making.workbook import write_xlsx
from tests.corpus.outcome import outcome_of

FIRST, SECOND = "江苏甲乙丙一号制造有限公司", "江苏甲乙丙二号制造有限公司"


def _list(path: Path, year: int, name: str, header: str = "企业名称") -> None:
    rows = [["序号", header, "设区市"], [1, name, "苏州市"]]
    write_xlsx(path, {"title": f"{year}年度省级绿色工厂名单", "rows": rows})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two lists, loaded once."""
    source = tmp_path / "源"
    source.mkdir()
    _list(source / "甲.xlsx", 2022, FIRST)
    _list(source / "乙.xlsx", 2023, SECOND)
    assert {listing[0] for listing in outcome_of([source], tmp_path / "store").listed()} == {FIRST, SECOND}
    return source


def _break(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(100))


def _rename_header(path: Path) -> None:
    _list(path, 2023, SECOND, header="得主")


def _remove(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _link_away(path: Path) -> None:
    path.unlink()
    hostile.dangling_link(path)


@pytest.mark.parametrize("harm", [_break, _rename_header, _remove, _empty, _link_away])
def test_source_that_gives_no_rows_any_more_stops_the_switch(harm: Callable[[Path], None], folder: Path) -> None:
    store = folder.parent / "store"
    before = (store / "CURRENT").read_text()
    harm(folder / "乙.xlsx")
    outcome = outcome_of([folder], store)
    assert outcome.refusal is not None
    assert "乙.xlsx" in outcome.refusal + " ".join(issue.text for issue in outcome.loud)
    assert (store / "CURRENT").read_text() == before


@pytest.mark.parametrize("harm", [_break, _rename_header, _remove, _empty])
def test_replace_goes_on_without_it(harm: Callable[[Path], None], folder: Path) -> None:
    harm(folder / "乙.xlsx")
    outcome = outcome_of([folder], folder.parent / "store", replace=True)
    assert outcome.refusal is None
    assert {listing[0] for listing in outcome.listed()} == {FIRST}


def test_renamed_file_with_the_same_rows_is_no_loss(folder: Path) -> None:
    (folder / "乙.xlsx").rename(folder / "丙.xlsx")
    outcome = outcome_of([folder], folder.parent / "store")
    assert {listing[0] for listing in outcome.listed()} == {FIRST, SECOND}


def test_mended_file_is_read_again(folder: Path) -> None:
    store = folder.parent / "store"
    _break(folder / "乙.xlsx")
    assert outcome_of([folder], store).refusal is not None
    _list(folder / "乙.xlsx", 2023, SECOND)
    assert {listing[0] for listing in outcome_of([folder], store).listed()} == {FIRST, SECOND}
