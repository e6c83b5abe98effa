"""How the theme's roles become ttk styles: rounded images stretched by ttk, and colours.

Called by `Theme` only. Images are drawn by Pillow at four times their size, then made smaller, so
that round corners are smooth.
"""

from __future__ import annotations

from collections.abc import Sequence
from tkinter import ttk
from typing import TYPE_CHECKING, Any

from app.ui.theme import (
    ACTION_HEIGHT,
    BUTTONS,
    DISABLED_EDGE,
    DISABLED_FILL,
    DISABLED_INK,
    FOCUS,
    KEY_HEIGHT,
    RADIUS,
    SURFACES,
    TEXT_ROLES,
    ButtonLook,
    ink_of,
)

if TYPE_CHECKING:
    from app.ui.theme import Theme

_FINE = 4
_MIDDLE = 160
_HEIGHTS = {
    "hero": 132,
    "hero_words": 72,
    "bar": 56,
    "ghost": 56,
    "back": 56,
    "tab": 56,
    "tab_on": 56,
    "day": 56,
    "day_on": 56,
}
_LEFT_ALIGNED = ("field", "field_empty")


def frame(theme: Theme, name: str, surface: str) -> None:
    """A plain frame."""
    _style(theme).configure(name, background=SURFACES[surface].paper)


def text(theme: Theme, name: str, role: str, surface: str) -> None:
    """A label."""
    font, _ = TEXT_ROLES[role]
    _style(theme).configure(
        name,
        background=SURFACES[surface].paper,
        foreground=ink_of(role, surface),
        font=theme.font(font),
        space=theme.space(1),
    )


def card(theme: Theme, name: str, surface: str, outer: str) -> None:
    """A rounded frame with an edge; a surface that ends with `_focus` has the focus ring."""
    plain = surface.removesuffix("_focus")
    laid_on = SURFACES[plain]
    ring = FOCUS if surface.endswith("_focus") else None
    image = _rounded(theme, laid_on.paper, laid_on.line, ring=ring)
    _element(theme, f"{name}.edge", image, [])
    style = _style(theme)
    style.layout(name, [(f"{name}.edge", {"sticky": "nswe"})])
    style.configure(name, background=SURFACES[outer].paper)


def button(theme: Theme, name: str, role: str, surface: str) -> None:
    """A button, its four states drawn apart."""
    look = BUTTONS[role]
    paper = SURFACES[surface].paper
    fill = look.fill or paper
    edge = look.edge or fill
    if not look.fill and surface in ("selected", "ok", "warn", "bad"):
        look = ButtonLook("", SURFACES[surface].accent, "", look.over, look.pressed, look.font)
    disabled = (paper, paper) if not look.fill else (DISABLED_FILL, DISABLED_EDGE)
    ring = SURFACES[surface].ink if surface == "bar" else FOCUS
    states = [
        ("disabled", _rounded(theme, *disabled, ring=None)),
        ("pressed", _rounded(theme, look.pressed, edge, ring=None)),
        ("focus", _rounded(theme, fill, edge, ring=ring)),
        ("active", _rounded(theme, look.over, look.edge or look.over, ring=None)),
    ]
    _element(theme, f"{name}.edge", _rounded(theme, fill, edge, ring=None), states)
    style = _style(theme)
    style.layout(
        name,
        [
            (
                f"{name}.edge",
                {
                    "sticky": "nswe",
                    "children": [
                        (
                            "Button.padding",
                            {
                                "sticky": "nswe",
                                "children": [("Button.label", {"sticky": "nswe"})],
                            },
                        )
                    ],
                },
            )
        ],
    )
    style.configure(
        name,
        background=paper,
        foreground=look.ink,
        font=theme.font(look.font),
        padding=_padding(theme, role, look),
        anchor="w" if role in _LEFT_ALIGNED else "center",
        justify="left" if role in _LEFT_ALIGNED else "center",
        space=theme.space(1.5),
    )
    always = [("disabled", paper), ("!disabled", paper)]  # else the base theme's own map shows
    style.map(name, foreground=[("disabled", DISABLED_INK)], background=always)


