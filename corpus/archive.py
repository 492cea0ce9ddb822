"""Open ZIP archives safely: those that hold reports, and the office documents that are archives inside."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from corpus.errors import UnreadableFile

# The suffixes of archives that are opened for the reports inside.
ARCHIVES = frozenset({".zip"})
SIGNATURE = b"PK\x03\x04"
# An office document has tens of parts, a folder of reports hundreds; all of them unpacked stay far below this.
_MOST_MEMBERS = 5_000
_LARGEST_MEMBER_BYTES = 150_000_000
_LARGEST_TOTAL_BYTES = 300_000_000
# Text is packed to a tenth, a sheet of empty cells to a hundredth; what is packed more and unpacks to much is a bomb.
_LARGEST_RATIO = 400
_HARMLESS_BYTES = 30_000_000
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


class Archive:
    """The members of a ZIP archive, with limits on how many there are and how much they unpack to.

    Args:
        data: the bytes of the archive.
        file: its label for error messages.

    Raises:
        UnreadableFile: it is damaged, or unpacks to more than any report needs.
    """

    def __init__(self, data: bytes, file: str) -> None:
        self._file = file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._members = {_name(member): member for member in self._zip.infolist() if not member.is_dir()}
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise UnreadableFile(file, "the archive is damaged or incomplete; get it once more") from error
        self._guard()

    def _guard(self) -> None:
        """Refuse a bomb by what its table of contents says; `read` holds it to its word."""
        members = self._zip.infolist()
        total = sum(member.file_size for member in members)
        if len(members) > _MOST_MEMBERS:
            raise UnreadableFile(self._file, f"the archive has {len(members)} members and the limit is {_MOST_MEMBERS}")
        packed = sum(member.compress_size for member in members)
        if total > _LARGEST_TOTAL_BYTES or (total > _HARMLESS_BYTES and total > _LARGEST_RATIO * packed):
            raise UnreadableFile(self._file, f"the archive unpacks to {total / 1e6:.0f} MB, more than reports need")

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the members, in the order of the archive."""
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """Unpack one member.

        Raises:
            UnreadableFile: there is none, it is damaged, protected, or larger than any part of a report.
        """
        member = self._members.get(name)
        if member is None:
            raise UnreadableFile(self._file, f"the archive has no {name!r}")
        if member.flag_bits & _ENCRYPTED:
            raise UnreadableFile(self._file, "the archive is protected by a password; take the password off first")
        if member.file_size > _LARGEST_MEMBER_BYTES:
            raise UnreadableFile(self._file, f"{name!r} unpacks to {member.file_size / 1e6:.0f} MB")
        try:
            with self._zip.open(member) as stream:
                data = stream.read(member.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise UnreadableFile(self._file, f"{name!r} in the archive is damaged") from error
        if len(data) > member.file_size:
            raise UnreadableFile(self._file, f"{name!r} in the archive is larger than it says")
        return data

    def find(self, name: str) -> bytes | None:
        """Unpack a member that may be missing; None without it."""
        return self.read(name) if name in self._members else None


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; Chinese systems write names in GBK without saying so."""
    if member.flag_bits & _UTF8_NAME or member.filename.isascii():
        return member.filename.replace("\\", "/")
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return member.filename


def has_member(data: bytes, name: str) -> bool:
    """Say whether data is an archive with a member of this name; False for a damaged one."""
    if not data.startswith(SIGNATURE):
        return False
    try:
        return name in Archive(data, "").names
    except UnreadableFile:
        return False


def member_names(data: bytes, file: str) -> tuple[str, ...]:
    """Return the names of the files in an archive of reports, in order; hidden ones are passed over.

    Names that no report may have are among them: `read_member` says what is wrong with each.

    Raises:
        UnreadableFile: the archive cannot be opened, or is empty.
    """
    names = sorted(name for name in Archive(data, file).names if not _is_hidden(name))
    if not names:
        raise UnreadableFile(file, "the archive is empty")
    return tuple(names)


def _is_hidden(name: str) -> bool:
    """Say whether a name is one of those that systems put into archives for themselves."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or any(part.startswith(".") and part != ".." for part in parts)


def read_member(data: bytes, name: str, file: str) -> bytes:
    """Unpack one report of an archive.

    Args:
        data: the archive.
        name: the member; never used as a path.
        file: the label for error messages.

    Raises:
        UnreadableFile: there is none; its name leads outside (../x, /x, C:x); it is an archive itself, or damaged.
    """
    path, archive = PurePosixPath(name), Archive(data, file)
    if f"/{name}" in archive.names or ".." in path.parts or ":" in name or "\x00" in name:
        raise UnreadableFile(file, "its name leads out of the archive")
    content = archive.read(name)
    if path.suffix.lower() in ARCHIVES:
        raise UnreadableFile(file, "an archive inside an archive is not opened; unpack it first")
    return content
