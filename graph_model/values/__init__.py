"""The field types of the records: a Python type and the `Kind` that reads it from text.

`None` is unknown in every one of them. Money is a whole number of 分; several names are one text joined by `；`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from graph_model.values import coded, codes, dates, numbers, texts
from graph_model.values.kind import (
    STRINGS,
    UNKNOWN,
    Kind,
    Level,
    Remark,
    compact,
    says_nothing,
    without_space,
)
from graph_model.values.kind import (
    ParsedValue as ParsedValue,
)

Name = Annotated[str | None, texts.NAME]
AgencyName = Annotated[str | None, texts.AGENCY_NAME]
PersonName = Annotated[str | None, texts.PERSON_NAME]
Names = Annotated[str | None, texts.NAMES]
Text = Annotated[str | None, texts.TEXT]
Scope = Annotated[str | None, texts.SCOPE]
Chain = Annotated[str | None, texts.CHAIN]
ReportNo = Annotated[str | None, texts.REPORT_NO]

Code = Annotated[str | None, codes.CODE]
IndustryCode = Annotated[str | None, codes.INDUSTRY_CODE]
Batch = Annotated[str | None, codes.BATCH]

Category = Annotated[str | None, coded.CATEGORY]
TierId = Annotated[str | None, coded.TIER]
Mode = Annotated[str | None, coded.MODE]
Outcome = Annotated[str | None, coded.OUTCOME]
Result = Annotated[str | None, coded.RESULT]
ComplaintResult = Annotated[str | None, coded.COMPLAINT_RESULT]
Status = Annotated[str | None, coded.STATUS]
BanReason = Annotated[str | None, coded.BAN_REASON]
Severity = Annotated[str | None, coded.SEVERITY]
CountryName = Annotated[str | None, coded.COUNTRY]
IncidentKind = Annotated[str | None, coded.INCIDENT_KIND]
AttestedKind = Annotated[str | None, coded.ATTESTED_KIND]
RemovalReason = Annotated[str | None, coded.REMOVAL_REASON]
ParkLevel = Annotated[str | None, coded.PARK_LEVEL]
EnergyLevel = Annotated[str | None, coded.ENERGY_LEVEL]
ChangeKind = Annotated[str | None, coded.CHANGE_KIND]
Consulted = Annotated[str | None, coded.CONSULTED]
Flag = Annotated[bool | None, coded.FLAG]
AboveScaleFlag = Annotated[bool | None, coded.ABOVE_SCALE]
ManufacturerFlag = Annotated[bool | None, coded.MANUFACTURER]
PresentFlag = Annotated[bool | None, coded.PRESENT]
MetFlag = Annotated[bool | None, coded.MET]
KeyFlag = Annotated[bool | None, coded.KEY_SUPPLIER]
NamedFlag = Annotated[bool | None, coded.NAMED]

Money = Annotated[int | None, numbers.MONEY]
Count = Annotated[int | None, numbers.COUNT]
Number = Annotated[float | None, numbers.NUMBER]
Percent = Annotated[float | None, numbers.PERCENT]
Year = Annotated[int | None, numbers.YEAR]
Day = Annotated[date | None, dates.DAY]
EndDay = Annotated[date | None, dates.END_DAY]

__all__ = [
    "STRINGS",
    "UNKNOWN",
    "AboveScaleFlag",
    "AgencyName",
    "AttestedKind",
    "BanReason",
    "Batch",
    "Category",
    "Chain",
    "ChangeKind",
    "Code",
    "ComplaintResult",
    "Consulted",
    "Count",
    "CountryName",
    "Day",
    "EndDay",
    "EnergyLevel",
    "Flag",
    "IncidentKind",
    "IndustryCode",
    "KeyFlag",
    "Kind",
    "Level",
    "ManufacturerFlag",
    "MetFlag",
    "Mode",
    "Money",
    "Name",
    "NamedFlag",
    "Names",
    "Number",
    "Outcome",
    "ParkLevel",
    "ParsedValue",
    "Percent",
    "PersonName",
    "PresentFlag",
    "Remark",
    "RemovalReason",
    "ReportNo",
    "Result",
    "Scope",
    "Severity",
    "Status",
    "Text",
    "TierId",
    "Year",
    "compact",
    "says_nothing",
    "without_space",
]
