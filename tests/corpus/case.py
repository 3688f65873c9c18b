"""Cases of the corpus: small folders described as data, and what must come of them. README.md says how to write one."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
_KEYS = {"id", "issue", "note", "in", "want", "each"}
_WANT = {
    "listed", "registered", "parks_registered", "facts", "not_facts", "absent", "units", "one_unit", "proposed", "say", "error",
    "at", "refuse_ok", "refused", "quiet", "lines",
}  # fmt: skip


@dataclass(frozen=True)
class CorpusCase:
    """A folder, and what is right."""

    id: str
    issue: str
    """Section of "Nothing misread" that it belongs to."""
    note: str
    files: dict[str, Any]
    want: dict[str, Any] = field(hash=False)


def corpus() -> list[CorpusCase]:
    """Return every case of cases/*.yaml; a family (`each`) is one case for each of its variants."""
    cases = [case for path in sorted((HERE / "cases").glob("*.yaml")) for case in _cases(path)]
    ids = [case.id for case in cases]
    twice = {id for id in ids if ids.count(id) > 1}
    if twice:
        raise ValueError(f"cases that share an id: {sorted(twice)}")
    return cases


def pending() -> frozenset[str]:
    """Return the ids of the cases that the product does not pass yet."""
    lines = (HERE / "pending.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.split()[0] for line in lines if line.strip() and not line.startswith("#"))


def _cases(path: Path) -> list[CorpusCase]:
    section = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [case for entry in section["cases"] for case in _variants(entry)]


def _variants(entry: dict[str, Any]) -> list[CorpusCase]:
    """Return one case for each variant of an entry; `{NAME}` in any text stands for the variant's value."""
    if surplus := entry.keys() - _KEYS | entry["want"].keys() - _WANT:
        raise ValueError(f"case {entry['id']}: unknown keys {sorted(surplus)}")
    each = entry.get("each", {"": {}})
    return [
        CorpusCase(
            id=f"{entry['id']}-{name}" if name != "" else entry["id"],
            issue=str(entry["issue"]),
            note=_filled(entry["note"], values),
            files=_filled(entry["in"], values),
            want=_filled(entry["want"], values),
        )
        for name, values in each.items()
    ]


def _many_rows(count: int) -> list[list[Any]]:
    """Return a header and `count` numbered rows."""
    return [["序号", "企业名称", "设区市"], *([n, _NAME.format(n), _CITIES[n % 3][0]] for n in range(1, count + 1))]


def _many_listed(count: int) -> list[list[Any]]:
    """Return the listings of `_many_rows` under a title of the provincial list of 2023."""
    return [[_NAME.format(n), "factory", "provincial", "2023", _CITIES[n % 3][1]] for n in range(1, count + 1)]


_MANY = {"many_rows": _many_rows, "many_listed": _many_listed}
_NAME = "江苏甲乙丙{:03}号制造有限公司"
_CITIES = (("南京市", 320100), ("苏州市", 320500), ("无锡市", 320200))


def _filled(node: Any, values: dict[str, Any]) -> Any:
    """Return `node` with the values put in; a text that is one placeholder becomes the value itself."""
    if isinstance(node, dict) and len(node) == 1 and (many := _MANY.get(next(iter(node)))):
        return many(*node.values())
    if isinstance(node, dict):
        return {_filled(key, values): _filled(value, values) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(value, values) for value in node]
    if not isinstance(node, str):
        return node
    for name, value in values.items():
        if node == f"{{{name}}}":
            return value
        node = node.replace(f"{{{name}}}", str(value))
    return node
