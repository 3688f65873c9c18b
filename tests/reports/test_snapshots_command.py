"""`verdigraph snapshots`, `gc` and `--snapshot`: what a store holds, an older day's lists, the way back from a wrong load."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph_model.store import Store
from loaders import load
from queries import open_store
from reports.cli import main
from tests.loaders.storing import write
from tests.reference.hand import firm, listed, tenant

DAY = "2025-06-30"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that was loaded twice: one green tenant of two, then two of two."""
    names = ["测试甲有限公司", "测试乙有限公司"]
    for number, green in ((1, names[:1]), (2, names)):
        lists = write(
            tmp_path / str(number) / "lists",
            enterprises=[firm(name) for name in names],
            tenancies=[tenant(name) for name in names],
            listings=[listed(name) for name in green],
        )
        load([lists], tmp_path / "store")
    return tmp_path / "store"


def share(store: Path, capsys: pytest.CaptureFixture[str], *argv: str) -> float:
    assert main(["ask", "park-share", "--store", str(store), "--as-of", DAY, "--format", "json", *argv]) == 0
    [row] = json.loads(capsys.readouterr().out)["rows"]
    return float(row["share"])


def test_an_older_snapshot_is_asked_by_the_beginning_of_its_id(store, capsys):
    newest, older = Store(store).snapshots()
    assert share(store, capsys) == 1
    assert share(store, capsys, "--snapshot", older[:6]) == 0.5
    assert open_store(store, older[:6]).snapshot == older
    assert share(store, capsys, "--snapshot", newest) == 1


def test_the_list_says_when_from_what_and_what_changed(store, capsys):
    newest, older = Store(store).snapshots()
    assert main(["snapshots", "--store", str(store)]) == 0
    lines = capsys.readouterr().out.splitlines()
    first, second = next(line for line in lines if newest in line), next(line for line in lines if older in line)
    assert first.lstrip().startswith("*")
    assert "+1" in "".join(lines)
    assert "来源有改动" in "".join(lines)
    assert "+" not in second
    assert lines.index(first) < lines.index(second)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_going_back_and_forth(store, capsys, lang):
    newest, older = Store(store).snapshots()
    assert main(["snapshots", "--store", str(store), "--use", older[:8], "--lang", lang]) == 0
    assert older in capsys.readouterr().err
    assert share(store, capsys) == 0.5
    assert main(["snapshots", "--store", str(store), "--use", newest]) == 0
    capsys.readouterr()
    assert share(store, capsys) == 1


def test_a_snapshot_that_is_not_there_is_named_with_those_that_are(store, capsys):
    newest, older = Store(store).snapshots()
    assert main(["ask", "park-share", "--store", str(store), "--snapshot", "zzzz"]) == 2
    told = capsys.readouterr().err
    assert "没有快照“zzzz”" in told
    assert newest in told
    assert older in told


def test_a_damaged_snapshot_is_not_gone_back_to(store, capsys):
    newest, older = Store(store).snapshots()
    (Store(store).snapshot(older) / "facts" / "parks.parquet").unlink()
    assert main(["snapshots", "--store", str(store), "--use", older]) == 2
    assert "parks.parquet" in capsys.readouterr().err
    assert Store(store).current() == newest


def test_gc_keeps_the_newest_and_the_current_one(store, capsys):
    newest, older = Store(store).snapshots()
    assert main(["snapshots", "--store", str(store), "--use", older]) == 0
    assert main(["gc", "--store", str(store), "--keep", "1"]) == 0
    assert set(Store(store).snapshots()) == {newest, older}
    assert main(["snapshots", "--store", str(store), "--use", newest]) == 0
    assert main(["gc", "--store", str(store), "--keep", "1"]) == 0
    assert older in capsys.readouterr().err
    assert Store(store).snapshots() == [newest]


@pytest.mark.parametrize("command", [["snapshots"], ["gc"]])
def test_an_empty_place_says_so(tmp_path, command, capsys):
    assert main([*command, "--store", str(tmp_path)]) == 2
    assert "verdigraph load" in capsys.readouterr().err
