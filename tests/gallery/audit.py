"""What is wrong with a screen as it stands: words or parts cut, no room left, targets too small.

    complaints(window)  ->  ["« Valider » is 12 px too narrow for its words", …]

It sees what Tk knows of its widgets; whether a screen is handsome, a person says.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from tkinter import ttk
from typing import Any

from app.ui.theme import ACTION_HEIGHT, KEY_HEIGHT
from app.ui.widgets.big_button import BigButton
from app.ui.widgets.choice_tile import ChoiceTile
from app.ui.widgets.count_cell import CountCell
from app.ui.widgets.paged_list import PagedList

_ACTIONS = ("primary", "secondary", "danger", "danger_fill", "hero", "hero_words", "field")
_SLACK = 1
"""Pixels that rounding may take."""


def complaints(window: Any) -> list[str]:
    """What is wrong with what is on view, a line each."""
    found = []
    for widget in _on_view(window):
        found += list(_of(widget, window.theme))
    return found


def _of(widget: Any, theme: Any) -> Iterator[str]:
    if isinstance(widget, ttk.Label | ttk.Button) and str(widget.cget("text")).strip():
        yield from _cut(widget)
    if isinstance(widget, BigButton):
        least = ACTION_HEIGHT if widget.role in _ACTIONS else KEY_HEIGHT
        yield from _too_small(widget, theme.px(KEY_HEIGHT), theme.px(least))
    elif isinstance(widget, ChoiceTile):
        yield from _too_small(widget, theme.px(ACTION_HEIGHT), theme.px(ACTION_HEIGHT))
    elif isinstance(widget, CountCell):
        yield from _too_small(widget, theme.px(KEY_HEIGHT), theme.px(KEY_HEIGHT))
    elif isinstance(widget, PagedList) and widget.row_height < theme.px(KEY_HEIGHT):
        yield f"a row of a list is {widget.row_height} px tall"
    for child in widget.winfo_children():
        if child.winfo_manager() not in ("pack", "grid"):
            continue
        if not child.winfo_ismapped():
            yield f"no room for {_name(child)}"
        else:
            yield from _sticks_out(child, widget)


def _sticks_out(child: Any, parent: Any) -> Iterator[str]:
    right = child.winfo_x() + child.winfo_width() - parent.winfo_width()
    bottom = child.winfo_y() + child.winfo_height() - parent.winfo_height()
    for beyond, edge in ((right, "right"), (bottom, "bottom")):
        if beyond > _SLACK:
            yield f"{_name(child)} is cut by {beyond} px at the {edge}"


def _cut(widget: Any) -> Iterator[str]:
    for wanted, given, what in (
        (widget.winfo_reqwidth(), widget.winfo_width(), "narrow"),
        (widget.winfo_reqheight(), widget.winfo_height(), "low"),
    ):
        if wanted > given + _SLACK:
            yield f"{_name(widget)} is {wanted - given} px too {what} for its words"


def _too_small(widget: Any, wide: int, high: int) -> Iterator[str]:
    if widget.winfo_width() < wide - _SLACK or widget.winfo_height() < high - _SLACK:
        size = f"{widget.winfo_width()} x {widget.winfo_height()}"
        yield f"{_name(widget)} is {size}: a finger needs {wide} x {high}"


def _name(widget: Any) -> str:
    try:
        text = str(widget.cget("text"))
    except tk.TclError:
        text = ""
    words = " ".join((getattr(widget, "spoken", "") or text).split())
    return f"« {words} »" if words else f"{type(widget).__name__} {widget}"


def _on_view(window: tk.Misc) -> Iterator[Any]:
    pile: list[Any] = [window]
    while pile:
        widget = pile.pop()
        if widget.winfo_viewable():
            yield widget
            pile.extend(reversed(widget.winfo_children()))
