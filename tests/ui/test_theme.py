"""The theme: what must be readable and large enough, computed for everything it declares."""

from __future__ import annotations

import pytest

from app.ui.theme import (
    BUTTONS,
    DISABLED_FILL,
    DISABLED_INK,
    FONTS,
    STATE_ICONS,
    SURFACES,
    TEXT_ROLES,
    TEXT_SIZES,
    TONES,
    ink_of,
    screen_scale,
)
from app.ui.ttk_styles import button_height


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_gives_the_known_extremes():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_every_text_reads_on_every_surface(role, surface):
    assert contrast(ink_of(role, surface), SURFACES[surface].paper) >= 4.5


@pytest.mark.parametrize("role", BUTTONS)
def test_every_button_reads_in_every_state(role):
    look = BUTTONS[role]
    fills = [look.fill] if look.fill else [SURFACES[name].paper for name in ("page", "card")]
    for fill in (*fills, look.over, look.pressed):
        assert contrast(look.ink, fill) >= 4.5


def test_what_is_disabled_still_reads():
    assert contrast(DISABLED_INK, DISABLED_FILL) >= 4.5
    for surface in ("page", "card", "selected"):
        assert contrast(DISABLED_INK, SURFACES[surface].paper) >= 4.5


@pytest.mark.parametrize("state", TONES)
def test_the_icon_of_a_state_is_seen_on_its_tint_and_on_paper(state):
    for surface in (state, "card", "page", "selected"):
        assert contrast(TONES[state], SURFACES[surface].paper) >= 4.5


@pytest.mark.parametrize("role", ["secondary", "field", "danger"])
def test_the_edge_of_what_can_be_touched_is_seen(role):
    edge = BUTTONS[role].edge
    assert contrast(edge, "#FFFFFF") >= 2.4  # beside its word and its place, which say it too


def test_every_state_has_its_own_icon():
    assert len(set(STATE_ICONS.values())) == len(STATE_ICONS)


def test_body_text_is_fourteen_points_at_96_dpi():
    assert FONTS["body"][0] >= 14 * 96 / 72
    assert min(pixels for pixels, _ in FONTS.values()) >= 16


@pytest.mark.parametrize(
    ("width", "height", "system", "expected"),
    [
        (1024, 768, 1.0, 1.0),
        (1280, 800, 1.0, 1.04),
        (1366, 768, 1.0, 1.0),
        (1920, 1080, 1.0, 1.41),
        (1920, 1080, 1.5, 1.5),
        (1024, 768, 1.5, 1.02),  # what 150 % asks for would not fit
        (800, 600, 1.0, 1.0),
    ],
)
def test_the_scale_of_usual_screens(width, height, system, expected):
    assert screen_scale(width, height, system) == pytest.approx(expected, abs=0.006)


def test_the_largest_letters_leave_what_the_system_asks_for():
    assert screen_scale(1366, 768, 1.5, "A") == pytest.approx(1.10, abs=0.006)
    assert screen_scale(1366, 768, 1.5, "A++") == 1.0
    assert screen_scale(1920, 1080, 1.5, "A++") == pytest.approx(1.41, abs=0.006)


def test_a_wide_screen_has_a_rail_and_a_narrow_one_has_none(window, theme):
    assert not theme.has_rail(1024)
    assert theme.has_rail(1366)
    window.set_text_size("A++")
    assert not theme.has_rail(1366)


@pytest.fixture
def theme(window):
    yield window.theme
    window.set_text_size("A")


@pytest.mark.parametrize("text_size", TEXT_SIZES)
def test_targets_are_large_enough_at_every_text_size(window, theme, text_size):
    window.set_text_size(text_size)
    for role in ("primary", "secondary", "danger", "danger_fill", "field"):
        assert button_height(theme, role) >= 64
    for role in ("key", "key_side", "key_on", "tab", "day", "back", "ghost"):
        assert button_height(theme, role) >= 56


@pytest.mark.parametrize("text_size", TEXT_SIZES)
def test_a_button_is_as_tall_as_it_says(window, theme, text_size):
    from app.ui.widgets.big_button import BigButton

    window.set_text_size(text_size)
    for role in BUTTONS:
        button = BigButton(window.stage, "Ôter", role=role, icon="check-lg")
        assert button.winfo_reqheight() >= button_height(theme, role) - 1, role
        button.destroy()


def test_the_bundled_font_is_the_one_drawn(window):
    from tkinter import font

    assert "Cloture Sans" in font.families(window)
    assert font.Font(window, font=window.theme.font("body")).actual("family") == "Cloture Sans"


def test_figures_have_one_width_and_amounts_line_up(window):
    for role in FONTS:
        assert len({window.theme.measure(role, digit) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("sign", "éèêëàâçùûîïôœÉÀÇ€«»’–−×…°\u202f\u00a0")
def test_the_font_has_what_french_needs(sign):
    from PIL import ImageFont

    from app.ui import fonts

    for name in fonts.FILES:
        font = ImageFont.truetype(str(fonts._folder() / name), 40)
        missing = font.getmask("\ue000").getbbox(), font.getlength("\ue000")
        assert (font.getmask(sign).getbbox(), font.getlength(sign)) != missing
