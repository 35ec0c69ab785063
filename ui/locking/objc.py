"""Speaking to macOS's own objects without another library. Written, and not run there yet."""

import ctypes
from typing import Any


def send(to: int, what: str, *words: int) -> int:
    """Send the message `what` to an object, with pointers or whole numbers; return its answer."""
    library = _library()
    kinds = [ctypes.c_void_p] * (2 + len(words))
    call = ctypes.CFUNCTYPE(ctypes.c_void_p, *kinds)
    address = ctypes.cast(library.objc_msgSend, ctypes.c_void_p).value or 0
    return call(address)(to, library.sel_registerName(what.encode()), *words) or 0


def named(name: str) -> int:
    """Return a class."""
    return int(_library().objc_getClass(name.encode()) or 0)


def string(words: str) -> int:
    """Return an NSString."""
    kept = ctypes.c_char_p(words.encode())
    address = ctypes.cast(kept, ctypes.c_void_p).value or 0
    return send(named("NSString"), "stringWithUTF8String:", address)


def _library() -> Any:
    library = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
    for name in ("sel_registerName", "objc_getClass"):
        function = getattr(library, name)
        function.restype = ctypes.c_void_p
        function.argtypes = [ctypes.c_char_p]
    return library
