"""Made-up report texts for the property tests: pieces that steer the readers into their corners, in any order."""

from hypothesis import strategies as st

PIECES = (
    "一、", "二、", "三、", "（一）", "（二）", "(三)", "一是", "二是", "三是", "第一，", "第二，", "1.", "2．",
    "（1）", "（2）", "——",
    "第一章 ", "第二条 ", "增长5.6%", "投资16.4亿元", "《云溪条例》", "《", "》", "“", "”", "（", "）", "。", "；",
    "，", "：", "！",
    "\n", "\n\n", "　　", "\t", "\u200b", "下载", "打印", "大", "中", "小", "【字号：", "】", ">", "首页",
    "各位代表：", "总体情况",
    "主要工作", "结束语", "附件", "来源：云溪日报", "日期:2025-03-05", "云溪县2024年法治政府建设年度报告", "表1 产量",
    "单位：吨",
    "办件量达到三百件并且比上年同期有较大幅度的提高", "English words. ", "1.0版本", "１２３", "\r\n", "#", "## 标题",
    "|a|b|", "<p>",
)  # fmt: skip

texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=60).map("".join)
