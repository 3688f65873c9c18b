"""A slow, obvious reading of the contract (SPEC 1, 2, 3, 5, 6, 8), against which the vector code is held.

Nothing here knows the product: dicts, sets, loops and fractions, each function with the sentence it
implements. Where the contract is silent the module that decides says so under "Reading".
"""

from __future__ import annotations

from tests.reference.answer import COLUMNS, answer
from tests.reference.world import Refused

__all__ = ["COLUMNS", "Refused", "answer"]
