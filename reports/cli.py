"""The command line. Heavy imports stay inside the commands, so that `--help` answers at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_model.bilingual import Bilingual
from graph_model.errors import DoesNotFitError, on_command_line
from reports.faults import worded
from reports.flags import asked_question
from reports.help_pages import HELP, PagedCommand, PagedGroup, show_page
from reports.terminal import close_quietly, mend_encoding, say

if TYPE_CHECKING:
    from collections.abc import Sequence

Sources = Annotated[list[Path], typer.Argument(metavar="SOURCE...")]
Store = Annotated[Path, typer.Option("--store", envvar="VERDIGRAPH_STORE", metavar="DIR")]
Out = Annotated[Path, typer.Option("--out")]
Issues = Annotated[Path | None, typer.Option("--issues")]
Enterprises = Annotated[int, typer.Option("--enterprises", min=50, max=1_000_000)]
Seed = Annotated[int, typer.Option("--seed", min=0)]

app = typer.Typer(cls=PagedGroup, add_completion=False, add_help_option=False, pretty_exceptions_enable=False)


@app.command("demo", cls=PagedCommand)
def demo_command(context: typer.Context, out: Out = Path("verdigraph-demo")) -> None:
    """Run `verdigraph demo`."""
    from reports.commands.demo import demo

    demo(out, context.obj)


@app.command("load", cls=PagedCommand)
def load_command(
    context: typer.Context,
    sources: Sources,
    store: Store,
    add: Annotated[bool, typer.Option("--add")] = False,
    replace: Annotated[bool, typer.Option("--replace")] = False,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    issues: Issues = None,
    buyer: Annotated[str | None, typer.Option("--buyer")] = None,
) -> int:
    """Run `verdigraph load`."""
    from reports.commands.load import load

    return load(sources, store, add=add, replace=replace, strict=strict, issues=issues, buyer=buyer, lang=context.obj)


@app.command(
    "ask",
    cls=PagedCommand,
    add_help_option=False,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def ask_command(context: typer.Context) -> None:
    """Run `verdigraph ask`: every question has options of its own, read in `reports.flags`."""
    if HELP & set(context.args) and asked_question(context.args) is None:
        show_page("ask", context)
    from reports.commands.ask import ask

    ask(context.args, context.obj)


@app.command(
    "assess",
    cls=PagedCommand,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def assess_command(context: typer.Context) -> None:
    """Run `verdigraph assess`: its options are read in `reports.flags`, as those of `ask`."""
    from reports.commands.assess import assess

    assess(context.args, context.obj)


@app.command(
    "plan",
    cls=PagedCommand,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def plan_command(context: typer.Context) -> None:
    """Run `verdigraph plan`: its options are read in `reports.flags`, as those of `ask`."""
    from reports.commands.plan import plan

    plan(context.args, context.obj)


@app.command(
    "what-if",
    cls=PagedCommand,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def what_if_command(context: typer.Context) -> None:
    """Run `verdigraph what-if`: its options are read in `reports.flags`, as those of `ask`."""
    from reports.commands.what_if import what_if

    what_if(context.args, context.obj)


@app.command("export", cls=PagedCommand)
def export_command(
    context: typer.Context,
    store: Store,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT")],
    out: Annotated[Path | None, typer.Option("--out")] = None,
    made_for: Annotated[str | None, typer.Option("--for")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of")] = None,
    snapshot: Annotated[str | None, typer.Option("--snapshot")] = None,
) -> None:
    """Run `verdigraph export`."""
    from reports.commands.export import export

    export(store, to, out, made_for, as_of, context.obj, snapshot)


@app.command("snapshots", cls=PagedCommand)
def snapshots_command(
    context: typer.Context, store: Store, use: Annotated[str | None, typer.Option("--use", metavar="ID")] = None
) -> None:
    """Run `verdigraph snapshots`."""
    from reports.commands.snapshots import list_snapshots, use_snapshot

    if use is None:
        list_snapshots(store, context.obj)
    else:
        use_snapshot(store, use, context.obj)


@app.command("gc", cls=PagedCommand)
def gc_command(context: typer.Context, store: Store, keep: Annotated[int, typer.Option("--keep", min=1)] = 2) -> None:
    """Run `verdigraph gc`."""
    from reports.commands.snapshots import forget_snapshots

    forget_snapshots(store, keep, context.obj)


@app.command("serve", cls=PagedCommand)
def serve_command(
    context: typer.Context,
    store: Store,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port")] = 0,
    as_of: Annotated[str | None, typer.Option("--as-of")] = None,
    snapshot: Annotated[str | None, typer.Option("--snapshot")] = None,
) -> None:
    """Run `verdigraph serve`."""
    from reports.commands.serve import serve

    serve(store, host, port, as_of, context.obj, snapshot)


@app.command("push", cls=PagedCommand)
def push_command(
    context: typer.Context, store: Store, replace: Annotated[bool, typer.Option("--replace")] = False
) -> None:
    """Run `verdigraph push`."""
    from reports.commands.push import push

    push(store, context.obj, replace=replace)


@app.command("pull", cls=PagedCommand)
def pull_command(context: typer.Context, store: Store) -> None:
    """Run `verdigraph pull`."""
    from reports.commands.pull import pull

    pull(store, context.obj)


@app.command(
    "report",
    cls=PagedCommand,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def report_command(context: typer.Context) -> None:
    """Run `verdigraph report`: its options are read in `reports.flags`, as those of `ask`."""
    from reports.commands.report import report

    report(context.args, context.obj)


@app.command(
    "picture",
    cls=PagedCommand,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def picture_command(context: typer.Context) -> None:
    """Run `verdigraph picture`: its options are read in `reports.flags`, as those of `ask`."""
    from reports.commands.picture import picture

    picture(context.args, context.obj)


@app.command("verify", cls=PagedCommand)
def verify_command(
    context: typer.Context, store: Store, files: Annotated[list[Path] | None, typer.Argument(metavar="FILE...")] = None
) -> int:
    """Run `verdigraph verify`."""
    from reports.commands.verify import verify_files

    return verify_files(files or [], store, context.obj)


@app.command("fictional", cls=PagedCommand)
def fictional_command(context: typer.Context, out: Out, enterprises: Enterprises = 3_000, seed: Seed = 1) -> None:
    """Run `verdigraph fictional`."""
    from reports.commands.fictional import fictional

    fictional(enterprises, seed, out, context.obj)


def main(words: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit status; whatever fails is one sentence in each language."""
    lang = "zh"
    mend_encoding()
    try:
        lang, rest = language(sys.argv[1:] if words is None else words)
        status = app(rest, prog_name="verdigraph", standalone_mode=False, obj=lang)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    except SystemExit as left:
        # typer itself ends with 1 when the reader of a pipe has gone
        return _reader_left() if left.code == 1 else 2
    except Exception as error:
        if os.environ.get("VERDIGRAPH_DEBUG"):
            raise
        say(worded(error).sentence(lang, on_command_line))
        return 2
    return status if isinstance(status, int) else 0


def language(words: Sequence[str]) -> tuple[str, list[str]]:
    """Return the language asked for and the words without it.

    `--lang` may stand anywhere and is read before everything else, so that even a wrong option is told in it.
    """
    lang, rest, left = "zh", [], iter(words)
    for word in left:
        option, _, value = word.partition("=")
        if option == "--lang":
            lang = value or next(left, "")
        else:
            rest.append(word)
    if lang not in ("zh", "en"):
        raise DoesNotFitError("lang", lang, Bilingual("只能是 zh 或 en", "zh or en is expected"))
    return lang, rest


def _reader_left() -> int:
    """End quietly when `head` or a pager has read enough."""
    close_quietly()
    return 0
