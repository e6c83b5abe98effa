"""Windows' own data protection (DPAPI), bound to this PC: every till user of it can read.

Source: CryptProtectData, CryptUnprotectData (dpapi.h), Microsoft Learn. Bound to the Windows user
as it is by default, a secret typed by one cashier could not be used under another's session.
"""

from __future__ import annotations

import ctypes
import sys

_UI_FORBIDDEN = 0x1
_LOCAL_MACHINE = 0x4


class _Blob(ctypes.Structure):
    """DATA_BLOB: a length and a pointer to so many bytes."""

    _fields_ = (("size", ctypes.c_uint32), ("data", ctypes.POINTER(ctypes.c_char)))


def protect(data: bytes, purpose: bytes) -> bytes:
    """Bytes that only this PC can turn back, given the same purpose. Raises OSError."""
    return _call("CryptProtectData", data, purpose, _UI_FORBIDDEN | _LOCAL_MACHINE)


def unprotect(data: bytes, purpose: bytes) -> bytes:
    """What was protected. Raises OSError: on another PC, for another purpose, when damaged."""
    return _call("CryptUnprotectData", data, purpose, _UI_FORBIDDEN)


def _call(name: str, data: bytes, purpose: bytes, flags: int) -> bytes:
    if sys.platform != "win32":
        raise OSError(f"{name}: only Windows has it")
    source, entropy, result = _blob(data), _blob(purpose), _Blob()
    function = getattr(ctypes.WinDLL("crypt32", use_last_error=True), name)
    arguments = (ctypes.byref(source), None, ctypes.byref(entropy), None, None)
    if not function(*arguments, ctypes.c_uint32(flags), ctypes.byref(result)):
        raise ctypes.WinError(ctypes.get_last_error())
    try:
        return ctypes.string_at(result.data, result.size)
    finally:
        free = ctypes.WinDLL("kernel32").LocalFree
        free.argtypes = (ctypes.c_void_p,)
        free(result.data)


def _blob(data: bytes) -> _Blob:
    buffer = ctypes.create_string_buffer(data, len(data))
    return _Blob(len(data), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))
