"""D-10.1: an applicant leader is registered in Jiangsu, and produces or operates there.

It need not be a manufacturer. How far its influence goes no table tells: a person checks it.
"""

from __future__ import annotations

from graph_model.bilingual import Bilingual
from queries.law.jiangsu import in_jiangsu
from queries.law.rule import LEADER, draft

CITATION = draft(
    10,
    "注册地和实际生产（经营）场所在江苏省行政区域范围内",
    "registration and the actual place of production or operation are in Jiangsu",
    item=1,
)

RULE = in_jiangsu("D-10.1", CITATION, LEADER, Bilingual("实际生产（经营）场所", "place of production or operation"))
