"""The kiosk's own widgets, one a file: made for fingers, and for the keyboard as well.

None of them depends on a long press, a double click or a drag.
"""
