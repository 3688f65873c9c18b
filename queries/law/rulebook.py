"""Every rule of eligibility, in the order of the rule book."""

from __future__ import annotations

from queries.law.articles import (
    d07_focus_tag,
    d08_1_in_jiangsu,
    d08_2_manufacturer,
    d09_1_industrial_park,
    d09_2_park_plan,
    d10_1_leader_in_jiangsu,
    d10_2_supplier_plan,
    d11_report,
    d12_city_first,
    d15_provincial_first,
    d17_1_score,
    d17_2_energy_and_standard,
    d17_3_park_share,
    d17_4_green_leader,
    d18_1_closed_or_abnormal,
    d18_2_accidents_and_offences,
    d18_3_removed_from_a_list,
    d18_4_state_inspection,
    d18_5_energy_rectification,
    d18_6_dishonest_debtor,
    d24_banned_agency,
    d25_verified_complaint,
    p07_park_level,
    pool_first,
)
from queries.law.rule import Rule

ARTICLES = (
    d08_1_in_jiangsu,
    d08_2_manufacturer,
    d09_1_industrial_park,
    d09_2_park_plan,
    p07_park_level,
    d10_1_leader_in_jiangsu,
    d10_2_supplier_plan,
    d11_report,
    d12_city_first,
    d15_provincial_first,
    d17_1_score,
    d17_2_energy_and_standard,
    d07_focus_tag,
    d17_3_park_share,
    d17_4_green_leader,
    d18_1_closed_or_abnormal,
    d18_2_accidents_and_offences,
    d18_3_removed_from_a_list,
    d18_4_state_inspection,
    d18_5_energy_rectification,
    d18_6_dishonest_debtor,
    d24_banned_agency,
    d25_verified_complaint,
    pool_first,
)

RULES: dict[str, Rule] = {article.RULE.id: article.RULE for article in ARTICLES}

EFFECTS = {article.RULE.id: article.effect_of for article in ARTICLES if hasattr(article, "effect_of")}
"""How each item of the negative list counts one fact."""
