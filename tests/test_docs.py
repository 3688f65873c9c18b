"""Pages tell the truth: generated parts are as the code says, commands and links exist, the Python example runs."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
import yaml

from graph_model.kinds import EDGE_KINDS, NODE_KINDS
from queries.eligibility.assess import AssessOptions
from queries.law.rulebook import RULES
from queries.planning.plan_options import PlanOptions
from queries.planning.what_if import WhatIfOptions
from queries.registry import QUESTIONS
from reports.cli import app
from reports.commands.assess import SWITCHES
from reports.commands.picture import OWN as PICTURE
from reports.commands.plan import OUTPUTS
from reports.commands.report import OWN as REPORT
from reports.commands.what_if import INPUTS
from reports.flags import COMMON, flags_of

OWN_FLAGS = {
    "assess": (*flags_of(AssessOptions), *SWITCHES),
    "plan": (*flags_of(PlanOptions), *OUTPUTS),
    "what-if": (*flags_of(WhatIfOptions), *INPUTS),
    "picture": PICTURE,
    "report": REPORT,
}
ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").glob("*.md")) + sorted((ROOT / "examples").glob("*.md"))
READMES = [ROOT / "README.md", ROOT / "README.zh.md"]


def blocks(page, kind=""):
    """Return the fenced blocks of a page; those without a language hold commands."""
    fences = re.finditer(r"^(```|~~~)(\w*)\n(.*?)^\1", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [fence[3] for fence in fences if fence[2] == kind]


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
        elif command in OWN_FLAGS:
            allowed = {flag.option for flag in (*OWN_FLAGS[command], *COMMON)}
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
    texts = {path: path.read_text("utf-8") for room in rooms for path in (ROOT / room).rglob("*.py")}
    assert not [path for path, text in texts.items() if text.count("\n") > 300 and "Generated by" not in text[:200]]


def test_every_label_is_in_the_glossary():
    """Held against the sources themselves, not against what writes the page."""
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    columns = yaml.safe_load((ROOT / "queries/answers/columns.yaml").read_text(encoding="utf-8"))
    labels = {entry[1] for entry in columns.values()}
    labels |= {kind.zh for kind in NODE_KINDS.values()} | {edge.zh for edge in EDGE_KINDS}
    labels |= {question.title.zh for question in QUESTIONS.values()}
    labels |= {
        str(field.json_schema_extra["zh"])
        for question in QUESTIONS.values()
        for field in question.options.model_fields.values()
    }
    labels |= {rule.cited(category).words.zh for rule in RULES.values() for category in rule.categories}
    assert not {label for label in labels if f"| {label} |" not in page}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_a_page_names_exists(page):
    text = re.sub(r"^```.*?^```|~~~.*?~~~", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    named = re.findall(
        r"`((?:graph_model|loaders|queries|reports|verdigraph|tests|docs|examples|benchmarks)/[\w./-]+)`", text
    )
    assert not [name for name in named if not (ROOT / name).exists() and "<" not in name]


def test_every_section_that_the_source_cites_stands_in_the_definitions():
    page = (ROOT / "docs" / "definitions.md").read_text(encoding="utf-8")
    sections = set(re.findall(r"^##+ (\d+(?:\.\d+)?)", page, re.MULTILINE))
    sources = [
        path for room in ("graph_model", "loaders", "queries", "reports") for path in (ROOT / room).rglob("*.py")
    ]
    cited = {
        (number, path.name)
        for path in sources
        for group in re.findall(r"SPEC ((?:\d+(?:\.\d+)?(?:, | and )?)+)", path.read_text(encoding="utf-8"))
        for number in re.findall(r"\d+(?:\.\d+)?", group)
    }
    assert cited
    assert not {(number, name) for number, name in cited if number not in sections}


def test_messages_name_no_document_that_is_not_there():
    texts = [
        path.read_text(encoding="utf-8")
        for room in ("loaders", "queries", "reports")
        for path in (ROOT / room).rglob("*.py")
    ]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "loaders").rglob("*.yaml")]
    named = {name for text in texts for name in re.findall(r"(?:docs/)[\w-]+\.md", text)}
    assert not {name for name in named if not (ROOT / name).exists()}


def test_the_python_page_runs(tmp_path, monkeypatch):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in blocks(ROOT / "docs" / "python.md", "python"):
        exec(compile(block, "python.md", "exec"), names)
    assert names["plan"].certificate["candidates"] >= 0
    assert len(names["listings"]) == 2
