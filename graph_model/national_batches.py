"""The national batches of green lists that came before years became batches: when each was published."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from importlib.resources import files

from graph_model.days import number


@cache
def national_batches() -> dict[str, int]:
    """Return the publication day number of every batch of `data/national_batches.csv`, by its name in lists."""
    text = files("graph_model.data").joinpath("national_batches.csv").read_text(encoding="utf-8")
    return {row["batch"]: number(date.fromisoformat(row["published_on"])) for row in csv.DictReader(text.splitlines())}
