"""The process in which files of foreign formats are read, so that a hostile one can take no more than its limits.

It is started by `reading_process` and speaks JSON, a line a message: a file to read comes in, what became of it goes out. What was
read is left in the cache of parsed files.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from loaders.read.parse_cache import ParsedFiles
from loaders.read.parse_source import parse_source
from loaders.read.sources import SourceFile

try:
    import resource
except ImportError:  # Windows knows no such limits: there only the time is limited.
    resource = None  # type: ignore[assignment]

_STATUS = Path("/proc/self/status")
_GRACE = 10
"""Seconds after the parent's limit in which a worker without a parent ends by itself."""
_KEPT_LIMIT = 512 * 1024**2
"""A worker that holds more than this after a file is replaced by a fresh one."""


def serve() -> None:
    """Read files until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # What a library prints is no answer.
    base = _data_size()
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        outcome = _read(json.loads(line), base)
        outcome["last"] = _data_size() - base > _KEPT_LIMIT
        print(json.dumps(outcome), file=answers, flush=True)
        if outcome["last"]:
            return


def _read(request: dict[str, Any], base: int) -> dict[str, Any]:
    source = SourceFile(Path(request["path"]), Path(request["root"]), request["shown"], buyer=request["buyer"])
    _limit(base + request["memory"], request["seconds"])
    try:
        ParsedFiles(Path(request["folder"])).keep(parse_source(request["key"], source))
    except MemoryError:
        return {"outcome": "memory"}
    finally:
        _limit(None, 0)
    return {"outcome": "read"}


def _limit(memory: int | None, seconds: int) -> None:
    """Limit what the process may allocate, None for no limit, and let it end should nobody stop it."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds + _GRACE if seconds else 0)
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        soft = hard if memory is None else memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_size() -> int:
    """Return the bytes that the limit counts, 0 where the system does not say."""
    if not _STATUS.exists():
        return 0
    with _STATUS.open(encoding="ascii", errors="replace") as status:
        return next((_kibibytes(line) for line in status if line.startswith("VmData:")), 0)


def _kibibytes(line: str) -> int:
    return int(line.split()[1]) * 1024
