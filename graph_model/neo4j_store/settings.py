"""Which server is meant: `VERDIGRAPH_NEO4J_URI`, `_USER`, `_PASSWORD`, `_DATABASE`, from the environment or `.env`."""

from __future__ import annotations

from pydantic import SecretStr
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
