"""A report as a PDF on A4: two columns of tables under the shop's name, as many pages as it takes.

An ordinary day fits one page: what does not at first is set closer. What no closeness brings onto
one page is set wide, on several. The bundled font is embedded, so that it looks the same everywhere
and needs no font of the system. The same report gives the same bytes. Lengths are points, 1/72
inch.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from app.domain.report import Amount, Cell, Report, Row, Section, with_texts
from app.formats.report_lines import cell_text, has_many_amounts

_PLAIN, _BOLD = "Cloture", "Cloture-Bold"
_REPLACED = {"→": ">", "\t": " ", "\n": " ", "\r": " "}
_FONTS = {_PLAIN: "ClotureSans-Regular.ttf", _BOLD: "ClotureSans-Bold.ttf"}
_INK, _MUTED, _RULE, _ACCENT, _MARK = "#1C2733", "#5B6875", "#C9D1D9", "#0F5299", "#A33B00"
_PAGE = (595.28, 841.89)
_MARGIN = 42.0
_GUTTER = 24.0
_COLUMN = (_PAGE[0] - 2 * _MARGIN - _GUTTER) / 2
_FOOT = 70.0
_TOP_OF_NEXT = _MARGIN + 30.0
_LINE = 13.5
_CELL_GAP = 12.0
_LEAST_LABEL = 0.3  # of a column's width
_MOST_KEPT = 14  # rows that stay together with their title


class _Look(NamedTuple):
    """How close the rows stand: size and leading of their words, room above and below them."""

    size: float
    leading: float
    above: float
    below: float
    between: float  # sections


_LOOKS = (
    _Look(8.8, 11.2, 1.6, 2.2, 11),
    _Look(8.8, 10.8, 0.8, 1.2, 9),
    _Look(8.2, 9.8, 0.5, 0.9, 7),
    _Look(7.6, 9.0, 0.3, 0.6, 5.5),
)
"""The wide one first; smaller than the last is not read with pleasure."""


def report_pdf(report: Report, fonts: Path) -> bytes:
    """The PDF of a report; `fonts` is the folder of the bundled fonts."""
    _register(fonts)
    drawn = with_texts(report, _drawable)
    look, pages = _chosen_look(drawn)
    return _build(drawn, pages, look)[0]


def _chosen_look(report: Report) -> tuple[_Look, int]:
    """The widest look that needs one page, else the widest of all; and its pages."""
    wide = _build(report, 0, _LOOKS[0])[1]
    if wide > 1:
        for look in _LOOKS[1:]:
            if _build(report, 0, look)[1] == 1:
                return look, 1
    return _LOOKS[0], wide


def _drawable(text: str) -> str:
    """The text in signs that the font has: an empty box says nothing to anyone."""
    from reportlab.pdfbase import pdfmetrics

    known = pdfmetrics.getFont(_PLAIN).face.charToGlyph
    return "".join(
        sign if ord(sign) in known else _REPLACED.get(sign, "?")
        for sign in unicodedata.normalize("NFC", text)
    )


def _register(fonts: Path) -> None:
    # reportlab is heavy: only who makes a PDF waits for it.
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in _FONTS.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(fonts / file)))


def _build(report: Report, pages: int, look: _Look) -> tuple[bytes, int]:
    """The PDF, each page numbered out of `pages`, and how many pages it has."""
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Spacer

    def frames(top: float) -> list[Any]:
        height = _PAGE[1] - top - _FOOT
        left = (_MARGIN, _MARGIN + _COLUMN + _GUTTER)
        return [Frame(x, _FOOT, _COLUMN, height, 0, 0, 0, 0) for x in left]

    def template(name: str, top: float, draw: Callable[[Any], None]) -> Any:
        def on_page(canvas: Any, document: Any) -> None:
            draw(canvas)
            _draw_foot(canvas, report, document.page, pages)

        return PageTemplate(name, frames(top), on_page, autoNextPageTemplate="next")

    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer,
        pagesize=_PAGE,
        title=report.title,
        author=report.shop[0] if report.shop else "",
        invariant=1,  # no moment and no chance in the file
    )
    document.addPageTemplates(
        [
            template("first", _head_height(report), lambda canvas: _draw_head(canvas, report)),
            template("next", _TOP_OF_NEXT, lambda canvas: _draw_short_head(canvas, report)),
        ]
    )
    story: list[Any] = []
    for section in (section for section in report.sections if section.rows):
        # Between sections only: room after the last one could open a page with nothing on it.
        if story:
            story.append(Spacer(1, look.between))
        story += _section(section, look)
    story = story or [Spacer(1, 1)]  # a page without a word would be no page at all
    document.build(story, canvasmaker=partial(Canvas, initialFontName=_PLAIN))
    return buffer.getvalue(), document.page


# --- the top and the foot of a page -----------------------------------------------------------


def _head_height(report: Report) -> float:
    lines = max(2 + len(report.about), len(report.shop))
    return _MARGIN + 10 + _LINE * lines + (34 if report.marks else 4)


def _draw_head(canvas: Any, report: Report) -> None:
    """Title and when at the left, whose it is at the right, the marks below."""
    top = _PAGE[1] - _MARGIN
    width = _PAGE[0] - 2 * _MARGIN
    title, kind = _title_parts(report.title)
    _write(canvas, title, _BOLD, 17, _ACCENT, (_MARGIN, top - 12), width * 0.58)
    at = top - 29
    for line, font in [(kind, _BOLD), *((line, _PLAIN) for line in report.about)]:
        if line:
            _write(canvas, line, font, 10, _INK, (_MARGIN, at), width * 0.58)
            at -= _LINE
    at = top - 11
    for index, line in enumerate(report.shop):
        font, size, ink = (_BOLD, 11.5, _INK) if index == 0 else (_PLAIN, 9.5, _MUTED)
        place = (_PAGE[0] - _MARGIN, at)
        _write(canvas, line, font, size, ink, place, width * 0.4, right=True)
        at -= _LINE
    _draw_marks(canvas, report, _PAGE[1] - _head_height(report) + 12)


def _draw_short_head(canvas: Any, report: Report) -> None:
    y = _PAGE[1] - _MARGIN - 4
    width = _PAGE[0] - 2 * _MARGIN
    said = " · ".join([report.title, *report.marks])
    _write(canvas, said, _BOLD, 9.5, _ACCENT, (_MARGIN, y), width * 0.66)
    if report.shop:
        place = (_PAGE[0] - _MARGIN, y)
        _write(canvas, report.shop[0], _PLAIN, 9, _MUTED, place, width * 0.32, right=True)
    _rule(canvas, y - 8)


def _draw_marks(canvas: Any, report: Report, y: float) -> None:
    x = _MARGIN
    for mark in report.marks:
        width = canvas.stringWidth(mark, _BOLD, 10.5) + 18
        canvas.setStrokeColor(_MARK)
        canvas.setLineWidth(1.2)
        canvas.roundRect(x, y, width, 19, 4, stroke=1, fill=0)
        _write(canvas, mark, _BOLD, 10.5, _MARK, (x + 9, y + 5.8), width)
        x += width + 10


def _draw_foot(canvas: Any, report: Report, page: int, pages: int) -> None:
    y = _MARGIN + 6
    width = _PAGE[0] - 2 * _MARGIN
    _rule(canvas, y + 11)
    said = " · ".join(report.foot)
    _write(canvas, said, _PLAIN, 8, _MUTED, (_MARGIN, y), width - 60)
    place = (_PAGE[0] - _MARGIN, y)
    _write(canvas, f"page {page}/{pages}", _PLAIN, 8, _MUTED, place, 55, right=True)


def _title_parts(title: str) -> tuple[str, str]:
    """`Ticket Z n° 1 (G000001)` and `GÉNÉRALE`."""
    before, _, after = title.partition(" — ")
    return before, after


def _write(
    canvas: Any,
    text: str,
    font: str,
    size: float,
    ink: str,
    place: tuple[float, float],
    room: float,
    *,
    right: bool = False,
) -> None:
    """One line, made smaller when it is wider than its room."""
    width = canvas.stringWidth(text, font, size)
    if width > room:
        size *= room / width
    canvas.setFillColor(ink)
    canvas.setFont(font, size)
    draw = canvas.drawRightString if right else canvas.drawString
    draw(*place, text)


def _rule(canvas: Any, y: float) -> None:
    canvas.setStrokeColor(_RULE)
    canvas.setLineWidth(0.7)
    canvas.line(_MARGIN, y, _PAGE[0] - _MARGIN, y)


# --- the sections -----------------------------------------------------------------------------


def _section(section: Section, look: _Look) -> Iterator[Any]:
    from reportlab.platypus import KeepTogether

    size = look.size + 1.7
    title = _paragraph(section.title, _BOLD, size, _INK, leading=size * 1.25, space_after=2)
    body = _table(section, look)
    if len(section.rows) <= _MOST_KEPT:
        yield KeepTogether([title, body])
    else:
        title.keepWithNext = True
        yield title
        yield body


def _table(section: Section, look: _Look) -> Any:
    from reportlab.platypus import Table, TableStyle

    columns = max((len(row.cells) for row in section.rows), default=0)
    euro = "" if has_many_amounts(section) else "€"
    rows = [_cells(row, columns, euro) for row in section.rows]
    widths = _widths(section, rows, columns, look)
    lines = [[_label(row, look), *cells] for row, cells in zip(section.rows, rows, strict=True)]
    style: list[Any] = [
        ("FONT", (0, 0), (-1, -1), _PLAIN, look.size, look.leading),
        ("TEXTCOLOR", (0, 0), (-1, -1), _INK),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), look.above),
        ("BOTTOMPADDING", (0, 0), (-1, -1), look.below),
        ("LINEABOVE", (0, 0), (-1, 0), 0.9, _ACCENT),
    ]
    first = 0
    if section.columns:
        lines.insert(0, [_small(section.columns[0], look), *section.columns[1:]])
        style += [
            ("FONT", (0, 0), (-1, 0), _PLAIN, look.size - 1, look.leading),
            ("TEXTCOLOR", (0, 0), (-1, 0), _MUTED),
        ]
        first = 1
    for at, row in enumerate(section.rows, start=first):
        if row.strong:
            style += [
                ("FONT", (0, at), (-1, at), _BOLD, look.size, look.leading),
                ("LINEABOVE", (0, at), (-1, at), 0.5, _RULE),
            ]
        if not row.cells and columns:
            style.append(("SPAN", (0, at), (-1, at)))
        if row.inset:
            style.append(("TEXTCOLOR", (0, at), (-1, at), _MUTED))
    return Table(lines, widths, repeatRows=first, style=TableStyle(style), hAlign="LEFT")


def _widths(section: Section, rows: list[list[str]], columns: int, look: _Look) -> list[float]:
    """The cells as wide as they need, the label what is left."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    heads = section.columns[1:] or ("",) * columns
    needed = [
        max(stringWidth(text, _BOLD, look.size) for text in (heads[at], *(row[at] for row in rows)))
        + _CELL_GAP
        for at in range(columns)
    ]
    room = _COLUMN * (1 - _LEAST_LABEL)
    total = sum(needed)
    if total > room:  # figures beyond any shop's: they are drawn over their gaps rather than cut
        needed = [width * room / total for width in needed]
        total = room
    return [_COLUMN - total, *needed]


