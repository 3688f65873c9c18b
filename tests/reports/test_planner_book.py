"""The planner's workbook: its numbers are the answers', it says where they come from, and it names nobody it must not name."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from loaders.fictional import DEMO_DAY
from queries import Session, open_store
from queries.answers.labels import label, spoken
from reports.books.layout import names_first
from reports.books.planner import book_bytes, book_tables, write
from reports.cli import main
from reports.scope import ReportScope

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # openpyxl knows no solid bars
NUMBERS = {"count", "share", "money", "number", "rank", "year", "score"}


@pytest.fixture(scope="module")
def session(province: Path) -> Session:
    return open_store(province)


def scopes(session: Session) -> list[ReportScope]:
    leader = session.ask("leader-ratio", as_of=DEMO_DAY).table["leader"][0]
    park = session.ask("park-share", as_of=DEMO_DAY).table["park"][0]
    whom = ("province", "city=苏州市", f"park={park}", f"leader={leader}")
    return [ReportScope(DEMO_DAY, for_, lang, date(2025, 6, 30)) for for_ in whom for lang in ("zh", "en")]


@pytest.mark.parametrize("at", range(8))
def test_every_cell_is_the_answers(session: Session, at: int) -> None:
    scope = scopes(session)[at]
    book = openpyxl.load_workbook(io.BytesIO(book_bytes(session, scope)))
    for table in book_tables(session, scope.audience(session), scope):
        columns = names_first(spoken(table.columns, scope.lang))
        head, *rows = book[table.name.in_(scope.lang)].iter_rows(values_only=True)
        assert list(head) == [label(column, scope.lang) for column in columns]
        assert len(rows) == len(table.table)
        for place, column in enumerate(columns):
            if column.kind in NUMBERS:
                cells, values = [row[place] for row in rows], table.table[column.name].tolist()
                assert [same(*pair) for pair in zip(cells, values, strict=True)].count(False) == 0, column.name


def same(cell: Any, value: Any) -> bool:
    return cell is None if pd.isna(value) else cell == pytest.approx(value, rel=1e-15)


def test_a_book_has_a_cover_heads_that_stay_and_charts(session: Session) -> None:
    book = openpyxl.load_workbook(io.BytesIO(book_bytes(session, ReportScope(DEMO_DAY))))
    cover = "\n".join(str(cell) for row in book["封面"].iter_rows(values_only=True) for cell in row if cell)
    assert DEMO_DAY.isoformat() in cover
    assert "征求意见稿" in cover
    assert all(sha256 in cover for sha256 in session.sources_named.values())
    assert set(session.sources_named.values()) == set(session.sources.values())
    for sheet in book.worksheets[1:-1]:
        if sheet.title.endswith("·图"):
            [chart] = sheet._charts
            assert chart.title is not None
            assert (chart.x_axis.title is None, chart.y_axis.title is None) == (False, False)
            assert {chart.x_axis.scaling.max, chart.y_axis.scaling.max} == {None}
            continue
        assert (sheet.freeze_panes, sheet.print_title_rows) == ("B2", "$1:$1")
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.auto_filter.ref
        assert sheet["A1"].fill.fgColor.rgb == "FF1F4E3D"
    assert book["imprint"].sheet_state == "veryHidden"


def test_names_stand_first_and_ids_last(session: Session) -> None:
    scope = ReportScope(DEMO_DAY)
    for table in book_tables(session, scope.audience(session), scope):
        kinds = [column.kind for column in names_first(table.columns)]
        assert "id" not in kinds[: len(kinds) - kinds.count("id")], table.name


def test_clause_and_evidence_are_never_dropped(session: Session) -> None:
    for lang in ("zh", "en"):
        scope = ReportScope(DEMO_DAY, lang=lang)
        for table in book_tables(session, scope.audience(session), scope):
            shown = {column.name for column in spoken(table.columns, lang)}
            assert {"clause", "evidence"} & {column.name for column in table.columns} <= shown


def test_the_worklists_are_ranked_by_what_they_move(session: Session) -> None:
    scope = ReportScope(DEMO_DAY)
    tables = {table.name.zh: table.table for table in book_tables(session, scope.audience(session), scope)}
    assert len(tables["逾期"])
    assert tables["逾期"]["moves_shares"].is_monotonic_decreasing
    route = session.ask("route", as_of=DEMO_DAY).table
    assert route["gain"].dropna().is_monotonic_decreasing
    shown = tables["只差一份材料"]["unit_id"]
    assert shown.tolist() == [unit for unit in route["unit_id"] if unit in set(shown)]
    assert pd.to_datetime(tables["将到期"]["ends"]).is_monotonic_increasing
    assert tables["逾期"]["days"].min() > 0


def test_the_audit_has_a_row_a_unit_and_the_calendar_a_row_a_duty_and_party(session: Session) -> None:
    scope = ReportScope(DEMO_DAY)
    tables = {table.name.zh: table.table for table in book_tables(session, scope.audience(session), scope)}
    audit = session.ask("audit", as_of=DEMO_DAY).table
    assert tables["核查"]["unit_id"].is_unique
    assert tables["核查"][["acts", "checks", "infos"]].to_numpy().sum() == len(audit)
    calendar = session.ask("calendar", as_of=DEMO_DAY).table
    counted = tables["日程"].groupby("state")["party"].count()
    assert {state: int(counted.get(state, 0)) for state in ("done", "late", "undated", "missing")} == {
        state: int(calendar[state].fillna(0).sum()) for state in ("done", "late", "undated", "missing")
    }


def test_a_book_is_computed_again(
    session: Session, province: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for scope in scopes(session)[::3]:
        path = write(session, scope, tmp_path)
        assert main(["verify", str(path), "--store", str(province)]) == 0, capsys.readouterr().err
