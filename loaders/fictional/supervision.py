"""What goes wrong and who looks: incidents, bans of agencies, inspections, yearly forms, complaints, attestations."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_model.arrays import Ints
from loaders.fictional.cast import Cast
from loaders.fictional.columns import between, chance, day, days, flags, table, weighted, words, years
from loaders.fictional.lists import BANS, DEMO_DAY, Lists
from loaders.fictional.rounds import CATEGORIES, NATIONAL, PRODUCT, PROVINCIAL

# kind, weight, whether it has a severity, whether it is a state that lasts
_KINDS = (
    ("注销", 8, False, False),
    ("停产", 6, False, True),
    ("经营异常", 9, False, True),
    ("安全事故", 10, True, False),
    ("网络安全", 2, True, False),
    ("数据安全", 2, True, False),
    ("质量事故", 5, True, False),
    ("环境污染", 12, True, False),
    ("偷漏税", 4, False, False),
    ("其他违法", 6, False, False),
    ("移出名单", 1, False, False),
    ("督查问题", 5, True, False),
    ("节能监察整改", 9, False, True),
    ("失信被执行人", 8, False, True),
    ("材料造假", 2, False, False),
)
_SEVERITIES = ("一般", "较大", "重大", "特别重大")
_SOURCES = ("市应急管理局通报", "市生态环境局处罚公示", "信用信息公示", "节能监察通报", "群众举报核实")
_NAMES = tuple(kind for kind, _, _, _ in _KINDS)
_RECTIFIED, _INSPECTED = _NAMES.index("节能监察整改"), _NAMES.index("督查问题")
_INSPECTORS = ("国务院督查组", "生态环境部", "工业和信息化部", "江苏省工业和信息化厅", "南京市工业和信息化局")
_LOOKED_UP = (
    ("注销", None, "国家企业信用信息公示系统"),
    ("经营异常", None, "国家企业信用信息公示系统"),
    ("失信被执行人", None, "中国执行信息公开网"),
    ("偷漏税", "江苏省", "信用中国"),
    ("其他违法", "江苏省", "信用中国"),
    ("督查问题", "江苏省", "国务院及部委督查通报"),
    ("数据安全", "南京市", "网信部门通报"),
    ("网络安全", "南京市", "网信部门通报"),
)
"""What somebody looked up three weeks before the demo day: the kind, for whom (nobody named: for everybody), and where."""


def incidents(cast: Cast, lists: Lists) -> pa.Table:
    """Return incidents of every kind; one in six hits a listed unit, now and then a park itself."""
    rng = cast.draw("incidents")
    size = max(3 * len(_KINDS), cast.enterprises * 3 // 100)
    unit = rng.integers(0, cast.enterprises, size).astype(np.int32)
    hit = chance(rng, size, 0.16)
    unit[hit] = lists.unit[rng.integers(0, len(lists), int(hit.sum()))]
    kind = weighted(rng, size, [weight for _, weight, _, _ in _KINDS])
    # However small the province is, every kind happens.
    kind[: len(_KINDS)] = np.arange(len(_KINDS))
    is_park = unit >= cast.first_park
    kind = np.where(is_park, np.where(kind % 2, 3, 7), kind)
    graded = np.array([graded for _, _, graded, _ in _KINDS])[kind]
    lasting = np.array([lasting for _, _, _, lasting in _KINDS])[kind]
    occurred = between(rng, size, date(2020, 7, 1), date(2026, 5, 31))
    decided = np.minimum(occurred + rng.integers(5, 150, size, dtype=np.int32), day(DEMO_DAY))
    ended = occurred + rng.integers(40, 700, size, dtype=np.int32)
    still_open = ~lasting | chance(rng, size, 0.3) | (ended > day(DEMO_DAY))
    due = occurred + rng.choice((90, 180, 365), size).astype(np.int32)
    source = np.where(
        kind == _INSPECTED,
        len(_SOURCES) + rng.integers(0, len(_INSPECTORS), size),
        rng.integers(0, len(_SOURCES), size),
    )
    return table(
        "incidents",
        {
            "unit": cast.names(unit, occurred),
            "uscc": cast.codes_of(rng, unit, 0.75),
            "kind": words(_NAMES, kind),
            "severity": words(_SEVERITIES, weighted(rng, size, (70, 20, 8, 2)), ~graded | chance(rng, size, 0.05)),
            "occurred_on": days(occurred, chance(rng, size, 0.04)),
            "decided_on": days(decided, chance(rng, size, 0.2)),
            "due_on": days(due, (kind != _RECTIFIED) | chance(rng, size, 0.12)),
            "ended_on": days(ended, still_open),
            "source": words((*_SOURCES, *_INSPECTORS), source, chance(rng, size, 0.15)),
        },
    )


def agency_bans(cast: Cast) -> pa.Table:
    """Return the bans: one over by the demo day, one of a city, one of the province, one nationwide."""
    return table(
        "agency_bans",
        {
            "agency": pa.array([cast.agencies[ban.agency] for ban in BANS]),
            "authority": pa.array([ban.authority for ban in BANS]),
            "decided_on": pa.array([ban.decided_on for ban in BANS], pa.date32()),
            "reason": pa.array([ban.reason for ban in BANS]),
            "document": pa.array([ban.document for ban in BANS], pa.string()),
        },
    )


def inspections(cast: Cast, lists: Lists) -> pa.Table:
    """Return spot checks of listed units: about one in twelve a year."""
    rng = cast.draw("inspections")
    rows, when = [], []
    for year in range(2019, 2027):
        last = min(date(year, 11, 30), date(2026, 6, 10))
        standing = _standing(lists, day(date(year, 3, 1)))
        # Most checks go to the same tenth, so that some have three in a row.
        favoured = (lists.unit[standing] % 10 == 3) & chance(rng, len(standing), 0.6)
        row = standing[favoured | chance(rng, len(standing), 0.035)]
        rows.append(row)
        when.append(between(rng, len(row), date(year, 3, 1), last))
    row, on = np.concatenate(rows), np.concatenate(when)
    return table(
        "inspections",
        {
            "unit": cast.names(lists.unit[row], on),
            "uscc": cast.codes_of(rng, lists.unit[row], 0.7),
            "category": words(CATEGORIES, lists.category[row]),
            "checked_on": days(on),
            "result": words(("clean", "problem"), np.where(chance(rng, len(row), 0.92), 0, 1)),
        },
    )


def changes(cast: Cast, lists: Lists) -> pa.Table:
    """Return changes of listed units in the year of the demo: what the yearly list of changes is made of."""
    rng = cast.draw("changes of listed units")
    listed = np.unique(lists.unit[_standing(lists, day(date(2025, 12, 31)))])
    factories = listed[listed < cast.enterprises]
    unit = np.sort(rng.choice(factories, min(4, len(factories)), replace=False)).astype(np.int32)
    on = between(rng, len(unit), date(2026, 1, 5), date(2026, 5, 31))
    return table(
        "name_changes",
        {
            "uscc": cast.codes_of(rng, unit, 0.9),
            "old_name": cast.names(unit, on),
            "new_name": cast.names(unit),
            "changed_on": days(on),
            "kind": words(("生产地址", "经营范围", "投资"), rng.integers(0, 3, len(unit))),
        },
    )


def _standing(lists: Lists, on: int) -> Ints:
    """Return one listing row of each unit and category that stands at provincial tier or higher on a day."""
    row = np.flatnonzero(lists.active(on) & (lists.tier >= PROVINCIAL) & (lists.category != PRODUCT))
    return row[np.unique(lists.unit[row] * 4 + lists.category[row], return_index=True)[1]]


def dynamic_forms(cast: Cast, lists: Lists) -> pa.Table:
    """Return the yearly forms of listed units; for some nothing is on record at all."""
    rng = cast.draw("dynamic_forms")
    parts = []
    for year in range(2022, 2026):
        row = _standing(lists, day(date(year, 12, 31)))
        row = row[(lists.tier[row] == NATIONAL) | chance(rng, len(row), 0.8)]
        row = row[chance(rng, len(row), 0.97)]
        status = weighted(rng, len(row), (88, 6, 4, 1))
        in_time = between(rng, len(row), date(year + 1, 2, 1), date(year + 1, 3, 31))
        late = between(rng, len(row), date(year + 1, 4, 16), date(year + 1, 6, 20))
        parts.append(
            table(
                "dynamic_forms",
                {
                    "unit": cast.names(lists.unit[row], in_time),
                    "uscc": cast.codes_of(rng, lists.unit[row], 0.8),
                    "category": words(CATEGORIES, lists.category[row]),
                    "year": years(np.full(len(row), year)),
                    "filed_on": days(np.where(status == 1, late, in_time), status > 1),
                    "status": words(("filed", "late", "missing", "refused"), status, chance(rng, len(row), 0.02)),
                },
            )
        )
    return pa.concat_tables(parts).unify_dictionaries().combine_chunks()


def complaints(cast: Cast, lists: Lists) -> pa.Table:
    """Return complaints: most name themselves and are verified within two months, some wait; a few are of agencies."""
    rng = cast.draw("complaints")
    size = max(12, len(lists) // 40)
    of_agency = np.arange(size) % 6 == 5
    unit = lists.unit[rng.integers(0, len(lists), size)]
    agency = rng.integers(0, len(cast.agencies), size)
    received = between(rng, size, date(2023, 3, 1), date(2026, 6, 20))
    verified = received + rng.integers(10, 60, size, dtype=np.int32)
    waiting = chance(rng, size, 0.25) | (verified > day(DEMO_DAY))
    unit_names = cast.names(unit, received).cast(pa.string())
    agency_names = pa.array([cast.agencies[number] for number in agency.tolist()])
    codes = cast.codes_of(rng, unit, 0.6).cast(pa.string())
    columns = {
        "unit": pc.if_else(pa.array(of_agency), agency_names, unit_names),
        "uscc": pc.if_else(pa.array(of_agency), None, codes),
        "received_on": days(received),
        "named": flags(chance(rng, size, 0.8), chance(rng, size, 0.05)),
        "evidence": flags(chance(rng, size, 0.7), chance(rng, size, 0.1)),
        "verified_on": days(verified, waiting),
        "result": words(("confirmed", "unfounded"), np.where(chance(rng, size, 0.35), 0, 1), waiting),
    }
    # One a day of each: a second of the same day would be the same fact.
    key = np.where(of_agency, -1 - agency, unit).astype(np.int64) * 100_000 + received
    return table("complaints", columns).take(pa.array(np.sort(np.unique(key, return_index=True)[1])))


def attestations() -> pa.Table:
    """Return what was looked up: no row of such a kind then says that there is none."""
    kinds, scopes, sources = zip(*_LOOKED_UP, strict=True)
    return table(
        "attestations",
        {
            "kind": pa.array(kinds),
            "scope": pa.array(scopes, pa.string()),
            "checked_on": pa.array([date(2026, 6, 9)] * len(kinds), pa.date32()),
            "source": pa.array(sources),
        },
    )
