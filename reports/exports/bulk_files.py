"""A store as files for the bulk import of a Neo4j server, with the arguments of the import beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graph_model.neo4j_store.bulk_files import write_bulk_files as write_files
from graph_model.neo4j_store.settings import ServerSettings

if TYPE_CHECKING:
    from pathlib import Path

    from reports.exports.exported_store import ExportedStore

READ_ME: Final = """把这个文件夹导入一个停着的 Neo4j 数据库（在本文件夹中运行；数据库名在 import.args 第 4 行，原有内容会被替换）：
Import this folder into a stopped Neo4j database (run here; its name is line 4 of import.args, its content is replaced):

    neo4j-admin @import.args

之后启动服务器，运行一次 verdigraph push：只补建约束和索引，不再写入数据。
Then start the server and run verdigraph push once: it adds constraints and indexes and writes nothing else.
"""


def write_bulk_files(exported: ExportedStore, out: Path) -> None:
    """Write the csv files, `import.args` for `neo4j-admin`, and a page that says how."""
    settings = ServerSettings()
    named = write_files(exported.graph, out, settings.graph, exported.store)
    arguments = [
        "database",
        "import",
        "full",
        settings.database,
        "--overwrite-destination=true",
        "--multiline-fields=true",
        *named,
    ]
    (out / "import.args").write_text("\n".join(arguments) + "\n", encoding="utf-8")
    (out / "README.txt").write_text(READ_ME, encoding="utf-8")
