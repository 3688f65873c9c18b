"""What the address of a page says: the day, the tier, the base, the rules, the language, and what a page asks of its own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from graph_model.bilingual import Bilingual
from graph_model.errors import DoesNotFitError
from queries.answers.labels import OPTION_WORDS
from queries.asking.reading import read_day
from queries.law.ruleset import RULESETS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TIERS: Final = ("district", "city", "provincial", "national")
BASES: Final = tuple(OPTION_WORDS["base"])
LANGUAGES: Final = ("zh", "en")
SHARED: Final = ("as_of", "tier", "base", "rules", "lang")
"""What every address may say."""
LONGEST: Final = 500
"""Letters that a value of an address may have."""


@dataclass(frozen=True)
class PageOptions:
    """Options of a page. `given` is what the address says beside them, such as a search."""

    as_of: date
    tier: str = "city"
    base: str = "above_scale"
    rules: str = ""
    lang: str = "zh"
    subject: str = ""
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)

    def said(self, words: Bilingual) -> str:
        """Return words in the language of the page."""
        return words.in_(self.lang)

    def either(self, zh: str, en: str) -> str:
        """Return one of two texts, by the language of the page."""
        return zh if self.lang == "zh" else en

    def one(self, name: str) -> str:
        """Return what the address says under a name, blank where nothing."""
        return next(iter(self.given.get(name, ())), "")

    @property
    def assess_tier(self) -> str:
        """Return the tier that is applied for: nobody applies at the district."""
        return "city" if self.tier == "district" else self.tier

    @property
    def rules_asked(self) -> dict[str, str]:
        """Return the rule set as an option, nothing where the day decides."""
        return {"rules": self.rules} if self.rules else {}


def read_address(pairs: Iterable[tuple[str, str]], standard: PageOptions) -> PageOptions:
    """Return the options that an address says, over the standard ones; UsageError for one that does not fit."""
    given: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        if len(value) > LONGEST:
            raise DoesNotFitError(
                name, f"{value[:20]}…", Bilingual(f"最多 {LONGEST} 字", f"at most {LONGEST} letters are expected")
            )
        if value.strip():
            given[name] = (*given.get(name, ()), value.strip())
    shared: dict[str, Any] = {name: given.pop(name)[-1] for name in SHARED if name in given}
    if "as_of" in shared:
        shared["as_of"] = read_day(shared["as_of"])
    subject = given.pop("id", ("",))[-1]
    options = replace(standard, subject=subject, given=given, **shared)
    for name, chosen, choices in (
        ("tier", options.tier, TIERS), ("base", options.base, BASES), ("lang", options.lang, LANGUAGES),
        ("rules", options.rules, ("", *RULESETS)),
    ):  # fmt: skip
        if chosen not in choices:
            listed = [choice for choice in choices if choice]
            raise DoesNotFitError(
                name, chosen, Bilingual(f"应为 {'、'.join(listed)} 之一", f"one of {', '.join(listed)} is expected")
            )
    return options


def address_query(options: PageOptions, standard: PageOptions) -> dict[str, str]:
    """Return what an address must say for a page with these options: what differs from the standard, and always the day."""
    said = {"as_of": options.as_of.isoformat()}
    for name in SHARED[1:]:
        if getattr(options, name) != getattr(standard, name):
            said[name] = getattr(options, name)
    return said
