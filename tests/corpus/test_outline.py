from hypothesis import given, settings

from corpus.errors import UnreadableFile
from corpus.read import parse_report
from corpus.types import Report
from tests.corpus.strategies import texts

BODY = "这一年全县扎实推进各项重点工作，办结事项三百件，群众满意度比上年有较大提高，任务全面完成。"


def outline(report: Report) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in report.sections]


def under(report: Report, words: str) -> tuple[str, ...]:
    """Find the path of the innermost section around some words."""
    at = report.text.index(words)
    return max((section.path for section in report.sections if section.start <= at < section.end), key=len, default=())


def test_three_levels_and_run_in_headings(parse):
    report = parse(
        f"云溪县2024年报告\n{BODY}{BODY}\n一、主要成效\n(一)旗帜鲜明讲政治,推进建设。一是学习精神。{BODY}二是落实责任。{BODY}\n"
        f"(二)优化职能。{BODY}\n二、存在问题\n主要是:一是力量不足。{BODY}二是创新不够。{BODY}"
    )
    assert outline(report) == [
        (1, "一、主要成效"), (2, "(一)旗帜鲜明讲政治,推进建设"), (3, "一是学习精神"), (3, "二是落实责任"),
        (2, "(二)优化职能"),
        (1, "二、存在问题"), (2, "一是力量不足"), (2, "二是创新不够"),
    ]  # fmt: skip


def test_a_long_first_sentence_is_cut_at_its_first_comma(parse):
    report = parse(f"云溪县2024年报告\n一、概况\n1. 完成了年初确定的各项任务，{BODY}\n2. 推进改革：{BODY}")
    assert outline(report)[1:] == [(2, "1. 完成了年初确定的各项任务"), (2, "2. 推进改革")]


def test_levels_begin_at_one_whatever_the_outermost_numbering_is(parse):
    report = parse(
        "云溪县2024年报告",
        "（一）形势",
        BODY,
        "（二）任务",
        f"一、农业。{BODY}",
        f"二、工业。{BODY}",
        "（三）展望",
        BODY,
    )
    assert outline(report) == [
        (1, "（一）形势"), (1, "（二）任务"), (2, "一、农业"), (2, "二、工业"), (1, "（三）展望"),
    ]  # fmt: skip


def test_a_list_inside_a_section_does_not_end_its_run(parse):
    report = parse(
        "云溪县2024年报告",
        "一、甲",
        BODY,
        "二、乙",
        BODY,
        f"一、小甲。{BODY}",
        f"二、小乙。{BODY}",
        BODY,
        "三、丙",
        BODY,
    )
    assert outline(report) == [(1, "一、甲"), (1, "二、乙"), (2, "一、小甲"), (2, "二、小乙"), (1, "三、丙")]


def test_a_list_of_headings_inside_a_section_does_not_end_its_run(parse):
    report = parse("云溪县2024年报告", "一、甲", "一、小甲", BODY, "二、小乙", BODY, "二、乙", BODY)
    assert outline(report) == [(1, "一、甲"), (2, "一、小甲"), (2, "二、小乙"), (1, "二、乙")]


def test_the_numbering_that_comes_first_is_the_outer_one(parse):
    report = parse("云溪县2024年报告", "（一）形势", BODY, "（二）任务", f"一、农业。{BODY}", f"二、工业。{BODY}")
    assert outline(report) == [(1, "（一）形势"), (1, "（二）任务"), (2, "一、农业"), (2, "二、工业")]


def test_closing_words_stand_beside_the_outermost_sections(parse):
    report = parse(
        "云溪县2024年报告",
        "一、甲",
        f"（一）子甲。{BODY}",
        "二、乙",
        BODY,
        "结束语",
        BODY,
        "注：",
        "[1] 初步统计数。",
    )
    assert outline(report) == [(1, "一、甲"), (2, "（一）子甲"), (1, "二、乙"), (1, "结束语"), (1, "注")]


def test_the_last_of_several_bare_headings_keeps_what_follows(parse):
    report = parse("云溪县2024年报告", "一、甲", "（一）子甲", "（二）子乙", BODY, "第二段正文。", "二、乙", BODY)
    assert under(report, "第二段正文") == ("一、甲", "（二）子乙")


def test_what_stands_behind_a_run_of_single_paragraphs_is_not_its_last_item(parse):
    report = parse(
        "云溪县2024年报告",
        "一、回顾",
        f"——经济增长。{BODY}",
        f"——民生改善。{BODY}",
        "各位代表，成绩来之不易。",
        "二、安排",
        BODY,
    )
    assert under(report, "成绩来之不易") == ("一、回顾",)
    assert under(report, "民生改善") == ("一、回顾", "——民生改善")


def test_items_with_paragraphs_below_keep_them(parse):
    report = parse(f"云溪县2024年报告\n一、回顾\n一是经济增长。\n{BODY}甲\n二是民生改善。\n{BODY}乙\n二、安排\n{BODY}")
    assert under(report, "完成。乙") == ("一、回顾", "二是民生改善")


