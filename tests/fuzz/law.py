"""What holds for every load, whatever its files are like: no fall, no hang, every line accounted for, no text made up."""

from __future__ import annotations

import html
import io
import re
import time
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.corpus.making.workbook import write_xlsx
from tests.corpus.outcome import LoadOutcome, outcome_of
from tests.fuzz.mutate import Mutant

SECONDS = 30.0
"""No load of a batch takes longer; the files are of a few KB."""
GOOD = "江苏好名单制造有限公司"
_GOOD_FILE = "好名单.xlsx"


@dataclass(frozen=True)
class Breach:
    """A mutant, or a batch of them (None), and the law that it breaks."""

    at: int | None
    law: str
    what: str


def write_batch(mutants: Sequence[Mutant], folder: Path) -> list[str]:
    """Write mutants beside a good list and return their names."""
    folder.mkdir()
    names = [f"2023年度省级绿色工厂名单-{at:03}{mutant.seed.suffix}" for at, mutant in enumerate(mutants)]
    for name, mutant in zip(names, mutants, strict=True):
        (folder / name).write_bytes(mutant.content)
    good = [["序号", "企业名称", "地区"], [1, GOOD, "苏州市"]]
    write_xlsx(folder / _GOOD_FILE, {"title": "2023年度省级绿色工厂名单", "rows": good})
    return names


def breaches(mutants: Sequence[Mutant], folder: Path) -> list[Breach]:
    """Load a batch and return what it breaks."""
    names = write_batch(mutants, folder / "源")
    start = time.monotonic()
    try:
        outcome = outcome_of([folder / "源"], folder / "store")
    except Exception as error:  # Whatever it is: a load may fail by DataError only, and with a good file not at all.
        return [Breach(None, "traceback", f"{type(error).__name__}: {error}"[:300])]
    seconds = time.monotonic() - start
    found = [] if seconds < SECONDS else [Breach(None, "hang", f"{seconds:.0f} s")]
    if not any(row.get("enterprise") == GOOD for row in outcome.facts.get("listings", [])):
        found.append(Breach(None, "good file", outcome.refusal or "its listing is not in the store"))
    for at, (name, mutant) in enumerate(zip(names, mutants, strict=True)):
        found += [Breach(at, "account", what) for what in _account(name, mutant, outcome)]
    return found + [Breach(None, "made up", name) for name in _made_up(mutants, outcome)]


def _account(name: str, mutant: Mutant, outcome: LoadOutcome) -> list[str]:
    """Return where the account of a file does not hold; a file that gives nothing is an error that names it."""
    account = outcome.lines.get(name)
    told = any(issue.file == name and issue.level == "error" for issue in outcome.said)
    if account is None or account.loaded + account.merged == 0:
        return [] if told else ["nothing was read of it, and no error names it"]
    if account.read != account.loaded + account.merged + account.rejected + account.notes:
        return [f"{account} does not add up"]
    if mutant.lines is not None and account.read != mutant.lines:
        return [f"{mutant.lines} lines, of which {account} are accounted for"]
    return []


def _made_up(mutants: Sequence[Mutant], outcome: LoadOutcome) -> list[str]:
    """Return the names of units that stand in none of the files."""
    texts = (
        None if any(mutant.seed.suffix == ".pdf" for mutant in mutants) else squeezed("\n".join(map(text_of, mutants)))
    )
    names = {row["name"] for table in ("enterprises", "parks", "agencies") for row in outcome.facts.get(table, [])}
    return sorted(name for name in names - {GOOD} if not _stands_in(squeezed(name), texts))


def _stands_in(name: str, texts: str | None) -> bool:
    """Tell whether a text is there; of a PDF only what cannot be a text is known: letters that its font does not name."""
    return not _NO_LETTER.search(name) and (texts is None or name in texts)


_NO_LETTER = re.compile(r"\ufffd|\(cid:")
_INVISIBLE = "\u3164\ufe0f"


def squeezed(text: str) -> str:
    """Return a text in NFKC without spaces and what cannot be seen."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(
        letter for letter in normal if unicodedata.category(letter)[0] not in "ZC" and letter not in _INVISIBLE
    )


def text_of(mutant: Mutant) -> str:
    """Return the text of a file, found without the product's readers; more than its cells hold, and in no order."""
    suffix, content = mutant.seed.suffix, mutant.content
    if suffix in (".xlsx", ".docx"):
        return _archive_text(content)
    if suffix == ".parquet":
        return _parquet_text(content)
    if suffix == ".xls" and content.startswith(b"\xd0\xcf"):
        return "\n".join((content.decode("latin-1"), *(content[at:].decode("utf-16-le", "replace") for at in (0, 1))))
    return _without_tags(content.decode(mutant.encoding, "replace"))


def _without_tags(text: str) -> str:
    return html.unescape(re.sub(r"<[^<>]*>", "", text)) + "\n" + text


def _archive_text(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(_without_tags(_member(archive, name)) for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return ""


def _member(archive: zipfile.ZipFile, name: str) -> str:
    try:
        return archive.read(name).decode("utf-8", "replace")
    except Exception:  # A broken member has no text.
        return ""


def _parquet_text(content: bytes) -> str:
    try:
        return str(pq.read_table(pa.BufferReader(content)).to_pydict())
    except Exception:  # A broken table has no text.
        return ""
