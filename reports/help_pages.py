"""The pages that `--help` shows: written for people, Chinese first, with commands to copy.

Plain text, because it must stand on the screen at once and on any terminal. A test holds every page to the
options that its command really has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer import Context

PAGES: dict[str, tuple[str, str]] = {
    "verdigraph": (
        """\
绿谱 Verdigraph：把绿色工厂、园区、供应链和第三方机构的名录连成图谱，回答占比、覆盖与影响。

用法  verdigraph [--lang zh|en] 命令 [选项]

  demo       先看一遍：虚构省份，从名录到答案
  load       把名录载入数据目录
  ask        提问；不写问题时列出全部问题
  fictional  生成任意规模的虚构省份名录

例
  verdigraph demo
  verdigraph load 名录/ --store store
  verdigraph ask 园区绿色工厂占比 --store store
  verdigraph ask leader-ratio --store store --tier provincial --format xlsx --out 链主.xlsx

每个命令都有自己的说明：verdigraph 命令 --help。In English: verdigraph --help --lang en""",
        """\
Verdigraph (绿谱): lists of green factories, parks, supply chains and agencies in; shares and effects out.

usage  verdigraph [--lang zh|en] COMMAND [OPTIONS]

  demo       the main job once, on a fictional province: from lists to answers
  load       load lists into a store
  ask        ask a question; without one, list them all
  fictional  write the lists of a fictional province of any size

examples
  verdigraph demo
  verdigraph load lists/ --store store
  verdigraph ask park-share --store store
  verdigraph ask leader-ratio --store store --tier provincial --format xlsx --out leaders.xlsx

Every command has a page of its own: verdigraph COMMAND --help""",
    ),
    "demo": (
        """\
先看一遍：生成一个约 3,000 家企业的虚构省份，载入，回答全部问题，留下名录、数据和答案。

用法  verdigraph demo [--out 目录]

  --out 目录     结果放在哪里（默认 verdigraph-demo）；不会动已有其他内容的目录
  --lang zh|en   输出语言（默认 zh）

例
  verdigraph demo
  verdigraph demo --out /tmp/demo --lang en""",
        """\
The main job once: make a fictional province of about 3,000 enterprises, load it, answer every question.

usage  verdigraph demo [--out DIR]

  --out DIR      where lists, store and answers go (default verdigraph-demo); no folder with other content
  --lang zh|en   language of the output (default zh)

examples
  verdigraph demo
  verdigraph demo --out /tmp/demo --lang en""",
    ),
    "load": (
        """\
把名录载入数据目录。来源可以是文件夹，或 xlsx、xls、csv、txt、docx、pdf 文件；表的种类由表头识别。

用法  verdigraph load 来源... --store 目录 [选项]

  --store 目录       数据目录（默认取环境变量 VERDIGRAPH_STORE）
  --add              保留其他来源，只更新这次给出的（按路径）
  --replace          允许原来有内容的表变空
  --strict           有错误或警告时，以状态 1 结束（数据仍然载入）
  --issues 文件.xlsx  把问题清单、疑似同名和读取统计写成工作簿
  --lang zh|en       输出语言（默认 zh）

每张表、每个来源都列出：读取 = 载入 + 合并 + 未载入 + 标题与合计。有问题的行说明文件、工作表、行、列、内容、
应为什么、怎么改，其余的行照常载入。中途打断不影响原有数据。
结束状态：0 已载入；1 --strict 且有错误或警告；2 什么都没能载入，或用法不对。

例
  verdigraph load 名录/ --store store
  verdigraph load 2025年省级名单.xlsx --store store --add --issues 问题.xlsx""",
        """\
Load lists into a store: folders, or xlsx, xls, csv, txt, docx, pdf files. Headers tell the kind of table.

usage  verdigraph load SOURCE... --store DIR [OPTIONS]

  --store DIR         the store (default: VERDIGRAPH_STORE)
  --add               keep the other sources of the store, replace only those given (by path)
  --replace           allow a table that had rows to become empty
  --strict            end with status 1 on any error or warning (the data is loaded all the same)
  --issues FILE.xlsx  write issues, similar names and counts as a workbook
  --lang zh|en        language of the output (default zh)

