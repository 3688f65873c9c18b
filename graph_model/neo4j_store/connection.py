"""The connection to the server: the one module that imports the driver.

Texts of statements are ours, values travel as parameters only, the database is always named. Whatever the driver raises
becomes one sentence that says what to mend; no sentence holds a password.
"""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from neo4j import GraphDatabase
from neo4j.exceptions import AuthError, ClientError, ConfigurationError, DriverError, Neo4jError, ServiceUnavailable
from neo4j.time import Date

from graph_model.errors import VerdigraphError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from neo4j import Driver, ManagedTransaction, Session

    from graph_model.neo4j_store.settings import ServerSettings

    Row = dict[str, Any]
    Statement = tuple[str, dict[str, Any]]

# What the driver would log is told in one sentence; without a handler Python itself would print it on standard error.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

PATIENCE: Final = 5.0
"""Seconds that a connection may take, and that a statement is tried again after a passing fault."""
OLDEST: Final = (5, 23)
"""The first version with scoped subqueries, `CALL (x) { … }`."""
_SCHEMES: Final = {f"{kind}{safety}" for kind in ("bolt", "neo4j") for safety in ("", "+s", "+ssc")}
_NAMED_CAUSES: Final = {
    "Neo.ClientError.Security.CredentialsExpired": (
        "服务器要求先修改初始密码，请在 Neo4j Browser 中修改后再试",
        "the server wants its first password changed; change it in Neo4j Browser and try again",
    ),
    "Neo.ClientError.Schema.ConstraintValidationFailed": (
        "要删除的节点上还连着别人建立的关系，已停下，什么也没有删除；请先移走那些关系，再运行一次",
        (
            "relationships of somebody else hang on nodes that are to go, so nothing was deleted; take those relationships away "
            "and run this again"
        ),
    ),
    "Neo.ClientError.Security.Forbidden": (
        "该用户没有所需的权限：push 需要写入数据与建立约束和索引，ask 和 pull 需要读取，请找管理员开通",
        "the user lacks the rights: push writes data, constraints and indexes, ask and pull read; ask your administrator",
    ),
    "Neo.ClientError.Database.DatabaseNotFound": (
        "服务器上没有 VERDIGRAPH_NEO4J_DATABASE 所写的数据库，请核对名称",
        "the server has no database of the name in VERDIGRAPH_NEO4J_DATABASE; check it",
    ),
}


class ServerError(VerdigraphError):
    """A server that cannot be reached, does not let us in, or went away."""


