"""What can go wrong, worded for the person who can mend it.

One small tree. Callers pass facts; the class makes the sentence, in Chinese and in English. A sentence speaks of options as
`«tier»` until a door words them: `tier=` in Python, `--tier` on the command line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graph_model.bilingual import Bilingual

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date
    from pathlib import Path

_OPTION = re.compile(r"«(\w+)»")
LISTED: Final = 30
"""More names than this are not listed in a sentence; the nearest ones are."""


def named_option(name: str) -> str:
    """Return an option as a sentence holds it until a door words it."""
    return f"«{name}»"


def in_python(name: str) -> str:
    """Return an option as it is written in Python."""
    return f"{name}="


def on_command_line(name: str) -> str:
    """Return an option as it is typed on the command line."""
    return f"--{name.replace('_', '-')}"


class VerdigraphError(Exception):
    """Something a person must mend: wrong data or wrong use. The command line ends with status 2."""

    def __init__(self, zh: str, en: str) -> None:
        self._words = Bilingual(zh, en)
        super().__init__(f"{self.zh} ({self.en})")

    @property
    def zh(self) -> str:
        """Return the sentence in Chinese, as Python words it."""
        return self._in("zh", in_python)

    @property
    def en(self) -> str:
        """Return the sentence in English, as Python words it."""
        return self._in("en", in_python)

    def sentence(self, lang: str = "zh", worded: Callable[[str], str] = in_python) -> str:
        """Return both sentences, the asked language first; `worded` says how a door writes an option."""
        first, second = ("zh", "en") if lang == "zh" else ("en", "zh")
        return f"{self._in(first, worded)}\n{self._in(second, worded)}"

    def _in(self, lang: str, worded: Callable[[str], str]) -> str:
        return _OPTION.sub(lambda marked: worded(marked[1]), self._words.in_(lang))


class UsageError(VerdigraphError):
    """An option that does not fit, a question that does not exist, a unit that is not there."""


class DataError(VerdigraphError):
    """Sources of which nothing could be loaded, or that would empty a table."""


class StoreError(VerdigraphError):
    """A store that is missing, locked, or of another program version."""


class RefusedValueError(ValueError):
    """What a validator of a field says of a value; whoever asked for the fields words the option and the value."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} ({en})")
        self.words = Bilingual(zh, en)


class UnknownNameError(UsageError):
    """A name that nothing has: of a question, a rule set, a city, a batch, a table, a unit."""

    def __init__(self, kind: Bilingual, given: str, names: Collection[str], cure: Bilingual | None = None) -> None:
        near = near_matches(given, names)
        zh, en = [f"没有{kind.zh}“{given}”"], [f"there is no {kind.en} {given!r}"]
        if near:
            zh.append(f"是不是 {' 或 '.join(near)}")
            en.append(f"did you mean {' or '.join(near)}")
        if len(near) < len(names) <= LISTED:
            zh.append(f"可用的有：{'、'.join(names)}")
            en.append(f"there are: {', '.join(names)}")
        if cure is not None:
            zh.append(cure.zh)
            en.append(cure.en)
        super().__init__("；".join(zh), "; ".join(en))


class DoesNotFitError(UsageError):
    """An option with a value that it cannot have."""

    def __init__(self, name: str, given: object, expected: Bilingual) -> None:
        super().__init__(
            f"{named_option(name)} 不能是“{given}”：{expected.zh}",
            f"{named_option(name)} cannot be {str(given)!r}: {expected.en}",
        )


class MissingOptionError(UsageError):
    """Something was asked without what it is about."""

    def __init__(self, what: Bilingual, *names: str) -> None:
        zh, en = (word.join(map(named_option, names)) for word in (" 或 ", " or "))
        super().__init__(f"{what.zh}要写明 {zh}", f"{what.en} needs {en}")


