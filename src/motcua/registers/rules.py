"""Words and refusals of the small registers. Pure."""

from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.labelled import Labelled


class EquipmentKind(Labelled):
    COMPUTER = "computer", "Máy tính để bàn"
    PRINTER = "printer", "Máy in"
    SCANNER = "scanner", "Máy quét"
    COPIER = "copier", "Máy photocopy"
    SOFTWARE = "software", "Phần mềm dùng chung"


class AlreadyDone(Refused):
    code = "register-already-done"
    message = "{what} đã ghi ngày {on}. Nếu sai, nhờ quản trị đính chính."


class OutOfOrder(Refused):
    code = "register-out-of-order"
    message = "Chưa {before}, nên chưa {what} được. Ghi việc trước rồi ghi việc này."


class DatesOutOfOrder(BadInput):
    code = "register-dates-out-of-order"
    message = "{what} ngày {on} không thể trước {before} ngày {was}. Sửa một trong hai ngày."


class NumberMissing(BadInput):
    code = "register-number-missing"
    message = "Chưa có số, ký hiệu. Nhập như trên văn bản, ví dụ “1102/QĐ-UBND”."


class TwiceRegistered(BadInput):
    code = "register-twice"
    message = "“{name}” đã có trong sổ. Mở dòng đó để ghi tiếp."
