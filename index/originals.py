"""The original files whose pages can be drawn, kept by their content as `HOME/index/originals/SHA256`.

The boxes of quotes belong to one content, so a page is drawn from the file that was indexed, not from what now has its
name. Files stay as long as a version lists them; texts and office documents have no pages to draw and are not kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.page_images import has_pages
from corpus.read import read_bytes
from index.disk import replace_bytes
from index.errors import IndexDamaged
from index.plan import Planned
from index.store import Store


def original_path(home: Path, sha256: str) -> Path:
    """Return where the original file of a report is kept, if it is."""
    return home / "index" / "originals" / sha256


def keep_originals(home: Path, paged: Mapping[str, str], files: Iterable[Planned]) -> None:
    """Keep the files of a version that have pages to draw and are not kept yet.

    Args:
        home: the home folder.
        paged: SHA-256 by file name, as `Store.paged` gives it.
        files: where the files are.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    for file in files:
        sha256 = paged.get(file.name)
        if sha256 and not original_path(home, sha256).is_file():
            _keep(home, sha256, file)


def _keep(home: Path, sha256: str, file: Planned) -> None:
    """Keep one file, unless it has changed or gone since it was read; the next build sees to that."""
    with suppress(UnreadableFile):
        data = read_bytes(file.path, file.name)
        if hashlib.sha256(data).hexdigest() == sha256 and has_pages(data, file.name):
            path = original_path(home, sha256)
            path.parent.mkdir(exist_ok=True)
            replace_bytes(path, data)


def remove_originals(home: Path, versions: Iterable[Path]) -> None:
    """Remove the files that no version lists; none where a version cannot be read, since it may list any."""
    kept = list(original_path(home, "").glob("*"))
    if not kept:
        return
    try:
        listed = {sha256 for folder in versions for sha256 in Store.open(folder, home).paged().values()}
    except IndexDamaged:
        return
    for path in kept:
        if path.name not in listed:
            # Windows removes no open file: it goes another time.
            with suppress(OSError):
                path.unlink()
