"""Help: on the screen at once, in both languages, and true to the options there are."""

import subprocess
import sys
from importlib.metadata import version

import pytest
import typer

from queries.eligibility.assess import AssessOptions
from queries.planning.plan_options import PlanOptions
from queries.planning.what_if import WhatIfOptions
from reports.cli import app, main
from reports.commands.assess import PAPERS, SWITCHES
from reports.commands.picture import OWN as PICTURE
from reports.commands.plan import OUTPUTS
from reports.commands.report import OWN
from reports.commands.what_if import INPUTS
from reports.flags import COMMON, flags_of
from reports.help_pages import pages

COMMANDS = (
    "demo",
    "load",
    "ask",
    "assess",
    "plan",
    "what-if",
    "export",
    "snapshots",
    "gc",
    "serve",
    "push",
    "pull",
    "report",
    "picture",
    "verify",
    "fictional",
)
HEAVY = ("pandas", "pyarrow", "networkx", "numpy", "scipy", "rich.table", "openpyxl", "xlsxwriter", "pydantic")


def options_of(command):
    """Return the long options that typer knows for a command."""
    group = typer.main.get_command(app)
    return {name for parameter in group.commands[command].params for name in parameter.opts if name.startswith("--")}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_names_every_option_of_its_command(command, lang, capsys):
    assert main([command, "--help", "--lang", lang]) == 0
    page = capsys.readouterr().out
    read = {
        "ask": COMMON,
        "assess": (*flags_of(AssessOptions), *SWITCHES, *PAPERS, *COMMON),
        "plan": (*flags_of(PlanOptions), *OUTPUTS, *COMMON),
        "picture": (*PICTURE, *(flag for flag in COMMON if flag.name not in ("format", "rows", "engine"))),
        "report": (*OWN, *(flag for flag in COMMON if flag.name not in ("format", "rows", "engine"))),
        "what-if": (*flags_of(WhatIfOptions), *INPUTS, *COMMON),
    }
    wanted = {flag.option for flag in read[command]} if command in read else options_of(command) | {"--lang"}
    assert wanted - {"--help"} <= set(page.replace("=", " ").split())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_page_names_every_command_and_no_other(lang, capsys):
    assert main(["--help", "--lang", lang]) == 0
    page = capsys.readouterr().out
    assert all(f"  {command} " in page for command in COMMANDS)
    assert set(typer.main.get_command(app).commands) == set(COMMANDS) == set(pages()) - {"verdigraph"}


def test_the_version_is_that_of_the_package(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"verdigraph {version('verdigraph')}\n"


def test_no_command_shows_the_first_page(capsys):
    assert main([]) == 0
    assert capsys.readouterr().out.startswith("绿谱")


@pytest.mark.parametrize("words", [["--help"], ["load", "--help"], ["ask", "--help"], ["demo", "-h"]], ids=" ".join)
def test_help_imports_nothing_heavy(words):
    """A proxy of speed that does not depend on the machine."""
    code = f"import sys; from reports.cli import main; main({words!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = set(done.stdout.splitlines()[-1].split())
    assert not modules & set(HEAVY)


@pytest.mark.parametrize("page", [page for both in pages().values() for page in both], ids=lambda page: page[:20])
def test_pages_fit_a_screen(page):
    from rich.cells import cell_len

    assert max(cell_len(line) for line in page.splitlines()) <= 112
