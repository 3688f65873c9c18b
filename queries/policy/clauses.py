"""The clauses that answers cite, and the values computations take from them: read from `clauses.yaml`, once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class Clause(BaseModel):
    """A clause of a rule set: its words, where it stands, and whether a final text is public."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    zh: str
    en: str
    source: str
    verified: bool
    values: dict[str, int] = {}
    words: dict[str, tuple[str, ...]] = {}


@cache
def clauses() -> dict[str, Clause]:
    """Return every clause by id."""
    text = files("queries.policy").joinpath("clauses.yaml").read_text(encoding="utf-8")
    return {id: Clause(id=id, **body) for id, body in yaml.safe_load(text).items()}


def value(clause: str, name: str) -> int:
    """Return a value that a clause sets, such as the years of a ban (`value("D-24", "ban_years")`)."""
    return clauses()[clause].values[name]
