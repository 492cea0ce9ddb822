"""Read report files into `Report`s: the entry points of this package."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.archive import ARCHIVES, member_names, read_member
from corpus.decode import guard_size
from corpus.errors import NoReports, UnreadableFile
from corpus.figures import find_figures
from corpus.furniture import drop_furniture
from corpus.geometry import shift
from corpus.lines import join_broken
from corpus.metadata import find_body, read_metadata
from corpus.outline import build_outline
from corpus.placing import describe_exhibits, name_exhibits, place_exhibits, place_tables
from corpus.readers import SUFFIXES, choose_reader
from corpus.readers.base import Block, Extract
from corpus.types import Line, Paragraph, Picture, Report

# Half of a SHA-256 in hexadecimal digits would do for any library; 16 are enough for one.
_ID_DIGITS = 16
_LONG_PARAGRAPH = 50_000
# What prints nothing and would make equal words differ.
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report with the pictures of its exhibits, which are kept apart from it."""

    report: Report
    pictures: tuple[Picture, ...] = ()


def read_report(path: Path, file: str) -> Report:
    """Read one report file, its ledger of figures included.

    Args:
        path: where the file is; a file in a ZIP archive as `archive.zip/inner.docx`.
        file: the name to store, relative to the reports' folder; only a label.

    Raises:
        UnreadableFile: the file cannot be opened or holds no report text.
    """
    return read_parsed(path, file).report


def read_parsed(path: Path, file: str) -> Parsed:
    """Read one report file as `read_report` does, with the pictures of its exhibits."""
    return parse_file(read_bytes(path, file), file)


def read_bytes(path: Path, file: str) -> bytes:
    """Read a file's bytes, out of its archive if it is in one.

    Raises:
        UnreadableFile: they cannot be read.
    """
    archive = next((above for above in path.parents if above.suffix.lower() in ARCHIVES and above.is_file()), None)
    try:
        guard_size((archive or path).stat().st_size, file)
        data = (archive or path).read_bytes()
    except OSError as error:
        raise UnreadableFile(file, _say_why(error)) from error
    except ValueError as error:
        raise UnreadableFile(file, "no file can have this name") from error
    if archive is not None:
        return read_member(data, path.relative_to(archive).as_posix(), file)
    if path.suffix.lower() in ARCHIVES:
        # Those that can be opened were replaced by what is in them when the files were looked for.
        count = len(member_names(data, file))
        raise UnreadableFile(file, f"it is an archive of {count} files: name one as {path.name}/FILE")
    return data


def parse_file(data: bytes, file: str) -> Parsed:
    """Parse the bytes of a report file into a report with its figures, and its pictures.

    Raises:
        UnreadableFile: the bytes hold no report text.
    """
    report, pictures = _parse(data, file)
    return Parsed(replace(report, figures=find_figures(report)), pictures)


def parse_report(data: bytes, file: str) -> Report:
    r"""Parse the bytes of a report file; the same as `read_report`, without the disk and the figures.

    >>> report = parse_report("云溪县2024年统计公报\n一、综合\n生产总值118.46亿元。".encode(), "a.txt")
    >>> report.issuer, report.year, report.sections[0].heading
    ('云溪县', 2024, '一、综合')
    """
    return _parse(data, file)[0]


def _parse(data: bytes, file: str) -> tuple[Report, tuple[Picture, ...]]:
    """Parse a report without its figures, and take its pictures out."""
    guard_size(len(data), file)
    extract = choose_reader(data, file).read(data, file)
    blocks = _clean(describe_exhibits(extract.exhibits, extract.blocks, extract.inside))
    text = "\n".join(block.text for block in blocks)
    if not any(character.isalpha() for character in text):
        raise UnreadableFile(file, "it holds no words")
    paragraphs = _number(blocks)
    lines = [block.text for block in blocks]
    body = find_body(lines, [block.level for block in blocks])
    facts = read_metadata(lines, body, extract.title, file, extract.properties)
    sections = build_outline(text, paragraphs, blocks, facts.title, body)
    sha256 = hashlib.sha256(data).hexdigest()
    report = Report(
        report_id=sha256[:_ID_DIGITS],
        file=file,
        sha256=sha256,
        title=facts.title,
        issuer=facts.issuer,
        kind=facts.kind,
        year=facts.year,
        date=facts.date,
        document_number=facts.document_number,
        source=facts.source,
        text=text,
        sections=sections,
        paragraphs=paragraphs,
        tables=place_tables(extract.tables, blocks, paragraphs),
        exhibits=name_exhibits(place_exhibits(extract.exhibits, blocks, paragraphs), sections),
        warnings=_warnings(extract, paragraphs, bool(sections), facts.issuer, facts.year),
        pages=extract.pages,
        facts=facts.facts,
    )
    return report, extract.pictures


