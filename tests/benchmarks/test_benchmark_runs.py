"""The benchmark runs, at a size that takes seconds: its SQL and igraph agree with ours, or it raises."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="the benchmark compares with DuckDB: pip install -e '.[bench]'")
pytest.importorskip("igraph", reason="the benchmark compares with igraph: pip install -e '.[bench]'")


def test_benchmark_prints_its_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.__main__ import main

    main(["--enterprises", "2000", "--links", "15000", "--work", str(tmp_path)])
    printed = capsys.readouterr().out
    for line in (
        "load from csv",
        "open the store",
        "leader-ratio --depth 3",
        "ban-reach",
        "depth-3 reach of all leaders",
    ):
        assert line in printed
