"""Credit codes that pass their check and yet belong to nobody.

Region digits 999999 stand in no edition of GB/T 2260, so no registration authority has ever issued such a code.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from graph_model.arrays import Ints

NOWHERE = "999999"
_ALPHABET = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRTUWXY", dtype=np.uint8)
_WEIGHTS = np.array([1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
_BASE = 31
_PLACES = 8
# Coprime to 31, so that multiplying modulo 31**8 never maps two serial numbers to one.
_SCATTER = 2_654_435_761


def credit_codes(serials: Ints, seed: int) -> pa.Array:
    """Return one valid 18-character code per serial number; different serials have different codes."""
    numbers = (serials.astype(np.int64) * _SCATTER + (seed % 1_000_003) * 7_919) % _BASE**_PLACES
    digits = np.empty((len(serials), 18), dtype=np.int64)
    digits[:, :8] = [9, 1, *(int(digit) for digit in NOWHERE)]
    for place in range(_PLACES):
        digits[:, 15 - place] = numbers % _BASE
        numbers //= _BASE
    digits[:, 16] = (digits[:, 8:16] * _WEIGHTS[:_PLACES]).sum(axis=1) % 10
    digits[:, 17] = -(digits[:, :17] @ _WEIGHTS) % _BASE
    text = np.ascontiguousarray(_ALPHABET[digits])
    return pa.array(text.view("S18").ravel()).cast(pa.string())
