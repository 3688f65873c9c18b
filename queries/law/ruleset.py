"""Rule sets: the policy as dated data. Which rules a set has, and every threshold, window and deadline it sets.

`rulesets/<id>.yaml` are the sets that come with the program. A user's own file has the same form, and may say `based_on:
js-draft` and write only what differs. `ruleset_for(day)` gives the set of a day, bound to that day: a value that is not in
force on it is not there.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from graph_model.bilingual import Bilingual
from graph_model.errors import ExclusiveOptionsError, UnknownNameError, named_option
from queries.law.marked_yaml import MarkedYaml, read_marked
from queries.law.rulebook import RULES
from queries.law.rules import Rules
from queries.law.ruleset_model import RuleSet
from queries.law.user_files import user_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILES = files("queries.law").joinpath("rulesets").iterdir()
RULESETS = tuple(
    sorted((path.name.removesuffix(".yaml") for path in _FILES), key=lambda id: (not id.startswith("js-"), id))
)
"""The sets that come with the program, a file each; those of the home province first."""
if TYPE_CHECKING:
    RulesOption: TypeAlias = str
    RulesOrAll: TypeAlias = str
else:
    RulesOption, RulesOrAll = Literal[RULESETS], Literal[(*RULESETS, "all")]
DRAFT_SINCE = date(2024, 3, 1)
"""Which set a day gets unless another is named: a default of the program, not a date of the policy."""


def ruleset_for(
    day: date, id: str | None = None, file: Path | str | None = None, propagation: str | None = None
) -> Rules:
    """Return the rules of a day: of a file, of a set by id, else `js-2016` before 2024-03-01 and `js-draft` from then on.

    `propagation` stands in place of the set's own rule on how facts of tenants count against their park.
    """
    if id is not None and file is not None:
        raise ExclusiveOptionsError("rules", "rules_file")
    if file is not None:
        return Rules(read_ruleset(Path(file)), day, propagation)
    return Rules(ruleset(id or ("js-draft" if day >= DRAFT_SINCE else "js-2016")), day, propagation)


@cache
def ruleset(id: str) -> RuleSet:
    """Return a set that comes with the program."""
    if id not in RULESETS:
        own = named_option("rules_file")
        cure = Bilingual(f"自己的规则用 {own}", f"use {own} for your own")
        raise UnknownNameError(Bilingual("规则集", "rule set"), id, RULESETS, cure)
    return _checked(_shipped(id))


def read_ruleset(path: Path) -> RuleSet:
    """Read a user's own set; UsageError with file, line, key and what was expected."""
    own = read_marked(user_text(path, Bilingual("规则文件", "rule file")), str(path))
    if own.content.get("id") in RULESETS:
        taken = own.content["id"]
        raise own.fault(
            ["id"], f"“{taken}”是自带规则集的名称，请另起一个", f"{taken!r} is a set of the program; name it otherwise"
        )
    return _checked(own)


def _shipped(id: str) -> MarkedYaml:
    path = files("queries.law").joinpath(f"rulesets/{id}.yaml")
    return read_marked(path.read_text(encoding="utf-8"), f"{id}.yaml")


def _checked(own: MarkedYaml) -> RuleSet:
    """Return the set of a file; UsageError where it is none, or has a rule that does not exist or lacks a value it needs."""
    base = own.content.get("based_on")
    if base is not None and base not in RULESETS:
        listed = "、".join(RULESETS)
        raise own.fault(
            ["based_on"], f"应为 {listed} 之一，现为 {base!r}", f"one of {listed} is expected, not {base!r}"
        )
    content = own.content if base is None else _completed(own.content, _shipped(str(base)).content)
    found = own.as_a(RuleSet, content)
    _check_rules(found, own)
    _check_route(found, own)
    return found


def _check_rules(found: RuleSet, own: MarkedYaml) -> None:
    for at, id in enumerate(found.rules):
        if id not in RULES:
            listed = "、".join(RULES)
            raise own.fault(
                ["rules", at], f"没有规则 {id}，可用：{listed}", f"there is no rule {id}; there are {listed}"
            )
        for name in RULES[id].needs:
            if not getattr(found.values, name):
                raise own.fault(
                    ["values"], f"缺少 {name}，规则 {id} 要用", f"{name} is missing: the rule {id} needs it"
                )


def _check_route(found: RuleSet, own: MarkedYaml) -> None:
    """Ask that every step names what the set has: a date, steps before it, rules, a value; and has words."""
    dates, before = {deadline.id for deadline in found.deadlines}, set[str]()
    for at, step in enumerate(found.route):
        named = (
            ("deadline", [step.deadline] if step.deadline else [], dates),
            ("needs", step.needs, before),
            ("rules", step.rules, set(RULES)),
            ("binding_by", [step.binding_by] if step.binding_by else [], set(type(found.values).model_fields)),
        )
        for key, names, allowed in named:
            for name in names:
                if name not in allowed:
                    listed = "、".join(sorted(allowed))
                    raise own.fault(
                        ["route", at, key], f"没有 {name}，可用：{listed}", f"there is no {name}; there are {listed}"
                    )
        if step.deadline is None and not (step.what and step.who and step.source):
            raise own.fault(
                ["route", at],
                "没有截止日的步骤要写 what、who、source",
                "a step without a deadline needs what, who, source",
            )
        before.add(step.id)


def _completed(own: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file says on top of the set it is based on."""
    values = own.get("values") or {}
    added = {**base["values"], **values} if isinstance(values, dict) else values
    return {**base, **own, "values": added}


def draft_value(clause: str, name: str) -> int:
    """Return a value that the draft sets in a clause, such as the years of a ban (`draft_value("D-24", "ban_years")`)."""
    entries = getattr(ruleset("js-draft").values, name)
    return next(int(entry.value) for entry in entries if entry.clause == clause)
