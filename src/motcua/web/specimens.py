"""Invented data for the page of components: plain, long, empty and wrong (trang thiết kế)."""

from datetime import datetime

from motcua.kernel.vntime import VN
from motcua.web import parts
from motcua.web.forms import Field, FieldError, Filters
from motcua.web.pagination import Page
from motcua.web.parts import (
    Act,
    Bar,
    Cell,
    Choice,
    Clock,
    Column,
    Entry,
    Finding,
    Link,
    Paper,
    Row,
    ScannedPage,
    Step,
    Verdict,
)

HERE = "/thiet-ke"
TONES = "Ẳ Ẫ Ễ Ộ Ự ỵ g – Thửa đất số 12, Phường Thuỷ Xuân, Nguyễn Thị Ngọc Ẩn"
LONG_NAME = (
    "Thủ tục thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội hằng tháng, hỗ trợ kinh phí "
    "chăm sóc, nuôi dưỡng hằng tháng đối với đối tượng bảo trợ xã hội khi thay đổi nơi cư trú "
    "giữa các xã, phường, đặc khu trong cùng một tỉnh hoặc thành phố"
)
CODE = "000.99.99.H57-261123-0001"


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VN)


PROOF = (
    "Tiếp nhận thứ Hai, 23/11/2026, lúc 09:12, trong giờ làm việc.",
    "Thời hạn 8 giờ làm việc: 2 giờ 18 phút buổi sáng, 3 giờ 30 phút buổi chiều.",
    "Còn 2 giờ 12 phút sang thứ Ba, 24/11/2026: đến 09:42.",
)
CLOCKS = (
    Clock(parts.RUNNING, "Còn 2 ngày làm việc · hạn thứ Tư 25/11", at(17, 0, 25), PROOF, HERE),
    Clock(parts.TODAY, "Còn 45 phút · hạn 11:30 hôm nay", at(11, 30), PROOF, HERE),
    Clock(parts.LATE, "Quá 1 ngày (hạn thứ Sáu 20/11)", at(17, 0, 20), PROOF, HERE),
    Clock(parts.PAUSED, "Tạm dừng từ thứ Hai 23/11, còn 2 ngày khi tiếp tục"),
    Clock(parts.DONE, "Xong đúng hạn"),
    Clock(parts.STOPPED, "Dừng từ thứ Hai 23/11"),
)

STEPS = (
    Step("Tiếp nhận", "Lê Thị B, cán bộ tiếp nhận", "done", "30 phút", "10 phút", at(9, 22)),
    Step("Thẩm định", "Trần Văn C, công chức tư pháp", "late", "2 giờ", "5 giờ", None,
         "Quá 3 giờ so với phần được giao.", True,
         (Step("Ý kiến địa chính", "Nguyễn Thị Ngọc Ẩn", "done", "4 giờ", "1 giờ", at(14)),
          Step("Ý kiến công an xã", "Chưa phân công", "waiting", "4 giờ"))),
    Step("Ký duyệt", "Chủ tịch; vắng 14:00–16:00, Phó Chủ tịch ký thay", "waiting", "2 giờ"),
    Step("Vào sổ, đóng dấu, trả kết quả", "Văn thư", "waiting", "1 giờ"),
)  # fmt: skip

ENTRIES = (
    Entry("Sửa họ tên người nộp", "Lê Thị B", at(10, 5), before="Nguyễn Thị Ngọc An",
          after="Nguyễn Thị Ngọc Ẩn"),
    Entry("Tra cơ sở dữ liệu hộ tịch", "Lê Thị B", at(9, 14), text=TONES,
          link=Link("Xem kết quả tra", HERE)),
    Entry("Cấp giấy chứng sinh", "Bệnh viện, theo giấy", at(0, 0, 20), day_only=True),
)  # fmt: skip

COLUMNS = (
    Column("Mã", sort="ma"),
    Column("Thủ tục"),
    Column("Người nộp", sort="ten"),
    Column("Hạn", "date", sort="han"),
    Column("Lệ phí, đồng", "number"),
    Column("Chờ ai"),
)


