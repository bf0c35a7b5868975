"""What many would build instead: FastAPI, asyncpg and PostgreSQL; one row by its key, dates compared, JSON out."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any

import asyncpg
from fastapi import FastAPI, HTTPException


@asynccontextmanager
async def _connected(app: FastAPI) -> AsyncIterator[None]:
    app.state.pool = await asyncpg.create_pool(host=os.environ["PGSOCKET"], user="bench", database="postgres")
    yield
    await app.state.pool.close()


app = FastAPI(lifespan=_connected)


@app.get("/v/{token}")
async def check(token: str) -> dict[str, Any]:
    """Answer for a token: green while exam and insurance hold."""
    row = await app.state.pool.fetchrow("select * from codes where token = $1", token)
    if row is None:
        raise HTTPException(404)
    until = min(row["exam_until"], row["insured_until"])
    colour = "green" if row["state"] == "active" and date.today() <= until else "yellow"  # noqa: DTZ011
    holder = {"name": row["name"], "company": row["company"], "certificate": row["number"]}
    checks = {"health_exam": str(row["exam_until"]), "insurance": str(row["insured_until"])}
    return {"result": "known", "colour": colour, "until": str(until), "holder": holder, "checks": checks}
