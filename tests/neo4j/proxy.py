"""A wire to the server that can be cut: what a server that goes away looks like, without killing the one the tests share."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread


class Wire:
    """Forwards a port of the loopback to another until it is cut; then nothing answers there any more."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._sockets: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._door.getsockname()[1]}"
        Thread(target=self._welcome, daemon=True).start()

    def cut(self) -> None:
        for one in [self._door, *self._sockets]:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _welcome(self) -> None:
        with suppress(OSError):
            while True:
                here, _ = self._door.accept()
                there = socket.create_connection(("127.0.0.1", self._port))
                self._sockets += [here, there]
                for one, other in ((here, there), (there, here)):
                    Thread(target=self._forward, args=(one, other), daemon=True).start()

    def _forward(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)
