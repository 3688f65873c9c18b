"""`verdigraph fictional`: a fictional province of any size, to learn and to measure with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.fictional import fictional_province, write_province
from reports.terminal import Working, either, say

if TYPE_CHECKING:
    from pathlib import Path


def fictional(enterprises: int, seed: int, out: Path, lang: str) -> None:
    """Make a province and write it as a planner's folder (small) or as plain tables (large)."""
    with Working(either(lang, "正在生成", "making")):
        province = fictional_province(enterprises, seed)
        write_province(province, out)
    say(
        either(
            lang,
            f"虚构省份已写入 {out}：约 {enterprises:,} 家企业，种子 {seed}",
            f"a fictional province of about {enterprises:,} enterprises, seed {seed}, is in {out}",
        ),
        either(lang, "接下来：", "next: ") + f"verdigraph load {out} --store store",
    )
