from __future__ import annotations

from corpus.read import parse_report
from index.types import Chunk, SentenceHit
from qa.expand import complete

TEXT = """测试县2024年法治政府建设年度报告
一、主要成效
（一）调解工作。全年调解纠纷一千余件，成功率较高，群众满意，经验在全市推广。
二、存在的问题
工作中还有一些不足：一是力量不强。人手少，专业人员更少。二是宣传不够。手段单一。三是落实不细。
三、下一步安排
继续努力，把各项工作做得更好，不断提高水平。
"""
REPORT = parse_report(TEXT.encode(), "2024_测试县_法治政府建设年度报告.txt")


def hit(words):
    start = REPORT.text.index(words)
    chunk = Chunk(0, REPORT.report_id, (), 0, len(REPORT.text), REPORT.text)
    return SentenceHit(chunk, start, start + len(words), words, 1.0, 1)


def test_what_ends_in_a_colon_gets_the_items_it_announces():
    assert [h.text for h in complete(hit("工作中还有一些不足："), REPORT)] == [
        "一是力量不强。",
        "二是宣传不够。",
        "三是落实不细。",
    ]


def test_a_heading_gets_its_items():
    assert len(complete(hit("二、存在的问题"), REPORT)) == 3


def test_a_heading_without_items_gets_what_follows():
    (whole,) = complete(hit("（一）调解工作。"), REPORT)
    assert whole.text.endswith("经验在全市推广。")
    assert REPORT.text[whole.start : whole.end] == whole.text


def test_any_other_sentence_stays_as_it_is():
    plain = hit("人手少，专业人员更少。")
    assert complete(plain, REPORT) == [plain]