class ExclusiveOptionsError(UsageError):
    """Two options of which only one can be meant."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(
            f"{named_option(first)} 与 {named_option(second)} 不能同时使用",
            f"{named_option(first)} and {named_option(second)} exclude each other",
        )


class MemoryOnlyError(UsageError):
    """Something that no server answers."""

    def __init__(self, what: Bilingual) -> None:
        super().__init__(
            f"{what.zh}只在内存中回答：请用 open_store 打开数据目录，命令行请去掉 --engine neo4j",
            f"{what.en} is answered in memory only: use open_store, or on the command line leave out --engine neo4j",
        )


class MissingExtraError(UsageError):
    """Something that needs an optional package which is not installed."""

    def __init__(self, what: Bilingual, extra: str) -> None:
        super().__init__(
            f"{what.zh}需要另外安装：pip install 'verdigraph[{extra}]'",
            f"{what.en} needs an optional package: pip install 'verdigraph[{extra}]'",
        )


class NotOnRecordError(UsageError):
    """A unit that is known, but by no fact that has begun on the day."""

    def __init__(self, kind: Bilingual, name: str, day: date) -> None:
        super().__init__(
            f"{kind.zh}“{name}”在 {day.isoformat()} 尚未见于任何记录",
            f"the {kind.en} {name!r} is not on record on {day.isoformat()}",
        )


class UnreadableFileError(UsageError):
    """A file that an option names and that cannot be read."""

    def __init__(self, what: Bilingual, path: Path | str, reason: Bilingual | str = "") -> None:
        why = reason if isinstance(reason, Bilingual) else Bilingual(reason, reason)
        super().__init__(
            f"读不到{what.zh} {path}{f'（{why.zh}）' if why.zh else ''}，请核对路径与编码",
            f"cannot read the {what.en} {path}{f' ({why.en})' if why.en else ''}; check its path and encoding",
        )


class FileFaultError(UsageError):
    """Something wrong at a place of a file that an option names."""

    def __init__(self, path: Path | str, line: int, fault: Bilingual, column: str = "") -> None:
        at = f" {column}" if column else ""
        super().__init__(
            f"{path} 第 {line} 行{at}：{fault.zh}", f"{path}, line {line}{f', {column}' if column else ''}: {fault.en}"
        )


class MissingPartsError(UsageError):
    """A file that an option names and that lacks something of a fixed set: columns, scenarios."""

    def __init__(self, path: Path | str, kind: Bilingual, missing: Collection[str]) -> None:
        super().__init__(
            f"{path} 缺少{kind.zh}：{'、'.join(missing)}", f"{path} lacks the {kind.en} {', '.join(missing)}"
        )


class ContradictionError(UsageError):
    """Two wishes about the same that cannot both be met."""

    def __init__(self, first: object, second: object) -> None:
        super().__init__(f"{first} 与 {second} 互相矛盾", f"{first} and {second} contradict each other")


class NotInRuleSetError(UsageError):
    """Something that a rule set says nothing about."""

    def __init__(self, rules: str, what: Bilingual, names: Collection[str] = ()) -> None:
        zh, en = f"规则集 {rules} 没有{what.zh}", f"the rule set {rules} has no {what.en}"
        if names:
            zh, en = f"{zh}；有的是：{'、'.join(names)}", f"{en}; there are: {', '.join(names)}"
        super().__init__(zh, en)


class EmptyStoreError(StoreError):
    """A directory in which nothing was loaded yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} 里还没有数据，请先运行 verdigraph load",
            f"there is nothing in {path} yet; run verdigraph load first",
        )


class DamagedStoreError(StoreError):
    """A store of which files are missing, or not what they were."""

    def __init__(self, what: Path | str) -> None:
        super().__init__(
            f"数据仓的文件缺失或已损坏（{what}），请重新运行 verdigraph load",
            f"files of the store are missing or damaged ({what}); run verdigraph load again",
        )


class SnapshotGoneError(StoreError):
    """A snapshot that is not, or no longer, in its store."""

    def __init__(self, snapshot: str, store: Path) -> None:
        super().__init__(
            f"数据仓 {store} 里没有快照 {snapshot}（只保留最近的若干个），请重新打开数据仓，或核对快照编号",
            f"the store {store} has no snapshot {snapshot} (only the newest ones are kept); open the store again, or check the id",
        )


class OtherVersionError(StoreError):
    """A store that another version of the program wrote."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"数据仓 {path} 由另一版本的程序写成，请重新运行 verdigraph load",
            f"the store {path} was written by another version of the program; run verdigraph load again",
        )


class BusyStoreError(StoreError):
    """A store that somebody else is writing."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"数据仓 {path} 正由另一个 load 写入，请等它结束后再试",
            f"another load is writing to the store {path}; wait until it has ended",
        )


class UnwritableStoreError(StoreError):
    """A place where no store can be made."""

    def __init__(self, path: Path, reason: str | None) -> None:
        super().__init__(f"不能在 {path} 建立数据仓：{reason}", f"no store can be made at {path}: {reason}")


def near_matches(given: str, names: Collection[str], most: int = 3) -> Sequence[str]:
    """Return the names that are spelled most like a text, the nearest first."""
    from rapidfuzz import fuzz, process

    hits = process.extract(
        given.casefold(), list(names), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=60, limit=most
    )
    return [name for name, _, _ in hits]
