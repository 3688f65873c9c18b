"""YAML files that people write, checked against a model: what is wrong is told with file, line, key and what was expected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from graph_model.errors import UsageError
from queries.answers.option_errors import what_is_wrong

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Model = TypeVar("Model", bound=BaseModel)


class StrictModel(BaseModel):
    """What every part of a policy file is: frozen, and without keys nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Loader(yaml.SafeLoader):
    """Reads days as text: a day that is none is then told like any other wrong value."""


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class MarkedYaml:
    """The content of a YAML file, and on which line each of its keys stands."""

    name: str
    content: dict[str, Any]
    _root: yaml.Node

    def as_a(self, model: type[Model], content: Mapping[str, Any] | None = None) -> Model:
        """Return the file (or `content` that was made from it) as a model; UsageError names the first thing wrong."""
        try:
            return model.model_validate(self.content if content is None else content)
        except ValidationError as error:
            raise self._worded(error) from None

    def fault(self, keys: Sequence[str | int], zh: str, en: str) -> UsageError:
        """Return what is wrong at a key, with file and line."""
        key = ".".join(str(part) for part in keys)
        return _fault(self.name, self.line(keys), key, zh, en)

    def line(self, keys: Sequence[str | int]) -> int:
        """Return the line of a key, or of the last of its parents that the file has."""
        node, line = self._root, 1
        for key in keys:
            pair_of_key = next((pair for pair in _pairs(node) if pair[0] == key), None)
            if pair_of_key is not None:
                line, node = pair_of_key[1].start_mark.line + 1, pair_of_key[2]
        return line

    def _worded(self, error: ValidationError) -> UsageError:
        first: Mapping[str, Any] = error.errors()[0]
        keys = [key for key in first["loc"] if _is_written(key)]
        return self.fault(keys, *_sentence(first))


def read_marked(text: str, name: str) -> MarkedYaml:
    """Read the text of a YAML file; UsageError for what is no YAML, no mapping, or has a key twice."""
    try:
        root = yaml.compose(text, Loader=_Loader)
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - it is a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = mark.line + 1 if mark else 1
        said = error.problem or "not readable"
        raise _fault(name, where, "", f"不是有效的 YAML（{said}）", f"is no YAML ({said})") from None
    if root is None or not isinstance(content, dict):
        raise _fault(name, 1, "", "应为“键: 值”的形式", "`key: value` lines are expected")
    for key in _twice(root):
        raise _fault(name, key.start_mark.line + 1, str(key.value), "这个键写了两次", "this key stands twice")
    return MarkedYaml(name, content, root)


def _pairs(node: yaml.Node) -> Iterator[tuple[str | int, yaml.Node, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key.value, key, value) for key, value in node.value)
    elif isinstance(node, yaml.SequenceNode):
        yield from ((at, value, value) for at, value in enumerate(node.value))


def _twice(node: yaml.Node) -> Iterator[yaml.Node]:
    """Yield the keys that stand twice in one mapping: YAML would silently take the last."""
    keys: set[str | int] = set()
    for key, mark, value in _pairs(node):
        if key in keys:
            yield mark
        keys.add(key)
        yield from _twice(value)


def _is_written(key: str | int) -> bool:
    """Return whether a part of a pydantic location may stand in the file; names of alternatives such as `int` do not."""
    return not isinstance(key, str) or key not in {"int", "float", "str", "bool", "function-before"}


def _sentence(fault: Mapping[str, Any]) -> tuple[str, str]:
    if fault["type"] == "extra_forbidden":
        return "没有这个键", "there is no such key"
    if fault["type"] == "missing":
        return "缺少这个键", "this key is missing"
    zh, en = what_is_wrong(fault)
    return f"{zh}，现为 {fault['input']!r}", f"{en}, not {fault['input']!r}"


def _fault(name: str, line: int, key: str, zh: str, en: str) -> UsageError:
    at = f" {key}" if key else ""
    return UsageError(f"{name} 第 {line} 行{at}：{zh}", f"{name}, line {line},{at or ' file'}: {en}")
