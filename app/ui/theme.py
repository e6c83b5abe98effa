"""The one theme: colours, type scale, spacing, sizes, and the styles made of them.

Everything is drawn from here: a widget asks for a role (« primary », « title »), never for a
colour or a number of pixels. Lengths are given for 100 % and multiplied by `Theme.px`.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from dataclasses import dataclass
from tkinter import font as tkfont
from typing import TYPE_CHECKING, Any

from app.ui.fonts import FAMILY

if TYPE_CHECKING:
    from PIL.ImageTk import PhotoImage

UNIT = 8
"""The spacing unit at 100 %: every gap and margin is a multiple of it."""

ACTION_HEIGHT = 64
KEY_HEIGHT = 56
ROW_HEIGHT = 56
RADIUS = 10
CONTENT_WIDTH = 1200
"""What is on a screen is not wider than this at 100 %: a line too long to follow is not read."""
RAIL_WIDTH = 320
"""Where a screen is wide, its title stands at its side, in a column of this width at 100 %…"""
RAIL_LEAVES = 850
"""… if so much is left for the rest, for texts at 100 %: larger ones need the whole width."""


@dataclass(frozen=True, slots=True)
class Surface:
    """What text is laid on: the paper, and inks that read well on it."""

    paper: str
    ink: str
    muted: str
    line: str
    accent: str


@dataclass(frozen=True, slots=True)
class ButtonLook:
    """A button's colours by state; `edge` is its border."""

    fill: str
    ink: str
    edge: str
    over: str
    pressed: str
    font: str = "strong"


INK = "#16212C"
MUTED = "#51606E"
LINE = "#C9D2DB"
WHITE = "#FFFFFF"
ACCENT = "#0F5299"
ACCENT_DARK = "#0A3D75"
FOCUS = "#0F5299"
DISABLED_FILL, DISABLED_INK, DISABLED_EDGE = "#E4E8EC", "#56626E", "#E4E8EC"
OK, WARN, BAD = "#17653A", "#7A4A00", "#A3231B"

SURFACES: Mapping[str, Surface] = {
    "page": Surface("#F3F5F8", INK, MUTED, LINE, ACCENT),
    "card": Surface(WHITE, INK, MUTED, "#DDE3E9", ACCENT),
    "tile": Surface(WHITE, INK, MUTED, "#A9B6C2", ACCENT),
    "rail": Surface("#E6ECF3", INK, "#475665", "#C3CED9", ACCENT_DARK),
    "scrim": Surface("#D9E0E8", INK, "#475462", "#B4BFCA", ACCENT_DARK),
    "bar": Surface("#14304D", WHITE, "#C6D3E0", "#35506C", WHITE),
    "simulation": Surface("#FFC83D", INK, INK, "#C08A00", INK),
    "selected": Surface("#E3EDF8", INK, "#475665", "#8FB3DA", ACCENT_DARK),
    "ok": Surface("#E2F2E7", "#12502E", "#2E5A41", "#9CCBAE", OK),
    "warn": Surface("#FCEFD2", "#5E3A00", "#654A1C", "#E0B96A", WARN),
    "bad": Surface("#FBE6E3", "#84190F", "#7A3A34", "#E6A9A3", BAD),
}
"""Where things lie: a `card` is read, a `tile` touched, the `rail` is at the side of a wide screen.
`ok`, `warn`, `bad` tint a card or a badge, always with an icon and a word."""

TONES: Mapping[str, str] = {"ok": OK, "warn": WARN, "bad": BAD}
"""Inks of a state on a page or a card."""

STATE_ICONS: Mapping[str, str] = {
    "ok": "check-circle-fill",
    "warn": "exclamation-triangle-fill",
    "bad": "x-octagon-fill",
    "info": "info-circle-fill",
    "wait": "hourglass-split",
    "off": "dash-circle",
}

