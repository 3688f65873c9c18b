"""What can go wrong, worded for the person who can mend it.

One small tree. Callers pass facts; the class makes the sentence, in Chinese and in English.
"""

from __future__ import annotations


class VerdigraphError(Exception):
    """Something a person must mend: wrong data or wrong use. The command line ends with status 2."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} ({en})")
        self.zh = zh
        self.en = en

    def sentence(self, lang: str = "zh") -> str:
        """Return both sentences, the asked language first."""
        first, second = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return f"{first}\n{second}"


class UsageError(VerdigraphError):
    """An option that does not fit, a question that does not exist, a unit that is not there."""


class DataError(VerdigraphError):
    """Sources of which nothing could be loaded, or that would empty a table."""


class StoreError(VerdigraphError):
    """A store that is missing, locked, or of another program version."""
