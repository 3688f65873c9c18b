"""The two that answer a case: the reference and the product, each asked in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import product
from pathlib import Path
from shutil import rmtree
from typing import Any, Protocol

import pandas as pd

from tests.reference.day import Day
from tests.reference.eligibility import Question, assess, verdict
from tests.reference.facts import Facts
from tests.reference.rulebook import default_rules
from tests.rulebook_cases.cells import NAMES, values_of, write_texts
from tests.rulebook_cases.reading import Case, Texts, subject

Told = set[Any]
"""What may come out: one value where the contract decides."""


class Answers(Protocol):
    def assessed(self, case: Case, unit: str, category: str) -> dict[str, Told]: ...

    def audited(self, case: Case) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]: ...

    def reasons(self, case: Case, rule: str, unit: str) -> list[str] | None: ...

    def asked(self, question: str, day: date, options: dict[str, Any]) -> list[dict[str, Any]]: ...


def wrong_answers(case: Case, answers: Answers) -> list[str]:
    """Everything that comes out otherwise than the case says."""
    assert case.assess or case.audit or case.ask, f"{case.id} expects nothing"
    return [*wrong_assessments(case, answers), *wrong_duties(case, answers), *wrong_rows(case, answers)]


def wrong_assessments(case: Case, answers: Answers) -> Iterator[str]:
    for written, expected in case.assess.items():
        unit, category = subject(written)
        told = answers.assessed(case, NAMES.get(unit, unit), category)
        for key, value in expected.items():
            allowed = set(value.split("|")) if isinstance(value, str) else {value}
            if key == "act":
                if "act" in told and not any(value in str(act) for act in told["act"]):
                    yield f"{written} act: {value} expected in {told['act']}"
            elif not told.get(key, {"absent"}) <= allowed:
                yield f"{written} {key}: {allowed} expected, {told.get(key)} came"


def wrong_duties(case: Case, answers: Answers) -> Iterator[str]:
    if not case.audit:
        return
    certain, possible = answers.audited(case)
    for row in case.audit.get("has", []):
        if not any(matches(row, told) for told in certain):
            yield f"audit: {row} expected, {sorted(map(str, certain))} came"
    yield from wrong_sentences(case, answers)
    for row in case.audit.get("lacks", []):
        if any(matches(row, told) for told in possible):
            yield f"audit: no {row} expected, {sorted(map(str, possible))} came"


def wrong_sentences(case: Case, answers: Answers) -> Iterator[str]:
    """What a row says in words: (rule, unit, text); the reference has no words."""
    for rule, unit, words in [*case.audit.get("said", []), *case.audit.get("unsaid", [])]:
        reasons = answers.reasons(case, rule, NAMES.get(unit, unit))
        if reasons is not None and any(words in reason for reason in reasons) != (
            [rule, unit, words] in case.audit.get("said", [])
        ):
            yield f"audit: {rule} {unit} {words}: {reasons}"


def matches(row: list[str], told: tuple[Any, ...]) -> bool:
    """(rule, unit, severity), the later ones free where they are not written."""
    return all(NAMES.get(mine, mine) == theirs for mine, theirs in zip(row, told, strict=False))


def wrong_rows(case: Case, answers: Answers) -> Iterator[str]:
    for asked in case.ask:
        options = {k: NAMES.get(v, v) if isinstance(v, str) else v for k, v in asked.get("options", {}).items()}
        rows = answers.asked(asked["question"], case.day, options)
        where = {k: NAMES.get(v, v) if isinstance(v, str) else v for k, v in asked.get("where", {}).items()}
        found = [row for row in rows if all(row.get(k) == v for k, v in where.items())]
        if asked.get("expect") is None:
            yield from [f"{asked['question']}: no row {where} expected"] if found else []
        elif len(found) != 1:
            yield f"{asked['question']}: {len(found)} rows {where} in {rows}"
        else:
            yield from wrong_cells(asked, found[0])


def wrong_cells(asked: dict[str, Any], row: dict[str, Any]) -> Iterator[str]:
    for column, written in asked["expect"].items():
        value = NAMES.get(written, written) if isinstance(written, str) else written
        came = row.get(column, "absent")
        if came != value and not (isinstance(value, float) and came is not None and abs(came - value) < 1e-12):
            yield f"{asked['question']} {column}: {value!r} expected, {came!r} came"


class OfReference:
    def __init__(self, texts: Texts) -> None:
        self.facts = Facts(values_of(texts))

    def assessed(self, case: Case, unit: str, category: str) -> dict[str, Told]:
        day = Day(self.facts, case.day)
        found = self.facts.who.kinds["park" if category == "park" else "enterprise"].find(unit)
        rules = case.rules or default_rules(case.day)
        findings = assess(day, found, category, case.tier, rules, propagation=case.propagation)
        asked = Question(day, found, category, case.tier, rules)
        told: dict[str, Told] = {rule: set(one.outcome) for rule, one in findings.items()}
        told |= {f"{rule}.heals": set(one.heals) for rule, one in findings.items() if "fail" in one.outcome}
        ways = list(product(*[sorted(one.outcome) for one in findings.values()]))
        heals = list(product(*[sorted(one.heals, key=str) for one in findings.values()]))
        verdicts = [
            verdict(asked, dict(zip(findings, way, strict=True)), dict(zip(findings, days, strict=True)))
            for way in ways
            for days in heals
        ]
        return told | {"verdict": {v for v, _ in verdicts}, "earliest": {d for _, d in verdicts}}

    def audited(self, case: Case) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
        from tests.reference.audit import audit

        rules = case.rules or default_rules(case.day)
        rows = audit(Day(self.facts, case.day), rules, case.propagation or "literal")
        told = [((row.rule, row.unit_name, row.severity), row.certain) for row in rows]
        return {row for row, certain in told if certain}, {row for row, _ in told}

    def reasons(self, case: Case, rule: str, unit: str) -> None:
        """The reference has no words."""
        del case, rule, unit

    def asked(self, question: str, day: date, options: dict[str, Any]) -> list[dict[str, Any]]:
        from tests.reference.answer import answer

        return answer(self.facts, question, day, **options)


class OfProduct:
    """One folder and one store serve all cases: what a case leaves as it was is not read again."""

    def __init__(self, texts: Texts, folder: Path) -> None:
        from loaders import load
        from queries import open_store

        rmtree(folder / "source", ignore_errors=True)
        write_texts(texts, folder / "source")
        load([folder / "source"], store=folder / "store", replace=True)
        self.session = open_store(folder / "store")

    def assessed(self, case: Case, unit: str, category: str) -> dict[str, Told]:
        more = {"park_propagation": case.propagation} if case.propagation else {}
        answer = self.session.assess(unit, as_of=case.day, category=category, tier=case.tier, rules=case.rules, **more)
        told: dict[str, Told] = {}
        for row in plain_rows(answer.findings.table):
            told[row["rule"]] = {row["outcome"]}
            told[row["rule"] + ".heals"] = {row["earliest"]}
        (row,) = plain_rows(answer.verdicts.table)
        return told | {"verdict": {row.get("verdict")}, "earliest": {row["earliest"]}, "act": {row["act"]}}

    def audited(self, case: Case) -> tuple[set[tuple[Any, ...]], set[tuple[Any, ...]]]:
        more = {"park_propagation": case.propagation} if case.propagation else {}
        rows = plain_rows(self.session.ask("audit", as_of=case.day, rules=case.rules, **more).table)
        told = {(row["rule"], row["unit"], row["severity"]) for row in rows}
        return told, told

    def reasons(self, case: Case, rule: str, unit: str) -> list[str]:
        rows = plain_rows(self.session.ask("audit", as_of=case.day, rules=case.rules).table)
        return [str(row["reason"]) for row in rows if (row["rule"], row["unit"]) == (rule, unit)]

    def asked(self, question: str, day: date, options: dict[str, Any]) -> list[dict[str, Any]]:
        return plain_rows(self.session.ask(question, as_of=day, **options).table)


def plain_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of plain python values: None for every null, dates without time."""
    return [{column: plain(value) for column, value in row.items()} for row in table.to_dict("records")]


def plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    return value.date() if isinstance(value, datetime) else value
