"""A score of `scheme` handed to `assess`: it stands in place of the report's own, and says where it was read. D-17.1."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_model.errors import UsageError
from tests.queries.law.base_world import FACTORY, OTHER, PARK, changed, finding, opened

HEAD = "scored_unit,scheme,indicator,points,full_points,basic_ok"


def scores(folder: Path, *lines: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "得分.csv"
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        pytest.param(f"{FACTORY},factory-2016,index,19.5,50,true", "fail", id="too low"),
        pytest.param(f"{FACTORY},factory-2016,index,20,50,true", "pass", id="just enough"),
        pytest.param(f"{FACTORY},factory-2016,index,40,50,false", "fail", id="basics not met"),
        pytest.param(f"{FACTORY},factory-2016,index,85,100,true", "unknown", id="of another scale"),
        pytest.param(f"{FACTORY},factory-2016,index,,50,", "pass", id="nothing scored: the report's own"),
    ],
)
def test_a_score_stands_in_place_of_the_reports_own(tmp_path: Path, line: str, outcome: str) -> None:
    session = opened(tmp_path)
    found = finding(session, "D-17.1", rules="js-2016", scores=scores(tmp_path, line))
    assert found["outcome"] == outcome
    if outcome != "unknown":
        assert "得分.csv 第2行，方案 factory-2016" in found["reason"]


def test_a_score_fills_a_report_that_names_none(tmp_path: Path) -> None:
    session = opened(tmp_path, **changed("reports", FACTORY, score=None, score_max=None, basic_ok=None))
    assert finding(session, "D-17.1")["outcome"] == "unknown"
    given = scores(tmp_path, f"{FACTORY},factory-2016,index,33,50,true")
    assert finding(session, "D-17.1", scores=given)["outcome"] == "pass"


def test_a_score_is_no_report(tmp_path: Path) -> None:
    given = scores(tmp_path, f"{OTHER},factory-2016,index,33,50,true")
    assert finding(opened(tmp_path), "D-17.1", OTHER, scores=given)["outcome"] == "unknown"


def test_scores_of_parks_are_left_out_of_factories_and_unknown_names_are_told(tmp_path: Path) -> None:
    session = opened(tmp_path)
    given = scores(tmp_path, f"{PARK},park,index,79,100,true")
    assert finding(session, "D-17.1", rules="js-2016", scores=given)["outcome"] == "pass"
    assert finding(session, "D-17.1", PARK, rules="js-2016", scores=given)["outcome"] == "fail"
    with pytest.raises(UsageError, match="没有名为“某某厂”的单位"):
        finding(session, "D-17.1", scores=scores(tmp_path / "b", "某某厂,factory-2016,index,33,50,true"))
