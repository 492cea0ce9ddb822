"""Reading report files in a process of its own, so that a crash or a hang of a native library costs one file.

The worker is started when the first file needs it, serves one file after the other, and is replaced when it has died,
when it has taken too long, or when it has read so many files that what native libraries leak would add up. Memory is
limited where the system knows how (not on Windows); time is limited everywhere.
"""

from __future__ import annotations

import importlib.util
import multiprocessing
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, TypeVar

from corpus.errors import ReportQAError, UnreadableFile
from corpus.read import Parsed, read_parsed
from corpus.readers import SUFFIXES
from corpus.types import Report

_T = TypeVar("_T")
# These are read by plain Python alone, which neither crashes nor hangs, and quicker in this process.
_PLAIN_SUFFIXES = frozenset({".txt", ".md", ".markdown"})
_SNIFFED_BYTES = 1_024
_SECONDS_TO_END = 5.0
_MEGABYTE = 1 << 20
CAN_LIMIT_MEMORY = importlib.util.find_spec("resource") is not None


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take.

    Attributes:
        seconds: wall-clock time; a scan takes some seconds a page.
        memory_mb: address space of the worker, in MiB; not held on Windows.
        files: how many files one worker reads before a fresh one takes over.
    """

    seconds: float = 1800.0
    memory_mb: int = 6144
    files: int = 200


class Worker:
    """Runs functions in another process, one at a time; use it in a `with` statement, or `close` it.

    >>> with Worker() as worker:
    ...     worker.call(len, "abc", file="a.pdf")
    3
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._served = 0
        self._turn = threading.Lock()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read_report(self, path: Path, file: str) -> Report:
        """Read a report file as `corpus.read.read_report` does; plain text in this process, all else in the worker.

        Raises:
            UnreadableFile: as there; and if reading crashed, took too long or too much memory.
        """
        return self.read_parsed(path, file).report

    def read_parsed(self, path: Path, file: str) -> Parsed:
        """Read a report file with the pictures of its exhibits, as `read_report` does."""
        return read_parsed(path, file) if is_plain(path) else self.call(read_parsed, path, file, file=file)

    def call(self, function: Callable[..., _T], *arguments: object, file: str) -> _T:
        """Call a function of a module in the worker.

        Args:
            function: what to call; it and its arguments can be pickled.
            arguments: for it.
            file: named in the error if the worker does not survive.

        Raises:
            UnreadableFile: the worker died, or the call took too long or too much memory.
            ReportQAError: what the function itself raised.
        """
        with self._turn:
            return self._call(function, arguments, file)

    def _call(self, function: Callable[..., _T], arguments: tuple[object, ...], file: str) -> _T:
        """Call a function in the worker; only one thread at a time is here."""
        connection = self._start()
        try:
            connection.send((function, arguments))
            if not connection.poll(self._limits.seconds):
                self._stop()
                raise UnreadableFile(file, f"reading it took longer than {self._limits.seconds:g} seconds")
            error, result = connection.recv()
        except (EOFError, ConnectionError) as lost:
            raise UnreadableFile(file, self._say_how_it_ended()) from lost
        self._served += 1
        if isinstance(error, MemoryError):
            self._stop()
            raise UnreadableFile(file, f"reading it takes more than {self._limits.memory_mb} MB of memory") from error
        if error is not None:
            raise error
        value: _T = result
        return value

    def close(self) -> None:
        """End the worker."""
        self._stop()

    def _start(self) -> Connection:
        """Give the connection to a living worker, a fresh one if need be."""
        if self._served >= self._limits.files:
            self._stop()
        if self._process is None or self._connection is None or not self._process.is_alive():
            self._stop()
            # A fork would copy the locks of running threads; a fresh interpreter has none.
            context = multiprocessing.get_context("spawn")
            self._connection, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self._limits.memory_mb), daemon=True)
            self._process.start()
            theirs.close()
        return self._connection

    def _stop(self) -> None:
        """End the process, by force if it does not go."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        self._served = 0
        if connection is not None:
            connection.close()
        if process is not None:
            process.terminate()
            process.join(_SECONDS_TO_END)
            if process.is_alive():
                process.kill()
                process.join()
            process.close()

    def _say_how_it_ended(self) -> str:
        """Say how the worker died; the next call starts another."""
        code = None
        if self._process is not None:
            self._process.join(_SECONDS_TO_END)
            code = self._process.exitcode
        self._stop()
        how = signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
        return f"the program that reads it crashed ({how}); open the file in its own program and save it again"


def is_plain(path: Path) -> bool:
    """Say whether a file is plain text by its name, and no other format by its first bytes."""
    if path.suffix.lower() not in _PLAIN_SUFFIXES and path.suffix.lower() in SUFFIXES:
        return False
    try:
        with path.open("rb") as opened:
            return b"\x00" not in (head := opened.read(_SNIFFED_BYTES)) and b"%PDF-" not in head
    except (OSError, ValueError):
        # Whoever reads it says what is wrong with it.
        return True


def _serve(connection: Connection, memory_mb: int) -> None:
    """Serve calls until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory_mb)
    while True:
        try:
            function, arguments = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(_outcome(function, arguments))


def _outcome(function: Callable[..., object], arguments: tuple[Any, ...]) -> tuple[BaseException | None, object]:
    """Call a function and give its error, of those that are expected, or its result."""
    try:
        return None, function(*arguments)
    except (ReportQAError, MemoryError) as error:
        return error, None


def _limit_memory(memory_mb: int) -> None:
    """Limit the address space of this process, where the system can."""
    if CAN_LIMIT_MEMORY:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_mb * _MEGABYTE, memory_mb * _MEGABYTE))
