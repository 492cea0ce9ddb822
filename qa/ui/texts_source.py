"""The words around pages, tables and pictures of a source, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceTexts:
    """The words of one language. A name ending in `_line` is a `str.format` pattern."""

    table_line: str
    row_line: str
    column_line: str
    exhibits: str
    exhibit_alone: str
    exhibit_missing: str
    view_label: str
    as_page: str
    as_text: str
    page_place_line: str
    previous_page: str
    next_page: str
    page_alt_line: str
    page_failed: str


CHINESE_SOURCE = SourceTexts(
    table_line="表格“{table}”",
    row_line="“{row}”行",
    column_line="“{column}”列",
    exhibits="报告中的图",
    exhibit_alone="图",
    exhibit_missing="文件中没有可以显示的图像",
    view_label="查看方式",
    as_page="原件页面",
    as_text="文字",
    page_place_line="第 {page} / {count} 页",
    previous_page="上一页",
    next_page="下一页",
    page_alt_line="《{title}》第{page}页的图像",
    page_failed="这份原件的页面无法显示，下面是从中读出的文字。",
)

ENGLISH_SOURCE = SourceTexts(
    table_line="table “{table}”",
    row_line="row “{row}”",
    column_line="column “{column}”",
    exhibits="Pictures in the report",
    exhibit_alone="Picture",
    exhibit_missing="the file holds no image that can be shown",
    view_label="View",
    as_page="Original page",
    as_text="Text",
    page_place_line="page {page} of {count}",
    previous_page="Previous page",
    next_page="Next page",
    page_alt_line="Image of page {page} of {title}",
    page_failed="The page of this original cannot be shown; this is the text read from it.",
)
