"""D-08.1: an applicant factory is registered **and** actually produces in Jiangsu.

That it is a legal person, or a unit that keeps accounts like one, no table tells: a person checks it.
"""

from __future__ import annotations

from graph_model.bilingual import Bilingual
from queries.law.jiangsu import in_jiangsu
from queries.law.rule import FACTORY, draft

CITATION = draft(
    8,
    "注册地和实际生产场所在江苏省行政区域范围内",
    "registration and the actual place of production are in Jiangsu",
    item=1,
)

RULE = in_jiangsu("D-08.1", CITATION, FACTORY, Bilingual("实际生产场所", "place of production"))
