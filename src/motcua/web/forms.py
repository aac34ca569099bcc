"""Fields in house style and the reading of what was typed. No markup here, no masks, no maxlength.

A page declares its `Field`s, reads the answers with an `Answers`, and on errors shows the same
fields again with what was typed, each message at its field and in the summary.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from motcua.kernel.errors import BadInput
from motcua.kernel.text import nfc
from motcua.kernel.vntime import parse_day
from motcua.web.parts import Choice

T = TypeVar("T")

_INPUT_TYPES = {"search": "search", "email": "email", "phone": "tel", "password": "password"}
_INPUT_MODES = {"number": "numeric", "money": "numeric", "id": "numeric", "date": "numeric"}
LONGEST_ANSWER = 2_000
_TOO_LONG = "Ô này dài {length} chữ cái; nhận đến {most}. Viết ngắn lại."
_WIDTHS = {"number": 8, "money": 12, "id": 16, "date": 12, "phone": 16}


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. Widths are in characters and say the expected length.

    `kind`: text, number, money, id, phone, email, date, password, search, area, select, radios.
    Optional fields say so in words; there are no asterisks.
    """

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    hint: str = ""
    error: str = ""
    optional: bool = False
    width: int = 0
    choices: tuple[Choice, ...] = ()
    autocomplete: str = "off"
    echo: str = ""
    autofocus: bool = False

    @property
    def id(self) -> str:
        return f"o-{self.name}"

    @property
    def input_type(self) -> str:
        return _INPUT_TYPES.get(self.kind, "text")

    @property
    def input_mode(self) -> str:
        return _INPUT_MODES.get(self.kind, "")

    @property
    def width_class(self) -> str:
        width = self.width or _WIDTHS.get(self.kind, 0)
        return f"w{width}" if width else ""

    @property
    def described_by(self) -> str:
        """The ids of hint and error, as aria-describedby wants them."""
        ids = [f"{self.id}-goi-y"] if self.hint else []
        return " ".join(ids + ([f"{self.id}-loi"] if self.error else []))

    @property
    def target(self) -> str:
        """The id the error summary leads to: the first radio of a group, else the input."""
        return f"{self.id}-1" if self.kind == "radios" else self.id


@dataclass(frozen=True, slots=True)
class FieldError:
    """One line of the error summary: the sentence, and the id of the element to mend."""

    message: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filter bar of a list: search first, a few fields, the rest folded, what is chosen."""

    search: Field
    fields: tuple[Field, ...] = ()
    more: tuple[Field, ...] = ()
    chosen: tuple[Any, ...] = ()
    clear_url: str = ""


class Answers:
    """What was typed, normalised (NFC, blanks), and what is wrong with it, field by field."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data
        self.errors: dict[str, str] = {}

    def text(self, name: str, *, missing: str = "") -> str:
        """Return the normalised text; with `missing`, an empty one is an error.

        One of more than LONGEST_ANSWER characters is an error, and "" instead.
        """
        typed = self._typed(name)
        if typed is None:
            return ""
        value = nfc(typed)
        if missing and not value:
            self.errors[name] = _(missing)
        return value

    def lines(self, name: str) -> list[str]:
        """Return the lines typed, each normalised, without the empty ones; as long as a text."""
        typed = (self._typed(name) or "").splitlines()
        return [line for line in (nfc(one) for one in typed) if line]

    def _typed(self, name: str) -> str | None:
        """What was typed; None with an error when it is too long to be an answer."""
        typed = self._data.get(name) or ""
        # Decomposed letters are up to four characters each: what cannot fit is not composed.
        hopeless = len(typed) > 4 * LONGEST_ANSWER
        length = len(typed) if hopeless else len(nfc(typed))
        if length <= LONGEST_ANSWER:
            return typed
        self.errors[name] = _(_TOO_LONG).format(length=length, most=LONGEST_ANSWER)
        return None

    def read(self, name: str, parse: Callable[[str], T], *, missing: str = "") -> T | None:
        """Return parse(text), or None when empty or refused; `parse` raises BadInput."""
        value = self.text(name, missing=missing)
        if not value:
            return None
        try:
            return parse(value)
        except BadInput as refusal:
            self.errors[name] = _(refusal.message).format(**refusal.values)
            return None

    def day(self, name: str, *, missing: str = "") -> date | None:
        """Return the day typed in any sensible spelling (7/2/24, 07-02-2024)."""
        return self.read(name, parse_day, missing=missing)

    def whole(self, name: str, *, missing: str = "") -> int | None:
        """Return a whole number; blanks and dots between groups of three are accepted."""
        return self.read(name, whole_number, missing=missing)

    def choice(self, name: str, choices: tuple[Choice, ...], *, missing: str = "") -> str:
        """Return the chosen value, or "" with an error when it is none of them."""
        value = self.text(name, missing=missing)
        if value and value not in {choice.value for choice in choices}:
            self.errors[name] = _("Lựa chọn này không còn. Chọn lại trong danh sách.")
            return ""
        return value

    def back_into(self, fields: tuple[Field, ...]) -> tuple[Field, ...]:
        """Return the fields with what was typed, as it was typed, and their errors."""
        return tuple(
            replace(
                field,
                value="" if field.kind == "password" else self._data.get(field.name) or "",
                error=self.errors.get(field.name, ""),
            )
            for field in fields
        )


def summary(fields: tuple[Field, ...]) -> tuple[FieldError, ...]:
    """Return the lines of the error summary, in field order."""
    return tuple(FieldError(field.error, field.target) for field in fields if field.error)


def whole_number(text: str) -> int:
    """Read 1204, 1.204 or 1 204. Raises BadInput for anything else and above 12 digits."""
    digits = text.replace(" ", "").replace(".", "")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        raise BadInput("“{text}” không phải là số nguyên. Nhập lại, ví dụ 8.000.", text=text)
    return int(digits)
