"""The floor: one durable insert per request through the same web server. No turn that is saved can be cheaper."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request


def app_on(path: Path) -> FastAPI:
    app = FastAPI()
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE turn (id INTEGER PRIMARY KEY, body BLOB)")

    @app.get("/readyz")
    async def ready() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/turn")
    async def turn(request: Request) -> dict[str, str]:
        database.execute("INSERT INTO turn (body) VALUES (?)", (await request.body(),))
        return {"status": "ok"}

    return app


if __name__ == "__main__":
    uvicorn.run(app_on(Path(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[2]), log_config=None, access_log=False)
