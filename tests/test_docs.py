"""Pages tell the truth: generated parts are as the code says, commands and links exist, the Python example runs."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from queries.eligibility.assess import AssessOptions
from queries.registry import QUESTIONS
from reports.cli import app
from reports.commands.assess import SWITCHES
from reports.flags import COMMON, flags_of

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md")) + sorted((ROOT / "examples").glob("*.md"))
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]


def blocks(page, kind=""):
    """Return the fenced blocks of a page; those without a language hold commands."""
    return re.findall(rf"^```{kind}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def commands(page, program):
    lines = [line.strip() for block in blocks(page) for line in block.splitlines()]
    words = [shlex.split(part, comments=True) for line in lines for part in line.split("&&")]
    return [found[1:] for found in words if found and found[0].endswith(program)]


def test_generated_pages_are_as_the_code_says():
    done = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_every_make_target_of_a_page_exists(page):
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = {word for words in commands(page, "make") for word in words}
    named |= set(re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8")))
    assert named
    assert named <= set(targets)


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_the_first_two_commands_are_the_main_job_and_the_tests(page):
    assert blocks(page)[0] == "make demo\nmake test\n"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_exists(page):
    known = typer.main.get_command(app).commands
    titles = {question.title.zh: question for question in QUESTIONS.values()}
    for command, *words in commands(page, "verdigraph"):
        assert command in known
        options = {word.partition("=")[0] for word in words if word.startswith("--")}
        if command == "ask":
            name = words[0] if words else next(iter(QUESTIONS))
            question = QUESTIONS.get(name) or titles[name]
            allowed = {flag.option for flag in (*flags_of(question.options), *COMMON)}
        elif command == "assess":
            allowed = {flag.option for flag in (*flags_of(AssessOptions), *SWITCHES, *COMMON)}
        else:
            allowed = {name for parameter in known[command].params for name in parameter.opts} | {"--lang"}
        assert options <= allowed


def test_the_python_example_runs(tmp_path, monkeypatch):
    [example] = blocks(ROOT / "README.md", "python")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(compile(example, "README.md", "exec"), names)
    assert len(names["answer"].table) == 1


def test_the_example_script_runs():
    done = subprocess.run([sys.executable, "-m", "examples.first_questions"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "虚构产业园区" in done.stdout


@pytest.mark.parametrize("notebook", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.name)
def test_notebooks_are_stored_without_outputs(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    run = [cell for cell in cells if cell["cell_type"] == "code"]
    assert run
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in run)


def test_no_file_of_the_rooms_is_long():
    rooms = ("graph_model", "loaders", "queries", "reports")
    long = [path for room in rooms for path in (ROOT / room).rglob("*.py") if path.read_text("utf-8").count("\n") > 300]
    assert not long
