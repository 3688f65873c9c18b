"""The catalogue of columns: YAML silently takes the last of two equal keys, so none may stand there twice."""

from importlib.resources import files

from queries.law.marked_yaml import read_marked


def test_no_column_stands_twice():
    text = files("queries.answers").joinpath("columns.yaml").read_text(encoding="utf-8")
    assert read_marked(text, "columns.yaml").content
