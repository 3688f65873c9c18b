"""Ids: `uscc:<code>` or `name:<normal form>` for enterprises and agencies, `park:<normal form>` for parks. SPEC 5."""

from __future__ import annotations

from typing import Final

CODE: Final = "uscc:"
NAME: Final = "name:"
PARK: Final = "park:"


def code_id(uscc: str) -> str:
    """Return the id of the unit that `uscc` identifies."""
    return CODE + uscc


def name_id(normal: str) -> str:
    """Return the id of an enterprise or agency known only under a name, given in normal form."""
    return NAME + normal


def park_id(normal: str) -> str:
    """Return the id of a park, given its name in normal form."""
    return PARK + normal