def _cells(row: Row, columns: int, euro: str) -> list[str]:
    cells = [_cell(cell, euro) for cell in row.cells]
    return cells + [""] * (columns - len(cells))


def _cell(cell: Cell, euro: str) -> str:
    text = cell_text(cell, euro)
    return text.replace("-", "\u2212") if isinstance(cell, Amount) else text


def _label(row: Row, look: _Look) -> Any:
    font = _BOLD if row.strong else _PLAIN
    ink = _MUTED if row.inset else _INK
    return _paragraph(row.label, font, look.size, ink, leading=look.leading, inset=row.inset)


def _small(text: str, look: _Look) -> Any:
    return _paragraph(text, _PLAIN, look.size - 1, _MUTED, leading=look.leading)


def _paragraph(
    text: str,
    font: str,
    size: float,
    ink: str,
    *,
    leading: float,
    inset: bool = False,
    space_after: float = 0,
) -> Any:
    """Words that wrap; a word wider than its column is cut, so that nothing is drawn beyond it."""
    from xml.sax.saxutils import escape

    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        f"{font}-{size}-{leading}-{ink}-{inset}-{space_after}",
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=ink,
        leftIndent=8 if inset else 0,
        spaceAfter=space_after,
        splitLongWords=1,
    )
    return Paragraph(escape(text), style)
