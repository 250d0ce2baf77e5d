"""`Phi`: a box for anything a patient typed or that tells who they are. It opens only with a purpose.

The box prints as `‹phi›` and refuses json, pickle, copy, formatting and comparison with plain values, so that patient data
cannot drift into a log line, an error, a URL or a model request by accident (R-131, R-227).
What is stored in a tracker or handed to a form is a vault handle, never the value.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final, Generic, NewType, NoReturn, TypeVar, final

T = TypeVar("T")
U = TypeVar("U")

Handle = NewType("Handle", str)
"""An opaque key into the PHI vault, `vault:` and 128 random bits. Says nothing about what it stands for."""

SHOWN: Final = "‹phi›"


class Purpose(StrEnum):
    """Why a box is opened. Every `reveal` in the code is listed in `tests/wall/reveals.yaml`."""

    SAFETY = "safety"
    UNDERSTANDING = "understanding"
    VALIDATION = "validation"
    WORDING = "wording"
    SEALING = "sealing"
    DELIVERY = "delivery"
    PATIENT_VIEW = "patient_view"
    STAFF_VIEW = "staff_view"
    IDENTITY = "identity"
    PRACTICE_SYSTEM = "practice_system"


class PhiRefused(TypeError):
    """Patient data was about to be printed, serialised or copied. Keep the box, or `reveal(purpose)` where it is needed."""


@final
class Phi(Generic[T]):
    """One piece of patient data. Equal to another box with the same content; unequal to everything else."""

    __slots__ = ("_value",)
    _value: T

    def __init__(self, value: T) -> None:
        if isinstance(value, Phi):
            raise PhiRefused("This value is boxed already.")
        object.__setattr__(self, "_value", value)

    def reveal(self, purpose: Purpose) -> T:
        """The content, for one stated purpose. Keep the result local and short-lived."""
        if not isinstance(purpose, Purpose):
            raise PhiRefused("A box opens only with a Purpose.")
        return self._value

    def map(self, change: Callable[[T], U]) -> Phi[U]:
        """A new box with the changed content; nothing leaves."""
        return Phi(change(self._value))

    def __repr__(self) -> str:
        return SHOWN

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return SHOWN

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phi) and bool(self._value == other._value)

    def __bool__(self) -> bool:
        return bool(self._value)

    __hash__ = None  # type: ignore[assignment]

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise PhiRefused("A box cannot be changed.")

    def _refuse(self, *_: Any) -> NoReturn:
        raise PhiRefused("Patient data may not be copied, pickled or serialised. Pass the box or its vault handle.")

    __copy__ = __deepcopy__ = __reduce__ = __reduce_ex__ = __getstate__ = _refuse
    __iter__ = __len__ = __getitem__ = __contains__ = __add__ = __radd__ = __mod__ = __index__ = __int__ = __bytes__ = _refuse
