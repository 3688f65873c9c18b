"""Clause mirror: what carries each sentence of a policy text, with which values; how many units pass, fail or are unknown.

The map (`law/clause_map/`) holds places, not sentences: those are read from the texts that the user names. A place whose carrier
is gone, because a rule was deleted or a rule set lacks it, is `missing`; a sentence that the map lacks is `unmapped`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from graph_model.bilingual import Bilingual
from queries.answers.columns import columns
from queries.answers.frame import counts
from queries.asking.options import option
from queries.asking.question import Options, Question
from queries.law.clause_map import clause_maps
from queries.law.policy_text import Sentence, read_policy
from queries.law.ruleset import RulesOption, ruleset_for
from queries.law.ruleset_model import SourceDocument
from queries.planning.plan_options import Several
from queries.questions.clauses.mirror import NONE, Mirror

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph_model.view import View
    from queries.law.rules import Rules

COLUMNS = columns(
    "document@map", "place@map", "sentence", "status@map", "rules@map", "questions@map", "because", "because_en", "values",
    "passed@map", "failed", "warned", "unknown@map", "findings@map",
)  # fmt: skip
COUNTED: Final = ("passed", "failed", "warned", "unknown", "findings")
DEFAULT_SETS: Final = {SourceDocument.DRAFT: "js-draft", SourceDocument.PLAN: "js-2016"}


class ClausesOptions(Options):
    """The texts of the user, and under which rules the places are looked at."""

    text: Several = option((), "政策文本（txt），可给几个", "policy texts (txt), one or more")
    rules: RulesOption | None = option(
        None, "规则集；不写则征求意见稿用 js-draft、实施方案用 js-2016", "rule set; else that of each document"
    )
    rules_file: str | None = option(None, "自己的规则集文件（YAML）", "a rule set file of your own (YAML)")


def mirrors(view: View, options: ClausesOptions) -> list[Mirror]:
    """Return a mirror per document: of the texts given, else of every document that has a map."""
    given: dict[SourceDocument, list[Sentence]] = {}
    for path in options.text:
        for sentence in read_policy(Path(path)):
            given.setdefault(sentence.document, []).append(sentence)
    documents: Sequence[SourceDocument] = list(given) or list(clause_maps())
    return [
        Mirror(view, clause_maps()[document], _rules_for(view, document, options), tuple(given.get(document, ())))
        for document in documents
    ]


def _rules_for(view: View, document: SourceDocument, options: ClausesOptions) -> Rules:
    """Return the rule set asked for where it is of the document, else the document's own."""
    if options.rules is not None or options.rules_file is not None:
        asked = ruleset_for(view.day, options.rules, options.rules_file)
        if asked.set.document == document:
            return asked
    return ruleset_for(view.day, DEFAULT_SETS[document])


def in_memory(view: View, options: ClausesOptions) -> pd.DataFrame:
    """Gather a row a sentence, or a row a place."""
    rows = [row for mirror in mirrors(view, options) for row in mirror.rows()]
    return pd.DataFrame(rows, columns=[column.name for column in COLUMNS])


def conclude(facts: pd.DataFrame, _options: ClausesOptions) -> pd.DataFrame:
    """Return the rows in the order of the documents."""
    numbers = {name: facts[name].fillna(NONE).to_numpy(dtype=np.int64) for name in COUNTED}
    texts = {
        column.name: pd.Series(facts[column.name], dtype="str") for column in COLUMNS if column.name not in COUNTED
    }
    return facts.assign(**texts, **{name: counts(values, values >= 0) for name, values in numbers.items()})


def notes(view: View, options: ClausesOptions) -> list[Bilingual]:
    """Tell the coverage of each document, and that nothing of the texts is kept."""
    sentences = []
    for mirror in mirrors(view, options):
        statuses = Counter("unmapped" if place is None else mirror.status(place) for place, _ in mirror.places())
        unit = ("句", "sentences") if mirror.sentences else ("处", "places")
        zh = f"已对应 {statuses['carried']}，部分对应 {statuses['partly']}，不执行并写明原因 {statuses['not_enforced']}"
        en = f"{statuses['carried']} carried, {statuses['partly']} partly, {statuses['not_enforced']} not enforced for a reason"
        sentences.append(
            Bilingual(
                f"{mirror.map.title}（规则集 {mirror.rules.set.id}）共 {statuses.total()} {unit[0]}：{zh}，"
                f"缺失 {statuses['missing']}，未对应 {statuses['unmapped']}",
                f"{mirror.map.document} (rule set {mirror.rules.set.id}), {statuses.total()} {unit[1]}: {en}, "
                f"{statuses['missing']} missing, {statuses['unmapped']} unmapped",
            )
        )
    if not options.text:
        sentences.append(Bilingual("没有给出政策文本，只列位置", "no policy text was given: places only"))
    return sentences


QUESTION = Question(
    name="clauses",
    title=Bilingual("条文对照", "clause mirror"),
    definition=Bilingual(
        "政策文本逐句列出由哪条规则、持续责任、截止日、问题或数据承担，或者不执行的原因，以及规则集中出自该条的取值和今日通过、不符合、提醒、"
        "未知的单位数（省级申报，规则不适用省级的按其层级；三类单位合计）和核查项数。文本由使用者用 --text 给出，程序不保存条文。",
        "each sentence of a policy text with the rule, duty, deadline, question or table that carries it, or why nothing does, the "
        "dated values from it, and how many units pass, fail, are warned or unknown today (provincial tier, or the rule's own; all "
        "three kinds of unit together), and the findings of the audit. Texts are the user's; nothing of them is kept.",
    ),
    columns=COLUMNS,
    clause_ids=("D-03", "D-18"),
    options=ClausesOptions,
    row_id="place",
    filters=frozenset(),
    in_memory=in_memory,
    conclude=conclude,
    notes_in_memory=notes,
    place=135,
)
