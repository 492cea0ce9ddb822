"""The log of a version: who or what started its build, when, how long it took, and what it changed."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.summary import Changes

_NAME = "log.json"


@dataclass(frozen=True, slots=True)
class BuildLog:
    """How a version came about.

    Attributes:
        started_by: the command, the watch, the page.
        user: who ran it.
        started: ISO 8601, UTC.
        seconds: how long it took.
        stages: seconds of each stage.
        failed: files that could not be read, and why.
        notes: what the gate noted.
    """

    started_by: str
    user: str
    started: str
    seconds: float
    stages: dict[str, float]
    changes: Changes
    failed: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        """Write the log into the folder of its version."""
        (folder / _NAME).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> BuildLog | None:
        """Read the log of a version; None if it has none. It is for people: nothing else hangs on it."""
        try:
            facts: dict[str, Any] = json.loads((folder / _NAME).read_text(encoding="utf-8"))
            changes = {name: _tuples(value) for name, value in facts["changes"].items()}
            lists = {name: _tuples(facts[name]) for name in ("failed", "notes")}
            return cls(**(facts | lists | {"changes": Changes(**changes)}))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None


def _tuples(value: Any) -> Any:  # noqa: ANN401
    """Return JSON's lists as tuples."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
