"""D-07: units with certain tags (节水型, 专精特新小巨人, 零碳园区 …) are a focus of cultivation. For information only.

It bars nobody and clears nobody: a unit without a tag is as free to apply as one with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph_model.bilingual import Bilingual
from queries.law.rule import FACTORY, PARK, Citation, Decision, Rule, SourceDocument, not_applicable, passes

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = Citation(SourceDocument.DRAFT, 7, None, Bilingual("重点培育对象", "the focus of cultivation"))


class FocusTagFacts(NamedTuple):
    """Tags as they are written, several in one text."""

    tags: str | None = None


def decide(facts: FocusTagFacts, rules: Rules) -> Decision:
    """Tell which tags of the set the unit carries."""
    found = [tag for tag in rules.value("focus_tags") if tag in (facts.tags or "")]
    if not found:
        return not_applicable("没有重点标签（仅供参考）", "no focus tag (for information)")
    return passes(f"重点标签：{'、'.join(found)}（仅供参考）", f"focus tags: {', '.join(found)} (for information)")


RULE = Rule("D-07", CITATION, (FACTORY, PARK), FocusTagFacts, decide, needs=("focus_tags",))
