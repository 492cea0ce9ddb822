"""Made-up reports and an engine that answers from a table: the page's tests need no index."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from corpus.errors import ReportQAError
from corpus.figures import find_figures
from corpus.fold import fold
from corpus.ingest import Ingest, Outcome
from corpus.types import Box, Line, PageFacts, Paragraph, Report, Section
from index.errors import BuildCancelled
from index.ledger import FigureFilter
from index.progress import Step
from index.rebuild import RebuildState
from index.summary import BuildSummary, Changes, Findings
from index.types import ReportCard
from index.versions import Version
from qa.figures import PlacedFigure, place_figure
from qa.markdown import escape
from qa.types import EVERYTHING, Answer, Citation, CitedExhibit, CitedFigure, Scope, TableCell
from tests.corpus.documents import picture

HEADING = re.compile(r"^[一二三四五六七八九十]+、.*$|^（[一二三四五六七八九十]+）[^。]*。")

YUNXI = """2024年云溪县法治政府建设年度报告
来源：云溪县人民政府办公室 | 日期：2025-02-08
依照有关规定，现公布云溪县2024年度法治政府建设情况。
一、总体情况
过去一年，我县全年确定重点任务38项，全部完成；执法监督平台二期于5月上线。
与上年相比，几组数据变化明显：涉企行政检查次数下降27.4%，行政复议申请增长71.4%。
二、服务发展：持续建设法治化营商环境
（一）管住涉企检查。6月起全面实行扫码入企，全县37个执法主体纳入“亮码检查”系统，未亮码的企业有权拒绝。全年涉企行政检查8,316次，比上年减少3,139次。
（二）放宽准入便利退出。企业开办推行“一表填报”，最快4小时办结，全年免费刻章2,468套。年末经营主体37,952户，同比增长9.6%。
（三）守信践诺清欠账。清偿拖欠中小企业账款3,115万元，占应清偿额的97.2%。
三、规范用权：提高制度、决策和执法水平
（一）制发文件更审慎。全年印发行政规范性文件8件，另有1件部门文件因增设办事材料未通过合法性审查。
（二）重大决策更开放。年度决策目录6项，收到意见建议736条，采纳219条，采纳率29.8%。公交线网优化听证会首次网络直播，观看人数2.7万。
（三）执法监督更有力。全县持证执法人员908名，清退不在岗、不符合条件人员27名。
四、定分止争：化解行政争议和社会矛盾
（一）发挥复议主渠道作用。新修订的行政复议法施行首年，收到申请156件，受理141件，审结133件，调解和解率42.9%。组织听证21件、听取意见全覆盖。
（二）应诉质量稳中有进。应诉45件，审结42件，败诉3件，败诉率7.1%。一审开庭案件应由负责人出庭29件，实际出庭29件，出庭应诉率首次达到100%。
（三）推进多元解纷。人民调解委员会201个，全年调处纠纷4,506件，成功率98.6%。诉前委派调解1,865件，成功1,264件，占67.8%。
五、便民利民：优化政务服务和法律服务
（一）高效办成一件事。政务服务事项1,438项，网上可办率99.1%，全程网办率81.3%。
（二）热线办理见实效。12345热线受理诉求39,158件，按时办结率99.3%，满意率97.8%。
（三）法律服务送到家门口。办理法律援助571件，其中农民工案件258件、妇女案件97件，挽回损失1,395万元。
六、差距和2025年安排
清醒看到，工作还有差距：复议案件中投诉举报类占比达27.0%，专业人才紧缺。
2025年重点抓好五件事。第一，力争拿下省级示范项目命名。第二，涉企行政检查再降10%，扫码入企率保持100%。"""

QINGLAN = """2024年青岚区法治政府建设年度报告
一、总体情况
本区全年办理法律援助302件。
二、政务公开：把权力放在阳光下
（一）主动公开。全年主动公开信息5,120条。
三、存在的问题
基层力量不足，个别单位公开不及时。"""

HOSTILE = """<script>window.hacked = 1</script>的报告
一、<img src=x onerror="window.hacked = 2">标题
**不是粗体** [不是链接](http://evil.example/a) ![图](http://evil.example/b.png) $x^2$ [1] [2] {{value}} ${hacked = 3}
"><svg/onload=window.hacked=4> &lt;b&gt; <iframe src="http://evil.example"></iframe> <style>body{display:none}</style>
全年办理`window.hacked = 5`案件77件，<b>加粗</b>。"""


HUGE = "超长报告\n" + "一个段落里有二十万字，" * 18_200 + "末尾一句办结了19件。\n完。"


def make_report(report_id: str, issuer: str, text: str, **facts: object) -> Report:
    """Cut a text into paragraphs at line ends and into two levels of sections by their numbering."""
    paragraphs, found, start = [], [], 0
    for number, line in enumerate(text.split("\n"), 1):
        paragraphs.append(Paragraph(number, start, start + len(line)))
        match = HEADING.match(line)
        if match:
            found.append((match[0], 1 if match[0][0] != "（" else 2, start))
        start += len(line) + 1
    sections = []
    outer = ""
    for heading, level, at in found:
        outer = heading if level == 1 else outer
        path = (heading,) if level == 1 else (outer, heading)
        sections.append(Section(heading, level, path, at, len(text)))
    title = text.split("\n")[0]
    made = Report(
        report_id, f"{report_id}.txt", "", title, issuer, "法治政府建设年度报告", 2024, "2025-02-08", "", "", text,
        tuple(sections), tuple(paragraphs),
    )  # fmt: skip
    made = replace(made, **facts)
    return made if made.text is HUGE else replace(made, figures=find_figures(made))


REPORTS = (
    make_report("yunxi", "云溪县", YUNXI),
    make_report("qinglan", "青岚区", QINGLAN, date="", warnings=("第3行的编码有误",)),
    make_report("hostile", "<b>坏县</b>", HOSTILE, file="<img src=x onerror=window.hacked=6>.txt"),
    make_report("huge", "长河县", HUGE, year=None),
)


PAGED_LINES = (
    "白石乡统计摘要",
    "一、总体情况平稳向好。",
    "本乡的渡口今年全部通车。",
    "指标\t总计\t新收",
    "维持\t三十八\t十二",
)


def paged_report() -> Report:
    """Make a report of two pages: the first three lines on one, the rows of a table on the other."""
    text = "\n".join(PAGED_LINES)
    paragraphs, start = [], 0
    for number, line in enumerate(PAGED_LINES):
        page, end = 1 + number // 3, start + len(line)
        box = Box(page, 0.1, 0.1 + 0.1 * (number % 3), 0.9, 0.15 + 0.1 * (number % 3))
        paragraphs.append(Paragraph(number + 1, start, end, page, "", (Line(start, end, box),)))
        start = end + 1
    sections = (Section(PAGED_LINES[1], 1, (PAGED_LINES[1],), text.index("一、"), len(text)),)
    made = make_report("paged", "白石乡", text, file="paged.pdf", paragraphs=tuple(paragraphs), sections=sections)
    return replace(made, pages=PageFacts(2, ocr=(2,), confidence=0.987), figures=())


def cite(report: Report, quote: str, marker: int = 1) -> Citation:
    """Cite the first place where the report says this."""
    start = report.text.index(quote)
    paragraph = next(part for part in report.paragraphs if part.start <= start < part.end)
    inner = [section for section in report.sections if section.start <= start]
    path = inner[-1].path if inner else ()
    end = start + len(quote)
    return Citation(
        marker, report.report_id, report.file, report.title, report.issuer, report.year, path, paragraph.number,
        None, start, end, quote, 1.0,
    )  # fmt: skip


def answer_to(question: str, *citations: Citation, **facts: object) -> Answer:
    """Answer with the quotes of the citations, one paragraph each."""
    text = "\n\n".join(f"{escape(citation.quote)}[{citation.marker}]" for citation in citations)
    made = Answer(question, question, text, None, None, citations, (), Scope(), "20261126-0001", 12.4)
    return replace(made, **facts)


def no_answer(question: str) -> Answer:
    """Refuse, with the nearest passage."""
    why = "检索了云溪县2024年的报告，没有找到说明“航天发射”的句子。"
    nearest = cite(REPORTS[0], "办理法律援助571件，其中农民工案件258件、妇女案件97件，挽回损失1,395万元")
    scope = Scope(("云溪县",), (2024,))
    return answer_to(question, nearest, text=why, refusal=why, scope=scope)


def table_answer(question: str) -> Answer:
    """Answer with headline, bold, list and several figures."""
    first = cite(REPORTS[0], "办理法律援助571件，其中农民工案件258件、妇女案件97件", 1)
    second = cite(REPORTS[1], "本区全年办理法律援助302件。", 2)
    figures = (
        CitedFigure("571件", Decimal(571), "件", "办理法律援助", "2024年", "result", 1),
        CitedFigure("302件", Decimal(302), "件", "办理法律援助", "2024年", "result", 2),
    )
    text = f"云溪县与青岚区的法律援助：\n\n- **云溪县**：{first.quote}[1]\n- **青岚区**：{second.quote}[2]"
    return answer_to(question, first, second, text=text, headline="571件与302件", figures=figures)


def paged_answer(question: str) -> Answer:
    """Answer from a page and from a cell of a table, with a picture and one that cannot be shown."""
    paged = paged_report()
    line = replace(cite(paged, PAGED_LINES[2], 1), page=1)
    at = paged.text.index("三十八")
    cell = TableCell("<b>复议</b>案件", "维持", "总计", "三十八", "件", at, at + 3)
    row = replace(cite(paged, PAGED_LINES[4], 2), page=2, cell=cell)
    exhibits = (
        CitedExhibit("图1", "图1 <i>渡口</i>示意图", 1, "0123456789abcdef.png", "paged", 1),
        CitedExhibit("", "", None, "", "paged", 2),
    )
    return answer_to(question, line, row, headline="全部通车", exhibits=exhibits)


@dataclass
class FakeRebuild:
    """A build that goes on with every look at it, until it ends or is cancelled."""

    accept: bool = False
    looks: int = 0
    cancelled: bool = False
    lost: tuple[str, ...] = ()

    def state(self) -> RebuildState:
        self.looks += 1
        if self.cancelled:
            return RebuildState(False, Step(), None, BuildCancelled(Path("/srv")))
        if self.looks < 6:
            return RebuildState(True, Step("read", "<i>a</i>.txt", self.looks, 6), None, None)
        live = self.accept or not self.lost
        changes = Changes(added=("2025_<b>新县</b>.txt",), unchanged=4)
        summary = BuildSummary("20261126-0002", 5, 50, live, changes, (), (), (), Findings(self.lost))
        return RebuildState(False, Step(), summary, None)

    def cancel(self) -> None:
        self.cancelled = True


@dataclass(eq=False)
class FakeEngine:
    """Answers by words in the question and remembers what it was asked."""

    samples: bool = True
    home: Path = Path("/srv/report-qa")
    index_build: str = "20261126-0001"
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    narrowed: list[tuple[Scope, Scope]] = field(default_factory=list)

    def ask(
        self, question: str, history: Sequence[str] = (), within: Scope = EVERYTHING, without: Scope = EVERYTHING
    ) -> Answer:
        self.narrowed.append((within, without))
        self.asked.append((question, tuple(history)))
        yunxi, _, hostile, huge = REPORTS
        if "出错" in question:
            raise ReportQAError("index '<i>x</i>' is being rebuilt; try again in a minute.")
        if "缺陷" in question:
            raise RuntimeError("a bug")
        if "航天" in question:
            return no_answer(question)
        if "注入" in question:
            lines = [line for line in hostile.text.split("\n") if line]
            return answer_to(question, *(cite(hostile, line, n) for n, line in enumerate(lines, 1)), headline=lines[0])
        if "超长" in question:
            return answer_to(question, cite(huge, "末尾一句办结了19件。"))
        if "渡口" in question:
            return paged_answer(question)
        if "对比" in question:
            return table_answer(question)
        if "应诉" in question:
            return answer_to(question, cite(yunxi, "应诉45件，审结42件，败诉3件，败诉率7.1%。"), headline="45件")
        quotes = "全年调处纠纷4,506件，成功率98.6%。", "诉前委派调解1,865件，成功1,264件，占67.8%。"
        citations = [cite(yunxi, quote, number) for number, quote in enumerate(quotes, 1)]
        resolved = question if not history else f"云溪县2024年{question}"
        scope = Scope(("云溪县",), (2024,))
        return answer_to(question, *citations, resolved_question=resolved, headline="4,506件", scope=scope)

    def figures(self, wanted: FigureFilter) -> tuple[PlacedFigure, ...]:
        word = fold(wanted.indicator)
        return tuple(
            placed
            for report in REPORTS
            if wanted.issuer in report.issuer
            for placed in (place_figure(report, position) for position in range(len(report.figures)))
            if word in fold(placed.figure.indicator) and wanted.kind in (None, placed.figure.kind)
        )

    images: list[str] = field(default_factory=list)
    originals: bool = True

    def picture(self, name: str) -> bytes:
        self.images.append(name)
        if name != "0123456789abcdef.png":
            raise ReportQAError("no such picture")
        return picture(40, 30)

    def page_image(self, report_id: str, page: int, width: int = 1200) -> bytes | None:
        self.images.append(f"{report_id}/{page}")
        return picture(400, 560) if report_id == "paged" and page <= 2 and self.originals else None

    left_out: tuple[Ingest, ...] = (
        Ingest("<i>坏</i>.pdf", Outcome.FAILED, reason="it is encrypted"),
        Ingest("副本.docx", Outcome.NEAR_DUPLICATE, original="yunxi.txt", similarity=0.97),
        Ingest("yunxi.txt", Outcome.READ, "yunxi"),
    )

    def ingests(self) -> tuple[Ingest, ...]:
        return self.left_out

    @property
    def figure_count(self) -> int:
        return sum(len(report.figures) for report in REPORTS)

    def common_indicators(self, most: int) -> tuple[str, ...]:
        return ("办理法律援助",)[:most]

    encoder: str = "shipped"
    built: list[FakeRebuild] = field(default_factory=list)
    listed: tuple[Version, ...] = (
        Version("20261126-0001", True, "2026-11-26T04:00:00", 4, 40),
        Version("20261125-0009", False, "2026-11-25T04:00:00", 3, 30),
    )

    @property
    def rebuilding(self) -> FakeRebuild | None:
        return self.built[-1] if self.built else None

    def rebuild(self, folders: Sequence[Path] = (), accept: bool = False) -> FakeRebuild:
        self.built.append(FakeRebuild(accept))
        return self.built[-1]

    def versions(self) -> tuple[Version, ...]:
        return self.listed

    def rollback(self, build_id: str) -> None:
        if build_id not in [version.build_id for version in self.listed]:
            raise ReportQAError(f"there is no version {build_id!r}")
        self.listed = tuple(replace(version, live=version.build_id == build_id) for version in self.listed)

    def reports(self) -> tuple[ReportCard, ...]:
        return tuple(
            ReportCard(
                r.report_id, r.file, r.title, r.issuer, r.kind, r.year, r.date, "", "", len(r.text), r.warnings
            )
            for r in REPORTS
        )  # fmt: skip

    def report(self, report_id: str) -> Report:
        for report in (*REPORTS, paged_report()):
            if report.report_id == report_id:
                return report
        raise ReportQAError(f"no report has the id {report_id!r}; open the list of reports and choose one.")
