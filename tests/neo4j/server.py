"""A real Neo4j Community server on this machine: fetched once with Maven, started on loopback, stopped cleanly.

`make neo4j` runs it in the foreground until Ctrl-C, without a password because only this machine can reach it. The tests start
their own, on free ports, with a random password that lives in memory only. Needs Java 17 and, for the fetch, `mvn`.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.wanted import SERVER

VERSION = "5.26.30"
ROOT = Path(__file__).resolve().parents[2] / ".neo4j"
LIBRARY = ROOT / f"lib-{VERSION}"
MAIN = "org.neo4j.server.CommunityEntryPoint"
PATIENCE = 120.0
"""Seconds that a start may take; on an idle machine it takes about ten."""

POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>verdigraph</groupId><artifactId>server</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version></dependency>
  </dependencies>
</project>
"""

OPENED = (
    "java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent",
    "java.base/java.lang", "java.base/java.lang.reflect", "java.base/java.util", "java.base/java.net",
)  # fmt: skip
"""Packages of Java itself that the server reaches into."""


@dataclass(frozen=True)
class Server:
    """A running server, and how to reach it."""

    uri: str
    user: str
    password: str
    process: subprocess.Popen[bytes]


def missing() -> str | None:
    """Return why no server can be started here, None if one can."""
    if shutil.which("java") is None:
        return f"{SERVER.reason}: Java 17 is not installed"
    return None if LIBRARY.is_dir() else SERVER.reason


def fetch() -> None:
    """Get the server and everything it needs, once; a fetch cut short leaves nothing that looks whole."""
    if LIBRARY.is_dir():
        return
    half = ROOT / f"half-{os.getpid()}"
    half.mkdir(parents=True)
    try:
        (half / "pom.xml").write_text(POM, encoding="utf-8")
        command = ["mvn", "-q", "-B", "-f", str(half / "pom.xml"), "dependency:copy-dependencies"]
        subprocess.run([*command, "-DincludeScope=runtime", f"-DoutputDirectory={half / 'lib'}"], check=True)
        (half / "lib").rename(LIBRARY)
    finally:
        shutil.rmtree(half)


def free_port() -> int:
    """Return a port of the loopback that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    home: Path, bolt: int, http: int | None = None, auth: bool = True, options: tuple[str, ...] = ()
) -> Iterator[Server]:
    """Start a server whose data lies in `home`, wait until it answers, and stop it at the end. `options` are for Java."""
    for folder in ("conf", "data", "logs", "plugins", "import", "run", "licenses"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(_settings(bolt, http, auth), encoding="utf-8")
    opened = [f"--add-opens={package}=ALL-UNNAMED" for package in OPENED]
    java = ["java", "-Xmx1g", "-Dfile.encoding=UTF-8", *opened, *options]
    home_and_conf = [f"--home-dir={home}", f"--config-dir={home / 'conf'}", "--console-mode"]
    with (home / "logs" / "console.log").open("wb") as log:
        process = subprocess.Popen(
            [*java, "-cp", f"{LIBRARY}/*", MAIN, *home_and_conf],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C is ours: we end the server ourselves.
        )
    try:
        _wait(process, bolt, home)
        password = _own_password(bolt) if auth else ""
        yield Server(f"bolt://127.0.0.1:{bolt}", "neo4j", password, process)
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _settings(bolt: int, http: int | None, auth: bool) -> str:
    browser = [f"server.http.listen_address=127.0.0.1:{http}"] if http else []
    lines = [
        "server.default_listen_address=127.0.0.1",
        f"server.bolt.listen_address=127.0.0.1:{bolt}",
        f"server.http.enabled={str(bool(http)).lower()}",
        "server.https.enabled=false",
        *browser,
        f"dbms.security.auth_enabled={str(auth).lower()}",
        "dbms.security.auth_max_failed_attempts=0",  # Tests give wrong passwords faster than its lock of five seconds.
        "dbms.usage_report.enabled=false",
        "server.memory.pagecache.size=256m",
        "db.tx_log.rotation.retention_policy=1 files",
    ]
    return "\n".join(lines) + "\n"


def _wait(process: subprocess.Popen[bytes], bolt: int, home: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            tail = (home / "logs" / "console.log").read_text(errors="replace").splitlines()[-8:]
            message = "the server stopped while starting:\n" + "\n".join(tail)
            raise RuntimeError(message)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", bolt)) == 0:
                return
        time.sleep(0.2)
    message = f"the server did not answer within {PATIENCE:.0f} seconds"
    raise RuntimeError(message)


def _own_password(bolt: int) -> str:
    """Change the password that every new server has to a random one, which is nowhere but in memory."""
    from neo4j import GraphDatabase

    password = secrets.token_urlsafe(24)
    with GraphDatabase.driver(f"bolt://127.0.0.1:{bolt}", auth=("neo4j", "neo4j")) as driver:
        change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
        driver.execute_query(change, old="neo4j", new=password, database_="system")
    return password


def main() -> None:
    """Fetch if need be, start, say how to reach it, and wait for Ctrl-C."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--fetch-only", action="store_true", help="get the server, do not start it")
    words.add_argument("--bolt", type=int, default=17687)
    words.add_argument("--http", type=int, default=17474)
    asked = words.parse_args()
    fetch()
    if asked.fetch_only:
        return
    began = time.monotonic()
    with running(ROOT / "home", asked.bolt, asked.http, auth=False) as server:
        sys.stdout.write(
            f"Neo4j Community {VERSION} is ready after {time.monotonic() - began:.0f} s; Ctrl-C stops it.\n"
            f"  export VERDIGRAPH_NEO4J_URI={server.uri}\n"
            f"  Neo4j Browser: http://127.0.0.1:{asked.http}\n"
        )
        sys.stdout.flush()
        try:
            server.process.wait()
        except KeyboardInterrupt:
            sys.stdout.write("\nstopping\n")


if __name__ == "__main__":
    main()
