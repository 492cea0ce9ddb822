from corpus.read import parse_report
from corpus.tables import is_caption, is_row, read_unit, table_runs

LINES = [
    "三、财政", "表4 2023年财政收支情况", "单位：万元", "指标\t数额\t比上年增长%", "税收收入\t34908\t14.7",
    "支出合计\t346127\t3.8",
    "年末存款余额162.43亿元。", "项目\t数量", "这一行只有一行\t不成表。", "正文继续。", "\t2022\t2023", "产量\t1\t2",
]  # fmt: skip


def tables_of(lines):
    return parse_report("\n".join(lines).encode(), "a.txt").tables


def test_a_table_with_caption_and_unit():
    table = tables_of(LINES)[0]
    assert table.caption == "表4 2023年财政收支情况"
    assert table.unit == "万元"
    assert table.rows[0] == ("指标", "数额", "比上年增长%")
    assert table.rows[-1] == ("支出合计", "346127", "3.8")


def test_tables_without_caption_and_an_empty_first_cell():
    tables = tables_of(LINES)
    assert [table.caption for table in tables] == ["表4 2023年财政收支情况", "", ""]
    assert tables[2].rows == (("", "2022", "2023"), ("产量", "1", "2"))


def test_one_row_is_no_table():
    assert table_runs(["甲\t乙", "正文。"]) == []


def test_captions_and_units():
    assert is_caption("表1 产量")
    assert is_caption("附表：重点项目")
    assert not is_caption("表彰先进集体12个。")
    assert not is_caption("代表大会")
    assert read_unit("（单位：亿元）") == "亿元"
    assert read_unit("单位负责人：某某某，任期内完成多项重点任务并受到上级表彰的先进个人代表") == ""
    assert not is_row("\t以制表符缩进的句子。")