def _clean(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Take furniture, zero-width characters and outer white space away, and join what is one paragraph."""
    stripped = map(_strip, blocks)
    return join_broken(drop_furniture([block for block in stripped if block.text]))


def _strip(block: Block) -> Block:
    """Strip a block of what prints nothing; line breaks inside it become spaces."""
    text = _squeeze(block.text).strip() if block.table is None else _squeeze(block.text).rstrip()
    if text == block.text:
        return block
    lead = 0 if block.table is not None else len(_squeeze(block.text)) - len(_squeeze(block.text).lstrip())

    def moved(offset: int) -> int:
        # One character more keeps a line break at the end from vanishing.
        return min(max(len(_squeeze(block.text[:offset] + "-")) - 1 - lead, 0), len(text))

    lines = (Line(moved(line.start), moved(line.end), line.box) for line in block.lines)
    return replace(block, text=text, lines=tuple(line for line in lines if line.start < line.end))


def _squeeze(text: str) -> str:
    """Leave out what has no width, and put a space for each line break."""
    return " ".join(text.translate(_ZERO_WIDTH).splitlines())


def _number(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Number the blocks as paragraphs of the text in which they stand one a line."""
    paragraphs: list[Paragraph] = []
    start = 0
    for number, block in enumerate(blocks, start=1):
        end = start + len(block.text)
        paragraphs.append(Paragraph(number, start, end, block.page, block.page_label, shift(block.lines, start)))
        start = end + 1
    return tuple(paragraphs)


def _warnings(
    extract: Extract, paragraphs: Sequence[Paragraph], outlined: bool, issuer: str, year: int | None
) -> tuple[str, ...]:
    """Say what a person should look at before trusting the report's citations."""
    warnings = list(extract.warnings)
    if not issuer:
        warnings.append("the issuer is not known: name the file YEAR_ISSUER_KIND")
    if year is None:
        warnings.append("the year is not known: name the file YEAR_ISSUER_KIND")
    if not outlined:
        warnings.append("no headings were found, so citations name paragraphs only")
    longest = max(paragraph.end - paragraph.start for paragraph in paragraphs)
    if longest > _LONG_PARAGRAPH:
        warnings.append(f"one paragraph has {longest} characters: the file's line breaks seem to be lost")
    return tuple(warnings)


def find_report_files(folders: Sequence[Path]) -> list[tuple[Path, str]]:
    """Find the report files in folders, with the name of each relative to its folder, in order of name.

    A folder may also be a single file. A ZIP archive counts as a folder: `archive.zip/inner.docx`. Hidden
    files, unknown formats and links that lead outside are passed over.

    Raises:
        NoReports: a folder does not exist.
    """
    found: dict[Path, str] = {}
    for folder in folders:
        if not folder.exists():
            raise NoReports(f"{str(folder)!r} does not exist: give a folder with report files")
        for path, name in _walk(folder):
            for inner in _inside(path, name):
                # Put together as text: joined as paths, an absolute name would lead out of the archive.
                found.setdefault(Path(f"{path}/{inner}"), f"{name}/{inner}" if inner else name)
    return sorted(found.items(), key=lambda item: (item[1], str(item[0])))


def _inside(path: Path, name: str) -> tuple[str, ...]:
    """Return the names of the files in an archive; the empty name for what is none or cannot be opened."""
    if path.suffix.lower() not in ARCHIVES:
        return ("",)
    try:
        guard_size(path.stat().st_size, name)
        return member_names(path.read_bytes(), name)
    except (OSError, UnreadableFile):
        return ("",)


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield the report files of one folder, or the file itself."""
    if folder.is_file():
        yield folder, folder.name
        return
    root = folder.resolve()
    for directory, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = Path(directory, name)
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES | ARCHIVES:
                continue
            if path.is_file() and path.resolve().is_relative_to(root):
                yield path, path.relative_to(folder).as_posix()


def _say_why(error: OSError) -> str:
    """Say in words why a file cannot be opened."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    if isinstance(error, PermissionError):
        return "you have no permission to read it"
    return (error.strerror or "the system cannot open it").lower()
