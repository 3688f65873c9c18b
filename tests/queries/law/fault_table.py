"""Files of a user that cannot be read as they stand: rule sets, sheets of values, scores, published numbers.

`python -m tests.queries.law.fault_table` writes `faults.yaml` anew: what a person is told of each, to be read before it is kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import yaml

from graph_model.errors import UsageError
from queries.law.goals.published import read_published
from queries.law.ruleset import ruleset_for
from queries.law.schemes import read_scores, read_values, shipped_scheme
from tests.queries.law.test_ruleset import BAD

FAULTS = Path(__file__).parent / "faults.yaml"
DAY = date(2025, 6, 30)
_SCORES = "scored_unit,scheme,indicator,points,full_points,basic_ok\n"
_NUMBERS = "category,tier,kind,date,count\n"

CSV: Final[dict[str, tuple[str, str]]] = {
    "values twice": ("values", "指标,值\nF11,4\nF11,3\n"),
    "values of no indicator": ("values", "指标,值\nZ9,4\n"),
    "values that are none": ("values", "指标,值\nF11,many\n"),
    "values out of bounds": ("values", "指标,值\nF11,4.5\n"),
    "values without a column": ("values", "指标\nF11\n"),
    "scores without columns": ("scores", "a,b\n1,2\n"),
    "scores of nobody": ("scores", f"{_SCORES},s,index,1,50,true\n"),
    "scores that are none": ("scores", f"{_SCORES}甲,s,index,x,50,true\n"),
    "scores without a scale": ("scores", f"{_SCORES}甲,s,index,1,,true\n"),
    "scores above the scale": ("scores", f"{_SCORES}甲,s,index,51,50,true\n"),
    "scores below nothing": ("scores", f"{_SCORES}甲,s,index,-1,50,true\n"),
    "scores twice": ("scores", f"{_SCORES}甲,s,index,1,50,true\n甲,s,index,1,50,true\n"),
    "scores with another answer": ("scores", f"{_SCORES}甲,s,index,1,50,perhaps\n"),
    "numbers of no category": ("numbers", f"{_NUMBERS}shop,city,added,2025-01-01,1\n"),
    "numbers of no tier": ("numbers", f"{_NUMBERS}factory,town,added,2025-01-01,1\n"),
    "numbers of no kind": ("numbers", f"{_NUMBERS}factory,city,lost,2025-01-01,1\n"),
    "numbers of no day": ("numbers", f"{_NUMBERS}factory,city,added,2025,1\n"),
    "numbers that are none": ("numbers", f"{_NUMBERS}factory,city,added,2025-01-01,x\n"),
    "numbers without columns": ("numbers", "a,b\n1,2\n"),
    "an empty file of numbers": ("numbers", ""),
}
RULE_SETS: Final[dict[str, str]] = {name: text for name, (text, *_) in BAD.items()}


def told(name: str) -> list[str]:
    """What is told of a file, in both languages; the file lies where the process stands."""
    kind, text = CSV.get(name, ("rules", RULE_SETS.get(name, "")))
    file = Path("own.yaml" if kind == "rules" else f"{kind}.csv")
    file.write_text(text, encoding="utf-8")
    readers: dict[str, Callable[[str], Any]] = {
        "rules": lambda path: ruleset_for(DAY, file=path),
        "values": partial(read_values, scheme=shipped_scheme("factory-2016")),
        "scores": read_scores,
        "numbers": read_published,
    }
    try:
        readers[kind](str(file))
    except UsageError as fault:
        return [fault.zh, fault.en]
    return []


def table() -> Iterator[tuple[str, list[str]]]:
    """Every faulty file with what is told of it."""
    return ((name, told(name)) for name in (*RULE_SETS, *CSV))


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        read = dict(table())
    FAULTS.write_text(yaml.safe_dump(read, allow_unicode=True, sort_keys=False, width=200), encoding="utf-8")