BUTTONS: Mapping[str, ButtonLook] = {
    "primary": ButtonLook(ACCENT, WHITE, ACCENT, "#15609F", ACCENT_DARK),
    "hero": ButtonLook(ACCENT, WHITE, ACCENT, "#15609F", ACCENT_DARK, "hero"),
    "hero_words": ButtonLook(ACCENT, WHITE, ACCENT, "#15609F", ACCENT_DARK, "title"),
    "secondary": ButtonLook(WHITE, INK, "#98A6B3", "#EDF2F7", "#D8E2EC"),
    "danger": ButtonLook(WHITE, BAD, BAD, "#FDF1EF", "#F8D9D5"),
    "danger_fill": ButtonLook(BAD, WHITE, BAD, "#B22C23", "#7F1A13"),
    "key": ButtonLook(WHITE, INK, "#B6C1CB", "#EDF2F7", "#CFDCE9", "key"),
    "key_side": ButtonLook("#E6EBF0", INK, "#B6C1CB", "#DAE2EA", "#C3CFDB", "strong"),
    "key_on": ButtonLook(ACCENT, WHITE, ACCENT, "#15609F", ACCENT_DARK, "strong"),
    "ghost": ButtonLook("", ACCENT, "", "#E1E8F0", "#CFDAE6"),
    "back": ButtonLook(WHITE, ACCENT, "#C3CDD7", "#EDF2F7", "#D8E2EC"),
    "bar": ButtonLook("#14304D", WHITE, "#5F7891", "#21415F", "#0B1F33", "body"),
    "field": ButtonLook(WHITE, INK, "#7F8D9B", "#F4F8FC", "#E3EDF8", "body"),
    "field_empty": ButtonLook(WHITE, MUTED, "#7F8D9B", "#F4F8FC", "#E3EDF8", "body"),
    "tab": ButtonLook("#E6EBF0", INK, "#C3CDD7", "#DAE2EA", "#C9D5E1", "strong"),
    "tab_on": ButtonLook(ACCENT, WHITE, ACCENT, ACCENT, ACCENT_DARK, "strong"),
    "day": ButtonLook(WHITE, INK, "#DDE3E9", "#EDF2F7", "#CFDCE9", "body"),
    "day_on": ButtonLook(ACCENT, WHITE, ACCENT, "#15609F", ACCENT_DARK, "strong"),
}

FONTS: Mapping[str, tuple[int, bool]] = {
    "small": (16, False),
    "small_strong": (16, True),
    "body": (19, False),
    "strong": (19, True),
    "lead": (22, True),
    "title": (28, True),
    "key": (26, False),
    "amount": (30, True),
    "hero": (34, True),
    "display": (44, True),
}
"""The type scale: role -> (pixels at 100 %, bold). Nothing on a screen is smaller than `small`."""

TEXT_ROLES: Mapping[str, tuple[str, str]] = {
    "title": ("title", "ink"),
    "lead": ("lead", "ink"),
    "body": ("body", "ink"),
    "strong": ("strong", "ink"),
    "muted": ("body", "muted"),
    "small": ("small", "muted"),
    "small_strong": ("small_strong", "ink"),
    "amount": ("amount", "ink"),
    "display": ("display", "ink"),
    "accent": ("strong", "accent"),
    "ok": ("strong", "ok"),
    "warn": ("strong", "warn"),
    "bad": ("strong", "bad"),
}
"""What a text is for -> (font, ink)."""

TEXT_SIZES: Mapping[str, tuple[float, float]] = {
    "A": (1.0, 1.0),
    "A+": (1.14, 1.06),
    "A++": (1.28, 1.10),
}
"""The size a shop chooses -> (text, targets and gaps). Targets are large already at A."""


_LEAST_ROOM: Mapping[str, tuple[int, int]] = {
    "A": (1000, 700),
    "A+": (1012, 734),
    "A++": (1024, 768),
}
"""The room that everything has at 100 %, by text size: less of it, and words would be cut."""


def screen_scale(width: int, height: int, system: float = 1.0, text_size: str = "A") -> float:
    """How much to enlarge everything on a screen of that many pixels.

    A till's screen is about 15 inches whatever its pixels, so a finer one gets more of them a
    millimetre; what the system asks for (1.5 at 150 %) is honoured as far as a screen still fits.
    """
    least_width, least_height = _LEAST_ROOM[text_size]
    fits = min(width / least_width, height / least_height)
    natural = min(width / 1024, height / 768)
    return max(1.0, min(max(natural, system), fits))


