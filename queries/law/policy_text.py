"""A policy text that the user gives, taken apart sentence by sentence, each with the place it stands at.

The draft has articles, paragraphs and items; the 2016 plan has chapters, sections and numbers. The texts themselves are not
ours to publish: nothing of them is kept, and what a place means for the program stands in `clause_map/`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graph_model.bilingual import Bilingual
from graph_model.errors import UsageError
from queries.law.rule import ARABIC_ITEMS, numeral
from queries.law.ruleset_model import SourceDocument
from queries.law.user_files import user_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Path_ = tuple[int, ...]
_NUMERALS: Final = "零一二三四五六七八九十"
_ARTICLE: Final = re.compile(r"第([一二三四五六七八九十]+)条\s*")
_CHAPTER: Final = re.compile(r"第[一二三四五六七八九十]+章")
_ITEM: Final = re.compile(r"(?:(\d+)[.．]|(?:（|\()([一二三四五六七八九十]+)(?:）|\)))\s*")
_LEVELS: Final = (
    re.compile(r"([一二三四五六七八九十]+)、\s*"),
    re.compile(r"(?:（|\()([一二三四五六七八九十]+)(?:）|\))\s*"),
    re.compile(r"(\d+)、\s*"),
    re.compile(r"(?:（|\()(\d+)(?:）|\))\s*"),
)
_ENDS: Final = re.compile(r"(?<=[。；;])|\n")
_HEADING: Final = 25
"""A line of the plan that is shorter, and ends without a mark, is a heading and no part of the sentence below it."""
_ANNEX: Final = re.compile(r"^[-\s]*附件：")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text: where it stands (article, paragraph, item; or chapter, section, numbers) and which one it is there."""

    document: SourceDocument
    path: Path_
    number: int
    text: str

    @property
    def at(self) -> str:
        """Return its place as the clause map writes it, such as `17.3#1` or `18.1.2#1`."""
        return f"{'.'.join(map(str, self.path))}#{self.number}"


def read_policy(path: Path) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order; UsageError for one that is neither the draft nor the 2016 plan."""
    text = user_text(path, Bilingual("政策文本", "policy text"))
    if len(_ARTICLE.findall(text)) >= 10 and "梯度培育" in text:
        return tuple(_sentences(SourceDocument.DRAFT, _of_articles(text)))
    if "绿色制造体系建设实施方案" in text:
        return tuple(_sentences(SourceDocument.PLAN, _of_chapters(text)))
    raise UsageError(
        f"“{path}”既不是《江苏省绿色工厂梯度培育及管理实施细则》，也不是2016年实施方案的文本（应为 txt）",
        f"{str(path)!r} is the text of neither the draft detailed rules nor the 2016 plan (txt is expected)",
    )


def place_words(document: SourceDocument, path: Path_) -> str:
    """Return a place as it is printed, such as 第十七条第三款, 第十八条第一款第（二）项 or 三（一）1（2）."""
    if document is SourceDocument.PLAN:
        section = f"（{numeral(path[1])}）" if len(path) > 1 else ""
        return "".join((numeral(path[0]), section, *_plan_part(path))) if path[0] else "序言"
    article, paragraph, item = (*path, 0, 0)[:3]
    words = f"第{numeral(article)}条" + (f"第{numeral(paragraph)}款" if paragraph else "")
    if item:
        words += f"第{item}项" if article in ARABIC_ITEMS else f"第（{numeral(item)}）项"
    return words


def _plan_part(path: Path_) -> Iterator[str]:
    if len(path) > 2:
        yield str(path[2])
    if len(path) > 3:
        yield f"（{path[3]}）"


def _sentences(document: SourceDocument, passages: Iterator[tuple[Path_, str]]) -> Iterator[Sentence]:
    """Yield passages cut behind 。 and ；, numbered anew at every place."""
    counts: dict[Path_, int] = {}
    for path, text in passages:
        for sentence in filter(None, (piece.strip() for piece in _ENDS.split(text))):
            counts[path] = counts.get(path, 0) + 1
            yield Sentence(document, path, counts[path], sentence)


def _of_articles(text: str) -> Iterator[tuple[Path_, str]]:
    article = paragraph = 0
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if _CHAPTER.match(line) or (not article and not _ARTICLE.match(line)):
            continue
        if marker := _ARTICLE.match(line):
            article, paragraph, line = number(marker[1]), 0, line[marker.end() :]
        if item := _ITEM.match(line):
            yield (article, paragraph, int(item[1]) if item[1] else number(item[2])), line[item.end() :]
        else:
            paragraph += 1
            yield (article, paragraph), line


def _of_chapters(text: str) -> Iterator[tuple[Path_, str]]:
    path: Path_ = (0,)
    body = ""
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if _ANNEX.match(line):
            break
        depth, marker = next(
            ((at, match) for at, level in enumerate(_LEVELS) if (match := level.match(line))), (0, None)
        )
        if marker is None:
            body += _joined(line)
            continue
        if body:
            yield path, body
        value = int(marker[1]) if marker[1].isdecimal() else number(marker[1])
        path, body = (*path[:depth], value), _joined(line[marker.end() :])
    if body:
        yield path, body


def _joined(line: str) -> str:
    """Return a line as it joins the next one: a page break cuts sentences anywhere, a heading stands alone."""
    return line if len(line) >= _HEADING or line.endswith(("。", "；", ";")) else f"{line}\n"


def number(words: str) -> int:
    """Return a number below 100 written in Chinese."""
    tens, mark, ones = words.rpartition("十")
    return (_NUMERALS.index(tens) if tens else bool(mark)) * 10 + (_NUMERALS.index(ones) if ones else 0)
