"""What the page of an act says it will do, line by line, before anything is written."""

from django.utils.translation import gettext_lazy as _

_COUNTED = _("Hạn đầu vẫn dùng để thống kê đúng hạn, trễ hạn.")
_NO_WAY_BACK = _("Không hoàn tác được.")
EFFECTS = {
    "approve": (
        _("Ký duyệt là quyết định của người ký."),
        _("Kết quả sang văn thư để vào số, đóng dấu."),
    ),
    "refuse": (
        _("Hồ sơ kết thúc; kết quả là văn bản từ chối có lý do."),
        _("Trang sau in mẫu 03 gửi người nộp."),
        _NO_WAY_BACK,
    ),
    "withdraw": (
        _("Hồ sơ kết thúc; giấy tờ gốc trả lại người nộp."),
        _("Trang sau in mẫu 05 gửi người nộp."),
        _NO_WAY_BACK,
    ),
    "stop": (
        _("Hồ sơ dừng hẳn, không tính vào đúng hạn hay trễ hạn nữa."),
        _("Trang sau in mẫu 05 gửi người nộp."),
        _NO_WAY_BACK,
    ),
    "ask_supplement": (
        _("Thời hạn tạm dừng đến khi nhận đủ giấy tờ."),
        _("Luật chỉ cho yêu cầu một lần: nêu đủ mọi giấy tờ còn thiếu."),
        _("Trang sau in mẫu 02 gửi người nộp; in rồi thì không hoàn tác được."),
    ),
    "finish": (
        _("Lúc này quyết định hồ sơ trước hạn, đúng hạn hay trễ hạn."),
        _("Kết quả nằm ở Một cửa, chờ người nộp đến nhận."),
    ),
    "hand_over": (_("Ghi là kết quả đã đến tay người nhận."), _NO_WAY_BACK),
    "extend": (
        _("Luật chỉ cho hẹn lại một lần, trước khi hết hạn."),
        _COUNTED,
        _("Trang sau in mẫu 04, phiếu xin lỗi, gửi người nộp."),
        _NO_WAY_BACK,
    ),
    "correct": (
        _("Kết quả đã phát hành đổi theo nội dung đính chính; bản cũ còn trong nhật ký."),
        _("Thời gian giải quyết và thống kê không đổi."),
        _NO_WAY_BACK,
    ),
    "certify": (
        _("Ghi số vào sổ chứng thực; số bản vào thống kê trong ngày."),
        _("Sai thì bỏ lần ghi và nêu lý do; số đã bỏ vẫn còn trong sổ."),
    ),
    "void_certification": (
        _("Lần ghi này không còn tính số bản và phí; số vẫn giữ chỗ trong sổ."),
        _NO_WAY_BACK,
    ),
}
"""By the act's name in `rules.ACTS`; whatever binds or leaves the house must be here."""


def lines(name: str) -> tuple[str, ...]:
    """The effects of an act, in the reader's language."""
    return tuple(str(line) for line in EFFECTS.get(name, ()))
