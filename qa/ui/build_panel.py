"""Building the index as HTML: how far a build has come, what it changed, and the versions to go back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from index.rebuild import RebuildState
from index.summary import BuildSummary
from index.versions import Version
from qa.ui.html import button, notice, tag, text_tag
from qa.ui.texts import Texts

_MOST_FILES = 20


def render_build(state: RebuildState | None, versions: Sequence[Version], said: str, texts: Texts) -> str:
    """Render the panel.

    Args:
        state: the build that was started last, if any.
        versions: those on the disk, newest first.
        said: what became of the last act on the reports, or "".
        texts: the words of the page.
    """
    running = state is not None and state.running
    start = button(escape(texts.library.rebuild), "rebuild", "rq-button")
    parts = [
        text_tag("p", said, "rq-said", role="status") if said else "",
        _progress(state, texts) if state is not None and running else tag("div", start, "rq-buttons"),
        _outcome(state, texts) if state is not None and not running else "",
        _versions(versions, texts) if not running else "",
    ]
    return tag("div", "".join(parts), "rq-build-panel")


def _progress(state: RebuildState, texts: Texts) -> str:
    step, library = state.step, texts.library
    line = library.step_line.format(
        stage=library.stages.get(step.stage, step.stage), done=step.done, total=step.total, file=step.file
    )
    share = min(100, round(100 * step.done / step.total)) if step.total else 0
    bar = tag(
        "div",
        tag("div", "", "rq-bar-fill", style=f"width:{share}%"),
        "rq-progress",
        role="progressbar",
        aria_valuenow=str(share),
        aria_valuemin="0",
        aria_valuemax="100",
        aria_label=library.rebuild,
    )
    stop = button(escape(library.cancel), "cancel", "rq-button")
    return text_tag("p", line, "rq-step") + tag("div", bar + stop, "rq-progress-line")


def _outcome(state: RebuildState, texts: Texts) -> str:
    library = texts.library
    if state.error is not None:
        return notice(texts.error_title, text_tag("p", library.failed_line.format(error=state.error)), "rq-error")
    summary = state.summary
    if summary is None:
        return ""
    if not summary.live:
        accept = button(escape(library.accept), "rebuild", "rq-button", accept="yes")
        return notice(library.held, _lines(summary.findings.lost) + accept, "rq-refusal")
    same = summary.changes.is_empty
    line = library.same if same else library.done_line.format(build=summary.build_id, reports=summary.reports)
    return notice(line, _changes(summary, texts), "rq-built")


def _changes(summary: BuildSummary, texts: Texts) -> str:
    """Say what is new, what is gone, and what could not be read."""
    library, changes = texts.library, summary.changes
    groups: dict[str, Iterable[str]] = {
        library.added: changes.added,
        library.changed: changes.changed,
        library.removed: changes.removed,
        library.renamed: [f"{old} → {new}" for old, new in changes.renamed],
        library.unread: [str(error) for error in summary.failed],
        library.notes: summary.findings.notes,
    }
    return "".join(
        tag("p", text_tag("b", f"{name} ") + escape(texts.joint.join(list(files)[:_MOST_FILES])))
        for name, files in groups.items()
        if files
    )


def _versions(versions: Sequence[Version], texts: Texts) -> str:
    if len(versions) < 2:
        return ""
    rows = "".join(tag("li", _version(version, texts)) for version in versions)
    return tag("details", text_tag("summary", texts.library.versions) + tag("ul", rows, "rq-versions"), "rq-outline")


def _version(version: Version, texts: Texts) -> str:
    library = texts.library
    created = version.created[:16].replace("T", " ")
    line = library.version_line.format(build=version.build_id, created=created, reports=version.reports)
    way = (
        text_tag("span", library.live, "rq-live")
        if version.live
        else button(escape(library.rollback), "rollback", "rq-quiet", build=version.build_id)
    )
    return text_tag("span", line) + way


def _lines(lines: Iterable[str]) -> str:
    return tag("ul", "".join(text_tag("li", line) for line in lines))
