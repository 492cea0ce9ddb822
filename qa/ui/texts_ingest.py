"""The words about what was recognised in a file, and of its facts to correct, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class IngestTexts:
    """The words of one language. A name ending in `_line` is a `str.format` pattern."""

    correct: str
    correct_note: str
    correct_save: str
    corrected_line: str
    not_corrected_line: str
    nothing_corrected: str
    fact_names: dict[str, str]
    title: str
    origins: str
    origin_names: dict[str, str]
    guess_line: str
    count_line: str
    count_characters: str
    count_paragraphs: str
    count_headings: str
    count_figures: str
    count_tables: str
    count_exhibits: str
    pages_line: str
    ocr_line: str
    empty_line: str
    garbled_line: str
    left_out_line: str
    duplicate_line: str
    near_duplicate_line: str
    unread_line: str


CHINESE_INGEST = IngestTexts(
    correct="更正信息",
    correct_note="更正的信息跟随报告内容保存，今后每次更新索引都以此为准；日期写作 2025-03-01。",
    correct_save="保存更正",
    corrected_line="已更正：{facts}。",
    not_corrected_line="没有更正：{error}",
    nothing_corrected="信息没有变化。",
    fact_names={
        "title": "标题",
        "issuer": "发文单位",
        "kind": "种类",
        "year": "年份",
        "date": "日期",
        "document_number": "文号",
        "source": "来源",
    },
    title="读取情况",
    origins="信息的来源",
    origin_names={"user": "用户更正", "file name": "文件名", "title": "标题", "text": "正文", "properties": "文件属性"},
    guess_line="取自{origin}，可信度 {share}",
    count_line="{name} {count}",
    count_characters="字数",
    count_paragraphs="段落",
    count_headings="标题",
    count_figures="数据",
    count_tables="表格",
    count_exhibits="图",
    pages_line="共 {count} 页",
    ocr_line="文字识别（OCR）的页：{pages}；平均可信度 {confidence}",
    empty_line="没有文字的页：{pages}",
    garbled_line="乱码而未收录的页：{pages}",
    left_out_line="有 {count} 个文件没有收录",
    duplicate_line="：与“{original}”内容相同",
    near_duplicate_line="：与“{original}”几乎相同（{share}），只收录其一",
    unread_line="：{reason}",
)

ENGLISH_INGEST = IngestTexts(
    correct="Correct facts",
    correct_note="Corrections stay with the content of the report, across rebuilds. Write dates as 2025-03-01.",
    correct_save="Save corrections",
    corrected_line="Corrected: {facts}.",
    not_corrected_line="Not corrected: {error}",
    nothing_corrected="Nothing was changed.",
    fact_names={
        "title": "Title",
        "issuer": "Issuer",
        "kind": "Kind",
        "year": "Year",
        "date": "Date",
        "document_number": "Document number",
        "source": "Source",
    },
    title="What was read",
    origins="Where facts come from",
    origin_names={
        "user": "said by a user",
        "file name": "file name",
        "title": "title",
        "text": "text",
        "properties": "properties of the file",
    },
    guess_line="from the {origin}, confidence {share}",
    count_line="{name} {count}",
    count_characters="characters",
    count_paragraphs="paragraphs",
    count_headings="headings",
    count_figures="figures",
    count_tables="tables",
    count_exhibits="pictures",
    pages_line="{count} pages",
    ocr_line="Pages read by OCR: {pages}; mean confidence {confidence}",
    empty_line="Pages without text: {pages}",
    garbled_line="Pages left out because their text is garbled: {pages}",
    left_out_line="{count} files are not indexed",
    duplicate_line=": the same content as {original}",
    near_duplicate_line=": almost the same as {original} ({share}); one of them is indexed",
    unread_line=": {reason}",
)
