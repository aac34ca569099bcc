"""What is said when the rules say no (từ chối)."""

from typing import Any


class Refused(Exception):
    """The rules say no. Expected: shown to the user, never logged as a fault.

    `code` is stable and in English, for programs. `message` is the Vietnamese sentence as
    it is translated (with {placeholders}); `values` fills them; `str()` is the filled sentence.
    """

    code = "refused"
    message = "Không thực hiện được việc này."

    def __init__(self, message: str | None = None, **values: Any) -> None:
        if message is not None:
            self.message = message
        self.values = values
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message.format(**self.values) if self.values else self.message


class NotPermitted(Refused):
    """This person may not do it; another may."""

    code = "not-permitted"
    message = "Tài khoản này không được làm việc này. Người phụ trách có thể phân quyền."


class BadInput(Refused):
    """What was typed or sent cannot be understood. `field` names the input, when known."""

    code = "bad-input"
    message = "Dữ liệu nhập vào chưa đúng."

    def __init__(
        self, message: str | None = None, *, field: str | None = None, **values: Any
    ) -> None:
        super().__init__(message, **values)
        self.field = field
