"""Every hand-computed case, by the reference and by the product, which check each other and the case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rulebook_cases.asking import OfProduct, OfReference, wrong_answers
from tests.rulebook_cases.reading import Case, cases

CASES = list(cases())
IDS = [case.id for case in CASES]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cases")


def test_ids_are_unique() -> None:
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_reference(case: Case) -> None:
    assert wrong_answers(case, OfReference(case.texts)) == []


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_product(case: Case, folder: Path) -> None:
    assert wrong_answers(case, OfProduct(case.texts, folder)) == []
