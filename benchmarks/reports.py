"""Measure `report` (workbook, letter, lists) of the fictional province of one size.

python -m benchmarks.reports --enterprises 60000 --links 500000
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.measure import in_own_process, worked
from benchmarks.worlds import loaded_world

if TYPE_CHECKING:
    from collections.abc import Callable

Part = tuple[str, float, float, int]
"""A part of a report: its name, seconds, the processor's seconds, bytes written."""


def report_everything(store: Path) -> list[Part]:
    """Write every part of a report for the province."""
    from loaders.fictional import DEMO_DAY
    from queries import open_store
    from reports.commands.report import PARTS
    from reports.scope import ReportScope

    session, scope = open_store(store), ReportScope(DEMO_DAY)
    with TemporaryDirectory() as folder:
        return [_part(name, lambda write=write: write(session, scope, Path(folder))) for name, write in PARTS.items()]


def _part(name: str, write: Callable[[], list[Path]]) -> Part:
    seconds, processor, paths = worked(write)
    return name, seconds, processor, sum(path.stat().st_size for path in paths)


def main(arguments: list[str] | None = None) -> None:
    """Make and load the province where that has not been done, report, and print what it took."""
    world = loaded_world("python -m benchmarks.reports", __doc__.splitlines()[0] if __doc__ else "", arguments)
    measured = in_own_process("benchmarks.reports", "report_everything", world.store)
    print(f"province: {world.enterprises:,} enterprises, {world.links:,} links; peak {measured.peak:.2f} GiB")
    for name, seconds, processor, size in measured.result:
        print(f"{name:10}{seconds:8.1f} s, {processor:6.1f} s of the processor  {size / 1e6:6.1f} MB")


if __name__ == "__main__":
    main()
