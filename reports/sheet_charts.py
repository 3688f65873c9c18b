"""Native charts of a workbook: bars, or lines over days, with a title, named axes and units; an axis begins at 0."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, BAR_HEIGHT, FRAME, LINE = 980, 26, 130, 20
"""Pixels: of a chart, of each of its bars, of title and axes, and of a line of the sheet under it."""
GREEN, PALE = "#2E7D5B", "#B7C9C0"


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars of one column by the names in another: column numbers, the first `names` rows under the head."""

    title: str
    names_at: int
    values_at: int
    names: int
    name_axis: str
    value_axis: str
    number_format: str = "0.0%"

    @property
    def height(self) -> int:
        """Return the height in pixels."""
        return FRAME + BAR_HEIGHT * self.names

    @property
    def lines_high(self) -> int:
        """Return how many lines of a sheet it covers, with one below."""
        return -(-self.height // LINE) + 1


@dataclass(frozen=True, slots=True)
class LineChart:
    """A line for each of the first `names` rows, over the columns behind that of the names; the heads are the days."""

    title: str
    names_at: int
    names: int
    points: int
    day_axis: str
    value_axis: str
    number_format: str = "0.0%"

    @property
    def height(self) -> int:
        """Return the height in pixels."""
        return FRAME + 2 * BAR_HEIGHT * MOST_LINES

    @property
    def lines_high(self) -> int:
        """Return how many lines of a sheet it covers, with one below."""
        return -(-self.height // LINE) + 1


MOST_LINES = 10
"""Lines that can be told apart in one chart."""


def native_chart(book: Any, sheet: str, chart: BarChart | LineChart) -> Any:
    """Return the chart object of a workbook over a sheet of it."""
    return column_chart(book, sheet, chart) if isinstance(chart, BarChart) else line_chart(book, sheet, chart)


def line_chart(book: Any, sheet: str, chart: LineChart) -> Any:
    """Return a chart of lines over days."""
    drawn = book.add_chart({"type": "line"})
    first, last = chart.names_at + 1, chart.names_at + chart.points
    for row in range(1, chart.names + 1):
        drawn.add_series(
            {
                "name": [sheet, row, chart.names_at],
                "categories": [sheet, 0, first, 0, last],
                "values": [sheet, row, first, row, last],
                "marker": {"type": "circle", "size": 5},
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {"size": 13}, "overlay": False})
    drawn.set_x_axis({"name": chart.day_axis})
    grid = {"visible": True, "line": {"color": PALE}}
    drawn.set_y_axis({"name": chart.value_axis, "num_format": chart.number_format, "min": 0, "major_gridlines": grid})
    drawn.set_legend({"position": "right"})
    drawn.show_blanks_as("gap")
    drawn.set_size({"width": WIDTH, "height": chart.height})
    return drawn


def column_chart(book: Any, sheet: str, chart: BarChart) -> Any:
    """Return the chart object of a workbook over a sheet of it."""
    drawn = book.add_chart({"type": "bar"})
    drawn.add_series(
        {
            "name": chart.value_axis,
            "categories": [sheet, 1, chart.names_at, chart.names, chart.names_at],
            "values": [sheet, 1, chart.values_at, chart.names, chart.values_at],
            "fill": {"color": GREEN},
            "gap": 45,
            "data_labels": {"value": True, "num_format": chart.number_format},
        }
    )
    drawn.set_title({"name": chart.title, "name_font": {"size": 13}, "overlay": False})
    drawn.set_x_axis(
        {
            "name": chart.value_axis,
            "num_format": chart.number_format,
            "min": 0,
            "major_gridlines": {"visible": True, "line": {"color": PALE}},
        }
    )
    drawn.set_y_axis({"name": chart.name_axis, "reverse": True})
    drawn.set_legend({"none": True})
    drawn.set_size({"width": WIDTH, "height": chart.height})
    return drawn


def end_of_bars(values: Sequence[float]) -> float | None:
    """Return a round number at or above the largest value, at which bars end; None where there is nothing to draw."""
    largest = max(values, default=0.0)
    if largest <= 0:
        return None
    step = 10.0 ** math.floor(math.log10(largest))
    return next(step * times for times in (1, 2, 2.5, 5, 10) if step * times >= largest * (1 - 1e-12))
