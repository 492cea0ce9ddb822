import pytest

from corpus.titles import TitleFacts, is_title, name_issuer, read_file_name, read_title, read_year, strip_footnote

LAW, WORK = "法治政府建设年度报告", "政府工作报告"


@pytest.mark.parametrize(
    ("title", "issuer", "kind", "year"),
    [
        ("2024年云溪县法治政府建设年度报告", "云溪县", LAW, 2024),
        ("青岚区2024年度法治政府建设情况报告", "青岚区", LAW, 2024),
        ("云溪县人民政府关于2023年度法治政府建设情况的报告", "云溪县", LAW, 2023),
        ("岭东省司法厅2023年法治政府建设年度报告", "岭东省司法厅", LAW, 2023),
        ("定川县人民政府2022年度法治政府建设工作报告", "定川县", LAW, 2022),
        ("松原岭县2023年国民经济和社会发展统计公报[1]", "松原岭县", "国民经济和社会发展统计公报", 2023),
        ("青岚区人民政府2024年政府信息公开工作年度报告", "青岚区", "政府信息公开工作年度报告", 2024),
        ("1998年中华人民共和国国务院政府工作报告", "国务院", WORK, 1998),
        ("2026年云溪省人民政府工作报告", "云溪省", WORK, 2026),
        ("云溪省2026年政府工作报告", "云溪省", WORK, 2026),
        ("政府工作报告——2023年3月5日在第十四届全国人民代表大会第一次会议上", "", WORK, None),
        ("二〇二四年云溪县政府工作报告", "云溪县", WORK, 2024),
        ("云溪市人民政府关于乡村振兴的报告", "云溪市", "乡村振兴的报告", None),
        ("云溪市教育局2025年工作总结", "云溪市教育局", "工作总结", 2025),
        ("云溪市2024年预算执行情况和2025年预算草案的报告", "云溪市", "预算执行情况报告", 2024),
        ("随笔一则", "", "", None),
    ],
)
def test_titles(title, issuer, kind, year):
    assert read_title(title) == TitleFacts(issuer, kind, year)


def test_what_is_a_title():
    assert is_title("云溪县2024年法治政府建设年度报告")
    assert not is_title("现在，我向大会作政府工作报告。")
    assert not is_title("来源:云溪县人民政府 | 报告")
    assert not is_title("总体情况")


@pytest.mark.parametrize(
    ("name", "issuer"),
    [
        ("云溪县人民政府办公室", "云溪县"), ("云溪省人民政府", "云溪省"), ("云溪县司法局", "云溪县司法局"),
        ("国务院", "国务院"),
        ("中华人民共和国国务院", "国务院"), ("中华人民共和国教育部", "教育部"), ("云溪日报", ""), ("关于", ""),
        ("", ""), ("人民政府", ""),
    ],
)  # fmt: skip
def test_issuers(name, issuer):
    assert name_issuer(name) == issuer


def test_file_names():
    assert read_file_name("2024_云溪县_政府工作报告") == TitleFacts("云溪县", WORK, 2024)
    for other in ("a", "2024-云溪县", "云溪县_2024_报告", "2024_云溪县", "99_云溪县_报告"):
        assert read_file_name(other) == TitleFacts()


def test_years_and_footnotes():
    assert read_year("二○二六年") == 2026
    assert read_year("1500年") is None
    assert strip_footnote("统计公报①") == "统计公报"
    assert strip_footnote("2024年报告") == "2024年报告"
