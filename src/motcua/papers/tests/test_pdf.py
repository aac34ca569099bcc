"""What a person sees on forms 01 and 06, read back from the PDF."""

import io
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import segno
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from motcua.papers import fonts, pdf
from motcua.papers.pdf import Form01, Form06, Hop, Principal, engine, form01, form06

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
HOSTILE = (
    '#read("/etc/passwd") #panic() $x^2$ @ref <lbl> `raw` *b* _i_ \\ \\u{41} '
    "\"q\" 'q' // c /* d */ [c] {c} ~ -- ... https://example.vn"
)
MARKS = "Ẳ Ẫ Ễ Ộ Ự ỵ g Thửa đất số 12, Phường Thuỷ Xuân, Nguyễn Thị Ngọc Ẩn"
CODE = "H57.99.99-261123-0001"
PRINCIPAL = Principal(
    name="Hồ Văn Quyết",
    address="Tổ dân phố 4, phường Thuỷ Xuân",
    identity="046085009999",
    phone="0914 000 111",
    email="quyet@example.vn",
    proof="Giấy ủy quyền số 12",
)
PROOF = (
    "Nhận lúc 08 giờ 05 ngày thứ Hai 23/11/2026, trong giờ làm việc.",
    "03 ngày làm việc, không tính ngày nhận: 24/11, 25/11, 26/11.",
    "Hạn trả: 17 giờ 00 ngày thứ Năm 26/11/2026.",
)
AT = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)
DUE = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
HEAD = {
    "parent": "ỦY BAN NHÂN DÂN XÃ SAO MAI",
    "agency": "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
    "number": "0001/TTPVHCC (BPTNTKQ)",
    "place_date": pdf.place_and_date("Sao Mai", date(2026, 11, 23)),
    "issued_at": int(AT.timestamp()),
    "code": CODE,
    "received_at": pdf.moment_words(AT),
    "due_at": pdf.moment_words(DUE),
}


def receipt(**changes: object) -> Form01:
    fields = HEAD | {
        "desk": "Bộ phận Tiếp nhận và Trả kết quả xã Sao Mai",
        "applicant": "Nguyễn Thị Ngọc Ẩn",
        "identity": "046190001234",
        "address": "Thửa đất số 12, thôn Phú Mỹ, xã Sao Mai",
        "phone": "0905 123 456",
        "request": "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con",
        "papers": ("Tờ khai theo mẫu (01 bản chính)", "Giấy chứng sinh (01 bản chính)"),
        "term": "03 ngày làm việc",
        "result_place": "Bộ phận Tiếp nhận và Trả kết quả",
        "book": "02/2026",
        "book_entry": "0417",
        "submitter": "Nguyễn Thị Ngọc Ẩn",
        "receiver": "Trần Văn Huỳnh",
        "fee": "không thu",
        "proof": PROOF,
    }
    return Form01(**(fields | changes))


def hop(number: int, **changes: str) -> Hop:
    fields = {
        "unit": f"Đơn vị {number:02d}",
        "given_at": pdf.moment_short(AT),
        "taken_at": pdf.moment_short(AT),
        "giver": "Lê Thị Hiền",
        "taker": "Đặng Thị Thuỷ",
        "result": "Đúng hạn",
    }
    return Hop(**(fields | changes))


def slip(many: int = 3, **changes: object) -> Form06:
    made = tuple(hop(number) for number in range(1, many + 1))
    fields = HEAD | {"resolver": "Ủy ban nhân dân xã Sao Mai", "hops": made}
    return Form06(**(fields | changes))


def read(file: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(file))


def words(file: bytes) -> str:
    """The text of all pages with blanks and break marks as single blanks."""
    text = "\n".join(page.extract_text() for page in read(file).pages)
    return re.sub(r"\s+", " ", text)


def bare(text: str) -> str:
    """The text without blanks and break marks, for text wrapped inside words."""
    return re.sub(r"[\s\u200b]", "", text)


def faces(page: PageObject) -> dict[str, DictionaryObject]:
    """Font descriptors of the page by name without the subset tag."""
    found = {}
    for font in page["/Resources"]["/Font"].values():
        inner = font.get_object()["/DescendantFonts"][0].get_object()
        found[inner["/BaseFont"].split("+")[-1]] = inner["/FontDescriptor"].get_object()
    return found


