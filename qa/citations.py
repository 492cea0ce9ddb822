"""Citations to take away: where words stand, and that place as GB/T 7714—2015, as official documents cite, as BibTeX.

What a report does not tell is left out or marked as unknown, as the standard has it; nothing is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from corpus.geometry import page_at
from corpus.types import Paragraph, Report
from qa.types import Citation

_ADDRESS = re.compile(r"https?://\S+$")
_BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\^{}", "~": r"\~{}",
}  # fmt: skip


def paragraph_at(report: Report, offset: int) -> Paragraph:
    """Return the paragraph that an offset lies in or behind."""
    return report.paragraphs[bisect_right(report.paragraphs, offset, key=lambda paragraph: paragraph.start) - 1]


def section_at(report: Report, offset: int) -> tuple[str, ...]:
    """Return the path of the innermost section at an offset; sections stand in reading order."""
    around = (section.path for section in reversed(report.sections) if section.start <= offset < section.end)
    return next(around, ())


def cite_span(report: Report, start: int, end: int) -> Citation:
    """Cite words that are no part of an answer: their marker is 0."""
    paragraph = paragraph_at(report, start)
    return Citation(
        marker=0,
        report_id=report.report_id,
        file=report.file,
        title=report.title,
        issuer=report.issuer,
        year=report.year,
        section=section_at(report, start),
        paragraph=paragraph.number,
        page=page_at(paragraph, start),
        start=start,
        end=end,
        quote=report.text[start:end],
        score=1.0,
    )


def official_reference(report: Report) -> str:
    """Cite a report as official documents do (GB/T 9704—2012): title in 《》, then document number and date.

    >>> report = Report("r", "f", "", "法治报告", "", "", 2024, "2025-02-08", "云政发〔2025〕3号", "", "", (), ())
    >>> official_reference(report)
    '《法治报告》（云政发〔2025〕3号，2025年2月8日）'
    """
    title = report.title or report.file
    facts = "，".join(filter(None, [report.document_number, chinese_date(report.date) or _year_word(report.year)]))
    return (title if title.startswith("《") else f"《{title}》") + (f"（{facts}）" if facts else "")


def gb7714(citation: Citation, report: Report, cited_on: str) -> str:
    """Cite words after GB/T 7714—2015: a report with its number; on line with dates and address where it has one.

    Args:
        citation: the words; their page goes with it where there is one.
        report: the report they stand in.
        cited_on: the day of citing as YYYY-MM-DD, which the standard asks for with an address.
    """
    author = f"{report.issuer}. " if report.issuer else ""
    title = ": ".join(filter(None, [report.title or report.file, report.document_number]))
    if _ADDRESS.match(report.source):
        published = f"({report.date})" if report.date else ""
        pages = f"{report.date[:4]}: {citation.page}" if citation.page is not None and report.date else ""
        return f"{author}{title}[R/OL]. {pages}{published}[{cited_on}]. {report.source}."
    publisher = f"[出版地不详]: {report.source}" if report.source else "[出版地不详: 出版者不详]"
    year = report.date[:4] or (f"[{report.year}]" if report.year else "[出版年不详]")
    pages = f": {citation.page}" if citation.page is not None else ""
    return f"{author}{title}[R]. {publisher}, {year}{pages}."


def bibtex(citation: Citation, report: Report) -> str:
    """Cite words as a BibTeX entry of the type techreport, its fields in braces so that nothing is recased."""
    place = [f"第{citation.paragraph}段"] + ([f"第{citation.page}页"] if citation.page is not None else [])
    fields = {
        "title": report.title or report.file,
        "institution": report.issuer,
        "year": report.date[:4] or (str(report.year) if report.year else ""),
        "type": report.kind,
        "number": report.document_number,
        "date": report.date,
        "url": report.source if _ADDRESS.match(report.source) else "",
        "note": "，".join(place),
    }
    # An address is taken as it is; in other fields a sign of TeX would be one.
    lines = [f"  {name} = {{{value if name == 'url' else _tex(value)}}}" for name, value in fields.items() if value]
    return f"@techreport{{report-{report.report_id[:8]}-{citation.start},\n" + ",\n".join(lines) + "\n}"


def chinese_date(date: str) -> str:
    """Write a date as official documents do; what is no full date is "".

    >>> chinese_date("2025-02-08"), chinese_date("2025-02")
    ('2025年2月8日', '')
    """
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", date)
    return f"{match[1]}年{int(match[2])}月{int(match[3])}日" if match else ""


def _year_word(year: int | None) -> str:
    return f"{year}年" if year is not None else ""


def _tex(text: str) -> str:
    return "".join(_BIBTEX_SIGNS.get(character, character) for character in " ".join(text.split()))