def test_unnumbered_headings(parse):
    report = parse(
        "云溪县2024年报告",
        f"{BODY}{BODY}",
        "过去五年的回顾",
        BODY,
        f"（一）经济。{BODY}",
        "今后的任务",
        BODY,
        "结束语",
        BODY,
    )
    assert outline(report) == [(1, "过去五年的回顾"), (2, "（一）经济"), (1, "今后的任务"), (1, "结束语")]


def test_two_levels_of_unnumbered_headings(parse):
    report = parse(f"云溪县2024年报告\n{BODY}{BODY}\n总体进展\n负责人带头尽责\n{BODY}\n机构职能更加清晰\n{BODY}")
    assert outline(report) == [(1, "总体进展"), (2, "负责人带头尽责"), (2, "机构职能更加清晰")]


def test_leading_sentences_on_their_own_lines(parse):
    report = parse(
        "云溪县2024年报告",
        "一、回顾",
        "主要做了以下工作。",
        BODY,
        "生态底色更加亮丽。",
        BODY,
        "经济运行持续向好。",
        BODY,
    )
    assert outline(report) == [(1, "一、回顾"), (2, "生态底色更加亮丽"), (2, "经济运行持续向好")]


def test_prose_lists_and_contents_are_no_headings(parse):
    contents = "目录\n一、总体情况\n二、下步打算\n"
    report = parse(
        "云溪县2024年报告",
        f"{contents}报告分两部分：一、总体情况；二、下步打算。",
        "一、总体情况",
        BODY,
        "二、下步打算",
        BODY,
    )
    assert outline(report) == [(1, "一、总体情况"), (1, "二、下步打算")]
    assert report.sections[0].start > report.text.index("报告分两部分")


def test_facts_about_the_report_are_no_headings(parse):
    head = "政府工作报告\n——2026年1月27日在云溪省第十四届人民代表大会第四次会议上\n云溪省省长 某某\n某记者摄"
    assert outline(parse(f"{head}\n各位代表：\n{BODY}\n一、回顾\n{BODY}")) == [(1, "一、回顾")]


def test_numbers_that_skip_one(parse):
    report = parse(f"云溪县2024年报告\n一、甲\n{BODY}\n二、乙\n{BODY}\n四、丁\n{BODY}")
    assert [level for level, _ in outline(report)] == [1, 1, 1]


def test_table_rows_are_no_headings(parse):
    report = parse(
        "云溪县2024年报告",
        "一、公开情况",
        BODY,
        "（一）予以公开\t12\t3456",
        "（二）部分公开\t2\t0",
        "二、问题",
        BODY,
    )
    assert outline(report) == [(1, "一、公开情况"), (1, "二、问题")]


def test_golden_outline_of_a_report_in_run_in_style(sample):
    report = sample("2024_青岚区_法治政府建设年度报告")
    levels = [level for level, _ in outline(report)]
    assert (levels.count(1), levels.count(2), levels.count(3)) == (3, 19, 22)
    assert outline(report)[:5] == [
        (1, "一、主要工作举措及成效"), (2, "（一）压紧第一责任人职责，统筹力度持续增强"), (3, "一是抓领导带动"),
        (3, "二是抓述法考评"),
        (3, "三是抓督察问效"),
    ]  # fmt: skip
    assert outline(report)[-2:] == [(2, "（五）破堵点"), (2, "（六）抓队伍")]


def test_golden_outline_of_a_report_without_numbers(sample):
    assert outline(sample("2023_松原岭县_法治政府建设年度报告")) == [
        (1, "总体进展"), (2, "党政主要负责人带头尽责"), (2, "机构职能更加清晰"), (2, "为企业和农户松绑减负"),
        (2, "制度文件有进有出"),
        (2, "重大决策听民意"), (2, "执法队伍与执法方式"), (2, "复议与应诉"), (2, "矛盾化解在林间地头"),
        (2, "法律服务进山进屯"),
        (2, "权力运行受监督"), (2, "短板与困难"), (2, "2024年打算"),
    ]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(texts)
def test_sections_are_slices_and_nest(text):
    try:
        report = parse_report(text.encode(), "a.txt")
    except UnreadableFile:
        return
    starts = [section.start for section in report.sections]
    assert starts == sorted(starts)
    above = []
    for section in report.sections:
        assert section.heading == report.text[section.start : section.start + len(section.heading)]
        assert section.heading.strip()
        assert section.start + len(section.heading) <= section.end <= len(report.text)
        assert section.path[-1] == section.heading
        assert len(section.path) == section.level
        del above[section.level - 1 :]
        assert section.level == len(above) + 1
        if above:
            assert section.path[:-1] == above[-1].path
            assert above[-1].start <= section.start
            assert section.end <= above[-1].end
        above.append(section)
    for before, after in zip(report.sections, report.sections[1:], strict=False):
        assert after.level > before.level or before.end <= after.start
