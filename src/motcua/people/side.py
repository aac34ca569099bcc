"""A form is written only on the side it was made for: the live agency, or its training copy."""

from typing import Any

from django.http import HttpRequest

from motcua.kernel.errors import Refused
from motcua.people import queries
from motcua.web.side import MADE_FOR

EITHER = {"tap-huan-vao", "tap-huan-ve", "tap-huan-mo", "dang-xuat", "phien"}
"""Addresses that do the same on both sides: switching, opening the copy, the session itself."""
SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class OtherSide(Refused):
    code = "other-side"
    message = "Trang này không phải của bản đang mở. Chưa ghi. Mở lại trang rồi làm lại."
    resend = False  # sent again as it is, it would be refused again


class MadeInTraining(OtherSide):
    message = (
        "Trang này mở ở bản tập huấn, nay đang ở bản thật. Chưa ghi. "
        "Mở lại trang ở bản thật rồi làm lại; hoặc vào bản tập huấn."
    )


class MadeLive(OtherSide):
    message = (
        "Trang này mở ở bản thật, nay đang ở bản tập huấn. Chưa ghi. "
        "Chọn “Trở về bản thật” rồi làm lại."
    )


class MadeElsewhere(OtherSide):
    message = "Trang này không phải của bản đang mở. Chưa ghi. Mở lại trang rồi làm lại."


def refusal_of(request: HttpRequest) -> OtherSide | None:
    """Why the form sent may not be written here; None when it was made for this side.

    A form that does not say for whom is refused where there are two sides to mistake.
    """
    user: Any = request.user
    match = request.resolver_match
    if request.method in SAFE or not user.is_authenticated:
        return None
    if match and match.url_name in EITHER:
        return None
    return refusal_for(request, request.POST.get(MADE_FOR, ""))


def refusal_for(request: HttpRequest, made_for: str) -> OtherSide | None:
    """The same for what was kept of a form."""
    agency = request.user.agency
    if made_for == str(agency.pk):
        return None
    inside = agency.training_of_id is not None
    if not made_for:
        two = inside or queries.has_training_copy(agency)
        return MadeElsewhere() if two else None
    if inside:
        return MadeLive() if made_for == str(agency.training_of_id) else MadeElsewhere()
    return MadeInTraining() if queries.has_been_training_copy(agency, made_for) else MadeElsewhere()
