"""A screen found by its name, and imported when it is first shown: the kiosk starts sooner."""

from __future__ import annotations

import importlib

from app.ui.screen import Screen


def screen_named(name: str) -> type[Screen]:
    """The screen `module.Class` of `app.ui.screens`."""
    module, _, cls = name.partition(".")
    screen: type[Screen] = getattr(importlib.import_module(f"app.ui.screens.{module}"), cls)
    return screen
