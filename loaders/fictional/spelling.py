"""How people write the tables: Chinese headers, Chinese words for coded values, 是 and 否."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from graph_model.records import RECORDS, fields_of
from graph_model.values.coded_words import spellings
from loaders.fictional.names import COUNTRIES, COUNTRY_NAMES

_MONEY = ("output", "revenue", "amount")
_CODED = {
    "category": "category",
    "tier": "tier",
    "target_tier": "tier",
    "level": "tier",
    "mode": "mode",
    "outcome": "outcome",
    "status": "status",
    "reason": "ban_reason",
}
_WORDS: Mapping[str, Mapping[str, Sequence[str]]] = {
    **{field: spellings()[name] for field, name in _CODED.items()},
    "result": {**spellings()["result"], **spellings()["complaint_result"]},
    "country": {"CN": ("中国",)} | {code: (name,) for code, name in zip(COUNTRIES, COUNTRY_NAMES, strict=True)},
}


def header(table: str, field: str) -> str:
    """Return the Chinese header of a column, money with its unit."""
    first = fields_of(RECORDS[table])[field].headers[0]
    return f"{first}（万元）" if field in _MONEY else first


def in_chinese(table: pa.Table) -> pa.Table:
    """Return the table with coded values and flags as Chinese words; field names stay."""
    columns = {field: _spelled(field, table[field].combine_chunks()) for field in table.column_names}
    return pa.table(columns)


def _spelled(field: str, values: pa.Array) -> pa.Array:
    if pa.types.is_boolean(values.type):
        return pc.if_else(values, "是", "否")
    if field in _WORDS and pa.types.is_dictionary(values.type):
        spellings = _WORDS[field]
        # Goods and park levels share a field name with coded ids; they are words already.
        spelled = [spellings[word][0] if word in spellings else word for word in values.dictionary.to_pylist()]
        return pa.DictionaryArray.from_arrays(values.indices, pa.array(spelled, pa.string()))
    return values
