"""The button “Hoàn tác” of the strip after an act, and of the page of one's last acts."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.dossiers import actions, present
from motcua.dossiers.models import Dossier
from motcua.dossiers.views import get
from motcua.journal import queries as journal
from motcua.kernel.errors import BadInput
from motcua.web.clock import now
from motcua.web.flash import say


class NoActNamed(BadInput):
    code = "no-act-named"
    message = "Chưa rõ hoàn tác việc nào. Chưa ghi. Mở trang Việc vừa làm rồi bấm Hoàn tác."


def _key(dossier: Dossier, seq: int, by: Any) -> str:
    """The key of this undoing: the same each time, and nobody else can know and spend it first."""
    what = f"{dossier.pk.hex} {seq} {by.pk.hex}"
    return salted_hmac("motcua.dossiers.undo", what, algorithm="sha256").hexdigest()


@login_required
@require_POST
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Undo the act whose sequence the form carries; twice is once."""
    at = now()
    dossier = get(request, code, at)
    typed = request.POST.get("viec", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 7):
        raise NoActNamed(field="viec")
    seq = int(typed)
    undone = journal.events_of(dossier).filter(seq=seq).first()
    key = _key(dossier, seq, request.user)
    actions.undo(by=request.user, at=at, key=key, dossier_id=dossier.pk, event=seq)
    act = present.title_of(undone.verb.removeprefix("dossier.")) if undone else ""
    words = _("Đã hoàn tác “{act}” của hồ sơ {code}.").format(act=act, code=code)
    say(request, words)
    if request.POST.get("ve") == "viec-vua-lam":
        return redirect("viec-vua-lam")
    return redirect("ho-so-chi-tiet", code=code)
