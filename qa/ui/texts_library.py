"""The words around the list of reports and of the tab 说明, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LibraryTexts:
    """The words of one language. A name ending in `_line` is a `str.format` pattern."""

    tab_about: str
    filter: str
    filter_placeholder: str
    upload: str
    added_line: str
    refused_line: str
    pending: str
    rebuild: str
    cancel: str
    accept: str
    stages: dict[str, str]
    step_line: str
    done_line: str
    same: str
    held: str
    failed_line: str
    added: str
    changed: str
    removed: str
    renamed: str
    unread: str
    notes: str
    versions: str
    version_line: str
    live: str
    rollback: str
    remove: str
    remove_sure: str
    removed_line: str
    about_title: str
    about_how: tuple[str, ...]
    about_holds_title: str
    about_build_line: str
    about_counts_line: str
    about_encoder_line: str
    about_shipped: str
    about_home_line: str
    about_private_title: str
    about_private: tuple[str, ...]
    about_keys_title: str
    about_keys: tuple[tuple[str, str], ...]
    about_judged_title: str
    about_judged: str
    about_checks: str
    checks_line: str


CHINESE_LIBRARY = LibraryTexts(
    tab_about="说明",
    filter="筛选报告",
    filter_placeholder="标题、单位、年份或种类",
    upload="拖入报告文件，或点击选择",
    added_line="已存入：{files}",
    refused_line="未存入：{error}",
    pending="报告有变动，更新索引后才能检索到。",
    rebuild="更新索引",
    cancel="取消",
    accept="仍然启用",
    stages={
        "scan": "查看文件",
        "read": "读取报告",
        "words": "统计词语",
        "vectors": "计算向量",
        "write": "写入",
        "check": "检查新索引",
        "live": "启用",
        "": "准备",
    },
    step_line="{stage}：{done}/{total} {file}",
    done_line="索引 {build} 已启用：{reports} 份报告。",
    same="报告没有变化，索引照旧。",
    held="新索引未启用：以下固定问题答不出来了。",
    failed_line="没有完成，原来的索引照常使用：{error}",
    added="新增",
    changed="更新",
    removed="移除",
    renamed="改名",
    unread="未能读取",
    notes="提示",
    versions="索引版本",
    version_line="{build} · {created} · {reports} 份报告",
    live="使用中",
    rollback="退回此版本",
    remove="移除",
    remove_sure="确定移除",
    removed_line="已移除：{files}",
    about_title="答案是怎样得出的",
    about_how=(
        "先看问题问的是哪个单位、哪一年、哪种报告，只在这些报告里找。",
        "用词语和语义两种办法找出相关段落，再逐句排序，挑出能回答的句子。",
        "答案只由报告原句组成，每句后面的编号都能点回原文；每次显示时都与原文重新核对。",
        "找不到依据时直接说明，并列出最接近的段落，不编造。",
        "同样的问题、同样的索引，得到同样的答案。",
    ),
    about_holds_title="索引里有什么",
    about_build_line="版本 {build}，建于 {created}",
    about_counts_line="{reports} 份报告，{issuers} 个单位，{years}，{figures} 个数据",
    about_encoder_line="编码模型：{encoder}",
    about_shipped="随程序提供",
    about_home_line="报告和索引存放在：{home}",
    about_private_title="数据不出本机",
    about_private=(
        "程序不访问互联网：没有遥测、网络字体或外部脚本。浏览器也按页面的安全策略拒绝访问其他主机。",
        "向外发出的请求：无。",
        "对话只保存在您的浏览器中；评价写在本机的 feedback.jsonl 中。",
    ),
    about_keys_title="键盘操作",
    about_keys=(
        ("Enter", "发送问题"),
        ("Shift + Enter", "换行"),
        ("/", "回到问题框"),
        ("Tab、Enter", "移到编号、图上的点或按钮，并打开"),
        ("Esc", "关闭引用格式；在手机上返回"),
    ),
    about_judged_title="评价与固定问题",
    about_judged="“有帮助”的回答和补充的原文可以生成固定问题；今后每次更新索引，都会先检查这些问题仍答得出来。",
    about_checks="生成固定问题",
    checks_line="已写入 {count} 个固定问题：{file}",
)

ENGLISH_LIBRARY = LibraryTexts(
    tab_about="About",
    filter="Filter reports",
    filter_placeholder="Title, issuer, year or kind",
    upload="Drop report files here, or click to choose",
    added_line="Taken in: {files}",
    refused_line="Not taken in: {error}",
    pending="Reports have changed; they are found once the index is rebuilt.",
    rebuild="Rebuild index",
    cancel="Cancel",
    accept="Use it all the same",
    stages={
        "scan": "looking at files",
        "read": "reading reports",
        "words": "counting words",
        "vectors": "vectors",
        "write": "writing",
        "check": "checking",
        "live": "going live",
        "": "getting ready",
    },
    step_line="{stage}: {done}/{total} {file}",
    done_line="Index {build} is live: {reports} reports.",
    same="No report has changed; the index stays as it was.",
    held="The new index is not live: these fixed questions have lost their answer.",
    failed_line="Not finished; the index that was there goes on: {error}",
    added="added",
    changed="changed",
    removed="removed",
    renamed="renamed",
    unread="not read",
    notes="notes",
    versions="Versions of the index",
    version_line="{build} · {created} · {reports} reports",
    live="live",
    rollback="Go back to it",
    remove="Remove",
    remove_sure="Really remove",
    removed_line="Removed: {files}",
    about_title="How answers are made",
    about_how=(
        "The issuers, years and kinds of report that a question names decide where is searched.",
        "Words and meaning each find passages; their sentences are ranked, and those that answer are chosen.",
        "An answer is made of sentences of the reports alone, each checked against its report whenever it is shown.",
        "Where there is no evidence you are told so, with the nearest passages.",
        "The same question on the same index gives the same answer.",
    ),
    about_holds_title="What the index holds",
    about_build_line="Version {build}, made {created}",
    about_counts_line="{reports} reports, {issuers} issuers, {years}, {figures} figures",
    about_encoder_line="Encoder: {encoder}",
    about_shipped="the one that ships",
    about_home_line="Reports and index are in: {home}",
    about_private_title="Nothing leaves this machine",
    about_private=(
        "No internet is used: no telemetry, web fonts or foreign scripts; the browser is told to refuse other hosts.",
        "Requests to other hosts: none.",
        "Conversations are kept in your browser only; judgements in feedback.jsonl on this machine.",
    ),
    about_keys_title="Keyboard",
    about_keys=(
        ("Enter", "send the question"),
        ("Shift + Enter", "new line"),
        ("/", "go to the question box"),
        ("Tab, Enter", "go to markers, points of a chart and buttons, and open them"),
        ("Esc", "close the forms of a citation; go back on a phone"),
    ),
    about_judged_title="Judgements and fixed questions",
    about_judged=(
        "Answers that helped, and words that users gave, become fixed questions; a new index has to answer them."
    ),
    about_checks="Make fixed questions",
    checks_line="{count} fixed questions are in {file}",
)
