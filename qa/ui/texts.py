"""Every word the page says by itself, in Chinese and in English.

Gradio's own `I18n` follows the browser's language and offers no choice, so the words are chosen on the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qa.ui.texts_ask import CHINESE_ASK, ENGLISH_ASK, AskTexts
from qa.ui.texts_data import CHINESE_DATA, ENGLISH_DATA, DataTexts
from qa.ui.texts_ingest import CHINESE_INGEST, ENGLISH_INGEST, IngestTexts
from qa.ui.texts_library import CHINESE_LIBRARY, ENGLISH_LIBRARY, LibraryTexts
from qa.ui.texts_source import CHINESE_SOURCE, ENGLISH_SOURCE, SourceTexts

DEFAULT_LANGUAGE = "zh"


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language. A name ending in `_line` is a `str.format` pattern."""

    language: str
    html_language: str
    product: str
    tagline: str
    other_language: str
    other_language_name: str
    tab_ask: str
    tab_reports: str
    # Asking
    question_label: str
    question_placeholder: str
    send: str
    new_conversation: str
    conversation_label: str
    welcome: str
    welcome_line: str
    examples: str
    pending: str
    understood_line: str
    expansion_line: str
    headline_label: str
    refusal_title: str
    error_title: str
    internal_error: str
    sources: str
    nearest: str
    figures: str
    figure_heads: tuple[str, str, str, str, str]
    figure_kinds: Mapping[str, str] = field(repr=False)
    marker_line: str
    scope_line: str
    scope_all: str
    build_line: str
    joint: str
    year_line: str
    # The source
    source_label: str
    source_empty: str
    source_missing: str
    quote_mismatch: str
    paragraph_line: str
    page_line: str
    citation_line: str
    title_line: str
    quote_line: str
    dated_line: str
    comma: str
    copy_quote: str
    copy_citation: str
    copy_link: str
    copy: str
    forms: str
    official_form: str
    mentions_line: str
    previous_mention: str
    next_mention: str
    link_lost_title: str
    link_lost: str
    link_moved: str
    copied: str
    copy_failed: str
    back: str
    # The reports
    reports_label: str
    reports_line: str
    reports_none: str
    reader_label: str
    reader_empty: str
    outline: str
    characters_line: str
    file_line: str
    warnings_line: str
    samples_title: str
    samples_body: str
    samples_ways: tuple[str, str]
    # The other tabs
    data: DataTexts = field(repr=False)
    ask: AskTexts = field(repr=False)
    library: LibraryTexts = field(repr=False)
    ingest: IngestTexts = field(repr=False)
    paper: SourceTexts = field(repr=False)


CHINESE = Texts(
    language="zh",
    html_language="zh-CN",
    product="政报问答",
    tagline="每句话、每个数字，都能点回原文",
    other_language="en",
    other_language_name="English",
    tab_ask="提问",
    tab_reports="报告",
    question_label="问题",
    question_placeholder="请输入问题，按回车发送",
    send="发送",
    new_conversation="新对话",
    conversation_label="问答记录",
    welcome="向政府报告提问",
    welcome_line="已收录 {count} 份报告。答案只引用报告原文，点击编号即可核对出处；找不到依据时会直接说明。",
    examples="可以这样问",
    pending="正在查找依据……",
    understood_line="按这个问题作答：{question}",
    expansion_line="还查找了：{meant}（由“{said}”扩展）",
    headline_label="简要回答",
    refusal_title="未找到可以回答的依据",
    error_title="暂时无法回答",
    internal_error="程序出现意外错误，详情已写入服务器日志。请重试；若再次出现，请联系管理员。",
    sources="出处",
    nearest="最接近的段落（不足以回答）",
    figures="涉及的数据",
    figure_heads=("指标", "数值", "时期", "性质", "出处"),
    figure_kinds={"result": "实绩", "target": "目标", "change": "变化", "share": "占比", "rank": "位次"},
    marker_line="查看出处 {marker}：{title}",
    scope_line="检索范围：{scope}",
    scope_all="全部报告",
    build_line="索引 {build}，用时 {milliseconds} 毫秒",
    joint="、",
    year_line="{year}年",
    source_label="原文",
    source_empty="点击答案里的编号，这里会打开报告原文，并标出所引的句子。",
    source_missing="这份报告打不开了。",
    quote_mismatch="警告：这条引文与报告原文不一致，请勿引用，并请管理员重建索引。",
    paragraph_line="第{number}段",
    page_line="第{page}页",
    citation_line="{issuer}：{title}{date}，{place}。",
    title_line="《{title}》",
    quote_line="“{text}”",
    dated_line="（{date}）",
    comma="，",
    copy_quote="复制原句",
    copy_citation="复制出处",
    copy_link="复制链接",
    copy="复制",
    forms="引用格式",
    official_form="公文引用",
    mentions_line="“{term}”在本报告中出现 {count} 处",
    previous_mention="上一处",
    next_mention="下一处",
    link_lost_title="链接所引的句子已找不到",
    link_lost="报告已经更换或修改，现有的报告中没有这句话。可以在“报告”中查看现行文本，或重新提问。",
    link_moved="这份报告在链接生成之后有过改动，下面是同一句话现在的位置。",
    copied="已复制",
    copy_failed="请手动复制",
    back="返回",
    reports_label="报告列表",
    reports_line="共 {count} 份报告",
    reports_none="还没有收录报告。",
    reader_label="报告全文",
    reader_empty="点击左侧的报告，在这里阅读全文。",
    outline="目录",
    characters_line="{count} 字",
    file_line="文件：{file}",
    warnings_line="读取时的提示：{warnings}",
    samples_title="当前收录的是示例报告",
    samples_body="这些报告中的地名、事件和数字均为虚构，仅供试用。存入自己的报告并更新索引后，示例报告自动撤下。换成自己的报告：",
    samples_ways=(
        "把报告文件拖到上方，再点“更新索引”；文件存放在 `{reports}`",
        "或者启动时指定目录：`make run REPORTS=目录`，或 `python app.py --reports 目录`",
    ),
    data=CHINESE_DATA,
    ask=CHINESE_ASK,
    library=CHINESE_LIBRARY,
    ingest=CHINESE_INGEST,
    paper=CHINESE_SOURCE,
)

