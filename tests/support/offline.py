"""Tests reach nothing beyond this machine (R-715): a connection to any other address is refused."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class NotOffline(AssertionError):
    """A test tried to reach another machine. Use a fake or a server that the test starts itself."""


def _is_here(address: object) -> bool:
    if not isinstance(address, tuple):
        return True  # a unix socket
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return bool(address[0] == "localhost")


@contextmanager
def offline() -> Iterator[None]:
    """Refuse connections that leave this machine, for as long as the block lasts."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(self: socket.socket, address: Any) -> None:
        if not _is_here(address):
            raise NotOffline(f"A test tried to connect to {address[0]}. Tests run offline.")
        connect(self, address)

    def guarded_ex(self: socket.socket, address: Any) -> int:
        if not _is_here(address):
            raise NotOffline(f"A test tried to connect to {address[0]}. Tests run offline.")
        return connect_ex(self, address)

    socket.socket.connect = guarded  # type: ignore[assignment,method-assign]
    socket.socket.connect_ex = guarded_ex  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]
        socket.socket.connect_ex = connect_ex  # type: ignore[method-assign]
