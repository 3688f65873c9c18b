"""D-18.2: accidents of safety, network, data or quality, pollution, tax evasion and other offences of the last three years.

Any severity counts: it does not say 较大 or above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.law.adverse import AdverseFact, FactOutcome, while_in_window
from queries.law.propagation import item_rule
from queries.law.rule import draft

if TYPE_CHECKING:
    from queries.law.rules import Rules

CITATION = draft(
    18,
    "发生安全（含网络安全、数据安全）、质量、环境污染等事故以及偷漏税等违法违规行为的",
    "accidents of safety (network, data), quality or pollution; tax evasion and other offences",
    item=2,
)


def effect_of(fact: AdverseFact, rules: Rules) -> FactOutcome | None:
    """Count a fact of the window until it has left it."""
    return while_in_window(fact, rules)


RULE = item_rule("D-18.2", CITATION, effect_of)
