"""`answer.save("x.xlsx")`: an answer into a file, in the form that its name says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graph_model.errors import UsageError
from reports.writing import ENDINGS, write_answer

if TYPE_CHECKING:
    from queries.answers.answer import Answer


def save(answer: Answer, path: Path | str, lang: str = "zh") -> Path:
    """Write an answer to `path` as xlsx, csv, json or txt; return the path.

    UsageError for another ending: a file whose name says one thing and whose content another misleads its reader.
    """
    file = Path(path)
    form = ENDINGS.get(file.suffix.lower())
    if form is None:
        listed = "、".join(ENDINGS)
        raise UsageError(
            f"不能写成“{file.suffix or file.name}”，文件名应以 {listed} 结尾",
            f"cannot write {file.suffix or file.name!r}: a name ends with one of {', '.join(ENDINGS)}",
        )
    write_answer(answer, form, file, lang)
    return file
