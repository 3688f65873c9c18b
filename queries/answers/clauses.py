"""The clauses that answers cite, read from `clauses.yaml`."""

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


@cache
def clauses() -> dict[str, Clause]:
    """Return every clause by id."""
    text = files("queries.answers").joinpath("clauses.yaml").read_text(encoding="utf-8")
    return {id: Clause(id=id, **body) for id, body in yaml.safe_load(text).items()}
