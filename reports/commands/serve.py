"""`verdigraph serve`: the site of a store, on this machine, for people who use neither terminal nor Python."""

from __future__ import annotations

import secrets
import socket
from datetime import date
from ipaddress import ip_address
from typing import TYPE_CHECKING

from graph_model.bilingual import Bilingual
from graph_model.errors import DoesNotFitError, UsageError
from queries import open_store
from reports.flags import read_day
from reports.site.page_options import PageOptions
from reports.site.site_data import SiteData
from reports.terminal import either, page, say

if TYPE_CHECKING:
    from pathlib import Path

NAMES_OF_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")


def serve(store: Path, host: str, port: int, as_of: str | None, lang: str, snapshot: str | None = None) -> None:
    """Serve the pages of a store until interrupted. The first address carries a token; without it nothing is told."""
    import uvicorn

    from reports.site.served import site

    day = date.today() if as_of is None else read_day(as_of, "as_of")
    data = SiteData(open_store(store, snapshot))
    token = secrets.token_urlsafe(24)
    with bound(host, port) as listening:
        at = listening.getsockname()[1]
        names = (*NAMES_OF_THIS_MACHINE, host) if is_loopback(host) else (host, socket.gethostname())
        guarded = site(data, PageOptions(day, lang=lang), token, [f"{name}:{at}" for name in names])
        page().print(f"http://{host}:{at}/?token={token}", soft_wrap=True)
        if not is_loopback(host):
            say(either(lang, f"注意：{host} 不只是本机，同一网络中拿到地址的人都能看到全部数据",
                       f"mind: {host} is not this machine alone; whoever has the address sees all data"))  # fmt: skip
        say(
            either(lang, "在浏览器中打开上面的地址；按 Ctrl+C 结束", "open the address above in a browser; Ctrl+C ends")
        )
        config = uvicorn.Config(guarded, log_level="warning", server_header=False, limit_concurrency=64, lifespan="off")
        uvicorn.Server(config).run(sockets=[listening])


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach a host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens; UsageError where the port is taken or the host is not this machine's."""
    if not 0 <= port <= 65535:
        raise DoesNotFitError("port", str(port), Bilingual("应为 0 至 65535", "0 to 65535 is expected"))
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host.strip("[]"), port))
    except OSError as error:
        listening.close()
        raise UsageError(
            f"不能在 {host}:{port} 提供网页（{error.strerror}），请换一个 --port",
            f"cannot serve at {host}:{port} ({error.strerror}): choose another --port",
        ) from None
    return listening
