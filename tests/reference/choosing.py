"""Where the choices of a random world come from: a seed, so that it can be repeated, or hypothesis, which shrinks."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from hypothesis import strategies as st


class Chooser(Protocol):
    """Where the choices of a world come from."""

    def of(self, values: Sequence[Any]) -> Any: ...

    def chance(self, percent: int) -> bool: ...


class Seeded:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def of(self, values: Sequence[Any]) -> Any:
        return self.random.choice(values)

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent


class Drawn:
    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw

    def of(self, values: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(values))

    def chance(self, percent: int) -> bool:
        # Shrinks towards "no": the rare thing happens at the top of the range.
        return bool(self.draw(st.integers(0, 99)) >= 100 - percent)
