"""Names of `typing`, `enum`, `datetime` and `collections.abc`, made light for what the public check imports.

Type checkers see the real ones. Importing those would cost more than the whole check (docs/decisions/0007).
"""

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable as Callable
    from collections.abc import Iterable as Iterable
    from collections.abc import Iterator as Iterator
    from collections.abc import Mapping as Mapping
    from datetime import date as date
    from datetime import datetime as datetime
    from datetime import timedelta as timedelta
    from datetime import timezone as timezone
    from enum import IntEnum as IntEnum
    from typing import Any as Any
    from typing import NamedTuple as NamedTuple
else:
    from _collections import _tuplegetter

    # what `collections.abc` repeats; every start of Python has loaded it
    from _collections_abc import Callable, Iterable, Iterator, Mapping  # noqa: F401

    # what Python 3.11's `datetime` repeats after reading its twin in Python
    from _datetime import date, datetime, timedelta, timezone  # noqa: F401

    Any = object
    _new = tuple.__new__

    class _Fields(type):
        def __new__(cls, name, bases, space):
            fields = tuple(space.get("__annotations__", ()))
            space["_field_defaults"] = {field: space.pop(field) for field in fields if field in space}
            for place, field in enumerate(fields):
                space[field] = _tuplegetter(place, None)
            return type.__new__(cls, name, bases, space | {"__slots__": (), "_fields": fields})

    class NamedTuple(tuple, metaclass=_Fields):
        """A tuple whose places have names, as typing.NamedTuple makes them."""

        def __new__(cls, *given, **named):
            if named or len(given) != len(cls._fields):
                given = cls._whole(given, named)
            return _new(cls, given)

        @classmethod
        def _whole(cls, given, named):
            if len(given) > len(cls._fields):
                raise TypeError(f"{cls.__name__} has no more than {len(cls._fields)} fields")
            rest = {**cls._field_defaults, **named}
            try:
                found = (*given, *[rest[field] for field in cls._fields[len(given) :]])
            except KeyError as error:
                raise TypeError(f"{cls.__name__} needs {error}") from None
            if strange := named.keys() - set(cls._fields[len(given) :]):
                raise TypeError(f"{cls.__name__} takes no {', '.join(sorted(strange))} here")
            return found

        _make = classmethod(_new)

        def _replace(self, **changes):
            values = [changes.pop(field, value) for field, value in zip(self._fields, self, strict=True)]
            if changes:
                raise ValueError(f"{type(self).__name__} has no {', '.join(changes)}")
            return _new(type(self), values)

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            told = ", ".join([f"{field}={value!r}" for field, value in self._asdict().items()])
            return f"{type(self).__name__}({told})"

    class _Members(type):
        def __new__(cls, name, bases, space):
            numbers = {key: value for key, value in space.items() if type(value) is int}
            made = type.__new__(cls, name, bases, {key: space[key] for key in space if key not in numbers})
            made.__members__ = {key: _member(made, key, value) for key, value in numbers.items()}
            made._by_value = {int(member): member for member in made.__members__.values()}
            for key, member in made.__members__.items():
                type.__setattr__(made, key, member)
            return made

        def __call__(cls, value):
            try:
                return cls._by_value[value]
            except KeyError:
                raise ValueError(f"{value!r} is not a valid {cls.__name__}") from None

        def __getitem__(cls, name):
            return cls.__members__[name]

        def __iter__(cls):
            return iter(cls.__members__.values())

        def __len__(cls):
            return len(cls.__members__)

        def __contains__(cls, value):
            return value in cls._by_value

    def _member(made, name, value):
        member = int.__new__(made, value)
        member.name, member.value = name, value
        return member

    class IntEnum(int, metaclass=_Members):
        """Named whole numbers, one object each, as enum.IntEnum makes them."""

        def __reduce_ex__(self, protocol):
            return type(self), (int(self),)

        def __repr__(self):
            return f"<{type(self).__name__}.{self.name}: {int(self)}>"

        __str__ = int.__repr__
