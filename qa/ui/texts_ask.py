"""The words of what surrounds an answer: scope, suggestions, judgements, kept conversations; Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AskTexts:
    """The words of one language. A name ending in `_line` is a `str.format` pattern."""

    year: str
    report_kind: str
    all_issuers: str
    all_years: str
    all_kinds: str
    filtered_line: str
    unfilter: str
    drop_line: str
    scope_said: str
    follow_ups: str
    working: str
    judge: str
    good: str
    bad: str
    reasons: tuple[str, str, str, str]
    expected: str
    expected_ask: str
    judged: str
    judge_failed_line: str
    kept: str
    kept_line: str
    rename: str
    rename_ask: str
    forget: str
    forget_sure: str
    export_markdown: str
    export_docx: str
    untitled: str


CHINESE_ASK = AskTexts(
    year="年份",
    report_kind="报告种类",
    all_issuers="全部单位",
    all_years="全部年份",
    all_kinds="全部种类",
    filtered_line="筛选：{scope}",
    unfilter="去掉筛选再问",
    drop_line="去掉“{value}”再问",
    scope_said="检索范围：",
    follow_ups="可以接着问",
    working="这些问题可以回答",
    judge="回答有帮助吗？",
    good="有帮助",
    bad="有问题",
    reasons=("引文与问题无关", "数字不对", "没有答全", "应当能回答"),
    expected="补充正确的原文…",
    expected_ask="正确的回答应包含哪些原文？",
    judged="已记录在本机，谢谢。",
    judge_failed_line="没有记录下来：{error}",
    kept="最近的对话（只保存在这个浏览器中）",
    kept_line="{name}（{count} 问）",
    rename="改名",
    rename_ask="对话名称",
    forget="删除",
    forget_sure="确定删除",
    export_markdown="导出 Markdown",
    export_docx="导出 Word",
    untitled="对话",
)

ENGLISH_ASK = AskTexts(
    year="Year",
    report_kind="Kind of report",
    all_issuers="all issuers",
    all_years="all years",
    all_kinds="all kinds",
    filtered_line="Filter: {scope}",
    unfilter="Ask without the filter",
    drop_line="Ask again without “{value}”",
    scope_said="Searched:",
    follow_ups="Go on with",
    working="Questions that can be answered",
    judge="Did this help?",
    good="Yes",
    bad="No",
    reasons=(
        "The quotation is beside the point",
        "A figure is wrong",
        "It is not complete",
        "There is an answer",
    ),
    expected="Give the right words…",
    expected_ask="Which words of a report should the answer hold?",
    judged="Noted on this machine, thank you.",
    judge_failed_line="It could not be noted: {error}",
    kept="Recent conversations (kept in this browser only)",
    kept_line="{name} ({count} questions)",
    rename="Rename",
    rename_ask="Name of the conversation",
    forget="Delete",
    forget_sure="Really delete",
    export_markdown="Export Markdown",
    export_docx="Export Word",
    untitled="Conversation",
)
