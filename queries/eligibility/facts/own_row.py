"""Facts of a unit's own row, and where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph_model.regions import UNKNOWN, province_of, within

if TYPE_CHECKING:
    from queries.eligibility.facts.subjects import FactColumn, Subjects


def registered_home(subjects: Subjects) -> FactColumn:
    """Return whether it is registered in the home province; unknown where the column is blank or names no region."""
    regions = subjects.view.graph.regions
    codes, words = subjects.view.graph["enterprises"].words("registered_province")
    read = [regions.read(word).code for word in words]
    said = [-1 if code == UNKNOWN else int(province_of(code) == regions.home) for code in read]
    return subjects.flag(np.array([*said, -1])[codes[subjects.rows]])


def site_home(subjects: Subjects) -> FactColumn:
    """Return whether its site lies in the home province; unknown where its region is."""
    graph = subjects.view.graph
    home = within(graph[subjects.table]["region"], graph.regions.home)
    return subjects.flag(np.where(home, 1, np.where(graph.outside(subjects.table), 0, -1))[subjects.rows])


def manufacturer(subjects: Subjects) -> FactColumn:
    """Return whether it is a manufacturer: the flag, where blank by industry code."""
    return subjects.flag(subjects.view.graph["enterprises"]["manufacturer"][subjects.rows])


def legal_boundary(subjects: Subjects) -> FactColumn:
    """Return whether the park has a legal boundary."""
    return subjects.flag(subjects.view.graph["parks"]["legal_boundary"][subjects.rows])


def management_body(subjects: Subjects) -> FactColumn:
    """Return whether the park has one management body."""
    return subjects.flag(subjects.view.graph["parks"]["management_body"][subjects.rows])


def value_added_share(subjects: Subjects) -> FactColumn:
    """Return the share of industry in value added, percent."""
    return subjects.number("value_added_share")


def plan_published_on(subjects: Subjects) -> FactColumn:
    """Return the day the park's plan was published."""
    return subjects.day("plan_published_on")


def level(subjects: Subjects) -> FactColumn:
    """Return the level of the park as given."""
    return subjects.word("level")


def energy_level(subjects: Subjects) -> FactColumn:
    """Return the energy level as given."""
    return subjects.word("energy_level")


def industry_code(subjects: Subjects) -> FactColumn:
    """Return the industry code as given."""
    return subjects.word("industry_code")


def tags(subjects: Subjects) -> FactColumn:
    """Return the tags as given; the table of parks has none."""
    return subjects.same(None) if subjects.table == "parks" else subjects.word("tags")


def category(subjects: Subjects) -> FactColumn:
    """Return the category applied for."""
    return subjects.same(subjects.category.value)
