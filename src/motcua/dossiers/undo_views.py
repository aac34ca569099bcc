"""The button “Hoàn tác” of the strip after an act, and of the page of one's last acts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.dossiers import actions, present
from motcua.dossiers.views import get
from motcua.journal import queries as journal
from motcua.kernel.errors import BadInput
from motcua.web.clock import now
from motcua.web.flash import say


class NoActNamed(BadInput):
    code = "no-act-named"
    message = "Chưa rõ hoàn tác việc nào. Chưa ghi. Mở trang Việc vừa làm rồi bấm Hoàn tác."


@login_required
@require_POST
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Undo the act whose sequence the form carries; the key is the act's own, so twice is once."""
    at = now()
    dossier = get(request, code, at)
    typed = request.POST.get("viec", "")
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 7):
        raise NoActNamed(field="viec")
    seq = int(typed)
    undone = journal.events_of(dossier).filter(seq=seq).first()
    key = f"hoan-tac-{dossier.pk.hex}-{seq}-{request.user.pk.hex[-12:]}"
    actions.undo(by=request.user, at=at, key=key, dossier_id=dossier.pk, event=seq)
    act = present.title_of(undone.verb.removeprefix("dossier.")) if undone else ""
    words = _("Đã hoàn tác “{act}” của hồ sơ {code}.").format(act=act, code=code)
    say(request, words)
    if request.POST.get("ve") == "viec-vua-lam":
        return redirect("viec-vua-lam")
    return redirect("ho-so-chi-tiet", code=code)