def elements(node: object) -> Iterator[DictionaryObject]:
    """All structure elements below a node of the tag tree."""
    kids = node.get("/K", []) if isinstance(node, DictionaryObject) else []
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object()
        if isinstance(element, DictionaryObject):
            yield element
            yield from elements(element)


def test_vietnamese_text_reads_back_whole_and_composed() -> None:
    text = words(form01(receipt(applicant=unicodedata.normalize("NFD", MARKS))))
    assert f"Tiếp nhận hồ sơ của Ông (Bà)/Tổ chức: {MARKS}" in text
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize(
    "line",
    [
        f"Mã hồ sơ: {CODE}",
        "Số định danh cá nhân/tổ chức: 046190001234",
        "Địa chỉ: Thửa đất số 12, thôn Phú Mỹ, xã Sao Mai",
        "Số điện thoại: 0905 123 456",
        "Nội dung yêu cầu giải quyết: Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con",
        "Thành phần hồ sơ nộp gồm: 1. Tờ khai theo mẫu (01 bản chính) 2. Giấy chứng sinh",
        "Số lượng hồ sơ: 01 (bộ)",
        "Thời gian giải quyết hồ sơ theo quy định: 03 ngày làm việc",
        "Thời gian nhận hồ sơ: 08 giờ 05 phút, ngày 23 tháng 11 năm 2026",
        "Thời gian trả kết quả: 17 giờ 00 phút, ngày 26 tháng 11 năm 2026",
        "Đăng ký nhận kết quả tại: Bộ phận Tiếp nhận và Trả kết quả",
        "Quyển số: 02/2026; Số thứ tự: 0417",
        "(Chữ ký số của người tiếp nhận nếu là biểu mẫu điện tử)",
    ],
)
def test_the_receipt_carries_each_field_of_form_01(line: str) -> None:
    assert line in words(form01(receipt()))


def test_the_extras_stand_below_the_signatures() -> None:
    text = words(form01(receipt()))
    extras = text.index("Thông tin kèm theo (ngoài mẫu)")
    assert text.index("NGƯỜI TIẾP NHẬN") < extras < text.index("Phí, lệ phí: không thu")
    assert all(text.index(line) > extras for line in PROOF)


def test_without_extras_the_form_ends_with_the_signatures() -> None:
    assert "Thông tin kèm theo" not in words(form01(receipt(fee="", proof=())))


def test_the_authorising_person_is_shown_only_when_there_is_one() -> None:
    text = words(form01(receipt(principal=PRINCIPAL)))
    assert "Họ và tên: Hồ Văn Quyết" in text
    assert "Giấy tờ ủy quyền: Giấy ủy quyền số 12" in text
    assert "ủy quyền" not in words(form01(receipt()))


def test_an_unknown_value_leaves_a_dotted_line_to_fill_in() -> None:
    text = words(form01(receipt(email="", papers=(), book="")))
    assert re.search(r"Email: \.{20}", text)
    assert re.search(r"nộp gồm: 1\. \.{20}.* 3\. \.{20}", text)
    assert re.search(r"Quyển số: \.{10}", text)


@pytest.mark.parametrize("regime", pdf.REGIMES)
@pytest.mark.parametrize("agency", ["MỘT CỬA", HEAD["agency"], "TRUNG TÂM PHỤC VỤ " * 6, "A" * 90])
def test_the_motto_stays_on_one_line_beside_any_name(regime: str, agency: str) -> None:
    page = read(form01(receipt(regime=regime, agency=agency, place_date=MARKS * 2))).pages[0]
    lines = [line.strip() for line in page.extract_text().splitlines()]
    assert all(any(line.endswith(part) for line in lines) for part in MOTTO)


@pytest.mark.parametrize("regime", pdf.REGIMES)
def test_a_usual_receipt_is_one_page_without_a_number(regime: str) -> None:
    pages = read(form01(receipt(regime=regime))).pages
    assert len(pages) == 1
    assert pages[0].extract_text().startswith("ỦY BAN NHÂN DÂN")


def test_a_receipt_for_an_authorised_person_is_one_page() -> None:
    assert len(read(form01(receipt(principal=PRINCIPAL))).pages) == 1