class Theme:
    """The look of one window `width` pixels wide: fonts, images and styles at its scale and size.

    `apply` may be called again with another size; screens shown must then be built anew.
    """

    def __init__(
        self, root: tk.Misc, scale: float = 1.0, text_size: str = "A", *, width: int = 0
    ) -> None:
        self._root = root
        self._width = width
        self._fonts: dict[str, tkfont.Font] = {}
        self._icons: dict[tuple[str, int, str], PhotoImage] = {}
        self._styles: set[str] = set()
        self._kept_images: list[Any] = []
        self._generation = 0
        self.apply(scale, text_size)

    def apply(self, scale: float, text_size: str) -> None:
        """Take another scale or text size (A, A+ or A++)."""
        self.scale = scale
        self.text_size = text_size
        self._text, self._room = TEXT_SIZES[text_size]
        self._generation += 1
        self._styles.clear()
        self._icons.clear()
        self._kept_images.clear()
        for role, (pixels, bold) in FONTS.items():
            self._set_font(role, pixels, bold)
        self._root.tk.call(self._root, "configure", "-background", SURFACES["page"].paper)

    def px(self, length: float) -> int:
        """A length given for 100 %, in pixels of this window."""
        return max(1, round(length * self.scale * self._room)) if length else 0

    def has_rail(self, width: int) -> bool:
        """Whether a screen of that many pixels has room for its title beside its body.

        One pixel is what Tk says before the window is drawn: then the window's own width counts.
        """
        room = (width if width > 1 else self._width) - 2 * self.space(3)
        return room - self.px(RAIL_WIDTH) >= RAIL_LEAVES * self.scale * self._text

    def space(self, units: float = 1) -> int:
        """So many spacing units."""
        return self.px(UNIT * units)

    def font(self, role: str) -> str:
        """The name of a font of the type scale, for a widget that takes one."""
        return str(self._fonts[role])

    def measure(self, role: str, text: str) -> int:
        """The width of a text in a font of the scale, in pixels."""
        return self._fonts[role].measure(text)

    def line_height(self, role: str) -> int:
        """The height of a line in a font of the scale, in pixels."""
        return int(self._fonts[role].metrics("linespace"))

    def text_px(self, role: str) -> int:
        """The size of a font of the scale in pixels: icons beside a text follow it."""
        return abs(int(self._fonts[role].cget("size")))

    def icon(self, name: str, size: int, colour: str) -> PhotoImage:
        """A Bootstrap icon of that many pixels; asked for again, the same image."""
        key = (name, size, colour)
        if key not in self._icons:
            from PIL.ImageTk import PhotoImage
            from ttkbootstrap.style.icons import IconRenderer

            drawn = IconRenderer.render(name, size, colour)
            self._icons[key] = PhotoImage(drawn, master=self._root)
        return self._icons[key]

    def frame_style(self, surface: str) -> str:
        """The style of a plain frame of a surface."""
        from app.ui import ttk_styles

        return self._made(f"{surface}.TFrame", lambda name: ttk_styles.frame(self, name, surface))

    def card_style(self, surface: str, outer: str) -> str:
        """The style of a rounded card: its own surface, and the one it lies on."""
        from app.ui import ttk_styles

        return self._made(
            f"{surface}.{outer}.Card.TFrame",
            lambda name: ttk_styles.card(self, name, surface, outer),
        )

    def text_style(self, role: str, surface: str) -> str:
        """The style of a label of that role on that surface."""
        from app.ui import ttk_styles

        return self._made(
            f"{surface}.{role}.TLabel", lambda name: ttk_styles.text(self, name, role, surface)
        )

    def button_style(self, role: str, surface: str) -> str:
        """The style of a button of that role on that surface."""
        from app.ui import ttk_styles

        return self._made(
            f"{surface}.{role}.TButton", lambda name: ttk_styles.button(self, name, role, surface)
        )

    def bar_style(self, surface: str) -> str:
        """The style of a progress bar."""
        from app.ui import ttk_styles

        return self._made(
            f"{surface}.Horizontal.TProgressbar",
            lambda name: ttk_styles.progress(self, name, surface),
        )

    def keep_image(self, image: Any) -> None:
        """Hold an image that a style uses for as long as the styles live."""
        self._kept_images.append(image)

    def _made(self, name: str, make: Any) -> str:
        full = f"g{self._generation}.{name}"
        if full not in self._styles:
            make(full)
            self._styles.add(full)
        return full

    def _set_font(self, role: str, pixels: int, bold: bool) -> None:
        size = -round(pixels * self.scale * self._text)
        if role not in self._fonts:
            self._fonts[role] = tkfont.Font(
                self._root,
                name=f"cloture-{role}",
                family=FAMILY,
                weight="bold" if bold else "normal",
            )
        self._fonts[role].configure(size=size)


def ink_of(role: str, surface: str) -> str:
    """The ink of a text role on a surface."""
    tone = TEXT_ROLES[role][1]
    laid_on = SURFACES[surface]
    if tone in TONES:
        return laid_on.ink if surface in ("bar", "simulation", *TONES) else TONES[tone]
    return str(getattr(laid_on, tone))


def theme_of(widget: tk.Misc) -> Theme:
    """The theme of the window a widget is in."""
    theme: Theme = widget.nametowidget(".").theme
    return theme


def surface_of(widget: tk.Misc | None) -> str:
    """The surface a widget lies on: that of its nearest parent which has one."""
    while widget is not None:
        surface = getattr(widget, "surface", None)
        if surface:
            return str(surface)
        widget = widget.master
    return "page"