class Connection:
    """A driver and the database that is meant. Use inside `connected()`."""

    def __init__(self, driver: Driver, settings: ServerSettings) -> None:
        self._driver = driver
        self._settings = settings

    def version(self) -> str:
        """Return name, version and edition of the server."""
        [row] = self.read([("CALL dbms.components() YIELD name, versions, edition", {})])[0]
        return f"{row['name']} {row['versions'][0]} {row['edition']}"

    def read(self, statements: Sequence[Statement]) -> list[list[Row]]:
        """Run statements in one reading transaction; return the rows of each."""

        def work(transaction: ManagedTransaction) -> list[list[Row]]:
            return [
                [
                    {name: _plain(value) for name, value in zip(record.keys(), record.values(), strict=True)}
                    for record in transaction.run(text, self._given(values))
                ]
                for text, values in statements
            ]

        with told(self._settings), self._session() as session:
            return session.execute_read(work)

    def write(self, statements: Sequence[Statement], condition: Statement | None = None) -> bool:
        """Run statements in one writing transaction, all or none; none where the condition finds no row (then false)."""

        def work(transaction: ManagedTransaction) -> bool:
            if condition and not list(transaction.run(condition[0], self._given(condition[1]))):
                return False
            for text, values in statements:
                transaction.run(text, self._given(values)).consume()
            return True

        with told(self._settings), self._session() as session:
            return session.execute_write(work)

    @property
    def database(self) -> str:
        """Return the name of the database."""
        return self._settings.database

    def _given(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the parameters of a statement: the graph that is meant is one of every statement."""
        return {"graph": self._settings.graph, **values}

    def _session(self) -> Session:
        return self._driver.session(database=self._settings.database)


@contextmanager
def connected(settings: ServerSettings) -> Iterator[Connection]:
    """Connect to the server and make sure that it answers; ServerError in words where it does not."""
    if settings.uri.partition("://")[0] not in _SCHEMES:
        raise _no_address(settings)
    with told(settings):
        driver = GraphDatabase.driver(
            settings.uri,
            auth=(settings.user, settings.password.get_secret_value()),
            connection_timeout=PATIENCE,
            connection_acquisition_timeout=2 * PATIENCE,
            max_transaction_retry_time=PATIENCE,
            notifications_min_severity="OFF",
            user_agent="verdigraph",
        )
    with driver:
        with told(settings):
            driver.verify_connectivity()  # At once: a statement would be tried again for some seconds.
        connection = Connection(driver, settings)
        refuse_version(connection.version())
        yield connection


@contextmanager
def told(settings: ServerSettings) -> Iterator[None]:
    """Turn what the driver raises into one sentence in each language."""
    try:
        yield
    except AuthError as error:
        raise _worded(error.code, settings) or ServerError(
            f"{settings.uri} 拒绝了用户 {settings.user}，请核对 VERDIGRAPH_NEO4J_USER 和 VERDIGRAPH_NEO4J_PASSWORD",
            f"{settings.uri} refused user {settings.user}; check VERDIGRAPH_NEO4J_USER and VERDIGRAPH_NEO4J_PASSWORD",
        ) from None
    except (ConfigurationError, ValueError) as error:
        raise _no_address(settings) from error
    except (ClientError, Neo4jError) as error:
        raise _worded(error.code, settings) or ServerError(
            f"{settings.uri} 报错 {error.code}：{_line(error)}", f"{settings.uri} says {error.code}: {_line(error)}"
        ) from error
    except (ServiceUnavailable, DriverError, OSError) as error:
        raise ServerError(
            f"连不上 Neo4j 服务器 {settings.uri}，或连接中断；请确认服务器在运行、VERDIGRAPH_NEO4J_URI 正确，再运行一次",
            f"no Neo4j server answers at {settings.uri}, or it went away; see that it runs and that VERDIGRAPH_NEO4J_URI "
            "is right, then run this again",
        ) from error


def refuse_version(version: str) -> None:
    """Refuse a server that is too old for our statements: they need Cypher of 5.23; later ones are numbered by year."""
    numbers = re.search(r"(\d+)\.(\d+)", version)
    if numbers is None or (int(numbers[1]), int(numbers[2])) < OLDEST:
        raise ServerError(
            f"服务器是 {version}，太旧了；需要 Neo4j {OLDEST[0]}.{OLDEST[1]} 或更新的版本（5.26 是长期支持版）",
            f"the server is {version}, which is too old; Neo4j {OLDEST[0]}.{OLDEST[1]} or later is needed (5.26 is the "
            "long-term one)",
        )


def _no_address(settings: ServerSettings) -> ServerError:
    return ServerError(
        f"VERDIGRAPH_NEO4J_URI 的写法不对：{settings.uri}，应如 bolt://127.0.0.1:7687 或 neo4j://主机:7687",
        f"VERDIGRAPH_NEO4J_URI is not an address: {settings.uri}; write bolt://127.0.0.1:7687 or neo4j://host:7687",
    )


def _worded(code: str | None, settings: ServerSettings) -> ServerError | None:
    cause = _NAMED_CAUSES.get(code or "")
    return cause and ServerError(f"{settings.uri}：{cause[0]}", f"{settings.uri}: {cause[1]}")


def _line(error: Neo4jError) -> str:
    return " ".join(str(error.message).split())


def _plain(value: Any) -> Any:
    """Return a value of the driver as plain Python: its dates become `datetime.date`."""
    if isinstance(value, Date):
        return value.to_native()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value
