"""Page furniture: the buttons, breadcrumbs and licence notices that a web page leaves around a report.

Only lines that are furniture as a whole are dropped; nothing is ever cut before or after them, and a word such as 下载
inside a sentence stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.readers.base import Block

# Longer lines hold text, whatever words they have.
_LONGEST_FURNITURE = 40
_LONGEST_NAME, _LONGEST_TITLE = 4, 60

# Lines that are furniture wherever they stand.
_ALWAYS = re.compile(
    r"""(?:
      下载|打印|全屏|收藏|打印本页|打印此页|关闭窗口|关闭本页|关闭|返回顶部|返回首页|网页打印|我要纠错|无障碍阅读|长者模式
    | 加大|还原|减小|扫一扫[^。，]{0,20}|分享[:：]?|分享到?(?:微信|微博|QQ空间|朋友圈)?[:：]?|用手机.{0,12}打开.{0,8}
    | [【\[]?\s*字[号体]\s*[:：]?(?:\s*(?:加大|还原|减小|大|中|小|默认|超大|[|｜]))*\s*[】\]]?
    | [【\[]\s*(?:打印|打印本页|关闭窗口|关闭|下载|收藏)?\s*[】\]]?|[】\]]
    | (?:相关(?:报道|文档|附件|链接|阅读|新闻|文章|稿件|推荐|解读)|附件下载|延伸阅读)\s*[:：]?\s*(?:>>|》》)?
    | [上下]一[篇条]\s*[:：]?\s*(?:无|没有了)?
    | (?:责任编辑|编辑|责编|校对|编审|初审|复审|终审|审核)\s*[:：]\s*.{0,12}
    | (?:您|你)?(?:的|现在的|当前的?)?(?:位置|所在位置)\s*(?:是|在)?\s*[:：]\s*(?:首页.{0,30})?
    | (?:浏览|阅读|点击|访问)(?:量|次数|数)?\s*[:：]\s*\d*\s*次?
    | 》*\s*点击.{0,12}(?:进入|查看).{0,12}
    | Public\s+domain|false|true|null|undefined
    | [0-9a-f]{32}\s*[:：]
    | 版权所有[^。]{0,30}|.{0,6}ICP备.{0,20}号?(?:-\d+)?|.{0,4}公网安备.{0,24}号?
    )$""",
    re.VERBOSE,
)
# Lines that are furniture only next to furniture: on their own they may be a heading, a cell or a name.
_BESIDE_FURNITURE = re.compile(r"(?:大|中|小|默认|首页|返回|纠错|投稿|评论|阅读|[>＞›»|｜×/·•]|[《》]+)$")
# After a bare label such as 责任编辑： the next short line is the name it announces; after a link's key, its title.
_BARE_LABEL = re.compile(r"(?:责任编辑|编辑|责编|校对|审核)\s*[:：]$")
_LINK_KEY = re.compile(r"[0-9a-f]{32}\s*[:：]$")
_BREADCRUMB_MARK = re.compile(r"[>＞›»]$")
_HOME = re.compile(r"(?:网站)?(?:首页|主页)$")
_LONGEST_CRUMB = 16
_YEAR = re.compile(r"[0-9０-９]{4}年")

# The licence notice under reports on Wikisource, put together from several links.
_LICENCE_START = re.compile(r"本作品(?:是中华人民共和国|在.{0,20}属于公有领域|采用)|注：中文维基文库社群")
_LICENCE_END = re.compile(r"Public\s+domain$|false$")
_LONGEST_LICENCE_BLOCKS = 30


def drop_furniture(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Leave out the blocks that are page furniture.

    A block that stood behind dropped ones counts as set apart from what stood before them.

    >>> page = [Block("【字号："), Block("大"), Block("】"), Block("下载"), Block("下载量达30万次。")]
    >>> [block.text for block in drop_furniture(page)]
    ['下载量达30万次。']
    """
    marked = _mark_lines([block.text for block in blocks])
    drop = [found and block.table is None for found, block in zip(marked, blocks, strict=True)]
    kept: list[Block] = []
    gap = False
    for block, dropped in zip(blocks, drop, strict=True):
        if dropped:
            gap = True
            continue
        kept.append(replace(block, after_gap=True) if gap else block)
        gap = False
    return tuple(kept)


def _mark_lines(lines: Sequence[str]) -> list[bool]:
    """Say of each line whether it is furniture."""
    drop = [len(line) <= _LONGEST_FURNITURE and bool(_ALWAYS.match(line)) for line in lines]
    _mark_licence(lines, drop)
    _mark_announced(lines, drop)
    _mark_breadcrumbs(lines, drop)
    _mark_neighbours(lines, drop, range(len(lines)), -1)
    _mark_neighbours(lines, drop, range(len(lines) - 1, -1, -1), 1)
    return drop


def _mark_licence(lines: Sequence[str], drop: list[bool]) -> None:
    """Mark the licence notice: from its first words to the end of the file, if that end is the notice's own."""
    tail = range(max(0, len(lines) - _LONGEST_LICENCE_BLOCKS), len(lines))
    start = next((at for at in tail if _LICENCE_START.match(lines[at])), None)
    if start is not None and _LICENCE_END.match(lines[-1]):
        drop[start:] = [True] * (len(lines) - start)


def _mark_announced(lines: Sequence[str], drop: list[bool]) -> None:
    """Mark the editor's name after a bare label, and a link's title after its key."""
    for at, line in enumerate(lines[:-1]):
        following = lines[at + 1]
        name = _BARE_LABEL.match(line) and len(following) <= _LONGEST_NAME
        if name or (_LINK_KEY.match(line) and len(following) <= _LONGEST_TITLE and following[-1] not in "。；：！？"):
            drop[at + 1] = True


def _mark_breadcrumbs(lines: Sequence[str], drop: list[bool]) -> None:
    """Mark the short lines on both sides of a breadcrumb's ">", and the same words once more below it."""
    last = -2
    for at, line in enumerate(lines):
        if _BREADCRUMB_MARK.match(line) and at and (drop[at - 1] or _HOME.match(lines[at - 1])):
            for side in (at - 1, at, at + 1):
                if 0 <= side < len(lines) and _is_crumb(lines[side]):
                    drop[side], last = True, side
        elif at == last + 1 and line == lines[last]:
            drop[at] = True


def _is_crumb(line: str) -> bool:
    """Say whether a line next to a ">" may be dropped; a line with a year may be the report's own title."""
    return len(line) <= _LONGEST_CRUMB and not _YEAR.search(line)


def _mark_neighbours(lines: Sequence[str], drop: list[bool], order: range, before: int) -> None:
    """Mark what is furniture only next to furniture, walking in one direction."""
    for at in order:
        neighbour = at + before
        if 0 <= neighbour < len(lines) and drop[neighbour] and len(lines[at]) <= _LONGEST_FURNITURE:
            drop[at] = drop[at] or bool(_BESIDE_FURNITURE.match(lines[at]))
