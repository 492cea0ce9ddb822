"""What a figure measures: the words that lead to it, its governing subject, and the noun it counts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.figures.context import Spot
from corpus.figures.kinds import is_state_before
from corpus.types import Kind

_TIME = (
    r"(?:截[至止]?到?)?(?:(?:19|20)\d\d年度?(?:\d{1,2}月)?(?:以来)?|\d{1,2}月|全年|年内|本年度?|今年|去年|上年|目前|当年|期末|年(?=[末底初]))"
    r"(?:以来|末|底|初|上半年|同期|\d{1,2}日|至(?=\d))*[,，的]?"
)
_OPENING = re.compile(
    rf"^(?:[\s、,，;:）)\]“]|[（(][一二三四五六七八九十\d]{{1,3}}[）)]|其中|另有|另外|另|并且|并|以及|同时|此外|{_TIME}"
    r"|再?一方面|[一二三四五六七八九十]{1,2}(?:是|要)|\(?[一二三四五六七八九十\d]{1,2}[)）.、])+"
)
# 由82项精简为61项 measures what stands in front of 由; 为, 达 and 共 only join.
_CLOSING = re.compile(
    r"(?>达到|达成|共计|共有|合计|总计|累计|超过|分别|上年|原来|平均|只有|不足|[保维]持在|控制在|稳定在"
    r"|[\s的了是有到至共约已仅达由从均各近第列占:]|(?<![行作])为)+$"
)
_SHARE_OF = re.compile(r"占[^,，]{0,16}$")
_NOUN = re.compile(r"[ ]?[的]?(?P<noun>[\u4e00-\u9fffA-Za-z“”]{1,14})")
_NOUN_ENDS = re.compile(
    r"[增减降升调延压缩提扩精核并集归重][\u4e00-\u9fff]{0,2}[到至为成]"
    r"|提供|开展|进行|实现|全部|以上|以下|左右|参加|完成|达到|参与|配备|设立|建成|成立|追回|转交|办理|减免|发放"
    r"|实行|试行|反馈|统一|增加|减少|下降|上升|增长|提高|精简|重组|整改|采取|公开|入选"
    r"|[均已未在由被和与及因为是的占共仅降升缩并归扩转获将可能对有按]|(?<!主)要"
)
_NO_NOUN = re.compile(r"[ ]?(?:涉及|中(?=[的,;。有仍])|[的以左均被已因由和与及为在未有是可将按并、对到至等给向从于或])")
_BARE_CHANGE = re.compile(
    r"^(?:[^,，]{0,2})(?:同比|环比|比[^,，]{1,6}?|较[^,，]{1,6}?|增|减|降|升|提|下|上|回|压|缩|扩|净|多|少|占)[^,，]{0,6}$"
)
_BECOMES = re.compile(r"^[^,，。；;]{0,14}(?:到|至|为|成)[^,，。；;]{0,6}$")
_SUBJECT_ENDS = re.compile(
    r"累计|全年|完成|办理|受理|调解(?![组工委中员平])|查处|开展|实现|达到|收到|发现|建立|推行"
    r"|(?<![解会济际作])组织|制定|公布|清理|配备|作出|[共已为是由对将在按经]|(?<![保持])有"
)
_SPLIT = re.compile(r"[、，,]|和|与|及")
LONGEST_INDICATOR = 120
_LONGEST = 40
_LONGEST_SUBJECT = 14
_LONGEST_TOPIC = 10
_BARE = 4
_BARE_RATE = 5


def own_words(spot: Spot) -> str:
    """Tidy the words between the previous number or punctuation and the number.

    Joining words at both ends go, and a bracketed qualifier stays.
    """
    lead = _OPENING.sub("", spot.lead)
    share = _SHARE_OF.search(lead)
    if share:
        return (lead[: share.start()] + " " + "占" + _CLOSING.sub("", share[0][1:])).strip()
    if not lead.strip("( ") and spot.before.endswith("("):
        # 区教育局（29件）: what a bracket belongs to stands in front of it.
        lead = re.split(r"[,;:()、]|是", spot.before[:-1])[-1]
    words = _CLOSING.sub("", lead).strip(" 、,，")[-_LONGEST:]
    return _unquoted(words)


def _unquoted(words: str) -> str:
    """Take a quotation mark or bracket off that lost its partner."""
    if words.count("(") != words.count(")"):
        words = words.strip("()")
    if words.count("“") > words.count("”"):
        return words.replace("“", "", 1) if words.startswith("“") else words + "”"
    return words.replace("”", "", 1) if words.count("”") > words.count("“") else words


def counted_noun(spot: Spot) -> str:
    """Read the noun that a number counts: 外贸企业 in 146家外贸企业提供….

    It ends at the first verb or particle.
    """
    match = _NOUN.match(spot.after)
    if not match or _NO_NOUN.match(spot.after):
        return ""
    noun = match["noun"]
    cut = _NOUN_ENDS.search(noun)
    return (noun[: cut.start()] if cut else noun).strip("“”")


def _following(spot: Spot) -> str:
    """Take the words behind a number, up to its clause's end: what 3个未对接的系统已打通 tells of."""
    return re.split(r"[,;。:!?()、\d\n]", spot.after, maxsplit=1)[0].strip()[:_LONGEST_SUBJECT]


