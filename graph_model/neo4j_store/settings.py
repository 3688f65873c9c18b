"""Which server is meant, and which graph on it: `VERDIGRAPH_NEO4J_URI`, `_USER`, `_PASSWORD`, `_DATABASE`, `_GRAPH`.

From the environment or `.env`.
"""

from __future__ import annotations

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class ServerSettings(BaseSettings):
    """Where the server is and who asks. The default is the server of `make neo4j`."""

    model_config = SettingsConfigDict(
        env_prefix="VERDIGRAPH_NEO4J_", env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    uri: str = "bolt://127.0.0.1:17687"
    user: str = "neo4j"
    password: SecretStr = SecretStr("")
    """Shows as stars wherever it is printed or logged."""
    database: str = "neo4j"
    graph: str = Field("default", min_length=1)
    """Which graph of the database: several offices may keep one each, apart from one another."""
