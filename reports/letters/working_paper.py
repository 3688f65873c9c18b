"""The working paper of a unit (审查底稿): one page with facts, rows, hashes, rules, clauses, verdict, and room for the reviewer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from graph_model.tiers import CATEGORY_ZH, TIER_ZH, Category, Tier
from queries.answers.columns import columns
from queries.answers.labels import code_words
from queries.law.clause_map import clause_maps
from queries.law.policy_text import place_words, read_policy
from queries.law.ruleset_model import SourceDocument
from reports.imprint import imprint_of
from reports.letters.word_document import PAPER_MARGINS, WordDocument
from reports.word_text import NOTE_HEADINGS
from reports.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from queries import Session
    from queries.eligibility.assessment import Assessment

SMALL: Final = 8
"""Points of the tables: one page holds a paper of twenty rules."""
HEADS: Final = ("条款", "条款要点", "判定", "理由", "依据（文件、工作表、行）")
FINDING_WIDTHS: Final = (15, 37, 8, 25, 27)
PAIR_WIDTHS: Final = (10, 30, 12, 38)
NOTE_HEIGHT: Final = 26
UNSAID: Final = "—"
SHOWN_OF_HASH: Final = 16
NOT_IN_A_FILE_NAME: Final = re.compile(r'[\\/:*?"<>|\s]+')


def write_papers(session: Session, assessment: Assessment, folder: Path, texts: Sequence[str] = ()) -> list[Path]:
    """Write a paper for every unit of an assessment into a folder; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    spoken = clause_texts(texts)
    verdicts = assessment.verdicts.table
    by_unit = dict(iter(assessment.findings.table.groupby("unit_id", sort=False)))
    paths = []
    for _, verdict in verdicts.iterrows():
        paths.append(folder / paper_name(verdict))
        write_whole(paths[-1], _paper(session, assessment, verdict, by_unit[verdict["unit_id"]], spoken, texts))
    return paths


def paper_name(verdict: pd.Series[Any]) -> str:
    """Return the file name of a unit's paper; two units of one name differ by their ids."""
    behind = str(verdict["unit_id"]).partition(":")[2][-8:]
    return NOT_IN_A_FILE_NAME.sub("_", f"底稿_{verdict['unit']}_{behind}.docx")


def paper_again(session: Session, as_of: date, options: dict[str, Any]) -> bytes:
    """Return the paper of the unit that options name, as its imprint keeps them."""
    texts = options.pop("text", [])
    assessment = session.assess(as_of=as_of, **options)
    [verdict] = [row for _, row in assessment.verdicts.table.iterrows()]
    return _paper(session, assessment, verdict, assessment.findings.table, clause_texts(texts), texts)


def clause_texts(paths: Sequence[str]) -> dict[tuple[str, str, str], str]:
    """Return what the given policy texts say of each rule, by document, rule and place."""
    spoken: dict[tuple[str, str, str], str] = {}
    for sentence in (each for path in paths for each in read_policy(Path(path))):
        place = clause_maps()[sentence.document].place_of(sentence)
        for rule in place.rules if place else ():
            key = sentence.document.value, rule, _bare(place_words(sentence.document, sentence.path))
            spoken[key] = spoken.get(key, "") + sentence.text
    return spoken


def _paper(
    session: Session,
    assessment: Assessment,
    verdict: pd.Series[Any],
    findings: pd.DataFrame,
    spoken: dict[tuple[str, str, str], str],
    texts: Sequence[str],
) -> bytes:
    rules = assessment.sheet.subjects.rules.set
    paper = WordDocument(f"审查底稿 {verdict['unit']}", PAPER_MARGINS)
    paper.title("审查底稿", 18)
    paper.pairs(_about(assessment, verdict), PAIR_WIDTHS, SMALL)
    document = rules.document or SourceDocument.DRAFT
    said = {(rule, place): text for (of, rule, place), text in spoken.items() if of == document.value}
    paper.table(
        HEADS,
        _findings(assessment, findings, said),
        FINDING_WIDTHS,
        SMALL,
    )
    if rows := list(_sources(session, findings)):
        paper.table(("所依据的文件", "SHA-256"), rows, (40, 60), SMALL - 1)
    paper.heading(NOTE_HEADINGS[0], size=10.5)
    paper.box("复核人（签名）：　　　　　　　　　　　　　　　日期：　　　　年　　月　　日", NOTE_HEIGHT, 9)
    imprint = imprint_of(assessment.findings, "zh", "paper", unit=verdict["unit_id"], text=list(texts))
    return paper.to_bytes(imprint)  # fmt: skip


def _about(assessment: Assessment, verdict: pd.Series[Any]) -> Iterator[tuple[str, str, str, str]]:
    """Yield labels and values, two of each a line."""
    rules = assessment.sheet.subjects.rules.set
    [column] = columns("verdict")
    what = f"{TIER_ZH[Tier.of(verdict['tier'])]}{CATEGORY_ZH[Category(verdict['category'])]}"
    yield "单位", str(verdict["unit"]), "统一社会信用代码", _text(verdict["uscc"])
    yield "设区市", _text(verdict["city"]), "申报类别与层级", what
    yield "结论", code_words(column, str(verdict["verdict"])), "最早可申报日期", _day(verdict["earliest"])
    yield "截至日期", assessment.sheet.subjects.view.day.isoformat(), "数据快照", assessment.snapshot or UNSAID
    yield "须办事项", _text(verdict["act"]), "规则集", f"{rules.mark.zh}　SHA-256 {rules.sha256[:SHOWN_OF_HASH]}…"


def _findings(
    assessment: Assessment, findings: pd.DataFrame, said: dict[tuple[str, str], str]
) -> Iterator[tuple[str, ...]]:
    """Yield a row a rule that applies, and one that names those that do not; a caption gives way to the text where there is one."""
    captions = {clause.id: clause.zh for clause in assessment.findings.clauses}
    [column] = columns("outcome")
    applying = findings[findings["outcome"] != "not_applicable"]
    for _, finding in applying.iterrows():
        rule = str(finding["rule"])
        reason = _text(finding["reason"]) + (
            f"（至 {_day(finding['earliest'])}）" if pd.notna(finding["earliest"]) else ""
        )
        caption = _spoken(said, rule, str(finding["clause"])) or captions.get(rule, "")
        outcome = code_words(column, str(finding["outcome"]))
        yield _text(finding["clause"]), caption, outcome, reason, _text(finding["evidence"])
    others = findings[findings["outcome"] == "not_applicable"]["clause"].tolist()
    if others:
        yield "不适用", "、".join(dict.fromkeys(map(str, others))), code_words(column, "not_applicable"), "", ""


def _spoken(said: dict[tuple[str, str], str], rule: str, clause: str) -> str:
    """Return what a text says of a rule at the place of its clause."""
    return "".join(text for (of, place), text in said.items() if of == rule and _bare(clause).endswith(place))


def _bare(place: str) -> str:
    """Return a place without its first paragraph, which is left out where an article has one alone or items."""
    return place.replace("第一款", "")


def _sources(session: Session, findings: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Yield the files that the findings rest on, each with the hash of its bytes."""
    evidence = "；".join(findings["evidence"].dropna().astype(str))
    yield from ((name, sha256) for name, sha256 in session.sources.items() if name in evidence)


def _text(value: Any) -> str:
    return UNSAID if value is None or pd.isna(value) else str(value)


def _day(value: Any) -> str:
    return UNSAID if pd.isna(value) else str(value)[:10]