ENGLISH = Texts(
    language="en",
    html_language="en",
    product="Report QA",
    tagline="Every sentence and figure leads back to the source",
    other_language="zh",
    other_language_name="中文",
    tab_ask="Ask",
    tab_reports="Reports",
    question_label="Question",
    question_placeholder="Type a question and press Enter",
    send="Send",
    new_conversation="New conversation",
    conversation_label="Conversation",
    welcome="Ask the government reports",
    welcome_line=(
        "{count} reports are indexed. Answers quote the reports alone; select a number to check its source. "
        "Where there is no evidence, you are told so."
    ),
    examples="For example",
    pending="Looking for evidence…",
    understood_line="Answered as: {question}",
    expansion_line="Also searched for: {meant} (from “{said}”)",
    headline_label="In short",
    refusal_title="No evidence for an answer",
    error_title="No answer for now",
    internal_error="Something unexpected went wrong; the server log has the details. Please try again.",
    sources="Sources",
    nearest="Nearest passages (they do not answer the question)",
    figures="Figures",
    figure_heads=("Indicator", "Value", "Period", "Kind", "Source"),
    figure_kinds={"result": "result", "target": "target", "change": "change", "share": "share", "rank": "rank"},
    marker_line="Open source {marker}: {title}",
    scope_line="Searched: {scope}",
    scope_all="all reports",
    build_line="index {build}, {milliseconds} ms",
    joint=", ",
    year_line="{year}",
    source_label="Source",
    source_empty="Select a number in an answer to open the report here, with the quoted sentence marked.",
    source_missing="This report can no longer be opened.",
    quote_mismatch="Warning: this quotation differs from the report. Do not use it, and have the index rebuilt.",
    paragraph_line="paragraph {number}",
    page_line="page {page}",
    citation_line="{issuer}: {title}{date}, {place}.",
    title_line="{title}",
    quote_line='"{text}"',
    dated_line=" ({date})",
    comma=", ",
    copy_quote="Copy sentence",
    copy_citation="Copy citation",
    copy_link="Copy link",
    copy="Copy",
    forms="Formats",
    official_form="Official documents",
    mentions_line="“{term}” stands here {count} times",
    previous_mention="Previous mention",
    next_mention="Next mention",
    link_lost_title="The sentence of this link is gone",
    link_lost=(
        "The report was replaced or changed, and no report holds these words now. Open the tab Reports, or ask again."
    ),
    link_moved="This report changed after the link was made; this is where the same sentence stands now.",
    copied="Copied",
    copy_failed="Please copy by hand",
    back="Back",
    reports_label="List of reports",
    reports_line="{count} reports",
    reports_none="No reports are indexed yet.",
    reader_label="Full text",
    reader_empty="Select a report to read it here.",
    outline="Contents",
    characters_line="{count} characters",
    file_line="File: {file}",
    warnings_line="Notes from reading: {warnings}",
    samples_title="These are sample reports",
    samples_body=(
        "Their places, events and figures are fictional and for trying out only. They go away by themselves once the "
        "index is built from reports of your own. To use your own:"
    ),
    samples_ways=(
        "drop the files above and rebuild the index; they are kept in `{reports}`",
        "or name a folder at start: `make run REPORTS=folder` or `python app.py --reports folder`",
    ),
    data=ENGLISH_DATA,
    ask=ENGLISH_ASK,
    library=ENGLISH_LIBRARY,
    ingest=ENGLISH_INGEST,
    paper=ENGLISH_SOURCE,
)

_LANGUAGES = {texts.language: texts for texts in (CHINESE, ENGLISH)}


def texts_for(language: str | None) -> Texts:
    """Choose the words of a language; anything unknown is Chinese.

    >>> texts_for("en").send, texts_for("fr").send, texts_for(None).send
    ('Send', '发送', '发送')
    """
    return _LANGUAGES.get(language or DEFAULT_LANGUAGE, CHINESE)
