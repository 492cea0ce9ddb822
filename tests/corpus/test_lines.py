from corpus.lines import join_broken
from corpus.readers.base import Block

LONG = "过去一年全县上下认真贯彻落实上级决策部署" * 3 + "取得明显成效并且"


def join(*lines: str, gaps: tuple[int, ...] = ()) -> list[str]:
    blocks = [Block(line, after_gap=index in gaps) for index, line in enumerate(lines)]
    return [block.text for block in join_broken(blocks)]


def test_a_title_in_brackets_that_was_a_link():
    parts = ("全会通过的《", "关于制定规划的建议", "》，提出了目标。", "下一段。")
    assert join(*parts) == ["全会通过的《关于制定规划的建议》，提出了目标。", "下一段。"]


def test_a_line_that_begins_with_closing_punctuation():
    assert join("增长5.6%", "，下降2%", "；持平。") == ["增长5.6%，下降2%；持平。"]


def test_bare_numbers_and_labels_take_their_text():
    joined = join("一是", "加强领导。", "来源：", "云溪日报", "（", "三）改革深化。")
    assert joined == ["一是加强领导。", "来源：云溪日报", "（三）改革深化。"]


def test_a_quotation_over_several_lines():
    assert join("建立“双向", "揭榜", "挂帅”机制。", "下一段。") == ["建立“双向揭榜挂帅”机制。", "下一段。"]


def test_a_long_line_without_an_end_goes_on():
    assert join(LONG, "揭榜", "挂帅项目全部完成。", "下一段。") == [LONG + "揭榜挂帅项目全部完成。", "下一段。"]


def test_short_lines_without_an_end_are_headings_or_facts():
    lines = ("云溪县2024年统计公报", "来源:云溪县统计局", "县长 某某", "一、综合", "总体情况", "增长5.6%。")
    assert join(*lines) == list(lines)


def test_where_blank_lines_part_paragraphs_adjacent_lines_are_one():
    lines = ("某某报告", "第一段。", "贯彻", "民族区域自治法", "成效明显。", "一、回顾", "第二段正文。", "第三段。")
    joined = join(*lines, gaps=(1, 2, 5, 6, 7))
    assert joined == ["某某报告", "第一段。", "贯彻民族区域自治法成效明显。", "一、回顾", "第二段正文。", "第三段。"]


def test_a_heading_is_not_joined_with_its_paragraph():
    assert join("一、关于经济工作", "经济运行平稳。", gaps=(0,)) == ["一、关于经济工作", "经济运行平稳。"]


def test_a_subtitle_over_two_lines():
    lines = ("——2026年1月26日在云溪省第十四届", "人民代表大会第五次会议上", "云溪省省长 某某")
    assert join(*lines) == ["——2026年1月26日在云溪省第十四届人民代表大会第五次会议上", "云溪省省长 某某"]


def test_table_rows_stay_apart():
    assert join("指标\t数额", "收入\t《", "支出\t2》") == ["指标\t数额", "收入\t《", "支出\t2》"]


def test_hard_wrapped_text():
    wrapped = ["全县法治政府建设工作扎实推进取得明显成效"] * 14
    assert join(*wrapped, "并将继续推进。") == ["".join(wrapped) + "并将继续推进。"]


def test_latin_words_stay_apart():
    assert join("The plan was", "approved.", gaps=(0,)) == ["The plan was approved."]


def test_markup_headings_are_never_joined():
    blocks = [Block("总体情况的", level=2), Block("正文。")]
    assert join_broken(blocks) == tuple(blocks)