def _row(serial: str, procedure: str, person: str, clock: Clock, fee: str, who: str) -> Row:
    code = f"000.99.99.H57-261123-{serial}"
    cells = (Cell(code, HERE, code=True), procedure, person, Cell("", clock=clock), fee, who)
    return Row(cells, serial, f"…{serial}", serial == "0003")


ROWS = (
    _row("0007", "Khai tử", "Trần Văn C", CLOCKS[2], "0", "Phó Chủ tịch"),
    _row("0001", "Chứng thực", "Nguyễn Thị Ngọc Ẩn", CLOCKS[1], "8.000", "tôi"),
    _row("0003", LONG_NAME, "Nguyễn Phan Hoàng Công Tôn Nữ Diễm Quỳnh", CLOCKS[0], "1.250.000",
         "Trần Văn C"),
    _row("0012", "Đất đai", TONES, CLOCKS[3], "25.000", "người nộp"),
)  # fmt: skip

FIELDS = (
    Field("thu-tuc-ten", "Họ và tên", value=TONES, autocomplete="name", width=40),
    Field("so-dinh-danh", "Số định danh", "id", "07911234123", "12 chữ số ở mặt trước thẻ căn cước",
          "Số định danh có 11 chữ số; cần đủ 12. Xem lại mặt trước thẻ căn cước."),
    Field("ngay-sinh", "Ngày sinh", "date", "30/02/1990", "Ví dụ 27/3/1990, 3/1990 hoặc 1990",
          "Ngày sinh 30/02/1990 không có. Nhập lại, ví dụ 27/3/1990."),
    Field("le-phi", "Lệ phí", "money", "8.000", echo="tám nghìn đồng"),
    Field("dien-thoai", "Điện thoại", "phone", optional=True, autocomplete="tel"),
    Field("noi-nhan", "Nhận kết quả", "radios", "quay", choices=(
        Choice("quay", "tại quầy"), Choice("buu-chinh", "bưu chính", "người nhận trả cước"),
        Choice("dien-tu", "điện tử"))),
    Field("linh-vuc", "Lĩnh vực", "select", "ht", choices=(
        Choice("", "tất cả"), Choice("ht", "Hộ tịch"), Choice("ct", "Chứng thực"))),
    Field("ly-do", "Lý do", "area", TONES, "Người nộp sẽ đọc đoạn này."),
    Field("mat-khau", "Mật khẩu", "password", autocomplete="current-password"),
)  # fmt: skip

PROCEDURES = (
    Choice("1.001193", "Khai sinh", "1.001193 · trong ngày · 0 đồng"),
    Choice("2.000488", LONG_NAME, "2.000488 · 8 ngày làm việc · 0 đồng"),
    Choice("2.000815", "Chứng thực bản sao từ bản chính (sao y)",
           "2.000815 · trong ngày · 2.000 đồng một trang"),
)  # fmt: skip

PAPERS = (
    Paper("1", "Giấy chứng sinh", "co", form="bản chính"),
    Paper("2", "Giấy đăng ký kết hôn của cha mẹ", "du-lieu", form="bản sao",
          note="Cơ sở dữ liệu hộ tịch, tra lúc 09:14."),
    Paper("3", LONG_NAME, "", form="bản chính",
          error="Chưa chọn có đủ hay thiếu cho giấy 3. Chọn một ô."),
)  # fmt: skip

FINDINGS = (
    Finding("late", "Phải sửa", "Quyết định niêm yết là 9, quy trình xây dựng là 8.",
            Link("9 quyết định", HERE), Link("8 quy trình", HERE), "Mục II.2, trang 4",
            "Thêm quy trình của QĐ 1102, hoặc giải trình vì sao không có.",
            (Act("Sửa"), Act("Giải trình"), Act("Bỏ qua có lý do"))),
    Finding("today", "Nên xem", "Tháng 2 không có hồ sơ chứng thực nào: " + TONES),
    Finding("done", "Khớp", "59 + 626 + 42 = 727."),
)  # fmt: skip

