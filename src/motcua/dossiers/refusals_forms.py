"""What can be wrong with forms, notices at the counter and the register. Pure."""

from motcua.kernel.errors import BadInput, Refused


class NoOccasion(Refused):
    code = "no-occasion-for-form"
    message = (
        "Hồ sơ {code} chưa có việc nào cần mẫu {form}. Chưa cấp số. "
        "Ghi việc đó trước (yêu cầu bổ sung, từ chối, gia hạn, dừng), rồi lập mẫu."
    )


class UndoneMeanwhile(Refused):
    code = "undone-meanwhile"
    message = (
        "Việc mà mẫu {form} của hồ sơ {code} báo vừa được hoàn tác. Chưa lập mẫu. "
        "Tải lại trang để xem mẫu cần lập lúc này."
    )


class NothingToComplete(BadInput):
    code = "nothing-to-complete"
    message = (
        "Chưa ghi cần hoàn thiện gì. Nêu đủ mọi nội dung trong một lần, mỗi dòng một nội dung."
    )


class WhatWasAsked(BadInput):
    code = "request-missing"
    message = "Chưa ghi người dân xin việc gì. Chọn thủ tục, hoặc gõ nội dung yêu cầu."


class ToldBefore(Refused):
    code = "told-before"
    message = (
        "{name} đã nhận phiếu yêu cầu bổ sung số {number} ngày {day} cho việc này. Chưa ghi. "
        "Chỉ yêu cầu một lần; nếu vẫn cần, chọn “Vẫn lập phiếu”."
    )


class TooManyEntries(Refused):
    code = "register-too-long"
    message = (
        "Sổ có hơn {most} hồ sơ trong khoảng này; in một lần đến {most}. "
        "Chọn khoảng ngày ngắn hơn, hoặc một lĩnh vực."
    )


class RangeBackwards(BadInput):
    code = "range-backwards"
    message = "Từ ngày {first} sau đến ngày {last}. Đổi lại hai ngày."


class TwoForms(BadInput):
    code = "range-of-two-forms"
    message = (
        "Mẫu sổ đổi từ {day}. Xem hai lần: một khoảng đến ngày trước đó, một khoảng từ ngày đó."
    )


class BookTookTooLong(Refused):
    code = "register-took-too-long"
    message = "Máy đang bận, sổ chưa in xong trong {seconds} giây. Chọn khoảng ngắn hơn rồi in lại."


class BadSeal(Refused):
    code = "seal-unreadable"
    message = (
        "Ảnh con dấu của cơ quan không đọc được, nên chưa lập bản điện tử. "
        "Tải lại ảnh .png ở trang Cơ quan, rồi mở lại bản điện tử."
    )
