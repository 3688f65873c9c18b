"""The fictional province: the thirteen real cities, and in them only enterprises, parks, agencies and people made up.

province = fictional_province(3_000, seed=7)
write_province(province, Path("demo"))
"""

from __future__ import annotations

from loaders.fictional.lists import DEMO_DAY
from loaders.fictional.province import Province, fictional_province
from loaders.fictional.write import write_province

__all__ = ["DEMO_DAY", "Province", "fictional_province", "write_province"]
