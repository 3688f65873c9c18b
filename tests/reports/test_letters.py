"""The letter in office style and the working papers: what stands in them, how they are set, and that they can be checked again."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from loaders import load
from loaders.fictional import DEMO_DAY
from queries import Session, open_store
from reports.cli import main
from reports.letters.letter import Letter, letter_bytes
from reports.letters.working_paper import write_papers
from reports.scope import ReportScope
from reports.word_text import word_lines


@pytest.fixture(scope="module")
def session(province: Path) -> Session:
    return open_store(province)


def read(content: bytes) -> docx.document.Document:
    return docx.Document(io.BytesIO(content))


def words(content: bytes) -> str:
    document = read(content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in document.paragraphs), *cells])


def test_a_letter_is_set_as_offices_set_them(session: Session) -> None:
    document = read(letter_bytes(session, ReportScope(DEMO_DAY)))
    [section] = document.sections
    sizes = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(size / Mm(1)) for size in sizes] == [210, 297, 37, 28]
    title, addressee, *_ = [line for line in document.paragraphs if line.text]
    assert title.text == "关于江苏省绿色工厂梯度培育情况的报告"
    assert title.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) == "方正小标宋简体"
    assert addressee.text == "江苏省工业和信息化厅："
    assert [line.text for line in document.paragraphs if line.text][-2:] == ["（发文单位）", "2026年6月30日"]
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    fonts = ZipFile(io.BytesIO(letter_bytes(session, ReportScope(DEMO_DAY)))).read("word/fontTable.xml").decode()
    assert "altName" in fonts


def test_the_numbers_of_a_letter_are_the_answers(session: Session) -> None:
    said = words(letter_bytes(session, ReportScope(DEMO_DAY)))
    row = session.ask("tier-coverage", as_of=DEMO_DAY).table.iloc[-1]
    assert f"{row['base']:,}家" in said
    assert f"占{row['share']:.2%}" in said
    for park in session.ask("park-share", as_of=DEMO_DAY).table.head(10).itertuples():
        assert str(park.park) in said
    plan = session.plan(as_of=DEMO_DAY)
    assert plan.table["unit"][0] in said


@pytest.mark.parametrize(
    ("for_", "addressee"),
    [
        ("province", "江苏省工业和信息化厅"),
        ("city=苏州市", "苏州市工业和信息化局"),
        ("park", "管理机构"),
        ("leader", "公司"),
    ],
)
def test_a_letter_goes_to_whom_it_concerns(session: Session, for_: str, addressee: str) -> None:
    first = {"park": ("park-share", "park"), "leader": ("leader-ratio", "leader")}
    if for_ in first:
        question, column = first[for_]
        for_ = f"{for_}={session.ask(question, as_of=DEMO_DAY).table[column][0]}"
    letter = Letter(session, ReportScope(DEMO_DAY, for_))
    assert letter.addressee.endswith(addressee)
    assert addressee in words(letter.to_bytes())


def test_what_is_not_known_is_called_unknown(tmp_path: Path) -> None:
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "企业名录.csv").write_text(
        "企业名称,设区市,是否规上,链主所属产业链\n虚构甲机电有限公司,苏州市,是,机电\n虚构乙装备有限公司,苏州市,,\n",
        encoding="utf-8",
    )
    load([lists], tmp_path / "store")
    said = words(letter_bytes(open_store(tmp_path / "store"), ReportScope(date(2025, 6, 30))))
    assert "工业总产值没有载入，绿色工厂产值占比未知" in said
    assert "另有1家是否规上未知" in said
    assert "没有在册的园区" in said
    assert "没有载入供应商清单，占比未知" in said


def test_equal_letters_have_equal_bytes(session: Session) -> None:
    scope = ReportScope(DEMO_DAY, "city=苏州市")
    assert letter_bytes(session, scope) == letter_bytes(session, scope)


@pytest.fixture
def papers(session: Session, tmp_path: Path) -> list[Path]:
    assessment = session.assess(as_of=DEMO_DAY, category="park")
    return write_papers(session, assessment, tmp_path / "papers")


def test_a_paper_tells_unit_verdict_rules_rows_and_hashes(session: Session, papers: list[Path]) -> None:
    assessment = session.assess(as_of=DEMO_DAY, category="park")
    assert len(papers) == len(assessment.verdicts.table)
    by_unit = assessment.findings.table.groupby("unit", sort=False)
    for path, (unit, findings) in zip(papers, by_unit, strict=True):
        said = words(path.read_bytes())
        assert str(unit) in said
        assert "征求意见稿" in said
        assert assessment.sheet.subjects.rules.set.sha256[:16] in said
        applying = findings[findings["outcome"] != "not_applicable"]
        assert all(reason in said for reason in applying["reason"])
        assert all(clause in said for clause in applying["clause"])
        evidence = applying["evidence"].dropna()
        assert all(rows in said for rows in evidence)
        cited = [name for name in session.sources if evidence.str.contains(name, regex=False).any()]
        assert cited
        assert all(session.sources[name] in said for name in cited)
        assert {"复核意见"} <= {line.text for line in read(path.read_bytes()).paragraphs}


def test_a_paper_holds_and_takes_a_reviewers_note(
    province: Path, papers: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(papers[0]), "--store", str(province)]) == 0, capsys.readouterr().err
    document = docx.Document(str(papers[0]))
    document.tables[-1].rows[0].cells[0].paragraphs[0].add_run("同意。虚构审核人")
    document.save(str(papers[0]))
    assert main(["verify", str(papers[0]), "--store", str(province)]) == 0, capsys.readouterr().err


def test_a_changed_digit_of_a_paper_is_told(
    province: Path, papers: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    document = docx.Document(str(papers[0]))
    run = document.tables[0].rows[3].cells[1].paragraphs[0].runs[0]
    assert run.text == DEMO_DAY.isoformat()
    run.text = "2026-06-29"
    document.save(str(papers[0]))
    assert main(["verify", str(papers[0]), "--store", str(province)]) == 1
    said = capsys.readouterr().err
    assert "被改动过" in said
    assert "文件为 2026-06-29，复算为 2026-06-30" in said


def test_a_paper_gives_the_words_of_a_clause_where_the_text_is_given(session: Session, tmp_path: Path) -> None:
    invented = tmp_path / "policy.txt"
    articles = (f"第{numeral}条 虚构条文{numeral}，关于梯度培育。" for numeral in "一二三四五六七八九")
    tenth = "第十条 虚构。\n第十一条 虚构的第十一条条文。"
    invented.write_text("\n".join([*articles, tenth]), encoding="utf-8")
    unit = session.assess(as_of=DEMO_DAY).verdicts.table["unit_id"][0]
    assessment = session.assess(unit, as_of=DEMO_DAY)
    [path] = write_papers(session, assessment, tmp_path / "papers", [str(invented)])
    assert "虚构的第十一条条文。" in word_lines(path)


def test_assess_writes_papers(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    words_ = ["assess", "--all", "--category", "park", "--as-of", "2025-06-30", "--store", str(store), "--summary"]
    assert main([*words_, "--out", str(tmp_path / "a.csv"), "--papers", str(folder)]) == 0
    assert list(folder.glob("底稿_*.docx"))
    shutil.rmtree(folder)
