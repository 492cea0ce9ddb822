import pytest

from corpus.furniture import drop_furniture
from corpus.readers.base import Block


def clean(*lines: str) -> list[str]:
    return [block.text for block in drop_furniture([Block(line) for line in lines])]


@pytest.mark.parametrize(
    "line",
    [
        "下载", "打印", "全屏", "收藏", "【字号：", "【字体：大 中 小】", "加大", "】", "分享到:", "分享到微信",
        "扫一扫在手机打开当前页",
        "打印本页", "关闭窗口", "相关报道：", "相关文档：", "编辑：某某某", "阅读量：", "》》点击图片进入专题《《",
        "Public domain", "false",
        "您的位置:", "上一篇：无", "0123456789abcdef0123456789abcdef:",
    ],
)  # fmt: skip
def test_furniture_lines(line):
    assert clean("正文第一句。", line, "正文第二句。") == ["正文第一句。", "正文第二句。"]


@pytest.mark.parametrize(
    "line",
    [
        "政务应用下载量达到30万次。", "大力推行打印、下载、收藏一体化服务。", "扫一扫即可办理，全年办件30万件。",
        "大", "小", "首页", ">", "阅读",
        "来源:云溪县人民政府 | 作者:某某 | 日期:2025-03-05", "省长 某某", "分享发展成果", "打印机采购项目",
    ],
)  # fmt: skip
def test_lines_that_stay(line):
    assert line in clean("正文第一句。", line, "正文第二句。")


def test_single_characters_go_only_inside_a_run_of_furniture():
    assert clean("【字体：", "大", "中", "小", "】", "正文。", "大", "正文。") == ["正文。", "大", "正文。"]
    assert clean("收藏", "|", "×", "正文。", "|", "正文。") == ["正文。", "|", "正文。"]
    assert clean("正文。", "|", "×", "收藏") == ["正文。"]


def test_breadcrumbs_go_and_the_title_stays():
    lines = ("您的位置:", "首页", ">", "云溪要闻", "云溪要闻", "2024年云溪县工作报告", "正文。")
    assert clean(*lines) == ["2024年云溪县工作报告", "正文。"]
    assert clean("首页", ">", "2024年云溪县报告") == ["2024年云溪县报告"]


def test_nothing_is_cut_behind_furniture():
    whole = "各位代表：报告全文在此一行。"
    assert clean("第一段。", "打印本页", "关闭窗口", whole) == ["第一段。", whole]


def test_an_editor_and_the_titles_of_links_go_with_their_labels():
    key = "0123456789abcdef0123456789abcdef:"
    lines = ("正文。", "责任编辑：", "某某某", "相关链接>>", key, "另一篇文章的题目", "附录正文。")
    assert clean(*lines) == ["正文。", "附录正文。"]


def test_the_licence_notice_goes_to_the_end_of_the_file():
    notice = ("本作品是中华人民共和国的", "法律", "，根据《", "著作权法", "》第五条", "Public domain", "false")
    assert clean("正文。", *notice) == ["正文。"]
    prose = ["正文。", "本作品是中华人民共和国的重要成果。", "后文。"]
    assert clean(*prose) == prose


def test_what_stood_around_furniture_is_set_apart():
    kept = drop_furniture([Block("甲"), Block("下载"), Block("乙")])
    assert [block.after_gap for block in kept] == [False, True]
