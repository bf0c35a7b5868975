"""JSON read and written by the accelerator inside the standard library's `json`, without importing `json` itself.

That package loads regular expressions, for its twin in Python, and they cost more than a whole check
(docs/decisions/0007). What the accelerator does not read in one go is left to `json`, which also words the fault.
"""

from _json import encode_basestring, make_encoder, make_scanner

from chalicelib.rules.light import Any


def read(text: str | bytes) -> Any:
    """Read a JSON text, in UTF-8 if bytes; ValueError when it is none. NaN and the infinities are none."""
    whole = text.decode() if isinstance(text, bytes) else text
    try:
        found, end = _scan(whole, 0)
        if end == len(whole):
            return found
    except (StopIteration, SystemError):
        pass  # not JSON, or spaces around it
    import json

    return json.loads(whole, parse_constant=_Reading.parse_constant)


def written(value: Any) -> str:
    """Write a value without spaces, letters as they are; TypeError or ValueError for what JSON lacks."""
    return "".join(_encode(value, 0))


def quoted(text: str) -> str:
    """Write one text as JSON, in quotation marks."""
    return encode_basestring(text)


class _Reading:
    strict = True
    object_hook = object_pairs_hook = None
    parse_float, parse_int = float, int

    @staticmethod
    def parse_constant(name: str) -> Any:
        raise ValueError(f"{name} is not JSON")


def _foreign(value: Any) -> Any:
    raise TypeError(f"{type(value).__name__} is not JSON")


_scan = make_scanner(_Reading)  # type: ignore[arg-type]
_encode = make_encoder(None, _foreign, encode_basestring, None, ":", ",", False, False, False)