@pytest.mark.parametrize(
    ("regime", "width", "law", "note"),
    [
        ("tt03-2025", 210, "Mẫu 01, Thông tư số 03/2025/TT-VPCP", "Chữ ký số của người nộp"),
        ("tt01-2018", 148, "Mẫu 01, Thông tư số 01/2018/TT-VPCP", "Ký và ghi rõ họ tên"),
    ],
)
def test_the_regime_decides_paper_and_wording(regime: str, width: int, law: str, note: str) -> None:
    made = form01(receipt(regime=regime))
    assert round(float(read(made).pages[0].mediabox.width) / 72 * 25.4) == width
    assert law in words(made)
    assert note in words(made)


def test_the_control_slip_was_form_05_in_2018() -> None:
    assert "Mẫu 05, Thông tư số 01/2018" in words(form06(slip(regime="tt01-2018")))
    assert "Mẫu 06, Thông tư số 03/2025" in words(form06(slip()))


def test_an_unknown_regime_is_refused() -> None:
    with pytest.raises(ValueError, match="tt99-2030"):
        receipt(regime="tt99-2030")


def test_the_watermark_is_on_every_page_and_absent_otherwise() -> None:
    mark = "BẢN TẬP HUẤN / DỮ LIỆU MINH HỌA"
    pages = read(form06(slip(20, watermark=mark))).pages
    assert len(pages) > 1
    assert all(mark in page.extract_text() for page in pages)
    assert "TẬP HUẤN" not in words(form01(receipt()))


@pytest.mark.parametrize("field", ["applicant", "parent", "number", "request", "watermark", "fee"])
def test_text_that_looks_like_typst_is_printed_as_it_is(field: str) -> None:
    assert bare(HOSTILE) in bare(words(form01(receipt(**{field: HOSTILE}))))


def test_text_that_looks_like_typst_is_printed_as_it_is_in_lists_too() -> None:
    made = form01(receipt(papers=(HOSTILE,), proof=(HOSTILE,), fee=""))
    assert bare(words(made)).count(bare(HOSTILE)) == 2
    noted = form06(slip(hops=(hop(1, note=HOSTILE),)))
    assert bare(HOSTILE) in bare(words(noted))


@pytest.mark.parametrize(
    "name", ["🙂 An", "مرحبا שלום", "a\x00b\x1b[31m", "\ud800", "\u202eđảo ngược", "tab\tdòng\nmới"]
)
def test_odd_characters_never_stop_a_form(name: str) -> None:
    text = words(form01(receipt(applicant=name)))
    assert "Số lượng hồ sơ: 01 (bộ)" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_procedure_name_of_49_syllables_is_whole() -> None:
    name = " ".join(["Nghiêng"] * 24 + ["ngả"] * 24 + ["hết"])
    made = form01(receipt(request=name))
    assert f"Nội dung yêu cầu giải quyết: {name} Thành phần" in words(made)
    assert len(read(made).pages) == 1


def test_a_name_without_blanks_wraps_inside_the_page() -> None:
    made = form01(receipt(submitter="Ẩ" * 300))
    assert bare(words(made)).count("Ẩ") >= 300
    right = float(read(made).pages[0].mediabox.width)
    places: list[float] = []
    for page in read(made).pages:
        page.extract_text(visitor_text=lambda text, cm, tm, *_: places.append(cm[4] + tm[4]))
    assert max(places) < right


def test_forty_hops_fill_pages_that_repeat_the_head_of_the_table() -> None:
    pages = [page.extract_text() for page in read(form06(slip(40))).pages]
    assert len(pages) > 2
    assert all("Tên đơn vị" in page for page in pages)
    assert pages[0].startswith("ỦY BAN")
    assert [page.split("\n")[0] for page in pages[1:]] == [
        str(number) for number in range(2, len(pages) + 1)
    ]
    text = " ".join(pages)
    assert [text.count(f"Đơn vị {number:02d}") for number in range(1, 41)] == [1] * 40


def test_a_hop_shows_who_gave_and_took_it_when_and_the_result() -> None:
    text = words(form06(slip(hops=(hop(1, result="Quá hạn", note="Lãnh đạo vắng"),))))
    when = "08 giờ 05 phút, ngày 23/11/2026"
    assert f"1. Giao: {when} 2. Nhận: {when} Người giao Người nhận" in text
    assert "Lê Thị Hiền Đặng Thị Thuỷ Quá hạn Lãnh đạo vắng" in text


