"""The pages that `--help` shows: written for people, Chinese first, with commands to copy.

Plain text, because it must stand on the screen at once and on any terminal. A test holds every page to the
options that its command really has.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer import Context

COMMANDS = (
    "verdigraph",
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
"""Every command that has a page, and the program itself first: `pages/<command>.<lang>.txt`."""


HELP = {"-h", "--help"}
VERSION = "--version"


def page_of(command: str, lang: str) -> str:
    """Return the page of a command in a language."""
    return files("reports").joinpath(f"pages/{command}.{lang}.txt").read_text(encoding="utf-8").rstrip("\n")


def pages() -> dict[str, tuple[str, str]]:
    """Return every page in Chinese and English."""
    return {command: (page_of(command, "zh"), page_of(command, "en")) for command in COMMANDS}


# Help is found before anything is parsed: typer's parser imports pydantic even to read `--help`.


class PagedCommand(TyperCommand):
    """A command whose help is its page."""

    def parse_args(self, ctx: Context | Any, args: list[str]) -> list[str]:
        """Show the page where it is asked for; `ask` has pages of its own for every question."""
        if self.add_help_option and HELP & set(args):
            show_page(self.name or "", ctx)
        return super().parse_args(ctx, args)


class PagedGroup(TyperGroup):
    """The program itself, whose help is its page."""

    def parse_args(self, ctx: Context | Any, args: list[str]) -> list[str]:
        """Show the page where it is asked for, or where nothing is."""
        if not args or args[0] in HELP:
            show_page("verdigraph", ctx)
        if args[0] == VERSION:
            show_version()
        return super().parse_args(ctx, args)


def show_page(command: str, ctx: Context | Any) -> NoReturn:
    """Write a page in the language of the command line (`ctx.obj`) and end well."""
    typer.echo(page_of(command, ctx.obj))
    raise typer.Exit


def show_version() -> NoReturn:
    """Write the version of the program, as installed, and end well."""
    from importlib.metadata import version

    typer.echo(f"verdigraph {version('verdigraph')}")
    raise typer.Exit
