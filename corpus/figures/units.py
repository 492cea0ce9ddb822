"""The units that follow a numeral: measures (亿千瓦时), classifiers (件), and what is built of them (户次, 家(次)).

A classifier is a unit only where it does not begin another word (条 in 5条, not in 5条例), which short lists say.
"""

from __future__ import annotations

import re

# Measures: they follow Arabic and Chinese numerals alike.
_MEASURES = """
% ‰ 个百分点 百分点 个基点 倍 番 折
个工作日 个小时 个学时 个课时 个星期 个季度 个月 工作日 小时 分钟 学时 课时 秒 毫秒 天 周岁 岁
美元 欧元 港元 英镑 日元 卢布 澳元 新元 元 角
平方公里 平方千米 平方米 平方厘米 平方 立方米 立方 公里 千米 海里 英里 英寸 厘米 毫米 微米 纳米 米 公顷 亩
公斤 千克 毫克 微克 克 斤 磅 公吨 载重吨 总吨 吨标准煤 吨标煤 吨公里 吨 标准煤 标煤 升 毫升 桶 蒲式耳
千瓦时 兆瓦时 吉瓦时 瓦时 千瓦 兆瓦 吉瓦 太瓦 瓦 千伏安 千伏 伏 千卡 马力 千兆 兆 摄氏度 ℃ °C 分贝
标准箱 标箱 自然箱 箱 人公里 人天 人日
km² km2 ㎡ m² m2 m³ m3 kWh kW MWh MW GWh GW KV kV km kg mg mm cm nm TEU
GB TB PB EB Gbps Mbps EFLOPS PFLOPS Eflops EFlops P
"""
# Classifiers that also follow Chinese numerals.
_CORE = """
个 项 件 家 名 人 位 起 次 场 条 所 处 部 份 台 辆 艘 架 套 座 栋 幢 间 宗 笔 批 种 例 张 册 篇 支 轮 户 类
段 枚 颗 株 块 口 门 首 幅 道
"""
# Classifiers that follow Arabic numerals only: 三级, 二期, 十分 and 两面 mostly count nothing.
_WIDE = """
期 分 度 站 片 面 头 只 匹 羽 根 本 棵 盏 席 票 床 队 组 班 列 层 周 款 杯 瓶 盒 包 单 眼 孔 卷 车 盘 幕 集 榜 袋
捆 滴 封 顶 对 级 路 国 省 县 市 镇 村 部门 门类 大类 品种 学位 项次
"""
# What a classifier must not be followed by, since the two would be another word.
_NOT_BEFORE = {
    "个": "性",
    "家": "庭长园电具禽畜乡属",
    "户": "籍口外型",
    "名": "单录称",
    "位": "于居列置次",
    "起": "步来草点施重",
    "场": "地所馆景镇区",
    "部": "门分署长委级位省落",
    "次": "数日年月要生均于序",
    "处": "理罚置分级于长室在方",
    "所": "有属需在谓得占长",
    "份": "额",
    "路": "线段面灯网程口径况基易由",
    "国": "家有内道际务企省控债土民产标资电网庆防安旗人共外语",
    "省": "级份直内外委市区道长",
    "县": "级域城直委乡长区",
    "市": "场级民直内外委区政长县",
    "镇": "级区化",
    "村": "级委民庄镇居干",
    "对": "外内接口应象策标照于比台华美全上下违未",
    "台": "账湾阶风海胞商资",
    "支": "持付出部撑援行点配农教",
    "批": "准示复评发办",
    "期": "间望末限初满待刊货",
    "门": "票店诊槛户口",
    "座": "谈位席",
    "面": "积向对临貌谈商试板",
    "口": "人岸径头粮号腔袋",
    "块": "状",
    "根": "据本治源",
    "本": "年级地市省县区科土届身次国质行领金来月季周村报人轮",
    "只": "有要能是增减用需占",
    "头": "部条号等顶",
    "张": "家掖江北",
    "种": "植子粮业养质苗树草",
    "类": "似别",
    "例": "如会外",
    "间": "接隔断",
    "道": "路德理口歉",
    "列": "入为第车席出举支全",
    "组": "织建成合长",
    "条": "例款件文",
    "度": "假过量夏汛冬",
    "米": "粉面线袋",
    "升": "级至到为高温降值幅学起",
    "分": "别类公局级布为之期批解析享配管工担点行红层居散流区块支院校钟子",
    "元": "旦素器月首宵谋年件宇老阳",
    "队": "伍员",
    "班": "子列组",
    "车": "间站辆险",
    "周": "年边期",
    "单": "位",
    "套": "餐",
    "站": "点位在",
    "包": "括含装保",
    "集": "中体群团成",
    "天": "然津气",
    "兆": "瓦",
    "款": "项",
    "平方": "公千米厘",
    "段": "落",
    "片": "区面",
    "册": "子",
    "篇": "章",
    "首": "次个批家创先府",
    "轮": "换岗训候",
    "卷": "宗",
}
# 人次, 件次, 户次 … and 家(次), 台(艘): a classifier counts occasions, or stands with a second one in brackets.
_TIMES = "[人件家户批场架艘车航班辆台条名个轮课站票套所支队亩处篇份频床栋例只株]次"
_PERCENT = frozenset({"%", "‰", "个百分点", "百分点", "个基点"})