def progress(theme: Theme, name: str, surface: str) -> None:
    """A progress bar: a thick calm line."""
    style = _style(theme)
    style.layout(
        name,
        [
            (
                "Horizontal.Progressbar.trough",
                {
                    "sticky": "nswe",
                    "children": [("Horizontal.Progressbar.pbar", {"side": "left", "sticky": "ns"})],
                },
            )
        ],
    )
    style.configure(
        name,
        background=SURFACES[surface].accent,
        troughcolor=SURFACES[surface].line,
        borderwidth=0,
        thickness=theme.px(14),
    )


def button_height(theme: Theme, role: str) -> int:
    """The least height of a button of that role, in pixels of this window."""
    usual = KEY_HEIGHT if role.startswith("key") else ACTION_HEIGHT
    return theme.px(_HEIGHTS.get(role, usual))


def _padding(theme: Theme, role: str, look: ButtonLook) -> tuple[int, int]:
    line = theme.line_height(look.font)
    # The image's border takes part of the height: an equal share is taken off above and below.
    vertical = max(0, (button_height(theme, role) - line + 1) // 2)
    tight = role.startswith("key") or role.startswith("day")
    return (theme.space(0.5 if tight else 2.5), vertical)


def _rounded(theme: Theme, fill: str, edge: str, ring: str | None) -> Any:
    from PIL import Image, ImageDraw
    from PIL.ImageTk import PhotoImage

    radius = theme.px(RADIUS)
    side = 2 * radius + 8
    fine = side * _FINE
    image = Image.new("RGBA", (fine, fine), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    line = (max(3, theme.px(3)) if ring else max(1, theme.px(1.4))) * _FINE
    box = (0, 0, fine - 1, fine - 1)
    draw.rounded_rectangle(box, radius * _FINE, fill=ring or edge)
    inner = (line, line, fine - 1 - line, fine - 1 - line)
    draw.rounded_rectangle(inner, max(1, radius * _FINE - line), fill=fill)
    if ring:
        gap = line + max(2, theme.px(2)) * _FINE
        # A white gap keeps the ring visible around a button of its own colour.
        draw.rounded_rectangle(inner, max(1, radius * _FINE - line), fill="#FFFFFF")
        core = (gap, gap, fine - 1 - gap, fine - 1 - gap)
        draw.rounded_rectangle(core, max(1, radius * _FINE - gap), fill=fill)
    small = image.resize((side, side), Image.Resampling.LANCZOS)
    photo = PhotoImage(_spread(small, side // 2), master=theme._root)
    theme.keep_image(photo)
    return photo


def _spread(small: Any, corner: int) -> Any:
    """The same corners around a wide middle.

    ttk fills a widget by laying the image's middle again and again: with one of a few pixels, a
    large card takes thousands of copies, and seconds.
    """
    from PIL import Image

    side = 2 * corner + _MIDDLE
    large = Image.new("RGBA", (side, side))
    for x, width, from_x in _bands(corner):
        for y, height, from_y in _bands(corner):
            part = small.crop((from_x[0], from_y[0], from_x[1], from_y[1]))
            large.paste(part.resize((width, height), Image.Resampling.NEAREST), (x, y))
    return large


def _bands(corner: int) -> list[tuple[int, int, tuple[int, int]]]:
    """(place, length, span of the small image) of an edge, the middle and the other edge."""
    return [
        (0, corner, (0, corner)),
        (corner, _MIDDLE, (corner, corner + 1)),
        (corner + _MIDDLE, corner, (corner, 2 * corner)),
    ]


def _element(theme: Theme, name: str, image: Any, states: Sequence[tuple[Any, ...]]) -> None:
    least = 2 * theme.px(RADIUS) + 8  # the image is larger than the smallest widget that wears it
    _style(theme).element_create(
        name,
        "image",
        image,
        *states,
        border=theme.px(RADIUS) + 2,
        padding=0,
        sticky="nswe",
        width=least,
        height=least,
    )


def _style(theme: Theme) -> ttk.Style:
    return ttk.Style(theme._root)
