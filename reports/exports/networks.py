"""A store as a network of other tools: GraphML and GEXF for Gephi, yEd and Cytoscape, node-link JSON, and JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from graph_model.kinds import EDGE_KINDS, NODE_KINDS
from graph_model.network_files import NETWORK_FILES
from graph_model.networkx_view import to_networkx

if TYPE_CHECKING:
    from pathlib import Path

    from reports.exports.exported_store import ExportedStore

VOCABULARY: Final = "urn:verdigraph:"
"""Terms of JSON-LD: kinds of nodes and edges and columns of the data model (docs/data-model.md)."""


def write_network(store: ExportedStore, out: Path) -> None:
    """Write GraphML, GEXF or node-link JSON, as the ending of `out` says."""
    out.write_bytes(NETWORK_FILES[out.suffix.lstrip(".")](to_networkx(store.graph)))


def write_json_ld(store: ExportedStore, out: Path) -> None:
    """Write JSON-LD: every node with its kind, its columns, and its edges as references to other nodes."""
    drawn = to_networkx(store.graph)
    nodes = []
    for node, about in drawn.nodes(data=True):
        node_object: dict[str, Any] = {"@id": _iri(node), "@type": NODE_KINDS[about["kind"]].label}
        node_object |= {name: value for name, value in about.items() if name not in ("kind", "label")}
        for _, target, edge in drawn.out_edges(node, data=True):
            carried = {name: value for name, value in edge.items() if name not in ("kind", "label")}
            node_object.setdefault(edge["kind"], []).append({"@id": _iri(target), **carried})
        nodes.append(node_object)
    words = {"@vocab": VOCABULARY, "name": "http://schema.org/name"}
    labels = {kind.label: kind.zh for kind in NODE_KINDS.values()} | {edge.name: edge.zh for edge in EDGE_KINDS}
    linked = {"@context": words, "snapshot": store.graph.snapshot, "labels": labels, "@graph": nodes}
    out.write_text(json.dumps(linked, ensure_ascii=False, indent=1), encoding="utf-8")


def _iri(node: str) -> str:
    return f"{VOCABULARY}node:{node}"
