"""How much an archive may unpack to; an office document is an archive too."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from loaders.read.refused import FileRefused

_UNPACKED_LIMIT: Final = 2 * 1024**3
_RATIO_LIMIT: Final = 200
_RATIO_FROM: Final = 100 * 1024**2


def check_sizes(path: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse an archive that must not be unpacked."""
    size = sum(member.file_size for member in members)
    ratio = size // max(1, path.stat().st_size)
    if size > _UNPACKED_LIMIT or (ratio > _RATIO_LIMIT and size > _RATIO_FROM):
        raise FileRefused("file_too_large_inside", size=size, ratio=ratio)
