"""Windows' print spooler by ctypes: raw bytes to a printer by its name, and what is known of it.

Source: Microsoft Learn, « Print Spooler API » (winspool.h): OpenPrinterW, GetPrinterW (level 2),
StartDocPrinterW (level 1, data type RAW), WritePrinter, EndDocPrinter, AbortPrinter, EnumPrintersW
(level 4). Nothing here is called but on Windows.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from typing import Any

LOCAL, CONNECTIONS = 0x2, 0x4
WORK_OFFLINE = 0x400  # of the attributes
PAUSED, ERROR, JAM, OUT, OFFLINE, NOT_AVAILABLE, DOOR_OPEN = (
    0x1,
    0x2,
    0x8,
    0x10,
    0x80,
    0x1000,
    0x400000,
)


class _Document(ctypes.Structure):
    """DOC_INFO_1W."""

    _fields_ = (
        ("name", ctypes.c_wchar_p),
        ("output", ctypes.c_wchar_p),
        ("data_type", ctypes.c_wchar_p),
    )


class _Named(ctypes.Structure):
    """PRINTER_INFO_4W."""

    _fields_ = (
        ("name", ctypes.c_wchar_p),
        ("server", ctypes.c_wchar_p),
        ("attributes", ctypes.c_uint32),
    )


class _Printer(ctypes.Structure):
    """PRINTER_INFO_2W."""

    _fields_ = (
        *((name, ctypes.c_wchar_p) for name in ("server", "name", "share", "port", "driver")),
        *((name, ctypes.c_wchar_p) for name in ("comment", "location")),
        ("device_mode", ctypes.c_void_p),
        *((name, ctypes.c_wchar_p) for name in ("separator", "processor", "data_type", "options")),
        ("security", ctypes.c_void_p),
        *((name, ctypes.c_uint32) for name in ("attributes", "priority", "default_priority")),
        *((name, ctypes.c_uint32) for name in ("start", "until", "status", "jobs", "average")),
    )


def names() -> Sequence[str]:
    """The names of the printers that this Windows user sees. Raises OSError."""
    enumerate_printers = _function("EnumPrintersW")
    needed, count = ctypes.c_uint32(), ctypes.c_uint32()

    def call(buffer: Any, size: int) -> int:
        return int(
            enumerate_printers(
                LOCAL | CONNECTIONS,
                None,
                4,
                buffer,
                size,
                ctypes.byref(needed),
                ctypes.byref(count),
            )
        )

    call(None, 0)
    buffer = ctypes.create_string_buffer(max(1, needed.value))
    _check(call(buffer, needed.value))
    rows = ctypes.cast(buffer, ctypes.POINTER(_Named))
    return sorted(str(rows[at].name) for at in range(count.value))


class Spool:
    """A printer opened by its name."""

    def __init__(self, name: str) -> None:
        self._handle = ctypes.c_void_p()
        _check(_function("OpenPrinterW")(ctypes.c_wchar_p(name), ctypes.byref(self._handle), None))

    def state(self) -> tuple[int, int]:
        """The printer's status and attributes, as bits."""
        get = _function("GetPrinterW")
        needed = ctypes.c_uint32()
        get(self._handle, 2, None, 0, ctypes.byref(needed))
        buffer = ctypes.create_string_buffer(max(ctypes.sizeof(_Printer), needed.value))
        _check(get(self._handle, 2, buffer, len(buffer), ctypes.byref(needed)))
        found = ctypes.cast(buffer, ctypes.POINTER(_Printer)).contents
        return int(found.status), int(found.attributes)

    def write(self, document: str, data: bytes) -> None:
        """Hand a whole document to the spooler; none at all when this raises OSError."""
        described = _Document(document, None, "RAW")
        _check(_function("StartDocPrinterW")(self._handle, 1, ctypes.byref(described)))
        try:
            written = ctypes.c_uint32()
            source = ctypes.create_string_buffer(data, len(data))
            arguments = (self._handle, source, len(data), ctypes.byref(written))
            _check(_function("WritePrinter")(*arguments))
            if written.value != len(data):
                raise OSError("the spooler did not take everything")
        except OSError:
            _function("AbortPrinter")(self._handle)
            raise
        _check(_function("EndDocPrinter")(self._handle))

    def close(self) -> None:
        """Let go of the printer."""
        _function("ClosePrinter")(self._handle)


def _function(name: str) -> Any:
    if sys.platform != "win32":
        raise OSError(f"{name}: only Windows has it")
    function = getattr(ctypes.WinDLL("winspool.drv", use_last_error=True), name)
    function.restype = ctypes.c_int
    return function


def _check(done: int) -> None:
    if sys.platform != "win32":
        raise OSError("only Windows has a spooler")
    if not done:
        raise ctypes.WinError(ctypes.get_last_error())
