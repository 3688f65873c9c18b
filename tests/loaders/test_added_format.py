"""A format may be added by one file: its suffixes are taken up, and its files are told by their first bytes."""

import subprocess
import sys

from loaders.issues.log import IssueLog
from loaders.read.formats import read_sheets
from loaders.read.formats.sheet import Grid, grid_line
from loaders.read.sources import ADDED, AddedFormat, Format, source_files


def pipes(path):
    lines = [grid_line(at, line.split("¦")) for at, line in enumerate(path.read_text("utf-8").splitlines()[1:], 1)]
    yield Grid("表", lines)


def test_an_added_format_is_found_and_read(tmp_path, monkeypatch):
    (tmp_path / "名单.pip").write_text("#PIP\n企业名称¦设区市\n某某有限公司¦苏州市\n", encoding="utf-8")
    log = IssueLog()
    assert not list(source_files(tmp_path, log))
    monkeypatch.setattr("loaders.read.sources.ADDED", ADDED)
    ADDED.append(AddedFormat(frozenset({".pip"}), lambda head: head.startswith(b"#PIP"), pipes))
    try:
        (file,) = source_files(tmp_path, log)
        assert file.format is Format.ADDED
        (sheet,) = read_sheets(file)
        assert [line.cells for line in sheet.lines] == [["企业名称", "设区市"], ["某某有限公司", "苏州市"]]
    finally:
        ADDED.pop()


def test_no_reader_is_imported_before_its_format_is_read() -> None:
    program = "import sys, loaders.read.formats; print(sorted({'pypdfium2', 'pdfplumber', 'docx'} & set(sys.modules)))"
    asked = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "[]"
