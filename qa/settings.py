"""Everything a person can set, with its default; the README's table is tested against this."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the server and of the command line.

    Attributes:
        home: folder for the index and one's own reports (`HOME/reports/`).
        reports: folders with reports to index when there is no index yet.
        encoder: folder of a sentence-transformers model; empty for the one that ships.
        host: address to serve on; only this machine by default.
        port: port to serve on.
        keep: versions of the index that stay on the disk.
    """

    home: Path = Path("var")
    reports: tuple[Path, ...] = ()
    encoder: str = ""
    host: str = "127.0.0.1"
    port: int = 7860
    keep: int = 2

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
        parser.add_argument("--host", default=default.host)
        parser.add_argument("--port", type=int, default=default.port)
        parser.add_argument("--keep", type=int, default=default.keep, metavar="N")
        return cls._of(parser.parse_args(argv))

    @classmethod
    def _of(cls, args: Namespace) -> Settings:
        return cls(args.home, tuple(args.reports), args.encoder, args.host, args.port, args.keep)
