"""Who may read the served site: this machine, by its own name, with the token of its first address. Nothing else gets an answer."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

PARAMETER: Final = "token"
POLICY: Final = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
HEADERS: Final = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cache-control", "no-store"),
)
COOKIE: Final = "verdigraph"


class GuardedSite:
    """The site behind its guard: Host header, method, token; and the headers of every answer."""

    def __init__(self, app: ASGIApp, token: str, hosts: Collection[str]) -> None:
        self._app = app
        self._token = token
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *((k.encode(), v.encode()) for k, v in HEADERS)]
            await send(message)

        refused = self._refused(Request(scope))
        await (self._app if refused is None else refused)(scope, receive, guarded)

    def _refused(self, request: Request) -> Response | None:
        """Return the refusal of a request, or the redirect that takes the token out of its address; None lets it pass."""
        if request.headers.get("host", "").lower() not in self._hosts:
            return _refusal(421, "请用启动时显示的地址访问", "use the address shown at the start")
        if request.method not in ("GET", "HEAD"):
            return _refusal(405, "这个网站只读", "this site is read-only")
        if secrets.compare_digest(request.query_params.get(PARAMETER, "").encode(), self._token.encode()):
            return self._let_in(request)
        if not secrets.compare_digest(request.cookies.get(self.cookie, "").encode(), self._token.encode()):
            return _refusal(
                403,
                "请用启动时显示的完整地址打开（含 token）",
                "open the whole address shown at the start, with its token",
            )
        return None

    @property
    def cookie(self) -> str:
        """Return the name of the cookie."""
        return COOKIE

    def _let_in(self, request: Request) -> Response:
        """Set the cookie and lead to the same page without the token, so that it stays in no history."""
        rest = [(name, value) for name, value in parse_qsl(request.url.query) if name != PARAMETER]
        path = request.url.path if not request.url.path.startswith("//") else "/"
        response = RedirectResponse(path + (f"?{urlencode(rest)}" if rest else ""), status_code=303)
        response.set_cookie(self.cookie, self._token, httponly=True, samesite="strict", path="/")
        return response


def _refusal(status: int, zh: str, en: str) -> Response:
    return PlainTextResponse(f"{zh}\n{en}\n", status_code=status)
