"""A chart of one measure as SVG: lines over years, or bars over issuers; each point opens its source.

Nothing is drawn between years that have no figure but the line itself; each point is a printed figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from qa.series import Measure, Point
from qa.ui.html import tag, text_tag
from qa.ui.texts import Texts

MOST_SERIES = 6
_WIDTH, _HEIGHT = 720, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 24, 28, 34
_BAR = 30
_BAR_LABEL = 150
# Printed values stand at the points where there is room for them: so wide and so high.
_LABEL_ROOM = (70, 20)


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of values: ticks from the lowest to the highest, in steps a person counts in."""

    ticks: tuple[float, ...]

    @classmethod
    def over(cls, values: Sequence[float], *, from_zero: bool) -> Scale:
        """Choose about five ticks around the values.

        >>> Scale.over([486, 533, 571], from_zero=False).ticks
        (480.0, 500.0, 520.0, 540.0, 560.0, 580.0)
        >>> Scale.over([3, 9], from_zero=True).ticks
        (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
        """
        low, high = min(values), max(values)
        if from_zero or 0 <= low < high / 2:
            low, high = min(low, 0), max(high, 0)
        step = _step((high - low) / 5 or abs(high) / 5 or 1)
        first, last = math.floor(low / step), math.ceil(high / step)
        return cls(tuple(float(round(number * step, 9)) for number in range(first, max(last, first + 1) + 1)))

    def share(self, value: float) -> float:
        """Return where a value lies between the first tick (0) and the last (1)."""
        return (value - self.ticks[0]) / (self.ticks[-1] - self.ticks[0])


def render_chart(points: Sequence[Point], measure: Measure, texts: Texts) -> str:
    """Draw the points: over years if there are several, else over issuers; "" for fewer than two."""
    shown = _issuers(points)[:MOST_SERIES]
    drawn = [point for point in points if point.issuer in shown]
    if len({point.year for point in drawn}) > 1:
        return _lines(drawn, shown, measure, texts)
    latest = [point for point in points if not point.is_target]
    return _bars(latest, measure, texts) if len(latest) > 1 else ""


def multiplier(values: Sequence[Decimal]) -> tuple[int, str]:
    """Choose what the numbers of an axis are counted in.

    >>> multiplier([Decimal(20_180_000)]), multiplier([Decimal(571)])
    ((10000, '万'), (1, ''))
    """
    largest = max(map(abs, values), default=Decimal(0))
    return next(((size, name) for size, name in ((10**8, "亿"), (10**4, "万")) if largest >= size), (1, ""))


def describe_point(point: Point, texts: Texts) -> str:
    """Say what a point is: issuer, period, what the report calls it, the figure as printed, and what it is."""
    figure = point.placed.figure
    kind = texts.figure_kinds[figure.kind.value]
    line = f"{point.issuer} {figure.period} {figure.indicator} {figure.text} · {kind}"
    if point.earlier is None:
        return line
    revised = texts.data.revised_line.format(year=point.earlier.report.year, text=point.earlier.figure.text)
    return f"{line} · {revised}"


def _issuers(points: Sequence[Point]) -> list[str]:
    """Return the issuers, those with the most points first."""
    counts: dict[str, int] = {}
    for point in points:
        counts[point.issuer] = counts.get(point.issuer, 0) + 1
    return sorted(counts, key=lambda issuer: (-counts[issuer], issuer))


def _lines(points: Sequence[Point], issuers: Sequence[str], measure: Measure, texts: Texts) -> str:
    size, name = multiplier([point.value for point in points])
    values = {id(point): float(point.value / size) for point in points}
    scale = Scale.over(list(values.values()), from_zero=False)
    years = range(min(p.year for p in points), max(p.year for p in points) + 1)
    places = {id(p): (_x(p.year, years), _y(scale.share(values[id(p)]))) for p in points}
    parts = [_grid(scale), _years(years), *_curves(points, issuers, places)]
    labelled = _with_room([places[id(point)] for point in points])
    for point, has_room in zip(points, labelled, strict=True):
        label = point.placed.figure.text if has_room else ""
        parts.append(_dot(point, issuers.index(point.issuer), places[id(point)], label, texts))
    return _figure("".join(parts), _HEIGHT, _legend(points, issuers, name + measure.unit, texts), texts)


def _with_room(places: Sequence[tuple[float, float]]) -> list[bool]:
    """Tell which points can have their value beside them: those whose value would cover no other one's.

    >>> _with_room([(0, 50), (0, 60), (200, 60)])
    [True, False, True]
    """
    taken: list[tuple[float, float]] = []
    for x, y in places:
        if all(abs(x - other_x) > _LABEL_ROOM[0] or abs(y - other_y) > _LABEL_ROOM[1] for other_x, other_y in taken):
            taken.append((x, y))
    return [place in taken for place in places]


def _curves(points: Sequence[Point], issuers: Sequence[str], places: dict[int, tuple[float, float]]) -> Iterator[str]:
    """Draw a line for the outcomes of each issuer and a dashed one for its targets."""
    for number, issuer in enumerate(issuers):
        for is_target in (False, True):
            run = [places[id(p)] for p in points if p.issuer == issuer and p.is_target == is_target]
            if len(run) > 1:
                path = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
                classes = f"rq-curve rq-series-{number}" + (" rq-aim" if is_target else "")
                yield tag("polyline", "", classes, points=path, fill="none")