BARS = (
    Bar("Trước hạn", 59, HERE),
    Bar("Đúng hạn", 626, HERE),
    Bar("Trễ hạn", 42, HERE, True, "lãnh đạo vắng"),
)

VERDICTS = (
    Verdict("…0001 Chứng thực, Nguyễn Thị Ngọc Ẩn", HERE, True, ""),
    Verdict("…0007 Khai tử, Trần Văn C", HERE, False, "chưa có dự thảo kết quả. Trả lại để soạn."),
)


def context() -> dict:
    """Everything the page of components shows."""
    return {
        "tones": TONES,
        "long_name": LONG_NAME,
        "dossier_code": CODE,
        "clocks": CLOCKS,
        "first_clock": CLOCKS[1],
        "states": range(1, 11),
        "subpages": (
            Link("Giấy tờ", HERE, 3, current=True),
            Link("Các bước", HERE),
            Link("Phí", HERE),
            Link("Biểu mẫu", HERE, 2),
            Link("Nhật ký", HERE, 1204),
        ),
        "steps": STEPS,
        "entries": ENTRIES,
        "columns": COLUMNS,
        "rows": ROWS,
        "page": Page([], "trang-sau"),
        "filters": Filters(
            Field("tim", "Tìm mã, tên", "search"),
            (Field("loc-linh-vuc", "Lĩnh vực", "select", "ht", choices=FIELDS[6].choices),),
            (Field("tu-ngay", "Từ ngày", "date"), Field("den-ngay", "Đến ngày", "date")),
            (Link("Lĩnh vực: Hộ tịch", HERE), Link("Hạn: hôm nay", HERE)),
            HERE,
        ),
        "batch_acts": (Act("Chuyển xử lý", HERE), Act("In phiếu kiểm soát", HERE)),
        "verdicts": VERDICTS,
        "groups": {
            "Việc hằng ngày": [Link("Tiếp nhận", HERE, key="F2"), Link("Hồ sơ kế tiếp", HERE)]
        },
        "combobox": Field(
            "thu-tuc", "Thủ tục", "search", "khai sinh", "Gõ vài chữ, có dấu hay không dấu"
        ),
        "combobox_wrong": Field(
            "thu-tuc-2",
            "Thủ tục",
            "search",
            "kaai sinh",
            error="Chưa chọn thủ tục. Gõ vài chữ, ví dụ “khai sinh”, rồi chọn trong danh sách.",
        ),
        "procedures": PROCEDURES,
        "fields": FIELDS,
        "shown_errors": tuple(
            FieldError(field.error, field.target) for field in FIELDS if field.error
        ),
        "papers": PAPERS,
        "paper_choices": parts.PAPERS,
        "upload": Field(
            "giay", "Ảnh hoặc tệp giấy tờ", "file", hint="PDF, JPG, PNG, TIFF; mỗi tệp đến 20 MB"
        ),
        "upload_wrong": Field(
            "giay-2",
            "Ảnh hoặc tệp giấy tờ",
            "file",
            hint="PDF, JPG, PNG, TIFF; mỗi tệp đến 20 MB",
            error="Tệp “anh1.heic” là ảnh HEIC. Nhận PDF, JPG, PNG, TIFF đến 20 MB. "
            "Lưu lại dạng JPG rồi tải lên.",
        ),
        "scanned": (
            ScannedPage("1", "Giấy chứng sinh.pdf", HERE),
            ScannedPage("2", TONES, HERE, False, "Mờ, khó đọc số: chụp lại"),
        ),
        "reason": Field(
            "ly-do-tra",
            "Lý do trả lại",
            "radios",
            choices=(Choice("thieu", "thiếu căn cứ"), Choice("sai", "nội dung sai")),
        ),
        "reason_text": Field("ly-do-chu", "Ghi rõ", "area", hint="Cán bộ thụ lý sẽ đọc đoạn này."),
        "findings": FINDINGS,
        "bars": BARS,
        "here": HERE,
    }
