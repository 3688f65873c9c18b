"""The same sentence in two languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The same sentence in Chinese and in English."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        """Return the sentence in `zh` or `en`."""
        return self.zh if lang == "zh" else self.en
