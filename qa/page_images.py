"""The images of pages for the source pane: drawn by a process of their own from the originals kept with the index."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.page_images import page_png
from corpus.types import Report
from corpus.worker import Limits, Worker
from index.originals import original_path

# Somebody waits for the image; a page that takes longer is shown as text.
_LIMITS = Limits(seconds=60.0, memory_mb=4096)
# A drawn page has some hundred kilobytes, that of a scan up to three megabytes.
_KEPT_IMAGES = 24
_WIDTHS = (100, 2_400)


class PageImages:
    """Draws pages and remembers the last ones; safe to use from several threads."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._worker = Worker(_LIMITS)
        self._cached = lru_cache(maxsize=_KEPT_IMAGES)(self._draw)

    def get(self, report: Report, page: int, width: int) -> bytes | None:
        """Return a page as PNG; None if its original is not there, has no such page, or cannot be drawn.

        Args:
            report: whose page.
            page: counted from 1.
            width: of the image in pixels, at most; held between 100 and 2,400.
        """
        if not 1 <= page <= report.pages.count:
            return None
        least, most = _WIDTHS
        try:
            return self._cached(report.sha256, report.file, page, min(max(width, least), most))
        except UnreadableFile:
            # What failed is not remembered: a crash of the library may not come again.
            return None

    def _draw(self, sha256: str, file: str, page: int, width: int) -> bytes:
        path = original_path(self._home, sha256)
        if not path.is_file():
            raise UnreadableFile(file, "no original file with pages is kept of it")
        return self._worker.call(page_png, path, sha256, page, width, file=file)