def _alternatives(words: list[str]) -> str:
    """Join units into a pattern, the longest first, each with what must not follow it."""
    parts = []
    for word in sorted(words, key=len, reverse=True):
        guard = _NOT_BEFORE.get(word)
        latin = "(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalpha() else ""
        parts.append(re.escape(word) + (f"(?![{guard}])" if guard else "") + latin)
    return "|".join(parts)


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Build the pattern of a unit: simple, of occasions, with a second classifier in brackets, or by another unit."""
    unit = rf"(?:{_TIMES}|{_alternatives(words)})"
    second = r"(?:\([次套艘件架个处套间户家人名辆台]\))"
    return re.compile(
        rf"[ ]?(?P<unit>{unit}{second}?(?:/(?:{unit}|立方米|平方米|[月年日]))?(?:级(?=[\u4e00-\u9fff]))?)"
    )


_ARABIC_UNIT = _pattern([*_MEASURES.split(), *_CORE.split(), *_WIDE.split()])
_CHINESE_UNIT = _pattern([*_MEASURES.split(), *_CORE.split()])
# 三成 counts tenths; 成立, 成为, 成功 are other words.
_TENTHS = re.compile(r"[ ]?成(?![立为员功本果绩长效交熟了就都品型片套批人分年])")
_YEARS = re.compile(r"[ ]?年(?![代级度份货轻糕夜龄产均末底初终])")
# A day that is a date is excluded by what stands in front of it.
_DAYS = re.compile(r"[ ]?日(?![前起电报讯本常均照益上下晚凌夜])")


def read_unit(text: str, start: int, *, is_chinese: bool) -> tuple[str, int]:
    """Read the unit at `start`; ("", start) where there is none.

    >>> read_unit("3840家(次)企业", 4, is_chinese=False)
    ('家(次)', 8)
    >>> read_unit("5条例", 1, is_chinese=False)
    ('', 1)
    """
    match = (_CHINESE_UNIT if is_chinese else _ARABIC_UNIT).match(text, start)
    if match:
        return match["unit"], match.end()
    match = _TENTHS.match(text, start) or _YEARS.match(text, start) or _DAYS.match(text, start)
    return (match[0].strip(), match.end()) if match else ("", start)


def is_percent(unit: str) -> bool:
    """Say whether a unit counts in hundredths or thousandths."""
    return unit in _PERCENT


# Units of one kind count the same things, whichever word the writer chose.
_SAME = {**dict.fromkeys(("人", "名", "位"), "人"), **dict.fromkeys(("起", "宗", "例", "件"), "件")}


def base_unit(unit: str) -> str:
    """Take the scale off a unit and give its synonyms one name, so that parts and wholes compare.

    >>> base_unit("万人"), base_unit("名")
    ('人', '人')
    """
    bare = unit.lstrip("十百千万亿") if not unit.startswith(("千瓦", "千米", "千克", "千伏", "千卡", "千兆")) else unit
    return _SAME.get(bare, bare)
