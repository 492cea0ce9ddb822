"""Made-up tables as reports print them, the statutory ones of 政府信息公开工作年度报告 among them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class MadeTable:
    """A table to print, and the rows a reader should give back; words of merged cells stand in each place."""

    name: str
    caption: str
    unit: str
    printed: tuple[tuple[str, ...], ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    note: str = ""

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        filled = [list(row) for row in self.printed]
        for row, column, rows, columns in self.merged:
            word = self.printed[row][column]
            for y in range(row, row + rows):
                for x in range(column, column + columns):
                    if (y, x) != (row, column):
                        filled[y][x] = "" if word[:1].isdigit() else word
        return tuple(map(tuple, filled))


TABLES = (
    MadeTable(
        "budget", "表1 2024年财政收支情况", "万元",
        (("项目", "2023年", "2024年", "增长(%)"), ("一般公共预算收入", "118462", "125810", "6.2"),
         ("其中：税收收入", "78310", "84211", "7.5"), ("一般公共预算支出", "356120", "371004", "4.2"),
         ("民生支出", "289300", "301950", "4.4")),
        note="注：数据为快报数。",
    ),
    MadeTable(
        "applications", "表2 收到和处理政府信息公开申请情况", "件",
        (("本列数据的勾稽关系", "", "申请人情况", "", ""), ("", "", "自然人", "法人", "总计"),
         ("一、本年新收申请数量", "", "84", "12", "96"), ("二、上年结转申请数量", "", "3", "0", "3"),
         ("三、办理结果", "予以公开", "41", "7", "48"), ("", "部分公开", "9", "1", "10"),
         ("", "不予公开", "6", "2", "8"),
         ("四、结转下年度继续办理", "", "5", "1", "6")),
        ((0, 0, 2, 2), (0, 2, 1, 3), (2, 0, 1, 2), (3, 0, 1, 2), (4, 0, 3, 1), (7, 0, 1, 2)),
    ),
    MadeTable(
        "reviews", "表3 政府信息公开行政复议、行政诉讼情况", "件",
        (("行政复议", "", "", "行政诉讼", "", ""), ("维持", "纠正", "总计", "维持", "纠正", "总计"),
         ("2", "1", "3", "4", "0", "4")),
        ((0, 0, 1, 3), (0, 3, 1, 3)),
    ),
    MadeTable(
        "output", "表4 主要农产品产量", "吨",
        (("产品名称", "产量", "比上年增长(%)"), ("粮食", "125480.6", "2.1"), ("油料", "8421.0", "-3.4"),
         ("蔬菜", "96733.5", "5.0"), ("水果", "20114.2", "8.8"), ("肉类", "15302.7", "1.9")),
    ),
    MadeTable(
        "fees", "表5 行政事业性收费", "万元",
        (("序号", "收费项目", "金额", "备注"), ("1", "不动产登记费", "310.5", "减免后"),
         ("2", "污水处理费", "1204.0", ""),
         ("3", "水资源费", "88.2", "代收")),
    ),
    MadeTable(
        "schools", "表6 各级学校基本情况", "人",
        (("类别", "学校数（所）", "在校学生", "专任教师"), ("普通高中", "4", "8,310", "702"),
         ("初中", "12", "14,226", "1,180"),
         ("小学", "38", "27,904", "1,655"), ("幼儿园", "61", "11,007", "803")),
    ),
)  # fmt: skip
LONG = MadeTable(
    "projects", "表7 重点项目进展", "万元",
    (("项目名称", "总投资", "本年完成"), *(
        (f"第{number}标段道路改造工程", str(1000 + 7 * number), str(300 + 3 * number))
        for number in range(1, 61)
    )),
)  # fmt: skip
