"""The cases of every rule, `cases/<rule>.yaml`, decided as a day and a rule set have it.

`python -m tests.queries.law.case_table` writes `reasons.yaml` anew: what a person reads in each case, to be read before it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from queries.law.rule import Decision, Rule
from queries.law.rulebook import RULES
from queries.law.rules import Rules
from queries.law.ruleset import ruleset_for

CASES = Path(__file__).parent / "cases"
REASONS = Path(__file__).parent / "reasons.yaml"
FILES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.yaml"))}
DAY = date(2025, 6, 30)


def cases() -> Iterator[tuple[Rule, dict[str, Any]]]:
    """Every rule with each of its cases."""
    return ((RULES[rule], file | case) for rule, file in FILES.items() for case in file["cases"])


def decided(rule: Rule, case: dict[str, Any]) -> Decision:
    """What a rule decides of the facts of a case, by the rule set, on the day and for the tier that it names."""
    facts = TypeAdapter(rule.facts).validate_python(case["facts"], extra="forbid")
    bound = ruleset_for(case.get("day", DAY), case.get("rules", "js-draft"))
    tier = case.get("tier", "provincial")
    return rule.judge(facts, Rules(bound.set, bound.day, case.get("propagation"), tier), tier)


def words(decision: Decision) -> dict[str, list[str]]:
    """What a person reads of a decision, in both languages, and the rows of tables that it rests on beside its facts."""
    read = {"reason": [decision.reason.zh, decision.reason.en]}
    if decision.act is not None:
        read["act"] = [decision.act.zh, decision.act.en]
    if decision.rows:
        read["rows"] = [f"{table} {row}" for table, row in decision.rows]
    return read


def reasons() -> dict[str, dict[str, dict[str, list[str]]]]:
    """What is read in each case, by rule and case."""
    table: dict[str, dict[str, dict[str, list[str]]]] = {}
    for rule, case in cases():
        table.setdefault(rule.id, {})[case["case"]] = words(decided(rule, case))
    return table


if __name__ == "__main__":
    REASONS.write_text(yaml.safe_dump(reasons(), allow_unicode=True, sort_keys=False, width=140), encoding="utf-8")
