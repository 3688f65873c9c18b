"""One name for every kind of vector that passes between files. What a vector runs over, its owner says."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
"""Yes or no."""
Ints8 = NDArray[np.int8]
"""Small codes, and three-valued flags: 1 yes, 0 no, -1 unknown."""
Ints32 = NDArray[np.int32]
"""Codes, offsets and days."""
Ints64 = NDArray[np.int64]
"""Counts, keys and amounts in 分."""
Rows = NDArray[np.intp]
"""Positions in a table, fit to index with."""
RowIndex = NDArray[Any]
"""Whatever picks rows of a table: positions, or a flag for each row."""
Ints = NDArray[Any]
"""Whole numbers whose width is left to whoever made them."""
Floats = NDArray[np.floating]
