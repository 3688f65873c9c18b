"""Scored schemes: a YAML file of indicators, and a sheet of values, give an index, its terms, and what is missing."""

from __future__ import annotations

from queries.law.schemes.model import Scheme, read_scheme, shipped_scheme
from queries.law.schemes.score import Scored, score
from queries.law.schemes.scores import INDEX, UnitScore, read_scores
from queries.law.schemes.values import read_values

__all__ = [
    "INDEX", "Scheme", "Scored", "UnitScore", "read_scheme", "read_scores", "read_values", "score", "shipped_scheme",
]  # fmt: skip
