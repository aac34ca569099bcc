"""What can be wrong with visits, merged persons, a changed procedure, forwarded dossiers. Pure."""

from motcua.kernel.errors import BadInput, Refused


class VisitOver(Refused):
    code = "visit-over"
    message = (
        "Lượt đến của hồ sơ {code} là ngày {day}. Chưa ghi. "
        "Tiếp nhận hồ sơ này riêng, với giấy tiếp nhận riêng."
    )


class VisitOfAnother(BadInput):
    code = "visit-of-another"
    message = (
        "Lượt này của {name}: một giấy tiếp nhận không ghi chung hai người nộp. Chưa ghi. "
        "Tiếp nhận hồ sơ này riêng."
    )


class SamePerson(BadInput):
    code = "same-person"
    message = "Hai bản ghi đã chọn là một. Chọn một bản ghi giữ lại và một bản ghi gộp vào."


class AlreadyMerged(Refused):
    code = "already-merged"
    message = (
        "Bản ghi của {name} đã gộp vào bản ghi khác. Chưa ghi. Tìm lại rồi chọn bản ghi còn dùng."
    )


class OfAnotherKind(BadInput):
    code = "person-of-another-kind"
    message = "Một bản ghi là cá nhân, một bản ghi là tổ chức: không gộp được. Chọn lại."


class NumbersDiffer(BadInput):
    code = "numbers-differ"
    message = (
        "Hai bản ghi mang hai số: {kept} và {other}. Chưa gộp. Đối chiếu giấy tờ; nếu cùng một "
        "người, đánh dấu số {other} là số cũ."
    )


class NotMerged(Refused):
    code = "not-merged"
    message = "Bản ghi của {name} không đang gộp vào bản ghi nào. Chưa ghi. Tải lại trang."


class MergedOnward(Refused):
    code = "merged-onward"
    message = "Bản ghi của {name} đã gộp tiếp vào bản ghi khác. Chưa tách. Tách bản ghi đó trước."


class NumberTaken(Refused):
    code = "number-taken"
    message = (
        "Số định danh của bản ghi cần tách nay ghi cho {name}. Chưa tách. Xem lại hai bản ghi."
    )


class SameProcedure(BadInput):
    code = "same-procedure"
    message = "Hồ sơ {code} đang là thủ tục “{name}”. Chọn thủ tục khác."


class CertifiedAlready(Refused):
    code = "certified-already"
    message = (
        "Hồ sơ {code} đang có số chứng thực {number} trong sổ {book}. Chưa đổi thủ tục. "
        "Bỏ lần chứng thực đó trước, rồi đổi lại."
    )


class WhatIsMissing(BadInput):
    code = "what-is-missing"
    message = "Chưa ghi {what}. Ghi theo giấy tờ người nộp đưa."


class NotInOrder(Refused):
    code = "forwarded-not-in-order"
    message = (
        "Hồ sơ {code}: {act} chỉ ghi được sau khi {before}. Chưa ghi. "
        "Tải lại trang để xem việc làm được lúc này."
    )


class AlreadyNoted(Refused):
    code = "forwarded-already-noted"
    message = "Hồ sơ {code} đã ghi {act} lúc {at}. Chưa ghi thêm. Tải lại trang."


class NotBefore(BadInput):
    code = "not-before"
    message = "{what} {given} phải sau {other}. Chưa ghi. Sửa một trong hai."


class NotLater(BadInput):
    code = "not-later"
    message = "{what} {given} sau lúc này. Chưa ghi. Nhập lại ngày trên giấy."
