"""One page with one form: read, check, act; errors keep what was typed. For the views here."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.kernel.errors import BadInput, Refused
from motcua.web.forms import Answers, Field, FieldError, summary
from motcua.web.ids import uuid7
from motcua.web.refusals import UNPROCESSABLE, sentence, status_of

CHECKED = "Kiểm tra, chưa ghi gì: chưa thấy chỗ nào sai."

Read = Callable[[Answers], Any]
Do = Callable[[Any, str], HttpResponse]
Preview = Callable[[Any], str]


def key_of(request: HttpRequest) -> str:
    """The idempotency key of the form, or a new one."""
    return request.POST.get("khoa", "")[:80] or str(uuid7())


def form_page(
    request: HttpRequest,
    template: str,
    fields: tuple[Field, ...],
    *,
    read: Read,
    act: Do,
    names: Mapping[str, str] = {},
    preview: Preview | None = None,
    **context: Any,
) -> HttpResponse:
    """Show the form; on a sent one read it, and act unless it was only to be checked.

    `names`: the input of each argument, for refusals that name one. `preview`: what is said of
    what would be written. A callable in `context` is given the answers (None at first).
    """
    general: tuple[FieldError, ...] = ()
    notice, status, answers = "", 200, None
    if request.method == "POST":
        answers = Answers(request.POST)
        given = read(answers)
        checking = "kiem-tra" in request.POST
        if not answers.errors:
            try:
                if not checking:
                    return act(given, key_of(request))
                notice = preview(given) if preview else _(CHECKED)
            except Refused as no:
                general, status = _place(answers, no, names), status_of(no)
        fields = answers.back_into(fields)
        status = status if status != 200 or not answers.errors else UNPROCESSABLE
    elsewhere = _elsewhere(answers, fields)
    shown = {name: one(answers) if callable(one) else one for name, one in context.items()}
    shown |= {
        "fields": fields,
        "errors": (*general, *summary(fields), *elsewhere),
        "notice": notice,
        "key": key_of(request),
    }
    return render(request, template, shown, status=status)


def _place(answers: Answers, no: Refused, names: Mapping[str, str]) -> tuple[FieldError, ...]:
    """The refusal at its input when it names one that is there; else above the form."""
    field = getattr(no, "field", None) or ""
    if isinstance(no, BadInput) and field in names:
        answers.errors[names[field]] = sentence(no)
        return ()
    return (FieldError(sentence(no)),)


def _elsewhere(answers: Answers | None, fields: tuple[Field, ...]) -> tuple[FieldError, ...]:
    """Errors of inputs that are no `Field`, such as boxes to tick."""
    known = {field.name for field in fields}
    errors = answers.errors if answers else {}
    return tuple(
        FieldError(words, f"o-{name}-1") for name, words in errors.items() if name not in known
    )
