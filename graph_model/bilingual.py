"""The same sentence in two languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pydantic import ConfigDict


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same sentence in Chinese and in English."""

    __pydantic_config__: ClassVar[ConfigDict] = {"extra": "forbid"}

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        """Return the sentence in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en
