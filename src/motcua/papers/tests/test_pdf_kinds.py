"""What a person sees on forms 02 to 05, on the receipt of a visit and in register 07."""

import subprocess
from dataclasses import replace

import pytest

from motcua.papers import pdf
from motcua.papers.pdf import NEW, OLD
from motcua.papers.tests.filled import (
    CODE,
    HOSTILE,
    KINDS,
    NAME,
    REQUEST,
    bare,
    form02,
    form03,
    form04,
    form05,
    form07,
    made,
    millimetres,
    read,
    row,
    visit,
    words,
)

MARK = "IN LẠI lần 2, 09:15 ngày 05/12/2026, Trần Văn Huỳnh"
LINES = {
    "02": (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", f"Mã hồ sơ: {CODE}", f"Hồ sơ của: {NAME}",
        f"Nội dung yêu cầu giải quyết: {REQUEST}", "Địa chỉ: Thửa đất số 12",
        "Số điện thoại: 0905 123 456", "Yêu cầu hoàn thiện hồ sơ gồm những nội dung sau:",
        "1. Giấy xác nhận tình trạng hôn nhân 2. Bản sao căn cước", "Lý do: Chưa đủ giấy tờ.",
        "liên hệ với Trần Văn Huỳnh, số điện thoại 0234 999 999 để được hướng dẫn./.",
        "NGƯỜI HƯỚNG DẪN", "Số: 05/PBS-BPTNTKQ",
    ),
    "03": (
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", f"Mã hồ sơ: {CODE}",
        f"Tiếp nhận hồ sơ của: {NAME}", "Số điện thoại: 0905 123 456",
        "thông báo không tiếp nhận, giải quyết hồ sơ này với lý do cụ thể như sau: "
        "Không thuộc thẩm quyền giải quyết.", "NGƯỜI NỘP", "NGƯỜI TIẾP NHẬN",
    ),
    "04": (
        f"Kính gửi: Ông (Bà)/Tổ chức {NAME}", f"mã số hồ sơ: {CODE}", "046190001234",
        "kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 26 tháng 11 năm 2026.",
        "chưa trả được kết quả đúng thời hạn", "Lý do: chờ xác minh. Sự chậm trễ",
        "xin lỗi Ông (Bà)/Tổ chức", "vào 17 giờ 00 phút, ngày 01 tháng 12 năm 2026.",
        "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "Hồ Văn Quyết", "Số: 01/PXL", "Nơi nhận:",
    ),
    "05": (
        "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", f"Mã số hồ sơ: {CODE}", "Kính gửi: Ông (Bà)/Tổ chức",
        "từ 17 giờ 00 phút, ngày 01 tháng 12 năm 2026, theo đề nghị của Ông (Bà)/Tổ chức.",
        "Lý do: chờ xác minh.", "Phí, lệ phí: chưa thu.", "Giấy tờ đã nộp được trả lại tại",
    ),
    "visit": (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ", "Dùng chung cho 3 hồ sơ",
        "H57.99.99-261123-0001 Việc thứ 1", "H57.99.99-261123-0003 Việc thứ 3",
        "Giấy tờ nộp: Tờ khai; 01 bộ.", "(trong ngày)", "NGƯỜI NỘP", "NGƯỜI TIẾP NHẬN",
    ),
    "07": (
        "SỔ THEO DÕI HỒ SƠ", "Lĩnh vực: Hộ tịch", "Lĩnh vực: Chứng thực", "Số: 01/STD-BPTNTKQ",
        "Số: 02/STD-BPTNTKQ", "Từ ngày 01/11/2026 đến ngày 23/11/2026",
        "H57.99.99- 261123-0001", "Thôn Phú Mỹ; 0905 123 456", "UBND xã Sao Mai", "Tại quầy",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "line"), [(k, line) for k in LINES for line in LINES[k]])
def test_each_form_carries_its_fields(kind: str, line: str) -> None:
    assert bare(line) in bare(words(made(KINDS[kind]())))


@pytest.mark.parametrize("kind", KINDS)
def test_another_reader_reads_the_same_vietnamese(kind: str) -> None:
    run = subprocess.run(
        ["pdftotext", "-", "-"], input=made(KINDS[kind]()), capture_output=True, check=True
    )
    text = bare(run.stdout.decode())
    assert bare(NAME) in text
    assert bare("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") in text


@pytest.mark.parametrize(
    ("kind", "regime", "size", "law"),
    [
        ("02", NEW, (210, 297), "Mẫu 02, Thông tư số 03/2025/TT-VPCP"),
        ("02", OLD, (148, 210), "Mẫu 02, Thông tư số 01/2018/TT-VPCP"),
        ("03", NEW, (210, 297), "Mẫu 03, Thông tư số 03/2025/TT-VPCP"),
        ("03", OLD, (148, 210), "Mẫu 03, Thông tư số 01/2018/TT-VPCP"),
        ("04", NEW, (210, 297), "Mẫu 04, Thông tư số 03/2025/TT-VPCP"),
        ("04", OLD, (148, 210), "Mẫu 04, Thông tư số 01/2018/TT-VPCP"),
        ("05", NEW, (210, 297), "Mẫu 05, Thông tư số 03/2025/TT-VPCP"),
        ("visit", NEW, (210, 297), "Theo Mẫu 01, Thông tư số 03/2025/TT-VPCP"),
        ("visit", OLD, (148, 210), "Theo Mẫu 01, Thông tư số 01/2018/TT-VPCP"),
        ("07", NEW, (297, 210), "Mẫu 07, Thông tư số 03/2025/TT-VPCP"),
        ("07", OLD, (297, 210), "Mẫu 06, Thông tư số 01/2018/TT-VPCP"),
    ],
)
def test_the_regime_decides_paper_and_name(
    kind: str, regime: str, size: tuple[int, int], law: str
) -> None:
    file = made(KINDS[kind](regime=regime))
    assert millimetres(file) == size
    assert law in words(file)


