"""Decisions of people (`decisions.csv`): two spellings are one unit, or are not. They go before everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph_model.identity import CODE, NAME, PARK
from graph_model.kinds import UnitKind
from graph_model.values import codes
from loaders.resolve.registry import Claims, Meaning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loaders.read.decisions import IdentityDecision
    from loaders.resolve.spellings import Spellings


def read_decisions(decisions: Iterable[IdentityDecision], spellings: Spellings) -> list[tuple[Meaning, Meaning, bool]]:
    """Return decisions as (subject, other, same) with every name and code numbered; must run before the survey."""
    read = []
    for decision in decisions:
        subject = _meaning(decision.name, spellings)
        for partner, same in ((decision.same_as, True), (decision.different_from, False)):
            if partner is not None:
                read.append((subject, _meaning(partner, spellings), same))
    return read


def note_decisions(decisions: list[tuple[Meaning, Meaning, bool]], claims: Mapping[UnitKind, Claims]) -> None:
    """Tell every kind of unit what was decided; a decision on a name that a kind does not know changes nothing there."""
    for about in claims.values():
        for subject, partner, same in decisions:
            if same:
                _same(about, subject, partner)
            elif not subject.is_code:
                about.distinct[subject.number].append(partner)


def _same(about: Claims, subject: Meaning, partner: Meaning) -> None:
    if subject.is_code:
        about.recoded[subject.number] = partner
    elif partner.is_code:
        about.same_code[subject.number] = partner.number
    else:
        about.same_name[subject.number] = partner.number


def _meaning(text: str, spellings: Spellings) -> Meaning:
    for prefix in (NAME, PARK):
        if text.startswith(prefix):
            return Meaning(False, spellings.normal(text.removeprefix(prefix)))
    code = codes.CODE.parse(text.removeprefix(CODE)).value
    if code is not None:
        return Meaning(True, spellings.codes.number(code))
    return Meaning(False, spellings.normal(text))
