"""Verdicts over HTTP: ``uvicorn service:app``, then POST /label and GET /health."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel, ConfigDict

from copydesk import Article, Rejected, Scorer


class Asked(BaseModel):
    """An input record; only its text is needed."""

    model_config = ConfigDict(extra="forbid")

    text: str
    id: str = "text"
    headline: str | None = None
    url: str | None = None
    published: str | None = None  # ISO 8601, which copydesk reads: a date stands for its whole day
    outlet: str | None = None
    source_id: str | None = None
    source_text: str | None = None


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Load the model once, before the first request."""
    app.state.scorer = Scorer.load()
    yield


app = FastAPI(title="copydesk", lifespan=lifespan)


@app.get("/health")
def health(request: Request) -> dict[str, str]:
    """Say which model answers."""
    scorer: Scorer = request.app.state.scorer
    return {"model_id": scorer.model.manifest.model_id}


# No coroutine: FastAPI runs it in a thread, and threads may share a scorer (and a store).
@app.post("/label")
def label(asked: Asked, request: Request) -> dict[str, Any]:
    """Label an article, beside its ``source_text`` or alone."""
    scorer: Scorer = request.app.state.scorer
    (item,) = scorer.label([Article(**asked.model_dump())], sources=[])
    if isinstance(item, Rejected):
        raise HTTPException(422, item.reason)
    return item.to_dict()
