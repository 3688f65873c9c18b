"""How output grows, as assumptions: three scenarios, shipped as data or an office's own file. They are told with every answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from graph_model.bilingual import Bilingual
from graph_model.errors import FileFaultError, MissingPartsError
from queries.planning.files import table_rows

SCENARIOS: Final = ("low", "base", "high")
SCENARIO_ZH: Final = {"low": "低增长", "base": "中增长", "high": "高增长"}
_HEADS: Final = {"scenario": ("情景",), "whole": ("全部产值",), "factories": ("现有工厂产值",)}
_WORDS: Final = {"低": "low", "中": "base", "高": "high", "低增长": "low", "中增长": "base", "高增长": "high"}
_RATE: Final = re.compile(r"(-?\d+(?:\.\d+)?)(%?)")


@dataclass(frozen=True)
class Growth:
    """Growth in a year: of the output of the whole base, and of the factories that stand today."""

    whole: Fraction
    factories: Fraction

    def relative(self, years: int) -> Fraction:
        """Return what a share of today is worth after so many years in which nobody is listed."""
        return ((1 + self.factories) / (1 + self.whole)) ** years


def growth_of(path: str | None) -> dict[str, Growth]:
    """Return the growth of each scenario, shipped or from a file; UsageError with line and value for what is no growth."""
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> dict[str, Growth]:
    text = files("queries.planning").joinpath("growth.yaml").read_text(encoding="utf-8")
    return {
        name: Growth(*(_rate(rates[part], "growth.yaml", 0) for part in ("whole", "factories")))
        for name, rates in yaml.safe_load(text).items()
    }


def _read(path: str) -> dict[str, Growth]:
    scenarios: dict[str, Growth] = {}
    for line, row in table_rows(path, ("scenario", "whole", "factories"), _HEADS):
        name = _WORDS.get(row["scenario"], row["scenario"])
        if name not in SCENARIOS or name in scenarios:
            raise FileFaultError(
                path,
                line,
                Bilingual(
                    f"情景“{row['scenario']}”应为 low、base、high 之一，各写一次",
                    f"scenario {row['scenario']!r} is one of low, base and high, each once",
                ),
            )
        scenarios[name] = Growth(_rate(row["whole"], path, line), _rate(row["factories"], path, line))
    if missing := [name for name in SCENARIOS if name not in scenarios]:
        raise MissingPartsError(path, Bilingual("情景", "scenarios"), missing)
    return scenarios


def _rate(text: str, path: str, line: int) -> Fraction:
    written = _RATE.fullmatch(str(text).strip().replace("％", "%"))
    rate = Fraction(Decimal(written[1])) / (100 if written[2] else 1) if written else None
    if rate is None or not -1 < rate <= 1:
        raise FileFaultError(
            path,
            line,
            Bilingual(
                f"“{text}”应为年增长率，如 5% 或 0.05，大于 -100%、不超过 100%",
                f"{text!r} is no growth in a year such as 5% or 0.05, above -100% and at most 100%",
            ),
        )
    return rate
