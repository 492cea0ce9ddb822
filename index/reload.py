"""The live version kept open in a running program; a newer one takes its place without anybody waiting."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

from corpus.errors import ReportQAError
from index.live import live_id
from index.search import Index


class LiveIndex:
    """Gives the newest version that is open.

    Attributes:
        warning: why the live version is not the one that answers; "" if it is, or is being opened.
    """

    def __init__(self, index: Index, home: Path, encoder_name: str = "") -> None:
        self._index = index
        self._home = home
        self._encoder_name = encoder_name
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._refused = ""
        self.warning = ""

    def current(self) -> Index:
        """Return the version to use now; one that has gone live since is opened in the background."""
        live = live_id(self._home)
        if live not in ("", self._refused, self._index.manifest.build_id):
            self._begin()
        return self._index

    def refresh(self) -> Index:
        """Wait until the live version is open, and return it."""
        self.current()
        thread = self._thread
        if thread is not None:
            thread.join()
        return self._index

    def _begin(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._load, name="open-index", daemon=True)
                self._thread.start()

    def _load(self) -> None:
        live = live_id(self._home)
        try:
            self._index = Index.open(self._home, self._encoder_name, encoder=self._index.encoder)
            self._refused = self.warning = ""
        except ReportQAError as error:
            # Answers go on from the version that is open; this one is not tried again.
            self._refused, self.warning = live, str(error)
        # The caches of a store refer to it: without this a version that was replaced stays in memory for a while.
        gc.collect()
