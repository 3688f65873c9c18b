"""The imprint of a file: what was asked, of which data, under which rules, and a hash of what the file says.

It travels inside the file (a hidden sheet, a key of the json, a part of the Word document), so that `verdigraph verify` can
compute it again years later and tell which part differs: the file itself, the sources, or the rules.
"""

from __future__ import annotations

import hashlib
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import BaseModel, ConfigDict

from queries.law.ruleset import ruleset_for
from reports.plain import plain_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from queries import Session
    from queries.answers.answer import Answer

ImprintKind = Literal["answer", "book", "letter", "paper"]
FILE_OPTIONS: Final = ("rules_file", "scores", "dates", "quotas", "text")
"""Options that name a file, whose content the answer rests on."""


RULED: Final = frozenset({"what-if", "plan", "assess"})
"""Doors whose answers rest on a rule set even where none is named."""


class RulesUsed(BaseModel):
    """A rule set by its id and the hash of all that it says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    sha256: str


class Imprint(BaseModel):
    """What a file is made of. `content` is the SHA-256 of what it says, the imprint itself left out."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ImprintKind
    question: str
    options: dict[str, Any]
    as_of: date
    snapshot: str
    lang: Literal["zh", "en"] = "zh"
    rules: RulesUsed | None = None
    files: dict[str, str] = {}
    """SHA-256 of the files that options name, by option."""
    sources: dict[str, str] = {}
    """SHA-256 of the files that were loaded, by name."""
    made_by: str
    content: str = ""

    def sealed(self, content: str) -> Imprint:
        """Return the imprint with the hash of what the file says."""
        return self.model_copy(update={"content": content})


def imprint_of(answer: Answer, lang: str = "zh", kind: ImprintKind = "answer", **more: Any) -> Imprint:
    """Return the imprint of an answer, of more than its options where a file needs `more` to be made again."""
    options = {
        name: plain_value(value)
        for name, value in {**answer.options, **_table_of(answer), **more}.items()
        if value not in (None, (), [])
    }
    return Imprint(
        kind=kind,
        question=answer.question,
        options=options,
        as_of=answer.as_of,
        snapshot=answer.snapshot,
        lang="zh" if lang == "zh" else "en",
        rules=rules_used(answer.question, answer.as_of, answer.options),
        files=_files(options),
        sources=dict(answer.sources),
        made_by=program(),
    )


def imprint_of_report(session: Session, day: date, lang: str, kind: ImprintKind, options: Mapping[str, Any]) -> Imprint:
    """Return the imprint of a report of many answers; it rests on the rule set of its day unless an option names another."""
    return Imprint(
        kind=kind,
        question=kind,
        options={name: plain_value(value) for name, value in options.items()},
        as_of=day,
        snapshot=session.snapshot,
        lang="zh" if lang == "zh" else "en",
        rules=rules_used("assess", day, options),
        files=_files(options),
        sources=dict(session.sources_named),
        made_by=program(),
    )


def _table_of(answer: Answer) -> dict[str, str]:
    """Return which of the two tables of an assessment an answer is."""
    return {"table": "verdicts"} if answer.question == "assess" and "verdict" in answer.table else {}


def program() -> str:
    """Return the program and its version, as installed."""
    return f"verdigraph {version('verdigraph')}"


def rules_used(question: str, day: date, options: Mapping[str, Any]) -> RulesUsed | None:
    """Return the rule set that an answer rests on; None for a question that asks none, or asks all of them."""
    if options.get("rules") == "all" or not ("rules" in options or question in RULED):
        return None
    file = options.get("rules_file")
    rules = ruleset_for(day, None if file else _text(options.get("rules")), _text(file))
    return RulesUsed(id=rules.set.id, sha256=rules.set.sha256)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _files(options: Mapping[str, Any]) -> dict[str, str]:
    """Return the hash of each file that an option names; several files have one hash, in their order."""
    named = {name: options[name] for name in FILE_OPTIONS if options.get(name)}
    return {name: file_sha256(*([paths] if isinstance(paths, str) else paths)) for name, paths in named.items()}


def file_sha256(*paths: str | Path) -> str:
    """Return one SHA-256 over the bytes of some files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()
