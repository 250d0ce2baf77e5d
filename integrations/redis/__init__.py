"""Shared state of several processes: signals, one-time codes, limits. All of it may be lost; no patient data is readable."""

from integrations.redis.connecting import Shared, connect

__all__ = ["Shared", "connect"]