def test_a_note_taller_than_a_page_is_not_cut() -> None:
    made = form06(slip(hops=(hop(1, note="lời " * 1500),)))
    assert words(made).count("lời") == 1500


@pytest.mark.parametrize("made", [form01(receipt(principal=PRINCIPAL)), form06(slip(12))])
def test_every_font_is_embedded(made: bytes) -> None:
    for page in read(made).pages:
        found = faces(page)
        assert found
        assert all("/FontFile2" in face or "/FontFile3" in face for face in found.values())


def test_the_file_names_its_title_language_and_time() -> None:
    file = read(form01(receipt()))
    assert file.metadata is not None
    assert file.metadata.title == f"Giấy tiếp nhận hồ sơ và hẹn trả kết quả {CODE}"
    assert file.metadata.creation_date == AT
    assert file.trailer["/Root"]["/Lang"] == "vi"


def test_the_same_data_give_the_same_bytes_in_a_new_compiler() -> None:
    first = form01(receipt())
    engine._compiler.cache_clear()
    assert form01(receipt()) == first
    assert form01(receipt(applicant="Trần Văn Khác")) != first


def drawn_modules(page: PageObject) -> tuple[set[tuple[int, int]], float]:
    """The dark modules (row, column) drawn on the page and the side of one in millimetres."""
    points, sides = [], set()

    def look(operator: bytes, operands: list[float], at: list[float], _: object) -> None:
        if operator in (b"m", b"l") and at[0] != 1:
            points.append((float(operands[0]), float(operands[1])))
            sides.add(float(at[0]) / 72 * 25.4)

    page.extract_text(visitor_operand_before=look)
    strokes = zip(points[::2], points[1::2], strict=True)
    dark = {(int(y), x) for (left, y), (right, _) in strokes for x in range(int(left), int(right))}
    return dark, sides.pop()


@pytest.mark.parametrize("regime", pdf.REGIMES)
def test_the_qr_symbol_holds_the_link_and_is_25_mm_wide_at_level_m(regime: str) -> None:
    link = f"https://motcua.example.vn/tra-cuu/{CODE}"
    page = read(form01(receipt(qr_text=link, regime=regime))).pages[0]
    symbol = segno.make(link, error="m", boost_error=False)
    dark, side = drawn_modules(page)
    rows = enumerate(symbol.matrix_iter(border=4))
    assert dark == {(y, x) for y, row in rows for x, module in enumerate(row) if module}
    assert side * symbol.symbol_size(border=0)[0] == pytest.approx(25, abs=0.1)


def test_below_the_symbol_stands_the_code_and_what_it_opens() -> None:
    file = read(form01(receipt(qr_says="Quét mã để xem hồ sơ")))
    assert f"{CODE}\nQuét mã để xem hồ sơ" in file.pages[0].extract_text()
    tags = elements(file.trailer["/Root"]["/StructTreeRoot"])
    assert [tag["/Alt"] for tag in tags if "/Alt" in tag] == [f"Quét mã để xem hồ sơ: {CODE}"]


def test_a_time_without_zone_is_refused_on_paper() -> None:
    with pytest.raises(ValueError, match="naive"):
        pdf.moment_words(AT.replace(tzinfo=None))


def test_times_are_written_in_vietnamese_time_as_the_decree_asks() -> None:
    at = datetime(2026, 2, 2, 18, 7, tzinfo=UTC)
    assert pdf.moment_words(at) == "01 giờ 07 phút, ngày 03 tháng 02 năm 2026"
    assert pdf.moment_short(at) == "01 giờ 07 phút, ngày 03/02/2026"
    assert pdf.place_and_date("Sao Mai", date(2026, 6, 5)) == "Sao Mai, ngày 05 tháng 6 năm 2026"


def test_without_any_times_face_the_built_in_serif_prints_the_same_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(engine, "serif", lambda: fonts.EMBEDDED)
    made = form01(receipt(applicant=MARKS, principal=PRINCIPAL))
    assert len(read(made).pages) == 1
    assert MARKS in words(made)
    assert all(name.startswith("LibertinusSerif") for name in faces(read(made).pages[0]))
