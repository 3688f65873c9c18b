"""Every folder of the corpus: what is read, what is said, and that every line is accounted for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.apart import outcome_apart
from tests.corpus.case import CorpusCase, corpus, pending
from tests.corpus.making.folder import write_folder
from tests.corpus.outcome import LoadOutcome, outcome_of
from tests.corpus.texts import made_up
from tests.corpus.verdict import faults, line_faults

CASES = corpus()


def _params(suffix: str = "") -> list[object]:
    waiting = pending()
    marks = pytest.mark.xfail(reason="pending.txt", strict=True)
    return [pytest.param(case, id=case.id, marks=[marks] if case.id + suffix in waiting else []) for case in CASES]


@pytest.fixture(scope="session")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, LoadOutcome]:
    """Return the outcomes that the session knows, by case."""
    return {}


def _outcome(case: CorpusCase, outcomes: dict[str, LoadOutcome], folder: Path) -> LoadOutcome:
    if case.id not in outcomes:
        write_folder(case.files, folder / "源")
        source, store = folder / "源", folder / "store"
        outcomes[case.id] = outcome_apart(source, store) if case.issue == "4" else outcome_of([source], store)
    return outcomes[case.id]


@pytest.mark.parametrize("case", _params())
def test_folder_is_read_right(case: CorpusCase, outcomes: dict[str, LoadOutcome], tmp_path: Path) -> None:
    assert faults(case.want, _outcome(case, outcomes, tmp_path)) == []


@pytest.mark.parametrize("case", _params("+lines"))
def test_every_line_is_accounted_for(case: CorpusCase, outcomes: dict[str, LoadOutcome], tmp_path: Path) -> None:
    assert line_faults(case.files, _outcome(case, outcomes, tmp_path)) == []


@pytest.mark.parametrize("case", _params("+texts"))
def test_no_text_is_made_up(case: CorpusCase, outcomes: dict[str, LoadOutcome], tmp_path: Path) -> None:
    if case.id == "bad-byte-large":
        return  # A hundred thousand firms, written by a pattern.
    assert made_up(case.files, _outcome(case, outcomes, tmp_path)) == []


def test_pending_names_only_cases() -> None:
    assert pending() <= {case.id + suffix for case in CASES for suffix in ("", "+lines", "+texts")}
