"""The live version kept open in a running program; a newer one takes its place without anybody waiting."""

from __future__ import annotations

import gc
import threading
from contextlib import suppress
from pathlib import Path

from corpus.errors import ReportQAError
from corpus.types import Report
from index.errors import SearchUnavailable, UnknownReport
from index.lease import Lease
from index.live import live_id
from index.search import Index
from index.store import Store

# So many versions before keep their reports open, without their vectors and words.
_EARLIER = 2


class LiveIndex:
    """Gives the newest version that is open.

    Attributes:
        warning: why the live version is not the one that answers; "" if it is, or is being opened.
    """

    def __init__(self, index: Index, home: Path, encoder_name: str = "", search: str = "") -> None:
        self._index = index
        self._home = home
        self._encoder_name = encoder_name
        self._searched_at = search
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._refused = ""
        self._earlier: tuple[tuple[Store, Lease | None], ...] = ()
        self.warning = ""

    def current(self) -> Index:
        """Return the version to use now; one that has gone live since is opened in the background."""
        live = live_id(self._home)
        if live not in ("", self._refused, self._index.manifest.build_id):
            self._begin()
        return self._index

    def report(self, report_id: str) -> Report:
        """Return a report of the version to use now, or of those before, whose answers may still be on a screen.

        Raises:
            UnknownReport: if none has it.
        """
        try:
            return self.current().store.report(report_id)
        except UnknownReport:
            # Looked up only now: a version is among the earlier ones before another takes its place.
            for store, _ in self._earlier:
                with suppress(UnknownReport):
                    return store.report(report_id)
            raise

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
            known, before = self._index.encoder, self._index
            index = Index.open(self._home, self._encoder_name, encoder=known, search=self._searched_at)
            self._earlier = ((before.store, before.lease), *self._earlier)[:_EARLIER]
            self._index = index
            self._refused = self.warning = ""
        except SearchUnavailable as error:
            # The version may still be on its way to the server: it is looked for again.
            self.warning = str(error)
        except ReportQAError as error:
            # Answers go on from the version that is open; this one is not tried again.
            self._refused, self.warning = live, str(error)
        # The caches of a store refer to it: without this a version that was replaced stays in memory for a while.
        gc.collect()
