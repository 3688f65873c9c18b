"""One frozen record per input table: the columns, the headers people write, and what makes two rows one fact.

The records define the columns once: the graph's tables, the mentions of units, the keys, the first days and the pages are
derived from them. The loaders find headers with `headers` and read whole columns with the `Kind` of each field (see
`graph_model.values`). SPEC section 4 is the source.
"""

from __future__ import annotations

from graph_model.records.costs import Cost
from graph_model.records.evaluation import Cultivation, Listing, Recommendation, Report
from graph_model.records.links import Supply, Tenancy
from graph_model.records.record import Record, RecordField, fields_of, needed
from graph_model.records.supervision import AgencyBan, Attestation, Complaint, DynamicForm, Incident, Inspection
from graph_model.records.units import Agency, AnnualFigure, Enterprise, NameChange, Park, Total

RECORDS: dict[str, type[Record]] = {
    record.table: record
    for record in (
        Enterprise,
        AnnualFigure,
        Total,
        Park,
        Tenancy,
        Supply,
        Agency,
        Report,
        Listing,
        Cultivation,
        Incident,
        AgencyBan,
        Inspection,
        DynamicForm,
        Recommendation,
        NameChange,
        Complaint,
        Attestation,
        Cost,
    )
}
"""Every input table by name, in the order in which they are listed and loaded."""

__all__ = ["RECORDS", "Record", "RecordField", "fields_of", "needed"]
