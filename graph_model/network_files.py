"""A graph of NetworkX as a file for other tools: GraphML and GEXF (Gephi, yEd, Cytoscape), node-link JSON."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any, Final

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from graph_model.networkx_view import Drawn


def _graphml(drawn: Drawn) -> bytes:
    stream = io.BytesIO()
    nx.write_graphml_xml(drawn, stream)
    return stream.getvalue()


def _gexf(drawn: Drawn) -> bytes:
    """Return GEXF, which shows `label` beside a node and keeps a kind of its own under no attribute of that name."""
    stream = io.BytesIO()
    shown: Drawn = nx.MultiDiGraph()
    shown.add_nodes_from((node, _told(about)) for node, about in drawn.nodes(data=True))
    edges = ((source, target, key, _told(about)) for source, target, key, about in drawn.edges(keys=True, data=True))
    keyed: Iterable[Any] = edges  # The stubs know no edges with keys.
    shown.add_edges_from(keyed)
    nx.write_gexf(shown, stream)
    return stream.getvalue()


def _told(about: Mapping[str, object]) -> dict[str, object]:
    """Return attributes as GEXF takes them: its `label` is the name people read, and its own words are not taken."""
    renamed = {"label": "kind_zh", "start": "from", "end": "until", "id": "unit_id"}
    attributes = {renamed.get(name, name): value for name, value in about.items()}
    return attributes | ({"label": about["name"]} if "name" in about else {})


def _node_link(drawn: Drawn) -> bytes:
    return json.dumps(nx.node_link_data(drawn, edges="edges"), ensure_ascii=False).encode()


NETWORK_FILES: Final[Mapping[str, Callable[[Drawn], bytes]]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "json": _node_link,
}
"""The bytes of a network by the format."""
