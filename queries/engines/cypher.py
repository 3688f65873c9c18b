"""How the Cypher twin of each question is run: its parameters from the options, and the kind of every column it gives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from graph_model.column_types import UNKNOWN_MONEY
from graph_model.days import OPEN, number
from graph_model.tiers import Tier
from queries.answers.frame import counts, days, flags, money, tiers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Series = pd.Series[Any]
    Values = Sequence[Any]


def _text(values: Values) -> Series:
    return pd.Series(list(values), dtype="str")


def _number(values: Values) -> Series:
    return pd.Series(np.array(values, dtype=np.int64))


def _count(values: Values) -> Series:
    known = np.array([value is not None for value in values], dtype=bool)
    return counts(np.array([value or 0 for value in values], dtype=np.int64), known)


def _amount(values: Values) -> Series:
    return pd.Series(np.array(values, dtype=np.float64))


def _flag(values: Values) -> Series:
    return flags(np.array([-1 if value is None else int(value) for value in values], dtype=np.int8))


def _day(values: Values) -> Series:
    return days(np.array([OPEN if value is None else number(value) for value in values], dtype=np.int32))


def _tier(values: Values) -> Series:
    return tiers(np.array(values, dtype=np.int8))


def _money(values: Values) -> Series:
    fen = np.array([UNKNOWN_MONEY if value is None else value for value in values])
    return money(fen, np.array([value is not None for value in values], dtype=bool))


@dataclass(frozen=True)
class CypherQuery:
    """The Cypher file of a question: the kinds of its columns, in order, and which options it takes as they are."""

    columns: Mapping[str, Callable[[Values], Series]]
    options: tuple[str, ...] = ()
    upstream: bool = False
    """Whether it walks upstream, as many steps as the option `depth` says."""

    def frame(self, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
        """Return rows of the server as the frame that the memory engine gives."""
        return pd.DataFrame({name: make([row[name] for row in rows]) for name, make in self.columns.items()})


def _all(kind: Callable[[Values], Series], names: str) -> dict[str, Callable[[Values], Series]]:
    return dict.fromkeys(names.split(), kind)


_UNIT = {
    **_all(_text, "unit_id unit uscc city identity"), "green": _flag, "highest": _tier, "since": _day, "in_pool": _flag,
    "incidents": _text, "output": _money,
}  # fmt: skip
_SHARE = "base base_unknown green green_unknown listed_outside_base maybe_green maybe_open maybe_not"

CYPHER_QUERIES: dict[str, CypherQuery] = {
    "park-share": CypherQuery(
        {
            **_all(_text, "park_id park level city"),
            "tenants": _count,
            **_all(_number, f"{_SHARE} output_known output_base output_green official_base"),
        },
        ("base",),
    ),
    "park-tenants": CypherQuery({**_UNIT, "in_base": _flag, "start": _day}, ("base",)),
    "leader-ratio": CypherQuery(
        {
            **_all(_text, "leader_id leader city chain basis"),
            "list_year": _count,
            **_all(_number, "suppliers outside_mainland region_unknown green unknown maybe_green maybe_open maybe_not"),
            "spend_known": _number,
            **_all(_amount, "spend_total spend_green"),
        },
        ("scope", "key_only", "max_age"),
        upstream=True,
    ),
    "leader-suppliers": CypherQuery(
        {**_UNIT, "hop": _count, "in_scope": _flag, "key": _flag, "spend": _money},
        ("scope", "key_only", "max_age"),
        upstream=True,
    ),
    "ban-reach": CypherQuery(
        {
            **_all(_text, "ban_id agency_id agency class unit_id unit unit_kind category"),
            "tier": _tier,
            **_all(_text, "city report_no"),
            **_all(_day, "date window_start window_end"),
            **_all(_text, "path clause"),
            "listing": _number,
        },
        ("jurisdiction", "lookback_years"),
    ),
    "tier-coverage": CypherQuery(
        {
            "code": _number,
            **_all(_text, "region_id region"),
            **_all(_number, "base base_unknown national provincial city district pool none unknown"),
            **_all(_number, "green green_unknown listed_outside_base maybe_green maybe_open maybe_not"),
            **_all(_number, "output_known output_base output_green official_base"),
        },
        ("by", "base", "category"),
    ),
    "enterprise-ladder": CypherQuery(
        {
            **_all(_text, "enterprise_id enterprise uscc city county parks pool_years"),
            **_all(_day, "district_on city_on provincial_on"),
            "provincial_basis": _text,
            "national_on": _day,
            **_all(_tier, "highest next_tier"),
        },
        ("base",),
    ),
}


_ONE_STEP: Final = "SUPPLIES*1..1"


@cache
def statement(question: str) -> str:
    """Return the Cypher beside a question."""
    return _read("queries.questions", question.replace("-", "_"))


@cache
def small_statement(name: str) -> str:
    """Return a statement of filters and notes."""
    return _read("queries.engines", name)


def _read(package: str, name: str) -> str:
    return files(package).joinpath(f"{name}.cypher").read_text(encoding="utf-8")


def at_depth(question: str, depth: int) -> str:
    """Return the Cypher of a question; where it walks upstream, at most `depth` steps.

    Cypher takes no parameter there, so a whole number that the options have checked is written into the text.
    """
    text = statement(question)
    return text.replace(_ONE_STEP, f"{_ONE_STEP[:-1]}{depth:d}") if CYPHER_QUERIES[question].upstream else text


def tier_number(options: Any) -> int:
    """Return the tier of options as the server has it, 0 where they have none."""
    return int(Tier.of(options.tier)) if hasattr(options, "tier") else 0