def subject_of(spot: Spot) -> str:
    """Read the governing subject: the words that open the sentence, up to its first verb.

    Only where the number's own clause does not open the sentence.
    """
    if spot.number.start - len(spot.before) > spot.sentence_start:
        return ""
    opening, comma, _ = _OPENING.sub("", spot.before).partition(",")
    if not comma or not opening or len(opening) > _LONGEST or ":" in opening:
        return ""
    # A topic (行政复议方面，) governs; of a clause with a number of its own only its actor does (…委员会受理…件，).
    has_number = any(character.isdigit() for character in opening)
    cut = _SUBJECT_ENDS.search(opening)
    if has_number and (not cut or cut[0] in {"为", "是"}):
        return ""
    subject = opening[: cut.start()] if cut else opening
    subject = _unquoted(re.sub(r"(?:方面|上|中)$", "", subject).strip(" 、"))
    return subject if 2 <= len(subject) <= _LONGEST_SUBJECT else ""


def indicator_of(spot: Spot, kind: Kind, level: str, previous: str, anchor: str) -> str:
    """Name what a number measures.

    Args:
        spot: the number in its sentence.
        kind: its kind; a bare change (增长5.5%) measures what the level in front of it does.
        level: the indicator of the nearest level in front in the paragraph; "" if there is none.
        previous: the indicator of the number just in front in the sentence; "" if there is none.
        anchor: what a bare verb or rate (查实, 合格率) is about: the last indicator with words of its own.
    """
    own, noun = own_words(spot), counted_noun(spot)
    if kind is Kind.RANK:
        return " ".join(filter(None, (level, _CLOSING.sub("", _OPENING.sub("", spot.clause)), "排名")))
    if previous and spot.previous is not None and _BECOMES.match(spot.gap) and _OF_BEFORE.search(spot.before):
        return previous
    if level and (kind is Kind.CHANGE or own.startswith("占")) and _BARE_CHANGE.match(own):
        return f"{level} {own}"
    if own.startswith("占") and previous:
        return f"{previous} {own}"
    words = f"{own} {noun}".strip() if noun and noun not in own else own
    subject = subject_of(spot)
    if not words:
        return previous or subject or _following(spot) or level or anchor
    if not subject and is_bare(own):
        subject = anchor
    return words if not subject or subject in words else f"{subject} {words}"


_OF_BEFORE = re.compile(r"(?:由|从)[^,，。;；]{0,40}$")


def is_bare(words: str) -> bool:
    """Say whether words tell little without those in front of them: 查实, 受理, 合格率.

    >>> [is_bare(words) for words in ("受理", "合格率", "森林火灾受害率")]
    [True, True, False]
    """
    return len(words) <= (_BARE_RATE if words.endswith(("率", "数")) else _BARE)


def topic_of(opening: str) -> str:
    """Read the topic that opens a paragraph: 行政复议 of （1）行政复议。收到…; "" where it opens with a sentence.

    >>> topic_of("（1）行政复议。")
    '行政复议'
    """
    words = _OPENING.sub("", opening).strip(" 。.:")
    return words if 2 <= len(words) <= _LONGEST_TOPIC and not re.search(r"[\d,;，；]", words) else ""


def respective(run: Sequence[Spot], before: Sequence[str]) -> list[str]:
    """Match the members of a 分别 list with their subjects, in order; an empty list where they do not match.

    Args:
        run: the numbers of the list, of which the first one's lead ends in 分别 and a verb.
        before: the indicators of the numbers in front of them in the sentence.
    """
    clause, found, verb = run[0].clause.rpartition("分别")
    if not found:
        return []
    names = [name.strip() for name in _SPLIT.split(_OPENING.sub("", clause)) if name.strip()]
    verb = re.sub(r"[为达约近到至\s]+$", "", verb)
    if len(names) < len(run):
        if len(before) < len(run):
            return []
        shared = " ".join(names)
        names = [f"{name} {shared}".strip() for name in before[-len(run) :]]
    return [f"{name} {verb}".strip() for name in names[-len(run) :]]


def is_respective(spot: Spot) -> bool:
    """Say whether a number opens a 分别 list."""
    return "分别" in spot.lead and not is_state_before(spot)