def _dot(point: Point, number: int, place: tuple[float, float], label: str, texts: Texts) -> str:
    """Draw a point as a button: round for an outcome, a diamond for a target, ringed where it was revised."""
    x, y = place
    shape = tag("circle", "", "rq-touch", cx=f"{x:.1f}", cy=f"{y:.1f}", r="12")
    if point.is_target:
        corners = f"{x:.1f},{y - 6:.1f} {x + 6:.1f},{y:.1f} {x:.1f},{y + 6:.1f} {x - 6:.1f},{y:.1f}"
        shape += tag("polygon", "", "rq-dot", points=corners)
    else:
        shape += tag("circle", "", "rq-dot", cx=f"{x:.1f}", cy=f"{y:.1f}", r="5")
    if point.earlier is not None:
        shape += tag("circle", "", "rq-ring", cx=f"{x:.1f}", cy=f"{y:.1f}", r="9")
    if label:
        above = y - 12 if y > _TOP + 16 else y + 22
        shape += text_tag("text", label, "rq-point-label", x=f"{x:.1f}", y=f"{above:.1f}", text_anchor="middle")
    return _button(point, shape, f"rq-point rq-series-{number}" + (" rq-aim" if point.is_target else ""), texts)


def _bars(points: Sequence[Point], measure: Measure, texts: Texts) -> str:
    ordered = sorted(points, key=lambda point: (-point.value, point.issuer))
    size, name = multiplier([point.value for point in ordered])
    scale = Scale.over([float(point.value / size) for point in ordered], from_zero=True)
    room = _WIDTH - _BAR_LABEL - 110
    parts = []
    for row, point in enumerate(ordered):
        y = 8 + row * _BAR
        zero, end = scale.share(0) * room, scale.share(float(point.value / size)) * room
        bar = tag("rect", "", "rq-touch", x="0", y=str(y - 4), width=str(_WIDTH), height=str(_BAR))
        bar += text_tag(
            "text", _short(point.issuer), "rq-axis", x=str(_BAR_LABEL - 12), y=str(y + 15), text_anchor="end"
        )
        left, wide = _BAR_LABEL + min(zero, end), max(abs(end - zero), 2)
        bar += tag("rect", "", "rq-bar", x=f"{left:.1f}", y=str(y), width=f"{wide:.1f}", height="20", rx="2")
        at = f"{left + wide + 8:.1f}"
        bar += text_tag("text", point.placed.figure.text, "rq-point-label", x=at, y=str(y + 15))
        parts.append(_button(point, bar, "rq-point rq-series-0", texts))
    head = text_tag("span", texts.year_line.format(year=ordered[0].year) + f" · {name}{measure.unit}", "rq-unit")
    return _figure("".join(parts), 12 + len(ordered) * _BAR, tag("p", head, "rq-legend"), texts)


def _button(point: Point, shapes: str, classes: str, texts: Texts) -> str:
    said = describe_point(point, texts)
    facts = {"data_report": point.placed.report.report_id, "data_position": str(point.placed.position)}
    content = text_tag("title", said) + shapes
    return tag("g", content, classes, role="button", tabindex="0", data_do="figure", aria_label=said, **facts)


def _grid(scale: Scale) -> str:
    parts = []
    for tick in scale.ticks:
        y = f"{_y(scale.share(tick)):.1f}"
        parts.append(tag("line", "", "rq-grid", x1=str(_LEFT), x2=str(_WIDTH - _RIGHT), y1=y, y2=y))
        label = f"{tick:,.9g}" if abs(tick) < 10**6 else f"{tick:,.0f}"
        parts.append(
            text_tag("text", label, "rq-axis", x=str(_LEFT - 10), y=y, dominant_baseline="middle", text_anchor="end")
        )
    return "".join(parts)


def _years(years: range) -> str:
    """Write the years below, all of them or every so many."""
    every = max(1, math.ceil(len(years) / 12))
    return "".join(
        text_tag("text", str(y), "rq-axis", x=f"{_x(y, years):.1f}", y=str(_HEIGHT - 10), text_anchor="middle")
        for y in years
        if (years[-1] - y) % every == 0
    )


def _legend(points: Sequence[Point], issuers: Sequence[str], unit: str, texts: Texts) -> str:
    items = [
        tag("span", tag("i", "", f"rq-swatch rq-series-{number}") + escape(issuer), "rq-key")
        for number, issuer in enumerate(issuers)
    ]
    for sign, said, there in (
        ("rq-sign-aim", texts.data.target_sign, any(point.is_target for point in points)),
        ("rq-sign-ring", texts.data.revised_sign, any(point.earlier for point in points)),
    ):
        if there:
            items.append(tag("span", tag("i", "", f"rq-sign {sign}") + escape(said), "rq-key"))
    return tag("p", text_tag("span", unit, "rq-unit") + "".join(items), "rq-legend")


def _figure(content: str, height: int, legend: str, texts: Texts) -> str:
    box = f"0 0 {_WIDTH} {height}"
    svg = tag("svg", content, "rq-svg", viewBox=box, role="group", aria_label=texts.data.chart_label)
    return tag("div", legend + svg, "rq-chart")


def _step(rough: float) -> float:
    """Round a step up to 1, 2, 2.5 or 5 times a power of ten."""
    power: float = 10 ** math.floor(math.log10(rough))
    return next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * 0.999)


def _x(year: int, years: range) -> float:
    inner = _WIDTH - _LEFT - _RIGHT - 40
    return _LEFT + 20 + inner * (year - years[0]) / max(1, len(years) - 1)


def _y(share: float) -> float:
    return _TOP + (1 - share) * (_HEIGHT - _TOP - _BOTTOM)


def _short(text: str) -> str:
    return text if len(text) <= 10 else text[:9] + "…"
