"""Strike from pending.txt the cases that pass by now: `python -m tests.corpus.strike`. What fails is never added."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.corpus.apart import outcome_apart
from tests.corpus.case import HERE, CorpusCase, corpus, pending
from tests.corpus.making.folder import write_folder
from tests.corpus.texts import made_up
from tests.corpus.verdict import faults, line_faults

SUFFIXES = ("", "+lines", "+texts")
_LIST = HERE / "pending.txt"


def failing(case: CorpusCase) -> set[str]:
    """Return what of a case fails: its id, its id with +lines for the law of lines, with +texts for that of texts."""
    with tempfile.TemporaryDirectory() as folder:
        source, store = Path(folder) / "源", Path(folder) / "store"
        write_folder(case.files, source)
        try:
            outcome = outcome_apart(source, store)
        except AssertionError:
            return {f"{case.id}{suffix}" for suffix in SUFFIXES}
        wrong = (faults(case.want, outcome), line_faults(case.files, outcome), made_up(case.files, outcome))
        return {f"{case.id}{suffix}" for suffix, faulty in zip(SUFFIXES, wrong, strict=True) if faulty}


def main() -> None:
    """Try every pending case and keep the lines of those that fail."""
    waiting = pending()
    cases = [case for case in corpus() if waiting & {f"{case.id}{suffix}" for suffix in SUFFIXES}]
    still = {id for case in cases for id in failing(case)}
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.strip() or line.startswith("#") or line.split()[0] in still]
    _LIST.write_text("\n".join(kept) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(waiting - still)} struck, {len(waiting & still)} left\n")


if __name__ == "__main__":
    main()
