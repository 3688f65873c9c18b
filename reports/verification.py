"""Whether a file can be computed again, and which part differs: the file itself, the data, the rules, or the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph_model.bilingual import Bilingual
from graph_model.errors import VerdigraphError
from graph_model.store import Store
from queries import open_store
from reports.imprint import FILE_OPTIONS, file_sha256, program, rules_used
from reports.imprinted import ABOUT, imprinted_bytes, read_imprinted
from reports.recomputed import made_again

if TYPE_CHECKING:
    from collections.abc import Iterator

    from queries import Session
    from reports.imprint import Imprint
    from reports.imprinted import Imprinted

FOR_SOMEBODY: Final = ("book", "letter")
"""Kinds of files in which a file of supplies is named by its hash."""
TOLD: Final = 10
"""Cells that differ that are told one by one; the others are counted."""


@dataclass(frozen=True)
class Verification:
    """What was found, in sentences, and whether the file says what the store gives today."""

    holds: bool
    lines: tuple[Bilingual, ...]


def verify(path: Path, store: Path) -> Verification:
    """Hold a file against a store: its own hash, the sources, the rules, and every cell against the same computed again.

    The snapshot that the file was made from answers where the store still has it, else the current one. UsageError where the
    file carries no imprint.
    """
    file = read_imprinted(path)
    imprint, suffix = file.imprint, path.suffix.lower()
    held = imprint.snapshot in Store(store).snapshots()
    session = open_store(store, imprint.snapshot if held else None)
    current = open_store(store)
    lines = [_untouched(file), *_of_store(imprint, current, held=held), *_of_files(imprint)]
    try:
        lines += _of_rules(imprint)
        again = imprinted_bytes(made_again(session, imprint, suffix), suffix)
    except VerdigraphError as error:
        lines.append(Bilingual(f"不能复算：{error.zh}", f"cannot be computed again: {error.en}"))
        return Verification(False, tuple(lines))
    differing = _differing(file, again)
    lines += _compared(file, again, differing)
    return Verification(file.untouched and not differing, tuple(lines))


def _untouched(file: Imprinted) -> Bilingual:
    if file.untouched:
        return Bilingual("文件内容与写出时一致", "the file says what it said when it was written")
    return Bilingual("文件内容在写出之后被改动过", "the file was changed after it was written")


def _of_store(imprint: Imprint, session: Session, *, held: bool) -> Iterator[Bilingual]:
    """Yield whether the data are the same, and each source that is not. `session` is over the current snapshot."""
    then, now = imprint.snapshot or "—", session.snapshot
    if then == now:
        yield Bilingual(f"数据相同：快照 {now}", f"the same data: snapshot {now}")
        return
    if held:
        yield Bilingual(
            f"按仍保存着的快照 {then} 复算", f"computed again from snapshot {then}, which the store still has"
        )
    else:
        yield Bilingual(
            f"数据目录已没有快照 {then}，按当前快照 {now} 复算",
            f"the store has no snapshot {then} any more: computed again from the current one, {now}",
        )
    sources = session.sources_named if imprint.kind in FOR_SOMEBODY else session.sources
    for name in sorted(imprint.sources.keys() | sources.keys()):
        before, after = imprint.sources.get(name), sources.get(name)
        if before != after:
            yield _source(name, before, after)


def _source(name: str, before: str | None, after: str | None) -> Bilingual:
    if before is None:
        return Bilingual(f"来源“{name}”是后来载入的", f"source {name!r} was loaded since")
    if after is None:
        return Bilingual(f"来源“{name}”已不在数据目录中", f"source {name!r} is no longer in the store")
    return Bilingual(
        f"来源“{name}”的内容不同：SHA-256 {before[:16]}… 现为 {after[:16]}…",
        f"source {name!r} has other bytes: SHA-256 {before[:16]}… is now {after[:16]}…",
    )


def _of_files(imprint: Imprint) -> Iterator[Bilingual]:
    """Yield which of the files that options name are gone or have other bytes."""
    for name in FILE_OPTIONS:
        if name not in imprint.files:
            continue
        given = imprint.options[name]
        paths = [given] if isinstance(given, str) else given
        if not all(Path(path).is_file() for path in paths):
            yield Bilingual(f"选项 {name} 所指的文件“{given}”不在了", f"the file of option {name}, {given!r}, is gone")
        elif file_sha256(*paths) != imprint.files[name]:
            yield Bilingual(
                f"选项 {name} 所指的文件“{given}”内容不同", f"the file of option {name}, {given!r}, has other bytes"
            )


def _of_rules(imprint: Imprint) -> Iterator[Bilingual]:
    if imprint.rules is None:
        return
    now = rules_used(imprint.question, imprint.as_of, {"rules": None, **imprint.options})
    assert now is not None
    if now == imprint.rules:
        yield Bilingual(f"规则集相同：{now.id}", f"the same rule set: {now.id}")
    else:
        then = imprint.rules
        yield Bilingual(
            f"规则集不同：文件用 {then.id}（{then.sha256[:16]}…），现为 {now.id}（{now.sha256[:16]}…）",
            f"another rule set: {then.id} ({then.sha256[:16]}…) then, {now.id} ({now.sha256[:16]}…) now",
        )


def _differing(file: Imprinted, again: Imprinted) -> list[tuple[str, str]]:
    """Return the places at which the file and what is computed again differ.

    Where the snapshot is another one, what only tells the snapshot is no difference of the numbers.
    """
    moved_on = file.imprint.snapshot != again.imprint.snapshot
    places = file.cells.keys() | again.cells.keys()
    differing = [place for place in places if file.cells.get(place) != again.cells.get(place)]
    return sorted(place for place in differing if not (moved_on and (place[0] in ABOUT or place[0] == "snapshot")))


def _compared(file: Imprinted, again: Imprinted, differing: list[tuple[str, str]]) -> Iterator[Bilingual]:
    cells = f"{len(file.cells):,}"
    if not differing:
        yield Bilingual(f"复算一致：{cells} 处逐一相同", f"computed again and equal: each of {cells} places")
    for place in differing[:TOLD]:
        where = " ".join(part for part in place if part)
        then, now = file.cells.get(place, "（空）"), again.cells.get(place, "（空）")
        yield Bilingual(f"不同：{where} 文件为 {then}，复算为 {now}", f"differs: {where} is {then}, computed {now}")
    if len(differing) > TOLD:
        more = f"{len(differing) - TOLD:,}"
        yield Bilingual(f"还有 {more} 处不同", f"{more} more places differ")
    if file.imprint.made_by != program():
        yield Bilingual(
            f"写出文件的程序是 {file.imprint.made_by}，现为 {program()}",
            f"written by {file.imprint.made_by}; this is {program()}",
        )
