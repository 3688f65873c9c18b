"""Hold what came of a folder against what is right; the meaning of each key of `want` is in README.md."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterator
from typing import Any

from tests.corpus.making.folder import lines_of
from tests.corpus.outcome import LoadOutcome

Want = dict[str, Any]


def faults(want: Want, outcome: LoadOutcome) -> list[str]:
    """Return what is wrong, in words; empty where all is right."""
    return [fault for check in _CHECKS for fault in check(want, outcome)]


def _listed(want: Want, outcome: LoadOutcome) -> Iterator[str]:
    if "listed" not in want:
        return
    got, wanted = outcome.listed(), [tuple(listing) for listing in want["listed"]]
    lost = [listing for listing in wanted if not any(_fits(listing, one) for one in got)]
    extra = [one for one in got if not any(_fits(listing, one) for listing in wanted)]
    if extra or (lost and not (want.get("refuse_ok") and _stopped(outcome))):
        yield f"listed: {len(lost)} lost {lost[:2]}, {len(extra)} not wanted {extra[:2]}"


def _fits(wanted: tuple[Any, ...], got: tuple[Any, ...]) -> bool:
    return all(_equal(expected, value) for expected, value in zip(wanted, got, strict=True))


def _equal(expected: Any, value: Any) -> bool:
    """Compare a value; "*" is any, and a text with * or ? is a pattern (3202* is any region of that city)."""
    if isinstance(expected, str) and ("*" in expected or "?" in expected):
        return expected == "*" or (value is not None and fnmatch.fnmatchcase(str(value), expected))
    if expected is None or value is None or isinstance(expected, bool) or isinstance(value, bool):
        return expected is value
    if isinstance(expected, int | float) and isinstance(value, int | float):
        return abs(expected - value) < 1e-9
    return str(expected) == str(value)


def _stopped(outcome: LoadOutcome) -> bool:
    return outcome.refusal is not None or any(issue.level == "error" for issue in outcome.said)


def _units(want: Want, outcome: LoadOutcome) -> Iterator[str]:
    for key, table in (("registered", "enterprises"), ("parks_registered", "parks")):
        registered = sum(bool(row.get("registered")) for row in outcome.facts.get(table, []))
        if want.get(key, 0) not in (None, registered):
            yield f"{table} registered {registered}, want {want.get(key, 0)}"
    if "units" in want and len(outcome.facts.get("enterprises", [])) != want["units"]:
        yield f"{len(outcome.facts.get('enterprises', []))} enterprises, want {want['units']}: {sorted(outcome.names)[:4]}"
    for name in want.get("absent", []):
        if name in outcome.names:
            yield f"{name!r} became a unit"


def _facts(want: Want, outcome: LoadOutcome) -> Iterator[str]:
    for key, wanted in (("facts", True), ("not_facts", False)):
        for table, row in want.get(key, []):
            rows = outcome.facts.get(table, [])
            if any(all(_equal(value, got.get(column)) for column, value in row.items()) for got in rows) != wanted:
                near = [{column: got.get(column) for column in row} for got in rows[:3]]
                yield f"{'no' if wanted else 'wrong'} {table} with {row}; there are {near}"


def _names(want: Want, outcome: LoadOutcome) -> Iterator[str]:
    if "one_unit" in want:
        first, second = want["one_unit"]
        both = {first, second} <= outcome.names
        if both or not {first, second} & outcome.names:
            yield f"not one unit: {sorted(outcome.names)[:4]}"
    pairs = [{_squeezed(name) for name in pair} for pair in outcome.pairs]
    for pair in want.get("proposed", []):
        if set(pair) <= outcome.names and {_squeezed(name) for name in pair} not in pairs:
            yield f"not proposed: {' | '.join(pair)}"


def _squeezed(name: str) -> str:
    return "".join(name.split())


def _said(want: Want, outcome: LoadOutcome) -> Iterator[str]:
    for key, issues in (("say", outcome.loud), ("error", [one for one in outcome.said if one.level == "error"])):
        if want.get(key) and not any(word in issue.text for word in want[key] for issue in issues):
            yield f"no {'error' if key == 'error' else 'warning or error'} says any of {want[key]}"
    for file, row in want.get("at", []):
        if not any(issue.file == file and issue.row == row for issue in outcome.loud):
            yield f"no warning or error points to {file} row {row}"
    if want.get("quiet") and outcome.loud:
        yield f"not quiet: {outcome.loud[0].text[:120]}"
    if "refused" in want and want["refused"] != (outcome.refusal is not None):
        yield f"refused: {outcome.refusal}"
    if outcome.refusal and not want.get("refused") and not want.get("refuse_ok") and want.get("listed"):
        yield f"nothing loaded: {outcome.refusal}"


def _lines(want: Want, outcome: LoadOutcome) -> Iterator[str]:
    for file, wanted in want.get("lines", {}).items():
        account = outcome.lines.get(file)
        got = None if account is None else {key: _count(account, key) for key in wanted}
        if got != wanted:
            yield f"lines of {file}: {got}, want {wanted}"


def _count(account: Any, key: str) -> int:
    return int(account.loaded + account.merged if key == "rows" else getattr(account, key))


def line_faults(files: dict[str, Any], outcome: LoadOutcome) -> list[str]:
    """Return where the account of a file does not hold: lines = rows + notes + left out, each line once."""
    wrong = []
    for file, account in outcome.lines.items():
        if account.read != account.loaded + account.merged + account.rejected + account.notes:
            wrong.append(f"{file}: {account} does not add up")
    for file, spec in files.items():
        lines = lines_of(spec)
        account = outcome.lines.get(file)
        if lines and outcome.refusal is None and (account is None or account.read != lines):
            wrong.append(f"{file}: {lines} lines, of which {account} are accounted for")
    return wrong


_CHECKS: tuple[Callable[[Want, LoadOutcome], Iterator[str]], ...] = (_listed, _units, _facts, _names, _said, _lines)
