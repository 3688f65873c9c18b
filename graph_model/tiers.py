"""The four tiers of cultivation and the categories of green lists, as ordered integers. SPEC 3 and 4."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Tier(IntEnum):
    """A tier of cultivation; a higher tier is a larger number, 0 is none."""

    NONE = 0
    DISTRICT = 1
    CITY = 2
    PROVINCIAL = 3
    NATIONAL = 4

    @property
    def id(self) -> str:
        """Return the id used in tables and files, such as `city`."""
        return self.name.lower()

    @property
    def zh(self) -> str:
        """Return the Chinese word, such as 市级."""
        return TIER_ZH[self]

    @classmethod
    def of(cls, id: str) -> Tier:
        """Return the tier of an id such as `city`."""
        return cls[id.upper()]


TIER_ZH: dict[Tier, str] = {
    Tier.NONE: "",
    Tier.DISTRICT: "区县级",
    Tier.CITY: "市级",
    Tier.PROVINCIAL: "省级",
    Tier.NATIONAL: "国家级",
}
TIERS = tuple(tier for tier in Tier if tier)
TIER_IDS = tuple(tier.id for tier in TIERS)


class Category(StrEnum):
    """A category of green lists; declared in code-point order, so that integers sort as ids do."""

    FACTORY = "factory"
    PARK = "park"
    PRODUCT = "product"
    SUPPLY_CHAIN = "supply_chain"

    @property
    def unit(self) -> str:
        """Return the kind of unit that its lists are of."""
        return "park" if self is Category.PARK else "enterprise"


CATEGORIES = tuple(Category)
CATEGORY_ZH: dict[Category, str] = {
    Category.FACTORY: "绿色工厂",
    Category.PARK: "绿色工业园区",
    Category.PRODUCT: "绿色产品",
    Category.SUPPLY_CHAIN: "绿色供应链管理企业",
}
