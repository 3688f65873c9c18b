"""The sentences of an audit: one home per language, with what is filled in."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from graph_model.bilingual import Bilingual


def sentence(id: str, **values: object) -> Bilingual:
    """Return a sentence with its values; a value that is a pair is Chinese and English. KeyError for a name it has not."""
    zh, en = ({name: _in(value, place) for name, value in values.items()} for place in (0, 1))
    words = sentences()[id]
    return Bilingual(words.zh.format(**zh), words.en.format(**en))


def _in(value: object, place: int) -> object:
    return value[place] if isinstance(value, tuple) else value


@cache
def sentences() -> dict[str, Bilingual]:
    """Return every sentence by id."""
    text = files("queries.duties").joinpath("sentences.yaml").read_text(encoding="utf-8")
    return {id: Bilingual(**words) for id, words in yaml.safe_load(text).items()}
