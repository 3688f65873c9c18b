"""The analyst's door: everything a notebook needs under one name.

    import verdigraph as vg

    vg.load(["examples/lists"], "store")
    session = vg.open("store")
    session.park_share(as_of="2025-06-30", tier="省级").save("share.xlsx")

A thin face over the four rooms `graph_model`, `loaders`, `queries` and `reports`, which stay importable. Nothing is imported
before it is used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from verdigraph.rooms import foreign_room

if TYPE_CHECKING:
    from graph_model.errors import DataError as DataError
    from graph_model.errors import StoreError as StoreError
    from graph_model.errors import UsageError as UsageError
    from graph_model.errors import VerdigraphError as VerdigraphError
    from loaders import LoadSummary as LoadSummary
    from loaders import load as load
    from loaders.fictional import DEMO_DAY as DEMO_DAY
    from loaders.fictional import fictional_province as fictional_province
    from loaders.fictional import write_province as write_province
    from queries import Answer as Answer
    from queries import Session as Session
    from queries import open_server as open_server
    from queries import open_store as open  # noqa: A004, F401 - `vg.open` opens a store
    from reports.saving import save as save

_HOMES = {
    "Answer": ("queries", "Answer"),
    "DEMO_DAY": ("loaders.fictional", "DEMO_DAY"),
    "DataError": ("graph_model.errors", "DataError"),
    "LoadSummary": ("loaders", "LoadSummary"),
    "Session": ("queries", "Session"),
    "StoreError": ("graph_model.errors", "StoreError"),
    "UsageError": ("graph_model.errors", "UsageError"),
    "VerdigraphError": ("graph_model.errors", "VerdigraphError"),
    "fictional_province": ("loaders.fictional", "fictional_province"),
    "load": ("loaders", "load"),
    "open": ("queries", "open_store"),
    "open_server": ("queries", "open_server"),
    "save": ("reports.saving", "save"),
    "write_province": ("loaders.fictional", "write_province"),
}
"""Where each name of the face lives."""

__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    """Return a name of the face from its home, when it is first used."""
    if name == "__version__":
        from importlib.metadata import version

        return version("verdigraph")
    if name not in _HOMES:
        message = f"module 'verdigraph' has no attribute {name!r}; it has {', '.join(__all__)}"
        raise AttributeError(message)
    problem = foreign_room()
    if problem is not None:
        raise ImportError(problem)
    module, attribute = _HOMES[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
