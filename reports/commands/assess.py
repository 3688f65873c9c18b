"""`verdigraph assess`: who may be recommended, why not, and when; one unit or all of a category."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import UsageError
from queries.answers.columns import columns
from queries.answers.labels import code_words
from queries.eligibility.assess import AssessOptions
from queries.eligibility.assessment_table import VERDICTS
from reports.delivery import deliver, in_memory_only, opened, say_about, wanted
from reports.flags import Flag, flags_of, read_options
from reports.letters.working_paper import write_papers
from reports.terminal import Working, either, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from queries.eligibility.assessment import Assessment

PAPERS = (
    Flag(
        "papers",
        "另写每个单位的审查底稿（docx）到这个目录",
        "also write a working paper (docx) per unit into this folder",
    ),
    Flag(
        "text", "政策文本（txt），底稿中列出条文", "policy texts (txt), whose words the papers then give", repeated=True
    ),
)
SWITCHES = (
    Flag("all", "核对全部单位", "assess all units", switch=True),
    Flag("summary", "每个单位只要一行结论", "one row per unit only", switch=True),
)

_CURE = Bilingual("单位用 --unit 指明，名称带空格时加引号", "name a unit with --unit, in quotes if it has spaces")


def assess(words: Sequence[str], lang: str) -> None:
    """Assess what the words of the command line name."""
    asked = read_options(words, (*flags_of(AssessOptions), *SWITCHES, *PAPERS), _CURE)
    options, common = dict(asked.own), asked.common
    papers, texts = options.pop("papers", None), options.pop("text", [])
    everybody, summary = options.pop("all", False), options.pop("summary", False)
    if everybody == ("unit" in options):
        raise UsageError("请写 --unit 单位 或 --all，二者之一", "give either --unit NAME or --all")
    in_memory_only(common)
    to = wanted(common)
    with Working(either(lang, "正在核对", "assessing")):
        session = opened(common)
        assessment = session.assess(as_of=common.get("as_of") or date.today(), **options)
    if to.form == "table" and to.out is None and not everybody and not summary:
        deliver(assessment.verdicts, to, lang)
    answer = assessment.verdicts if summary else assessment.findings
    deliver(answer, to, lang)
    say_about(answer, to, lang)
    say(_in_short(assessment, lang))
    if papers is not None:
        written = write_papers(session, assessment, Path(papers), texts)
        say(
            either(
                lang,
                f"已写入审查底稿 {len(written):,} 份：{papers}",
                f"wrote {len(written):,} working papers to {papers}",
            )
        )


def _in_short(assessment: Assessment, lang: str) -> str:
    """Return how many units have which verdict."""
    counts = assessment.verdicts.table["verdict"].value_counts()
    [column] = columns("verdict")
    parts = [f"{code_words(column, verdict, lang)} {int(counts.get(verdict, 0)):,}" for verdict in VERDICTS]
    units = f"{len(assessment.verdicts.table):,}"
    return either(lang, f"共 {units} 个单位：{'，'.join(parts)}", f"{units} units: {', '.join(parts)}")
