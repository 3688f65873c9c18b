"""Every rule of eligibility, in the order of the rule book: whatever module lies in `articles` is one.

A file that cannot be imported takes nobody else down: it is named in a warning, and the rule sets that hold its rule say that
there is no such rule.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from warnings import warn

from queries.law import articles
from queries.law.rule import Rule


def discovered(package: str, paths: list[str]) -> tuple[ModuleType, ...]:
    """Return the articles of a package in the places of their rules."""
    good: list[ModuleType] = []
    for module in iter_modules(paths):
        try:
            article = import_module(f"{package}.{module.name}")
            good.append(article if isinstance(article.RULE, Rule) else _no_rule(module.name))
        except Exception as error:  # Whatever a file fails with concerns that file alone.
            warn(f"{package}.{module.name}: {type(error).__name__}: {error}", stacklevel=2)
    return tuple(sorted(good, key=lambda article: (article.RULE.order, article.RULE.id)))


def _no_rule(name: str) -> ModuleType:
    message = f"RULE of {name} is no Rule"
    raise TypeError(message)


ARTICLES = discovered(articles.__name__, list(articles.__path__))

RULES: dict[str, Rule] = {article.RULE.id: article.RULE for article in ARTICLES}

EFFECTS = {article.RULE.id: article.effect_of for article in ARTICLES if hasattr(article, "effect_of")}
"""How each item of the negative list counts one fact."""
