"""Everything a person can set, with its default; the README's table is tested against this."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path

from corpus.command import add_limits
from corpus.worker import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the server and of the command line.

    Attributes:
        home: folder for the index and one's own reports (`HOME/reports/`).
        reports: folders with reports to index when there is no index yet.
        encoder: folder of a sentence-transformers model; empty for the one that ships.
        search: URI of the Milvus server that searches; empty: this machine does.
        host: address to serve on; only this machine by default.
        port: port to serve on.
        keep: versions of the index that stay on the disk.
        read_minutes: what reading one file may take; a scan takes some seconds a page.
        read_memory: what it may take of memory, in MiB; not held on Windows.
    """

    home: Path = Path("var")
    reports: tuple[Path, ...] = ()
    encoder: str = ""
    search: str = ""
    host: str = "127.0.0.1"
    port: int = 7860
    keep: int = 2
    read_minutes: float = 30.0
    read_memory: int = 6144

    @property
    def limits(self) -> Limits:
        """What reading one file may take."""
        return Limits(seconds=self.read_minutes * 60, memory_mb=self.read_memory)

    @classmethod
    def from_arguments(cls, argv: list[str] | None = None) -> Settings:
        """Read the settings of the server from its command line.

        >>> Settings.from_arguments(["--port", "8000"]).port
        8000
        """
        parser = ArgumentParser(prog="python app.py", description="Serve the page.")
        default = cls()
        parser.add_argument("--home", type=Path, default=default.home, metavar="DIR")
        parser.add_argument("--reports", type=Path, nargs="+", default=[], metavar="DIR")
        parser.add_argument("--encoder", default=default.encoder, metavar="DIR")
        parser.add_argument("--search", default=default.search, metavar="URI")
        parser.add_argument("--host", default=default.host)
        parser.add_argument("--port", type=int, default=default.port)
        parser.add_argument("--keep", type=int, default=default.keep, metavar="N")
        add_limits(parser)
        return cls._of(parser.parse_args(argv))

    @classmethod
    def _of(cls, args: Namespace) -> Settings:
        where = (args.home, tuple(args.reports), args.encoder, args.search, args.host, args.port)
        return cls(*where, args.keep, args.read_minutes, args.read_memory)
