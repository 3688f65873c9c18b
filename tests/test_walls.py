"""The walls hold: each of these imports, planted into a copy of the code, fails the check of imports, and nothing else does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("graph_model", "loaders", "queries", "reports", "verdigraph")

PLANTS = {
    "a stray module": ("queries/utils.py", "", "queries.utils"),
    "an article knows an engine": (
        "queries/law/articles/d11_report.py",
        "from queries.engines import server",
        "queries.law.articles.d11_report -> queries.engines.server",
    ),
    "eligibility knows an engine": (
        "queries/eligibility/assessment_table.py",
        "from queries.engines import memory",
        "queries.eligibility.assessment_table -> queries.engines.memory",
    ),
    "a measure knows an assessment": (
        "queries/measures/tally.py",
        "from queries.eligibility import assess",
        "queries.measures.tally -> queries.eligibility.assess",
    ),
    "a frame knows a duty": (
        "queries/answers/frame.py",
        "from queries.duties import plans",
        "queries.answers.frame -> queries.duties.plans",
    ),
    "days know records": (
        "graph_model/days.py",
        "from graph_model import records",
        "graph_model.days -> graph_model.records",
    ),
    "tiers know NetworkX": (
        "graph_model/tiers.py",
        "from graph_model import networkx_view",
        "graph_model.tiers -> graph_model.networkx_view",
    ),
    "a type alone": (
        "queries/law/rules.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from queries.eligibility.assess import AssessOptions",
        "queries.law.rules -> queries.eligibility.assess",
    ),
    "a question knows another": (
        "queries/questions/park_share.py",
        "from queries.questions import park_tenants",
        "queries.questions.park_share -> queries.questions.park_tenants",
    ),
    "loading knows questions": (
        "loaders/load.py",
        "from queries import registry",
        "loaders.load -> queries.registry",
    ),
    "a circle inside a room": (
        "graph_model/records/record.py",
        "from graph_model.records import units",
        "allowed in graph_model.records.",
    ),
}
"""Where, which import, and what the check must name."""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("walls")
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__", "*.csv", "*.cypher"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture
def planted(copy: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    name, line, _ = request.param
    path = copy / name
    before = path.read_text(encoding="utf-8") if path.exists() else None
    head = "from __future__ import annotations\n"
    path.write_text((before or head).replace(head, f"{head}\n{line}\n", 1), encoding="utf-8")
    yield copy
    path.unlink() if before is None else path.write_text(before, encoding="utf-8")


def checked(folder: Path) -> subprocess.CompletedProcess[str]:
    """What the check of imports says of a tree, without the line breaks that it folds by."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "400"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_code_as_it_is_keeps_every_contract(copy: Path) -> None:
    done = checked(copy)
    assert done.returncode == 0, done.stdout[-3000:]
    assert " 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("planted", "named"),
    [pytest.param(plant, plant[2], id=id) for id, plant in PLANTS.items()],
    indirect=["planted"],
)
def test_a_planted_import_is_named(planted: Path, named: str) -> None:
    done = checked(planted)
    assert done.returncode == 1
    assert named in done.stdout
