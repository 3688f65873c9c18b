"""The command line: `verdigraph`, or `python -m verdigraph`."""

from __future__ import annotations

import sys

from verdigraph.rooms import foreign_room


def main() -> int:
    """Run the command line, once its four rooms are known to be ours; return the exit status."""
    problem = foreign_room()
    if problem is not None:
        sys.stderr.write(f"{problem}\n")
        return 2
    from reports.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
