"""Somebody else's package under the name of a room is told in one sentence, before anything of it runs."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["graph_model", "loaders", "queries", "reports"]


def python(folder: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder whose files go before our packages, as beside a notebook."""
    return subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = [{str(folder)!r}, {str(ROOT)!r}]; {argv[0]}"],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )


RUN = "import verdigraph.__main__ as door; sys.argv = ['verdigraph', '--help']; sys.exit(door.main())"


def test_our_own_rooms_are_ours(tmp_path):
    run = python(tmp_path, RUN)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("room", ROOMS)
def test_a_file_of_that_name_beside_a_notebook(tmp_path, room):
    (tmp_path / f"{room}.py").write_text("raise RuntimeError('must not run')\n", encoding="utf-8")
    run = python(tmp_path, RUN)
    assert run.returncode == 2
    assert f"程序包 {room} 来自别的软件或文件" in run.stderr
    assert f"The package {room} is somebody else's: {tmp_path / room}.py" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_package_of_that_name_installed_over_ours(tmp_path):
    package = tmp_path / "queries"
    package.mkdir()
    (package / "__init__.py").write_text("class Query: ...\n", encoding="utf-8")
    run = python(tmp_path, "import verdigraph as vg; vg.open")
    assert "ImportError: 程序包 queries 来自别的软件或文件" in run.stderr


def test_a_folder_without_a_package_is_no_room(tmp_path):
    for room in ("verdigraph", *(room for room in ROOMS if room != "queries")):
        (tmp_path / room).symlink_to(ROOT / room)
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {RUN}"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert run.returncode == 2
    assert "The package queries is not installed" in run.stderr
