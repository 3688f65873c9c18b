"""The stamp: one node that says which snapshot the server holds, whole or half, and who is pushing.

A reader looks at it before and after its questions; a writer locks it in every batch. So an answer is of one whole snapshot or
there is none, and of two pushes at once the later one goes on and the earlier one stops.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graph_model.neo4j_store.connection import ServerError
from graph_model.neo4j_store.model import OURS, OWN, STAMP
from graph_model.store import layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph_model.neo4j_store.connection import Connection, Statement

KEY: Final = {"stamp": "verdigraph"}

_THE_STAMP: Final = f"(s:{STAMP} {{{OWN}, id: $stamp}})"
_READ = f"OPTIONAL MATCH {_THE_STAMP} RETURN s {{.snapshot, .whole, .writer, .target, .layout}} AS stamp"
_MANIFEST = f"MATCH {_THE_STAMP} RETURN s.manifest AS manifest"
_BEGIN = f"""
MERGE (s:{STAMP}:{OURS} {{{OWN}, id: $stamp}})
SET s.whole = false, s.writer = $writer, s.target = $target, s.layout = $layout
"""
_HOLD = f"""
MATCH {_THE_STAMP} SET s.locked = true
WITH s WHERE s.writer = $writer RETURN s.id AS held
"""
_END = f"MATCH {_THE_STAMP} SET s.whole = true, s.snapshot = $target, s.manifest = $manifest"


@dataclass(frozen=True)
class Stamp:
    """What the server says of itself."""

    snapshot: str
    writer: str
    """Names the push that wrote it: a new one whenever somebody pushes."""


def read_stamp(connection: Connection) -> Stamp | None:
    """Return the stamp, None on an empty server; ServerError where a push is half done or of another version."""
    stamp: dict[str, Any] | None = connection.read([(_READ, KEY)])[0][0]["stamp"]
    if stamp is None:
        return None
    if not stamp["whole"]:
        raise ServerError(
            f"服务器上的图谱只推送了一半（{stamp['target']}），暂不回答；请等推送结束，或再运行一次 verdigraph push",
            f"the graph on the server is half pushed ({stamp['target']}) and answers nothing; wait until the push has ended, "
            "or run verdigraph push again",
        )
    if stamp["layout"] != layout():
        raise ServerError(
            "服务器上的图谱由另一版本的程序推送，请重新运行 verdigraph push",
            "the graph on the server was pushed by another version of the program; run verdigraph push again",
        )
    return Stamp(stamp["snapshot"], stamp["writer"])


def required_stamp(connection: Connection, snapshot: str | None = None) -> Stamp:
    """Return the stamp; ServerError on an empty server, or where it holds another snapshot than the one asked for."""
    stamp = read_stamp(connection)
    if stamp is None:
        raise ServerError(
            "服务器上还没有图谱，请先运行 verdigraph push",
            "there is no graph on the server yet; run verdigraph push first",
        )
    if snapshot is not None and stamp.snapshot != snapshot:
        raise ServerError(
            f"服务器上的快照是 {stamp.snapshot}，所问的是 {snapshot}；请先运行 verdigraph push，或不写 --store",
            f"the server holds snapshot {stamp.snapshot}, not {snapshot} as asked; run verdigraph push first, or leave out "
            "--store",
        )
    return stamp


def read_manifest(connection: Connection) -> str:
    """Return the manifest that was pushed with the graph, as JSON."""
    return str(connection.read([(_MANIFEST, KEY)])[0][0]["manifest"])


@contextmanager
def unchanged(connection: Connection, stamp: Stamp) -> Iterator[None]:
    """Make sure that nobody pushed while something was read: no half truth leaves this block."""
    yield
    if read_stamp(connection) != stamp:
        raise ServerError(
            "读取期间服务器上的图谱换了，请再运行一次",
            "the graph on the server changed while it was read; run this again",
        )


@dataclass(frozen=True)
class Writer:
    """One push: everything it writes goes through here, in batches that each hold the stamp."""

    connection: Connection
    name: str
    target: str

    def begin(self) -> None:
        """Say that the graph is half pushed from now on."""
        self.connection.write([(_BEGIN, {**KEY, "writer": self.name, "target": self.target, "layout": layout()})])

    def write(self, *statements: Statement) -> None:
        """Write a batch, all or none; ServerError if a later push took over."""
        held = (_HOLD, {**KEY, "writer": self.name})
        if not self.connection.write(statements, held):
            raise ServerError(
                "另一个 verdigraph push 接着推送了，这一个停下；请等它结束",
                "a later verdigraph push took over and this one stops; wait until that has ended",
            )

    def end(self, manifest: str) -> None:
        """Say that the graph is whole."""
        self.write((_END, {**KEY, "target": self.target, "manifest": manifest}))
