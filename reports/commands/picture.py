"""`verdigraph picture`: a neighbourhood as one offline page."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graph_model.bilingual import Bilingual
from graph_model.errors import MissingOptionError
from reports.delivery import in_memory_only, opened
from reports.flags import QUOTE, Flag, read_options
from reports.networks.builders import SUBJECTS
from reports.networks.offline_page import picture as draw
from reports.terminal import Working, either, say

if TYPE_CHECKING:
    from collections.abc import Sequence

OWN: Final = (
    Flag("park", "画一个园区：园区企业与它们供应的龙头企业", "a park: its tenants and the leaders they supply"),
    Flag("leader", "画一个龙头企业（链主）的供应商", "a leader and its suppliers"),
    Flag("tiers", "龙头企业上游画几级", "how many tiers upstream of a leader", default="1"),
    Flag("agency", "画一家机构：不予受理（无记录时为假设今日）触及谁", "an agency: whom its ban reaches, or would reach today"),
    Flag("unit", "画一家企业：园区、客户与供应商", "an enterprise: its parks, buyers and suppliers"),
    Flag("plan", "画培育计划：选几家，如 --plan 30", "the plan of so many units, such as --plan 30"),
    Flag("tier", "绿色按哪一级起算", "from which tier on a factory counts as green", default="city"),
    Flag("for_", "给谁：province、city=设区市、park=园区、leader=龙头企业；不写为持有数据的人",
         "for whom: province, city=, park=, leader=; else for whoever has the store"),
)  # fmt: skip


def picture(words: Sequence[str], lang: str) -> None:
    """Draw what the words of the command line ask for into a file."""
    asked = read_options(words, OWN, QUOTE)
    own, common = asked.own, asked.common
    in_memory_only(common)
    subjects = [name for name in SUBJECTS if name in own]
    if len(subjects) != 1:
        raise MissingOptionError(Bilingual("图", "a picture"), *SUBJECTS)
    subject = subjects[0]
    tiers, count = _whole(own.get("tiers", "1"), "tiers"), own.get("plan")
    options = {"count": _whole(count, "plan"), "tier": own.get("tier", "city")} if count else {}
    session = opened(common)
    day = common.get("as_of") or date.today()
    with Working(either(lang, "正在画图", "drawing")):
        drawn = draw(
            session, subject, own[subject], day,
            tiers=tiers, made_for=own.get("for_"), tier=own.get("tier", "city"), options=options,
        )  # fmt: skip
    out = Path(common.get("out") or f"verdigraph-{subject}.html")
    drawn.save(out)
    say(drawn.title, either(lang, f"已写入 {out}（{drawn.nodes:,} 个点）", f"wrote {out} ({drawn.nodes:,} nodes)"))


def _whole(text: str, name: str) -> int:
    from graph_model.errors import DoesNotFitError

    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise DoesNotFitError(
            name, text, Bilingual("应为 1 到 1000 的整数", "a whole number from 1 to 1000 is expected")
        )
    return int(text)
