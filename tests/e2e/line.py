"""A network line that can be cut: a TCP relay on loopback between the browser and a server."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
import time


class Line:
    """Relays `port` to `target`; while it is cut, connections break and new ones are refused.

    `delay`: seconds for which it holds back each piece, as a slow network does.
    """

    def __init__(self, target: int, *, delay: float = 0.0) -> None:
        self._target = target
        self._delay = delay
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._serve()

    def cut(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in list(self._open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._serve()

    def _serve(self) -> None:
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(near,), daemon=True).start()

    def _relay(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._target))
        except OSError:
            near.close()
            return
        ends = {near: far, far: near}
        self._open |= set(ends)
        with selectors.DefaultSelector() as selector, near, far, contextlib.suppress(OSError):
            for end in ends:
                selector.register(end, selectors.EVENT_READ)
            while True:
                for ready, _ in selector.select():
                    data = ready.fileobj.recv(65536)
                    if not data:
                        self._open -= set(ends)
                        return
                    time.sleep(self._delay)
                    ends[ready.fileobj].sendall(data)
