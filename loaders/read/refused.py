"""Why a file is not read: the code and the facts of its issue."""

from __future__ import annotations


class FileRefused(Exception):  # noqa: N818 - it is an answer, and it never leaves the room
    """A file that is not read; `code` and `facts` are those of the issue."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
        self.lines = 0
        """Lines of the file that are not blank, where they can be counted all the same."""


def unreadable(error: OSError) -> FileRefused:
    """Return that the system does not hand out a file."""
    why = error.strerror or str(error)
    return FileRefused("file_unreadable", why_zh=why, why_en=why)
