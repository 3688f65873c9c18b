"""What cultivating a unit costs, as a planner estimates it."""

from __future__ import annotations

from graph_model.column_types import MONEY, TEXT
from graph_model.records.record import USCC, Record, column
from graph_model.values import Code, Money, Text


class Cost(Record):
    """The cost of cultivating one unit, an industry (by code), or anybody (`*`), in 万元. It puts nobody on record."""

    table = "costs"
    title = "培育费用"

    uscc: Code = column(*USCC, keep=TEXT)
    subject: Text = column(
        "单位或行业", "单位名称", "企业名称", "行业代码", "适用对象", required=True, key=True, keep=TEXT
    )
    cost: Money = column("费用", "培育费用", "费用标准", "预计费用", required=True, keep=MONEY)
