"""What the frame of every page shows: agency, officer, absence, navigation, version, time.

Nothing is queried here. The middleware of `people` sets `request.frame`, a dict with
"agency", "officer", "roles", "absence" (words or None), "watermark" (words or ""), and
optionally "help" (name and telephone of the person to ask).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from motcua import __version__
from motcua.kernel.text import fold
from motcua.web import clock
from motcua.web.parts import Link
from motcua.web.refusals import wants_part


@dataclass(frozen=True, slots=True)
class Destination:
    """A page one may go to. `roles` empty means every officer; `words` are its synonyms."""

    name: str
    label: str | Promise
    group: str | Promise
    roles: frozenset[str] = frozenset()
    key: str = ""
    words: str = ""
    in_nav: bool = False


_WORK, _DATA, _HELP = _("Việc hằng ngày"), _("Tra cứu và số liệu"), _("Trợ giúp")
_OFFICE = _("Cơ quan và tài khoản")
_DESK, _ADMINISTRATOR = frozenset({"desk"}), frozenset({"administrator"})

DESTINATIONS = (
    Destination("hom-nay", _("Hôm nay"), _WORK, words="trang chu viec cua toi", in_nav=True),
    Destination("tiep-nhan", _("Tiếp nhận"), _WORK, _DESK, "F2", "nhan ho so moi", True),
    Destination("cho-ky", _("Chờ ký"), _WORK, frozenset({"leader"}), "", "duyet ky", True),
    Destination("ho-so-ke-tiep", _("Hồ sơ kế tiếp"), _WORK, key="F8", words="viec tiep theo"),
    Destination("viec-vua-lam", _("Việc vừa làm"), _WORK, words="hoan tac lich su cua toi"),
    Destination("cuoi-ngay", _("Cuối ngày"), _WORK, words="tong hop ngay thu phi so tien"),
    Destination(
        "chuyen-giao",
        _("Chuyển giao hồ sơ"),
        _WORK,
        frozenset({"leader", "administrator"}),
        words="can bo chuyen cong tac ban giao",
    ),
    Destination(
        "tra-loi",
        _("Chưa nhận được hồ sơ"),
        _WORK,
        _DESK,
        words="tu choi bo sung phieu mau 02 03",
    ),
    Destination(
        "phieu-tra-loi",
        _("Phiếu trả lời tại quầy"),
        _WORK,
        frozenset({"desk", "leader"}),
        words="phieu da lap tu choi bo sung",
    ),
    Destination("vang-mat", _("Vắng mặt"), _WORK, words="nghi hop uy quyen ky thay"),
    Destination("ho-so", _("Hồ sơ"), _DATA, words="danh sach tim", in_nav=True),
    Destination(
        "nguoi-nop",
        _("Người nộp"),
        _DATA,
        frozenset({"desk", "leader", "administrator"}),
        words="tim nguoi gop ban ghi trung",
    ),
    Destination("phi-dia-gioi", _("Phi địa giới"), _DATA, words="nhan ho noi khac chuyen di"),
    Destination("thu-tuc", _("Thủ tục"), _DATA, words="danh muc", in_nav=True),
    Destination("so-lieu", _("Số liệu"), _DATA, words="bao cao thong ke", in_nav=True),
    Destination(
        "khao-sat",
        _("Khảo sát"),
        _DATA,
        frozenset({"desk", "statistician", "administrator"}),
        "",
        "hai long phieu",
        True,
    ),
    Destination(
        "so-theo-doi",
        _("Sổ theo dõi hồ sơ"),
        _DATA,
        frozenset({"desk", "leader", "clerk", "statistician"}),
        words="mau 07 in so linh vuc ngay",
    ),
    Destination("so-chung-thuc", _("Sổ chứng thực"), _DATA, words="sao y ban sao chu ky so ban"),
    Destination("so-nho", _("Các sổ"), _DATA, words="quyet dinh ra soat phan anh thiet bi ho tro"),
    Destination(
        "can-bo", _("Cán bộ"), _OFFICE, _ADMINISTRATOR, "", "tai khoan nguoi dung vai tro", True
    ),
    Destination(
        "thiet-lap",
        _("Thiết lập"),
        _OFFICE,
        _ADMINISTRATOR,
        words="cai dat ngay dau danh muc so du con dau sao luu",
        in_nav=True,
    ),
    Destination("co-quan", _("Cơ quan"), _OFFICE, words="ten ma con dau gio lam viec lich tieu de"),
    Destination(
        "co-quan-ngay-nghi",
        _("Ngày nghỉ riêng"),
        _OFFICE,
        frozenset({"administrator", "leader"}),
        words="dong cua lu lich",
    ),
    Destination("tap-huan", _("Bản tập huấn"), _OFFICE, words="tap lam thu dao tao"),
    Destination("tuy-chon", _("Tùy chọn"), _OFFICE, words="phim ngon ngu ca nhan"),
    Destination("mat-khau", _("Đổi mật khẩu"), _OFFICE, words="mat khau tai khoan"),
    Destination("lenh", _("Tìm, lệnh"), _HELP, key="Ctrl K"),
    Destination("phim-tat", _("Phím tắt và trợ giúp"), _HELP, key="F1", words="ban phim"),
    Destination("thiet-ke", _("Bộ thành phần giao diện"), _HELP, words="thiet ke mau"),
)


USUAL_KEYS: Mapping[str, str] = {place.name: place.key for place in DESTINATIONS if place.key}


def address(name: str) -> str:
    """Return the address of a page, or "" when this edition has no such page."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def acts(
    roles: frozenset[str], wanted: str = "", keys: Mapping[str, str] = USUAL_KEYS
) -> dict[str, list[Link]]:
    """Return the pages these roles may open, by group; `wanted` narrows, without diacritics.

    `keys`: where the officer moved a key to, by page; "" is switched off.
    """
    found: dict[str, list[Link]] = {}
    words = fold(wanted).split()
    for place in DESTINATIONS:
        url = address(place.name)
        text = fold(f"{place.label} {place.words}")
        if place.name == "lenh" or not url or not _open_to(place, roles):
            continue
        if all(word in text for word in words):
            link = Link(str(place.label), url, key=keys.get(place.name, place.key))
            found.setdefault(str(place.group), []).append(link)
    return found


