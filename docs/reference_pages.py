"""Generated pages of reference: the glossary, and the tables on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from graph_model.column_types import ColumnType
from graph_model.kinds import EDGE_KINDS, NODE_KINDS
from graph_model.records import RECORDS, fields_of
from graph_model.schema import TABLES
from graph_model.tiers import CATEGORY_ZH, TIER_ZH
from queries.answers.columns import catalogue
from queries.answers.labels import OPTION_WORDS
from queries.asking.question import AnyQuestion
from queries.law.rulebook import RULES
from queries.registry import QUESTIONS
from reports.flags import flags_of

TERMS = Path(__file__).with_name("glossary.yaml")
TYPES = {
    "tier": "0 none, 1 district, 2 city, 3 provincial, 4 national",
    "category": "0 factory, 1 park, 2 product, 3 supply_chain",
    "region": "GB/T 2260 code, 0 unknown, 100000 the nation",
    "money": "分 of 1e-6 万元",
    "flag": "yes, no, null unknown",
    "start": "day; null: always was",
    "end": "day; null: still open",
    "day": "day; null: not seen to happen",
    "first": "day; null: not seen to happen",
}
Row = tuple[str, str, str]


def glossary_rows() -> dict[str, list[Row]]:
    """Return Chinese, English and code name of every term, by section."""
    terms: list[Row] = [
        (str(zh), str(en), str(code)) for zh, en, code in yaml.safe_load(TERMS.read_text(encoding="utf-8"))
    ]
    return {
        "程序用语 Terms": terms,
        "层级与类别 Tiers and categories": [
            *((zh, tier.id, f"Tier.{tier.name}") for tier, zh in TIER_ZH.items() if tier),
            *(
                (zh, category.value.replace("_", " "), f"Category.{category.name}")
                for category, zh in CATEGORY_ZH.items()
            ),
        ],
        "名录各表 Input tables": [
            (record.title, record.table.replace("_", " "), record.__name__) for record in RECORDS.values()
        ],
        "图谱 Nodes and edges": [
            *((kind.zh, kind.name.replace("_", " "), kind.label) for kind in NODE_KINDS.values()),
            *dict.fromkeys((edge.zh, edge.name.replace("_", " "), edge.cypher) for edge in EDGE_KINDS),
        ],
        "问题 Questions": [(one.title.zh, one.title.en, one.name) for one in QUESTIONS.values()],
        "规则 Rules": list(dict.fromkeys(_rules())),
        "选项 Options": list(dict.fromkeys(_options())),
        "取值 Closed sets": [
            *dict.fromkeys(_codes()),
            *((zh, en, f"{name}={id}") for name, words in OPTION_WORDS.items() for id, (zh, en) in words.items()),
        ],
        "答案各列 Columns": [
            *((column.zh, column.meaning.en, key) for key, column in catalogue().items()),
            *dict.fromkeys(_own_columns()),
        ],
    }


def _codes() -> Iterator[Row]:
    for table in _tables():
        for column in table.columns:
            for code, words in column.codes.items():
                yield words.zh, words.en, f"{column.name}: {code}"


def _tables() -> Iterator[AnyQuestion]:
    """Yield every table that a question may answer with."""
    for question in QUESTIONS.values():
        yield from question.every_table


def _rules() -> Iterator[Row]:
    for rule in RULES.values():
        for category in rule.categories:
            words = rule.cited(category).words
            yield words.zh, words.en, rule.id


def _own_columns() -> Iterator[Row]:
    """Yield the columns that a question declares itself."""
    shared = {(column.zh, column.meaning) for column in catalogue().values()}
    for question in _tables():
        for column in question.columns:
            if (column.zh, column.meaning) not in shared:
                yield column.zh, column.meaning.en, f"{question.name}: {column.name}"


def _options() -> Iterator[Row]:
    for question in QUESTIONS.values():
        for flag in flags_of(question.options):
            yield flag.zh, flag.en, flag.option


def glossary_page(generated: str) -> str:
    """Return the glossary."""
    lines = ["# 用语 · Glossary", "", generated, "", "中文 · English · name in the code.", ""]
    for section, rows in glossary_rows().items():
        lines += [f"## {section}", "", "| 中文 | English | code |", "|---|---|---|"]
        lines += [f"| {zh} | {en} | `{code}` |".replace("\n", " ") for zh, en, code in rows]
        lines.append("")
    return "\n".join(lines)


def data_model_page(generated: str) -> str:
    """Return the page of the tables on disk: what each column holds and what a null means."""
    lines = ["# 数据模型 · Tables on disk", "", generated, ""]
    lines += [
        "A store is a folder: `CURRENT` names a snapshot, `snapshots/<id>/facts/*.parquet` are its tables,",
        "`origins/*.parquet` where every fact comes from (`fact` row, `source` number in the manifest, `sheet`, `row`),",
        "`manifest.json` its sources and tables with rows, SHA-256 and checksums of columns, `loading.json` when and from",
        "where it was loaded on this machine. Unit tables are sorted by id; a reference is a row",
        "number, null for none. Tiers and categories are numbers as told, money is whole 分.",
        "",
    ]
    for table, columns in TABLES.items():
        title = RECORDS[table].title if table in RECORDS else _NO_INPUT[table]
        lines += [f"## {title} `{table}`", "", "| column | type | holds | from |", "|---|---|---|---|"]
        lines += [
            f"| `{name}` | {_type(holds)} | {_holds(holds)} | {_from(table, name)} |" for name, holds in columns.items()
        ]
        lines.append("")
    return "\n".join(lines)


_NO_INPUT = {"names": "各名称所指", "unread_rows": "未载入而可能涉及单位的行"}
"""Titles of the tables that no list is read into."""


def _type(holds: ColumnType) -> str:
    return "string, dictionary" if holds.name == "word" else str(holds.arrow).replace("[day]", "")


def _holds(holds: ColumnType) -> str:
    return f"row of `{holds.refers_to}`" if holds.refers_to else TYPES.get(holds.name, "null: unknown")


def _from(table: str, column: str) -> str:
    """Return which fields of the input table a column comes from; what no field is kept in is worked out."""
    if table not in RECORDS:
        return "worked out"
    fields = fields_of(RECORDS[table])
    names = [name for name, field in fields.items() if column in field.graph_columns or column in field.feeds]
    return "、".join(fields[name].headers[0] for name in names) or "worked out"
