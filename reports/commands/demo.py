"""`verdigraph demo`: the main job in one go, on a fictional province: lists in, answers out."""

from __future__ import annotations

import shlex
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from graph_model.errors import UsageError
from loaders import load
from loaders.fictional import DEMO_DAY, fictional_province, write_province
from queries import open_store
from reports.grid import grid
from reports.issue_workbook import issues_bytes
from reports.load_summary import print_summary
from reports.terminal import Working, either, page
from reports.writing import write_answer, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from queries import Answer, Session

ENTERPRISES = 3_000
SEED = 20
TOP = 5
"""Rows of each answer that the demo prints."""
WIDE = 110
"""Places the tables take where standard output is no terminal."""
SUBJECTS = {"park": "park_id", "leader": "leader_id", "unit": "unit_id"}
"""Options by which a question is about one unit, and the column of answers that names such units."""
NOTE = "README.txt"
"""Tells people what the folder is, and the next demo that it may write here again."""
NOTE_TEXT = """\
绿谱演示：虚构省份，企业、园区、机构均为虚构。sources 是名录，可照此准备自己的名录；store 是载入后的数据；
其余是各个问题的答案。本目录可随时删除；再次运行 verdigraph demo 会重写。

Verdigraph demo: a fictional province. sources: the lists; store: what was loaded; the rest: the answers.
"""
FAREWELL_ZH = """
已写入 {out}：
  sources/       名录，可照此准备自己的名录
  store/         载入后的数据
  *.csv、*.xlsx  每个问题的答案；plan 是培育计划，issues.xlsx 是导入问题清单
接下来可以试试：
  verdigraph ask park-share --store {store} --as-of {day} --tier provincial --threshold 5%
  verdigraph plan --store {store} --as-of {day} --count 50 --city-max 8 --out 培育计划.xlsx
  verdigraph load {sources} --store my-store --issues issues.xlsx"""
FAREWELL_EN = """
written to {out}:
  sources/       the lists, as a planner would keep them
  store/         what was loaded from them
  *.csv, *.xlsx  every answer; plan is whom to cultivate next, issues.xlsx what the load found
try next:
  verdigraph ask park-share --store {store} --as-of {day} --tier provincial --threshold 5%
  verdigraph plan --store {store} --as-of {day} --count 50 --city-max 8 --out plan.xlsx
  verdigraph load {sources} --store my-store --issues issues.xlsx"""


def demo(out: Path, lang: str) -> None:
    """Make a fictional province, load it, answer every question; leave lists, store and answers in `out`."""
    _make_room(out)
    console = page()
    with Working(either(lang, "正在生成虚构省份", "making a fictional province")) as working:
        _make_sources(out)
        summary = load([out / "sources"], out / "store", replace=True, progress=working)
    print_summary(summary, console, lang)
    write_whole(out / "issues.xlsx", issues_bytes(summary))
    session = open_store(out / "store")
    for answer in answers(session):
        _print_top(answer, console, lang)
        for form in ("csv", "xlsx"):
            write_answer(answer, form, out / f"{answer.question}.{form}", lang)
    _print_plan(session.plan(as_of=DEMO_DAY), out, console, lang)
    console.print("\n".join(_farewell(out, lang)), soft_wrap=True)


def answers(session: Session) -> Iterator[Answer]:
    """Yield the answer to every question; about the first park, leader or green supplier where one is wanted."""
    first: dict[str, str] = {}
    for question in session.questions():
        fields = question.options.model_fields
        options = {unit: first[unit] for unit in SUBJECTS if unit in fields and fields[unit].is_required()}
        answer = session.ask(question.name, as_of=DEMO_DAY, **options)
        for unit, column in SUBJECTS.items():
            for id in _ids(answer, unit, column)[:1]:
                first.setdefault(unit, id)
        yield answer


def _ids(answer: Answer, unit: str, column: str) -> list[str]:
    """Return the ids in an answer that a later question may be about: parks, leaders, and suppliers that are green."""
    if column not in answer.table or (unit == "unit" and answer.question != "leader-suppliers"):
        return []
    table = answer.table
    shown = table["green"].fillna(False).astype(bool) if unit == "unit" else table[column].notna()
    ids: list[str] = table[column][shown].tolist()
    return ids


def _make_room(out: Path) -> None:
    """Make the folder; one that is full of something else is not touched."""
    if out.is_dir() and any(out.iterdir()) and not (out / NOTE).exists():
        raise UsageError(
            f"{out} 里已有别的内容，请用 --out 指定一个新目录",
            f"{out} holds something else: name a new folder with --out",
        )
    out.mkdir(parents=True, exist_ok=True)
    (out / NOTE).write_text(NOTE_TEXT, encoding="utf-8")


def _make_sources(out: Path) -> None:
    """Write the lists in a temporary place, then put them where they stay: whole or not at all."""
    with tempfile.TemporaryDirectory(dir=out, prefix=".making-") as making:
        place = Path(making) / "sources"
        write_province(fictional_province(ENTERPRISES, SEED), place)
        if (out / "sources").exists():
            shutil.rmtree(out / "sources")
        place.rename(out / "sources")


def _print_plan(plan: Answer, out: Path, console: Console, lang: str) -> None:
    """Print whom to cultivate next, what it comes to, and write it."""
    _print_top(plan, console, lang, "verdigraph plan")
    for line in plan.summary:
        console.print(line.in_(lang), soft_wrap=True)
    for form in ("csv", "xlsx"):
        write_answer(plan, form, out / f"plan.{form}", lang)


def _print_top(answer: Answer, console: Console, lang: str, command: str = "") -> None:
    drawn = grid(answer, lang, console.width if console.is_terminal else WIDE, TOP)
    about = [f" --{name} {answer.options[name]}" for name in SUBJECTS if answer.options.get(name)]
    command = command or f"verdigraph ask {answer.question}{''.join(about)}"
    console.print(f"\n{answer.title.in_(lang)}　{command}", style="bold", soft_wrap=True)
    console.print(drawn.table)
    columns = len(drawn.left_out)
    top, rows = min(TOP, len(answer.table)), f"{len(answer.table):,}"
    more = either(lang, f"；另有 {columns} 列在 csv 与 xlsx 中", f"; {columns} more columns in csv and xlsx")
    line = either(lang, f"前 {top} 行，共 {rows} 行", f"first {top} of {rows} rows")
    console.print(line + (more if columns else ""))


def _farewell(out: Path, lang: str) -> list[str]:
    """Return what was written where, and three commands to try next."""
    store = shlex.quote(str(out / "store"))
    sources = shlex.quote(str(out / "sources"))
    words = FAREWELL_ZH if lang == "zh" else FAREWELL_EN
    return [line.format(out=out, store=store, sources=sources, day=DEMO_DAY) for line in words.splitlines()]
