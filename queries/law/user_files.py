"""Files of the user that options name: their text, whatever encoding a spreadsheet saved them in, and the rows of csv files."""

from __future__ import annotations

import codecs
import csv
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph_model.bilingual import Bilingual
from graph_model.errors import FileFaultError, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def user_text(path: Path | str, what: Bilingual) -> str:
    """Return the text of a file: by its mark, else UTF-8, else GB18030; UnreadableFileError where it is none of them."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise UnreadableFileError(what, path, error.strerror or "") from None
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(what, path, "UTF-8, UTF-16, GB18030")


def csv_rows(path: Path | str, what: Bilingual, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the line number and the cells of every row, stripped; FileFaultError where the header lacks a column."""
    reader = csv.DictReader(user_text(path, what).splitlines())
    if not set(columns) <= set(reader.fieldnames or ()):
        fault = Bilingual(f"表头应有 {'、'.join(columns)}", f"the columns {', '.join(columns)} are expected")
        raise FileFaultError(path, 1, fault)
    for row in reader:
        yield reader.line_num, {name: (row[name] or "").strip() for name in columns}
