"""The answer as JSON, for programs: field names are a promise to scripts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from qa.types import Answer


def answer_json(answer: Answer, key: str | None = None) -> dict[str, Any]:
    """Return one answer as a JSON object; decimals become strings, so that no digit changes."""
    return {
        "id": key,
        "question": answer.question,
        "resolved_question": answer.resolved_question,
        "answer": answer.text,
        "headline": answer.headline,
        "refused": answer.refused,
        "refusal_reason": answer.refusal,
        "citations": [asdict(citation) for citation in answer.citations],
        "figures": [asdict(figure) | {"value": str(figure.value)} for figure in answer.figures],
        "scope": asdict(answer.scope),
        "exhibits": [asdict(exhibit) for exhibit in answer.exhibits],
        "expansions": [asdict(expansion) for expansion in answer.expansions],
        "index_build": answer.index_build,
        "elapsed_ms": answer.elapsed_ms,
    }
