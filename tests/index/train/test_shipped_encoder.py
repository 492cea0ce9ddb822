"""The encoder that ships: loads without network, has the promised size, and knows official wording."""

from pathlib import Path

import numpy as np
import pytest

from index.encode import SHIPPED

sentence_transformers = pytest.importorskip("sentence_transformers")

ASKED = [
    ("民告官的案子领导出庭了没有", "行政机关负责人出庭应诉率达到100%。", "新建改建农村公路300公里，改造危桥12座。"),
    ("打官司之前就调成了多少件", "诉前调解成功1424件，诉前调解成功率68%。", "审结各类刑事案件883件，判处罪犯910人。"),
    ("给老百姓找了多少工作", "城镇新增就业12.6万人，失业人员再就业3.4万人。", "规模以上工业增加值增长7.2%。"),
    ("老人住的地方添了多少床", "新增养老机构床位2600张。", "新增普惠托育园位1500个。"),
    ("罚款罚错了怎么纠正", "对行政处罚案卷开展评查，纠正不当处罚行为。", "深化殡葬领域改革，推进移风易俗。"),
    ("修路花了多少钱", "全年完成交通固定资产投资126亿元。", "森林覆盖率提高到41.2%，空气质量优良天数316天。"),
    ("欠农民工的钱追回来多少", "为劳动者追讨被拖欠工资3700万元。", "粮食播种面积稳定在120万亩。"),
    ("办事最多跑几次", "政务服务事项“最多跑一次”比例达98%。", "全县固定资产投资增长8.1%。"),
]


@pytest.fixture(scope="module")
def model():
    return sentence_transformers.SentenceTransformer(str(SHIPPED), device="cpu", local_files_only=True)


def test_the_folder_is_small_and_has_a_card():
    files = [path for path in Path(SHIPPED).rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 30 * 10**6
    assert (SHIPPED / "README.md").read_text("utf-8").startswith("---\n")


def test_vectors_are_unit_rows_of_512_and_the_same_twice(model):
    texts = [question for question, _, _ in ASKED]
    one, two = (model.encode(texts, normalize_embeddings=True) for _ in range(2))
    assert one.dtype == np.float32 and one.shape == (len(texts), 512)
    np.testing.assert_allclose(np.linalg.norm(one, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(one, two)


@pytest.mark.parametrize("dim", [512, 256, 128, 64])
@pytest.mark.parametrize(("question", "official", "other"), ASKED)
def test_official_wording_ranks_above_another_sentence(model, dim, question, official, other):
    vectors = model.encode([question, official, other], normalize_embeddings=True, truncate_dim=dim)
    assert vectors.shape[1] == dim
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
