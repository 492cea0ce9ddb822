"""Old office documents (DOC, WPS, RTF, XLS, ET): LibreOffice, where it is installed, turns them into new ones."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import UnreadableFile
from corpus.readers.base import Extract
from corpus.readers.docx import DocxReader
from corpus.readers.sheets import SheetReader

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
# The name of the stream that holds a workbook, in the container of old office documents.
_WORKBOOK = "Workbook".encode("utf-16-le")
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
_TIMEOUT_S = 90


class LegacyReader:
    """Reads old office documents through LibreOffice."""

    name = "legacy"
    suffixes: tuple[str, ...] = (".doc", ".wps", ".rtf", ".xls", ".et")

    def recognises(self, data: bytes) -> bool:
        """Say whether the content is an old office document."""
        return data.startswith((_OLE, _RTF))

    def read(self, data: bytes, file: str) -> Extract:
        """Convert the document beside, and read what comes out."""
        if not self.recognises(data):
            raise UnreadableFile(file, "it is no Word, WPS or Excel document, whatever its name says")
        program = find_program()
        if program is None:
            raise UnreadableFile(
                file,
                "it is an old office document, which only LibreOffice opens: install LibreOffice, "
                "or save the document as DOCX or XLSX",
            )
        is_sheet = data.startswith(_OLE) and _WORKBOOK in data
        suffix = "xlsx" if is_sheet else "docx"
        converted = _convert(program, data, suffix, file)
        reader = SheetReader() if is_sheet else DocxReader()
        return reader.read(converted, file)


def find_program() -> str | None:
    """Find LibreOffice; None where it is not installed."""
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def _convert(program: str, data: bytes, suffix: str, file: str) -> bytes:
    """Convert a document, in a folder and with a profile of its own, so that no running LibreOffice takes it over."""
    with tempfile.TemporaryDirectory(prefix="report-qa-") as folder:
        source = Path(folder, "report.rtf" if data.startswith(_RTF) else "report.doc")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", suffix]
        try:
            subprocess.run(
                [*command, "--outdir", folder, str(source)], capture_output=True, check=False, timeout=_TIMEOUT_S
            )
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile(file, f"LibreOffice did not open it within {_TIMEOUT_S} seconds") from error
        except OSError as error:
            raise UnreadableFile(file, f"LibreOffice cannot be started: {error}") from error
        target = source.with_suffix(f".{suffix}")
        if not target.is_file():
            raise UnreadableFile(file, "LibreOffice cannot open it: it is damaged or protected by a password")
        return target.read_bytes()