Counts are given per table and source: read = loaded + merged + rejected + titles and totals. A bad row is told
by file, sheet, row, column, value, expectation and cure; the rest loads. A load cut short changes nothing.
Status: 0 loaded; 1 with --strict on an error or warning; 2 nothing could be loaded, or wrong use.

examples
  verdigraph load lists/ --store store
  verdigraph load provincial-2025.xlsx --store store --add --issues issues.xlsx""",
    ),
    "ask": (
        """\
提问，输出表格、csv、json 或工作簿。数据到标准输出，口径、条款和注到标准错误。

用法  verdigraph ask [问题] --store 目录 [--as-of 日期] [问题自己的选项]

  不写问题               列出全部问题
  问题 --help            这个问题的选项、列与口径
  --store 目录           数据目录（默认取环境变量 VERDIGRAPH_STORE）
  --as-of 日期           截至哪一天（默认今天），如 2025-06-30、2025年6月30日
  --format 格式          table、csv、json、xlsx；不写时看 --out 的扩展名，否则为表格
  --out 文件             写入文件（csv 带 BOM，Excel 可直接打开）
  --rows 行数            屏幕上最多显示几行（默认 50），all 为全部
  --engine memory        在内存中回答
  --lang zh|en           表头与说明的语言（默认 zh）

例
  verdigraph ask 园区绿色工厂占比 --store store --tier provincial --threshold 5%
  verdigraph ask ban-reach --store store --as-of 2025-06-30 --out 影响.xlsx
  verdigraph ask leader-ratio --store store --depth 2 --key-only --format csv > leaders.csv""",
        """\
Ask a question; the answer is a table, csv, json or a workbook. Data goes to standard output, words to
standard error.

usage  verdigraph ask [QUESTION] --store DIR [--as-of DATE] [OPTIONS OF THE QUESTION]

  no question            list all questions
  QUESTION --help        options, columns and definition of one
  --store DIR            the store (default: VERDIGRAPH_STORE)
  --as-of DATE           answer as of this day (default: today)
  --format FORMAT        table, csv, json, xlsx; else the ending of --out decides, else table
  --out FILE             write to a file (csv with a byte order mark, for Excel)
  --rows N               rows shown on a terminal (default 50), or `all`
  --engine memory        answer in memory
  --lang zh|en           language of heads and words (default zh)

examples
  verdigraph ask park-share --store store --tier provincial --threshold 5%
  verdigraph ask ban-reach --store store --as-of 2025-06-30 --out effects.xlsx
  verdigraph ask leader-ratio --store store --depth 2 --key-only --format csv > leaders.csv""",
    ),
    "fictional": (
        """\
生成虚构省份的名录：城市是真的，企业、园区、机构都是虚构的。小规模写成规划人员手里那样的文件夹，大规模写成纯表。

用法  verdigraph fictional --out 目录 [选项]

  --out 目录         写到哪里
  --enterprises N    企业数（默认 3000，最多 1000000）
  --seed S           种子（默认 1）；种子相同，结果相同
  --lang zh|en       输出语言（默认 zh）

例
  verdigraph fictional --out 名录 --enterprises 3000
  verdigraph fictional --out big --enterprises 1000000 --seed 7""",
        """\
Write the lists of a fictional province: real cities, fictional names. Small ones look like a planner's
folder, large ones are plain tables.

usage  verdigraph fictional --out DIR [OPTIONS]

  --out DIR          where to
  --enterprises N    how many (default 3000, at most 1000000)
  --seed S           same seed, same province (default 1)
  --lang zh|en       language of the output (default zh)

examples
  verdigraph fictional --out lists --enterprises 3000
  verdigraph fictional --out big --enterprises 1000000 --seed 7""",
    ),
}


HELP = {"-h", "--help"}


def page_of(command: str, lang: str) -> str:
    """Return the page of a command in a language."""
    return PAGES[command][0 if lang == "zh" else 1]


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
        return super().parse_args(ctx, args)


def show_page(command: str, ctx: Context | Any) -> NoReturn:
    """Write a page in the language of the command line (`ctx.obj`) and end well."""
    typer.echo(page_of(command, ctx.obj))
    raise typer.Exit