def frame(request: HttpRequest) -> dict:
    """Context processor. For somebody without a login it reads nothing but the clock."""
    given = getattr(request, "frame", None) or {}
    roles = frozenset(map(str, given.get("roles", ())))
    inside = bool(given)
    keys = {**USUAL_KEYS, **given.get("keys", {})}
    layout = "web/part.html" if wants_part(request) else "web/base.html"
    return {
        "layout": layout,
        "frame": {
            "agency": given.get("agency", ""),
            "officer": given.get("officer", ""),
            "absence": given.get("absence"),
            "watermark": given.get("watermark") or "",
            "help": given.get("help", ""),
            "roles": roles,
            "version": __version__,
            "at": clock.now(),
            "here": _here(request),
            "nav": _nav(request.path, roles, keys) if roles else [],
            "keys": {name.replace("-", "_"): key for name, key in keys.items()},
            "training": bool(given.get("training")),
            "practice": bool(given.get("practice")),
            "url": {name.replace("-", "_"): address(name) for name in _LINKED} if inside else {},
        },
    }


_LINKED = (
    "hom-nay", "lenh", "phim-tat", "vang-mat", "dang-xuat", "ho-so-ke-tiep", "tap-huan",
    "tap-huan-ve", "tuy-chon",
)  # fmt: skip


def _here(request: HttpRequest) -> str:
    """The page to come back to: this one, or where a form was sent from; both answer GET."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    sent_from = request.headers.get("Referer", "")
    same = url_has_allowed_host_and_scheme(sent_from, {request.get_host()}, request.is_secure())
    parts = urlsplit(sent_from) if same else None
    return urlunsplit(("", "", parts.path or "/", parts.query, "")) if parts else "/"


def _open_to(place: Destination, roles: frozenset[str]) -> bool:
    return not place.roles or bool(place.roles & roles)


def _nav(path: str, roles: frozenset[str], keys: Mapping[str, str]) -> list[Link]:
    links = []
    for place in DESTINATIONS:
        url = address(place.name) if place.in_nav and _open_to(place, roles) else ""
        if url:
            here = path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))
            key = keys.get(place.name, place.key)
            links.append(Link(str(place.label), url, key=key, current=here))
    return links
