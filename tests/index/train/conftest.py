"""A tiny training folder, made up for the tests."""

import json
import lzma
from pathlib import Path

import pytest

PASSAGES = [
    (
        "p1",
        "2026_重庆市_政府工作报告.txt",
        "一、工作回顾",
        "粮食产量达到1400万吨。城镇新增就业70万人；居民收入增长5%。",
    ),
    ("p2", "2026_重庆市_政府工作报告.txt", "二、工作安排", "行政诉讼案件负责人出庭率100%。新建公园20个。"),
    ("p3", "2026_安徽省_政府工作报告.txt", "一、工作回顾", "高速公路通车里程达到6000公里。新增养老床位1.2万张。"),
    ("p6", "2026_安徽省_政府工作报告.txt", "二、工作安排", "安排养老服务。"),
    ("p7", "2026_重庆市_政府工作报告.txt", "二、工作安排", "稳定就业形势。"),
    ("p4", "2026_安徽省_政府工作报告.txt", "二、工作安排", "改造老旧小区900个。新增学位3万个。"),
    ("p5", "2026_江西省_政府工作报告.txt", "一、工作回顾", "锂电产业营业收入增长10%。森林覆盖率63%。"),
]
QUESTIONS = [
    ("q1", "p1", "打了多少粮食", "1400万吨"),
    ("q2", "p2", "民告官的案子领导去了没有", "100%"),
    ("q3", "p3", "高速修到多长了", "6000公里"),
    ("q4", "p4", "旧小区改了几个", "900个"),
    ("q5", "p5", "树多不多", "63%"),
]
DOCUMENTS = [
    "今年全县粮食产量继续增长。小麦和水稻收成都比往年好。农民收入也跟着增长不少。新修的高速公路已经通车。",
    "行政诉讼案件由人民法院审理。民告官的案件负责人应当出庭。法院依法作出公正判决。当事人对结果都表示满意。",
    "城里的老旧小区改造完成。小区居民对改造表示满意。新增加了很多养老床位。学校的学位也增加了许多。",
]


def _write_rows(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture(scope="session")
def training(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("training")
    (folder / "text").mkdir()
    texts = {passage_id: text for passage_id, _, _, text in PASSAGES}
    _write_rows(
        folder / "passages.jsonl",
        [
            {"id": i, "file": f, "issuer": f.split("_")[1], "year": 2026, "heading": h, "text": t}
            for i, f, h, t in PASSAGES
        ],
    )
    _write_rows(
        folder / "questions.jsonl",
        [{"id": i, "passage": p, "question": q, "answer": a, "start": texts[p].index(a)} for i, p, q, a in QUESTIONS],
    )
    (folder / "thesaurus.tsv").write_text("行政诉讼\t民告官\n粮食产量\t打了多少粮食\n", encoding="utf-8")
    with lzma.open(folder / "text" / "laws.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"path": "a.md", "text": DOCUMENTS[1]}, ensure_ascii=False) + "\n")
    with lzma.open(folder / "text" / "news.txt.xz", "wt", encoding="utf-8") as file:
        file.writelines(document + "\n" for document in DOCUMENTS)
    return folder
