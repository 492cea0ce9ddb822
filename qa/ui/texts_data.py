"""The words of the tab 数据, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataTexts:
    """The words of one language. A name ending in `_line` is a `str.format` pattern."""

    tab: str
    indicator: str
    indicator_placeholder: str
    issuer: str
    period: str
    period_placeholder: str
    kind: str
    every: str
    search: str
    empty: str
    suggested: str
    none: str
    none_hint: str
    count_line: str
    count_cut_line: str
    more_line: str
    results_label: str
    heads: tuple[str, str, str, str, str, str]
    sort_line: str
    open_line: str
    copy_table: str
    csv: str
    xlsx: str
    file_name: str
    chart_label: str
    chart_title_line: str
    chart_note_line: str
    left_out_line: str
    too_wide: str
    target_sign: str
    revised_sign: str
    revised_line: str
    families: dict[str, str]
    measures_label: str
    pairs_title: str
    pairs_heads: tuple[str, str, str, str, str]
    met: str
    missed: str
    unbound: str
    mismatch: str
    source_empty: str


CHINESE_DATA = DataTexts(
    tab="数据",
    indicator="指标",
    indicator_placeholder="如：法律援助",
    issuer="发布单位",
    period="时期",
    period_placeholder="如：2024年",
    kind="性质",
    every="全部",
    search="查询",
    empty="输入指标名称，查看各报告中的数值、历年变化和目标完成情况。每个数都能点回原句。",
    suggested="可以查",
    none="没有符合条件的数据。",
    none_hint="减少一个条件，或换一个更短的指标名称再试。",
    count_line="共 {count} 个数据",
    count_cut_line="共 {count} 个数据，列出前 {shown} 个",
    more_line="再列出 {count} 个",
    results_label="查询结果",
    heads=("指标", "数值", "时期", "性质", "发布单位", "报告"),
    sort_line="按{head}排序",
    open_line="查看原句：{indicator} {text}",
    copy_table="复制表格",
    csv="下载 CSV",
    xlsx="下载 Excel",
    file_name="数据",
    chart_label="图表，每个点可打开原句",
    chart_title_line="“{words}”历年与各单位对比",
    chart_note_line="每个单位每年取指标名最接近“{words}”的一个数，报告中的名称见各点。",
    left_out_line="另有 {count} 个单位未画出，可按发布单位筛选。",
    too_wide="没有可以连成一条线的数：写出更完整的指标名称，如“地区生产总值”，可以看到历年变化。",
    target_sign="目标",
    revised_sign="后来的报告作了修订",
    revised_line="{year}年的报告原为{text}",
    families={"result": "总量", "change": "变化", "share": "占比", "rank": "位次", "target": "目标"},
    measures_label="计量单位",
    pairs_title="目标与完成情况",
    pairs_heads=("发布单位", "年份", "目标", "完成", "对照"),
    met="在目标范围内",
    missed="未达目标范围",
    unbound="目标未写明范围",
    mismatch="所列分项之和与此数不符",
    source_empty="点击表格中的一行或图上的一个点，这里会打开报告原文，并标出所在的句子。",
)

ENGLISH_DATA = DataTexts(
    tab="Figures",
    indicator="Indicator",
    indicator_placeholder="e.g. 法律援助",
    issuer="Issuer",
    period="Period",
    period_placeholder="e.g. 2024年",
    kind="Kind",
    every="all",
    search="Search",
    empty=(
        "Enter an indicator to see its figures in all reports, its course over the years and what came of targets. "
        "Every figure leads back to its sentence."
    ),
    suggested="For example",
    none="No figure fits.",
    none_hint="Take away a condition, or try a shorter name.",
    count_line="{count} figures",
    count_cut_line="{count} figures, the first {shown} are listed",
    more_line="List {count} more",
    results_label="Results",
    heads=("Indicator", "Value", "Period", "Kind", "Issuer", "Report"),
    sort_line="Sort by {head}",
    open_line="Open source: {indicator} {text}",
    copy_table="Copy table",
    csv="Download CSV",
    xlsx="Download Excel",
    file_name="figures",
    chart_label="Chart; each point opens its source",
    chart_title_line="“{words}” by year and issuer",
    chart_note_line=(
        "Of each issuer's year, the figure whose indicator is closest to “{words}”; each point tells what its report "
        "calls it."
    ),
    left_out_line="{count} more issuers are not drawn; choose an issuer to see them.",
    too_wide="Nothing that makes one line: a fuller name of the indicator shows its course over the years.",
    target_sign="target",
    revised_sign="revised by a later report",
    revised_line="the report of {year} said {text}",
    families={"result": "level", "change": "change", "share": "share", "rank": "rank", "target": "target"},
    measures_label="Unit",
    pairs_title="Targets and outcomes",
    pairs_heads=("Issuer", "Year", "Target", "Outcome", "Compared"),
    met="within the target",
    missed="outside the target",
    unbound="the target states no bound",
    mismatch="Its listed parts do not add up to it",
    source_empty="Select a row of the table or a point of the chart to open the report here with its sentence marked.",
)
