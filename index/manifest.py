"""What an index folder says of itself, and the pointer that says which folder is live.

HOME/index/LIVE                   one line: the id of the live version
HOME/index/versions/ID/           manifest.json, reports.sqlite, vectors.faiss (.cells), words/, sentences/
HOME/index/versions/.ID.building/ a version that is being written; never read
HOME/index/originals/SHA256       the files whose pages can be drawn, as long as a version lists them
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.errors import ReportQAError
from index.disk import replace_text
from index.errors import IndexDamaged, IndexMismatch, IndexMissing

FORMAT_VERSION = 7
VECTORS = "vectors.faiss"
_NAME = "manifest.json"
# Hashing and reading leave Python to other threads.
_HASHED_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a version was made; only one made in the same way can be taken over into a new one.

    Attributes:
        encoder_fingerprint: changes with the encoder's files.
        reading: changes with the program that reads and cuts reports.
    """

    encoder_fingerprint: str
    chunk_max_chars: int
    chunk_tiny_chars: int
    reading: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """Facts about one version of the index.

    Attributes:
        created: ISO 8601, UTC.
        encoder: folder the encoder was loaded from; "shipped" for the project's own.
        folders: where the reports came from; empty for the samples that ship.
        reading: fingerprint of the program that read and cut the reports.
        corpus_digest: SHA-256 over the reports' ids and file names, in order.
        files: size in bytes and SHA-256 of each file of the version, by relative path.
    """

    format_version: int
    build_id: str
    created: str
    encoder: str
    encoder_fingerprint: str
    dimensions: int
    chunk_max_chars: int
    chunk_tiny_chars: int
    reading: str
    corpus_digest: str
    reports: int
    chunks: int
    folders: tuple[str, ...]
    files: dict[str, tuple[int, str]]

    @property
    def samples(self) -> bool:
        """Whether only the fictional sample reports are indexed."""
        return not self.folders

    @property
    def recipe(self) -> Recipe:
        """How the version was made."""
        return Recipe(self.encoder_fingerprint, self.chunk_max_chars, self.chunk_tiny_chars, self.reading)

    def write(self, folder: Path) -> None:
        """Write the manifest into its version's folder."""
        (folder / _NAME).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path, home: Path) -> Manifest:
        """Read the manifest of a version.

        Raises:
            IndexMismatch: if it is of another format version.
            IndexDamaged: if it is missing or no manifest.
        """
        try:
            facts = json.loads((folder / _NAME).read_text(encoding="utf-8"))
            found = facts["format_version"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(home, f"{_NAME} cannot be read ({error})") from error
        if found != FORMAT_VERSION:
            raise IndexMismatch(home, "format version", found, FORMAT_VERSION)
        try:
            facts["folders"] = tuple(facts["folders"])
            facts["files"] = {name: (int(size), str(digest)) for name, (size, digest) in facts["files"].items()}
            return cls(**facts)
        except (KeyError, TypeError, ValueError) as error:
            raise IndexDamaged(home, f"{_NAME} is not complete ({error})") from error


def last_folders(home: Path) -> tuple[Path, ...]:
    """Return where the reports of the live version came from; none where that cannot be read.

    Also of a version that another release made in its own format: the next build reads the same reports.
    """
    try:
        folders = json.loads((live_folder(home) / _NAME).read_text(encoding="utf-8"))["folders"]
        return tuple(map(Path, folders))
    except (ReportQAError, OSError, ValueError, KeyError, TypeError):
        return ()


def versions_folder(home: Path) -> Path:
    """Return the folder that holds all versions."""
    return home / "index" / "versions"


def live_folder(home: Path) -> Path:
    """Return the folder of the live version.

    Raises:
        IndexMissing: if there is none yet.
        IndexDamaged: if the pointer leads nowhere.
    """
    pointer = home / "index" / "LIVE"
    try:
        build_id = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise IndexMissing(home) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(home, f"LIVE cannot be read ({error})") from error
    folder = versions_folder(home) / Path(build_id).name
    if not build_id or not folder.is_dir():
        raise IndexDamaged(home, f"LIVE names the version {build_id!r}, which is not there")
    return folder


def make_live(home: Path, build_id: str) -> None:
    """Point to a finished version, in one atomic step."""
    replace_text(home / "index" / "LIVE", build_id + "\n")


def file_facts(folder: Path, known: Mapping[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    """Return (bytes, SHA-256) of every file below a folder but its manifest, by relative path.

    Args:
        folder: of a version.
        known: those of files that need not be read.
    """
    paths = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    with ThreadPoolExecutor(_HASHED_AT_ONCE) as pool:
        digests = {name: pool.submit(_digest, path) for name, path in paths.items() if name not in known}
    made = {name: (paths[name].stat().st_size, digest.result()) for name, digest in digests.items()}
    return {name: made.get(name) or known[name] for name in paths}


def check_files(folder: Path, manifest: Manifest, home: Path, contents: bool = False) -> None:
    """Check that every file of a version is there in full.

    Args:
        folder: the version.
        manifest: what it says of itself.
        home: named in the error.
        contents: compare checksums too, which reads every file.

    Raises:
        IndexDamaged: naming the first file that is missing or differs.
    """
    for name, (size, _) in manifest.files.items():
        path = folder / name
        found = path.stat().st_size if path.is_file() else None
        if found != size:
            raise IndexDamaged(home, f"{name} has {found or 'no'} bytes where {size} were written")
    if contents:
        check_contents(folder, manifest, home, manifest.files)


def check_contents(folder: Path, manifest: Manifest, home: Path, names: Iterable[str]) -> None:
    """Compare the checksums of some files of a version.

    Raises:
        IndexDamaged: naming the first file that differs.
    """
    with ThreadPoolExecutor(_HASHED_AT_ONCE) as pool:
        digests = {name: pool.submit(_digest, folder / name) for name in names}
    for name, digest in digests.items():
        try:
            found = digest.result()
        except OSError as error:
            raise IndexDamaged(home, f"{name} cannot be read ({error})") from error
        if found != manifest.files[name][1]:
            raise IndexDamaged(home, f"{name} is not what was written (checksum)")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != _NAME)