@pytest.mark.parametrize("regime", [NEW, OLD])
@pytest.mark.parametrize("kind", ["02", "03", "04", "05", "visit"])
def test_the_longest_names_still_leave_one_page(kind: str, regime: str) -> None:
    assert len(read(made(KINDS[kind](regime=regime))).pages) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_font_is_embedded(kind: str) -> None:
    listed = subprocess.run(
        ["pdffonts", "-"], input=made(KINDS[kind]()), capture_output=True, check=True
    )
    rows = listed.stdout.decode().splitlines()[2:]
    assert rows
    assert all(line.split()[-5] == "yes" for line in rows), rows


@pytest.mark.parametrize(
    "form",
    [
        form02(items=(HOSTILE,)), form02(reason=HOSTILE), form03(reason=HOSTILE),
        form03(desk=HOSTILE), form04(reason=HOSTILE), form04(issuer=HOSTILE, request="x"),
        form05(money=HOSTILE), form05(powers=(HOSTILE,)), visit(applicant=HOSTILE),
        form07(0, span=HOSTILE),
    ],
)  # fmt: skip
def test_text_that_looks_like_typst_is_printed_as_it_is(form: pdf.Letterhead) -> None:
    assert bare(HOSTILE) in bare(words(made(form)))


def test_a_hostile_entry_of_the_register_is_printed_as_it_is() -> None:
    books = (pdf.Booked(field=HOSTILE, number="1", rows=((*row(1)[:3], HOSTILE, *row(1)[4:]),)),)
    assert bare(words(made(form07(books=books)))).count(bare(HOSTILE)) == 2


def test_the_apology_of_2018_bears_its_old_title() -> None:
    assert "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ" in words(made(form04(regime=OLD)))
    assert "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT" in words(made(form04()))


def test_the_receipt_of_a_visit_names_whom_somebody_came_for() -> None:
    one = replace(visit().dossiers[0], principal="Hồ Văn Quyết, Giấy ủy quyền số 12")
    assert "Người ủy quyền: Hồ Văn Quyết, Giấy ủy quyền số 12" in words(
        made(visit(dossiers=(one,)))
    )
    assert "ủy quyền" not in words(made(visit()))


def test_a_notice_without_a_dossier_has_no_symbol_and_leaves_its_code_open() -> None:
    text = words(made(form03(code="")))
    assert "Mã hồ sơ (nếu có): ....." in text
    assert "dạng QR" not in text


def test_what_is_unknown_is_left_to_be_written_in() -> None:
    text = words(made(form02(items=(), contact_phone="")))
    assert "nội dung sau: 1. ....." in text
    assert "số điện thoại ....." in text


def test_a_reprint_says_so_on_every_page_and_is_otherwise_equal() -> None:
    data = form07().data()
    first, again = (read(pdf.printed(data, mark=mark)).pages for mark in ("", MARK))
    assert len(first) == len(again) > 1
    for before, after in zip(first, again, strict=True):
        assert bare(MARK) in bare(after.extract_text())
        rest = bare(after.extract_text()).replace(bare(MARK), "", 1)
        assert rest == bare(before.extract_text())


@pytest.mark.parametrize("regime", [NEW, OLD])
def test_the_head_of_the_register_stands_on_every_page_with_its_columns(regime: str) -> None:
    pages = [bare(page.extract_text()) for page in read(made(form07(regime=regime))).pages]
    columns = 13 if regime == OLD else 11
    numbers = "".join(f"({n})" for n in range(1, columns + 1))
    assert len(pages) > 3
    assert all(numbers in page and "Mãhồsơ" in page for page in pages)
    assert [page[0] for page in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]


def test_each_book_of_the_register_begins_on_a_page_of_its_own() -> None:
    pages = [page.extract_text() for page in read(made(form07(2))).pages]
    assert ["Hộ tịch" in page for page in pages] == [True, False]
    assert ["Chứng thực" in page for page in pages] == [False, True]


def test_an_entry_of_the_register_is_never_cut_in_two() -> None:
    text = [bare(page.extract_text()) for page in read(made(form07(60))).pages]
    for number in range(2, 61):  # both books have an entry 1
        holders = [page for page in text if f"{bare(NAME)}{number}Thôn" in page]
        assert len(holders) == 1, number


def test_a_book_without_entries_says_so() -> None:
    books = (pdf.Booked(field="Hộ tịch", number="1"),)
    assert "Không có hồ sơ." in words(made(form07(books=books)))


def test_a_long_register_is_made_in_a_process_of_its_own_and_is_the_same_file() -> None:
    data = form07(40).data()
    assert pdf.printed_apart(data) == pdf.printed(data)


def test_a_register_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(pdf.TookTooLong):
        pdf.printed_apart(form07().data(), seconds=0.01)


def test_what_the_other_process_says_when_it_fails_is_heard() -> None:
    with pytest.raises(RuntimeError, match="books"):
        pdf.printed_apart({k: v for k, v in form07().data().items() if k != "books"})
