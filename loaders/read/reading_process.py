"""The parent's side of the worker: one warm process, given a file at a time, stopped where a file takes too much of it.

The limits grow with the file: 2 GiB and 60 s, at least 8 bytes of memory per byte and a second per MiB of the file. The defaults
are settings: `VERDIGRAPH_READ_MEMORY` in MiB, `VERDIGRAPH_READ_SECONDS`.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from threading import Event, Lock, Timer
from typing import TYPE_CHECKING, Final, NamedTuple

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from loaders.read.refused import FileRefused

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.read.sources import SourceFile

MIB: Final = 1024**2
_MEMORY_PER_BYTE: Final = 8
_STARTUP_SECONDS: Final = 60
_COMMAND: Final = (sys.executable, "-P", "-c", "from loaders.read.worker import serve; serve()")
_NO_MEMORY: Final = (b"memory allocation of", b"MemoryError", b"bad_alloc", b"capacity overflow", b"Cannot allocate")


class ReadSettings(BaseSettings):
    """What reading one file may take."""

    model_config = SettingsConfigDict(env_prefix="VERDIGRAPH_READ_")

    memory: int = Field(default=2048, ge=64)
    """MiB."""
    seconds: int = Field(default=60, ge=1)


class Limits(NamedTuple):
    """What one file may take."""

    memory: int
    seconds: int

    @classmethod
    def of(cls, size: int, settings: ReadSettings) -> Limits:
        """Return the limits of a file of `size` bytes."""
        memory = max(settings.memory * MIB, _MEMORY_PER_BYTE * size)
        return cls(memory, settings.seconds + size // MIB)


class ReadingProcess:
    """A worker, started when first needed, and again after one that died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._owner = 0
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        self._lock = Lock()

    def read(self, source: SourceFile, key: str, folder: Path, limits: Limits) -> FileRefused | None:
        """Let the worker read a file into the cache at `folder`; return why it could not, if a limit or a crash stopped it."""
        request = {
            "path": str(source.path),
            "root": str(source.root),
            "shown": source.shown,
            "buyer": source.buyer,
            "key": key,
            "folder": str(folder),
            "memory": limits.memory,
            "seconds": limits.seconds,
        }
        with self._lock:
            process = self._running()
            late, answer = self._answer(process, json.dumps(request), limits.seconds)
            if answer is None or answer["last"]:
                status = self._end()
            if late:
                return FileRefused("file_too_slow", seconds=limits.seconds)
            if answer is None:
                return self._death(status, limits)
            if answer["outcome"] == "memory":
                return FileRefused("file_too_hungry", mebibytes=limits.memory // MIB)
            return None

    def close(self) -> None:
        """End the worker, if it was started by this process."""
        if self._process is not None and self._owner == os.getpid():
            self._end()
        self._errors.close()

    def _running(self) -> subprocess.Popen[str]:
        """Return a worker that waits for a file. A fork has no part in its parent's worker."""
        if self._process is not None and (self._owner != os.getpid() or self._process.poll() is not None):
            self._process = None
        if self._process is None:
            self._owner = os.getpid()
            self._errors.seek(0)
            self._errors.truncate()
            self._process = subprocess.Popen(  # noqa: S603 - this very program
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                encoding="ascii",
                env=os.environ
                | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "ARROW_DEFAULT_MEMORY_POOL": "system"},
            )
            self._line(self._process, _STARTUP_SECONDS)
        return self._process

    def _answer(
        self, process: subprocess.Popen[str], request: str, seconds: int
    ) -> tuple[bool, dict[str, object] | None]:
        """Return whether the time was up, and the answer, None where the worker died."""
        assert process.stdin is not None
        try:
            print(request, file=process.stdin, flush=True)
        except OSError:  # It died while it waited.
            return False, None
        late, line = self._line(process, seconds)
        return late, json.loads(line) if line.endswith("\n") else None

    def _line(self, process: subprocess.Popen[str], seconds: int) -> tuple[bool, str]:
        assert process.stdout is not None
        stopped = Event()

        def stop() -> None:
            stopped.set()
            process.kill()

        timer = Timer(seconds, stop)
        timer.start()
        try:
            line = process.stdout.readline()
        finally:
            timer.cancel()
        return stopped.is_set() and not line, line

    def _end(self) -> int:
        """End the worker and return its exit status."""
        process, self._process = self._process, None
        assert process is not None
        process.kill()
        with process:
            return process.wait()

    def _death(self, status: int, limits: Limits) -> FileRefused:
        """Return what a worker died of, by its last words."""
        self._errors.seek(0)
        if any(word in self._errors.read() for word in _NO_MEMORY):
            return FileRefused("file_too_hungry", mebibytes=limits.memory // MIB)
        return FileRefused("file_reader_died", status=status)


READING: Final = ReadingProcess()
"""The one worker of this program."""
atexit.register(READING.close)
