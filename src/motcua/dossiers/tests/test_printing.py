"""Forms 01 and 06 as the citizen and the desk hold them, read back from the PDF."""

import io
import re

from pypdf import PdfReader

from motcua.dossiers import actions, printing
from motcua.dossiers.models import Dossier, IssuedForm
from motcua.dossiers.rules import AuthorityKind, Filer, PaperAs, PaperIn
from motcua.papers import queries as files
from motcua.papers.models import StoredFile
from tests.world import at


def words(file):
    pages = PdfReader(io.BytesIO(files.content(file))).pages
    return re.sub(r"\s+", " ", "\n".join(page.extract_text() for page in pages))


def printed(world, dossier, when="2026-03-02 08:05", form=printing.receipt):
    return form(dossier=dossier, by=world.desk, at=at(when))


def test_the_receipt_says_who_what_when_and_why_then(world):
    dossier = world.receive("2026-03-02 08:00", name="Nguyễn Thị Ngọc Ẩn")
    text = words(printed(world, dossier))

    for line in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN XÃ XA-THU", "Số: 0001/BPTNTKQ", f"Mã hồ sơ: {dossier.code}",
        "Ông (Bà)/Tổ chức: Nguyễn Thị Ngọc Ẩn", f"tổ chức: {dossier.applicant.id_number}",
        "Nội dung yêu cầu giải quyết: Thủ tục Kết hôn", "1. Tờ khai (01 bản chính)",
        "theo quy định: 3 ngày làm việc",
        "Thời gian nhận hồ sơ: 08 giờ 00 phút, ngày 02 tháng 3 năm 2026",
        "Thời gian trả kết quả: 17 giờ 00 phút, ngày 05 tháng 3 năm 2026",
        "Cán bộ tiếp nhận", "Phí, lệ phí: không thu", "Cách tính hạn trả:",
        "Mẫu 01, Thông tư số 03/2025/TT-VPCP",
    ):  # fmt: skip
        assert line in text, line


def test_asked_for_again_the_receipt_is_the_same_file(world):
    dossier = world.receive()
    first = printed(world, dossier)
    again = printed(world, dossier, "2026-03-04 16:00")

    assert again.pk == first.pk
    assert (IssuedForm.objects.count(), StoredFile.objects.count()) == (1, 1)
    assert IssuedForm.objects.get().at == at("2026-03-02 08:05")


def test_after_a_supplement_the_receipt_promises_the_new_time_and_the_old_one_is_kept(world):
    dossier = world.receive("2026-03-02 08:00")
    first = printed(world, dossier)
    common = {"by": world.desk, "dossier_id": dossier.pk}
    actions.ask_supplement(
        at=at("2026-03-03 09:00"), key="hoi", papers=["Giấy xác nhận"], reason="thiếu", **common
    )
    actions.take_supplement(
        at=at("2026-03-05 09:00"), key="nhan", papers=[PaperIn("Giấy xác nhận")], **common
    )
    # `dossier` is what the page showed before: the form tells what is true now.
    text = words(printed(world, dossier, "2026-03-05 09:05"))

    assert "Thời gian trả kết quả: 17 giờ 00 phút, ngày 09 tháng 3 năm 2026" in text
    assert "2. Giấy xác nhận (01 bản chính)" in text
    assert "ngày 05 tháng 3 năm 2026 Đăng ký" in words(first)


def test_an_extension_stands_below_the_proof_of_the_first_due_time(world):
    dossier = world.receive("2026-03-02 08:00")
    actions.extend(
        by=world.leader, at=at("2026-03-03 08:00"), key="han", dossier_id=dossier.pk,
        new_due_at=at("2026-03-10 17:00"), reason="chờ xác minh",
    )  # fmt: skip
    text = words(printed(world, dossier))

    assert "Thời gian trả kết quả: 17 giờ 00 phút, ngày 10 tháng 3 năm 2026" in text
    assert "Đã gia hạn, hẹn lại: 17 giờ 00 phút, ngày 10 tháng 3 năm 2026." in text


def test_who_files_for_another_signs_and_the_other_is_named_below(world):
    filer = Filer(
        name="Trần Văn Thay", kind=AuthorityKind.WRITTEN, paper="Giấy ủy quyền số 12",
        id_number="001099000009", phone="0905000111",
    )  # fmt: skip
    dossier = world.receive(name="Nguyễn Thị Ngọc Ẩn", filer=filer)
    text = words(printed(world, dossier))

    assert "Ông (Bà)/Tổ chức: Trần Văn Thay" in text
    assert "tổ chức: 001099000009" in text
    assert "người ủy quyền: Họ và tên: Nguyễn Thị Ngọc Ẩn" in text
    assert f"Số định danh cá nhân: {dossier.applicant.id_number}" in text
    assert "Giấy tờ ủy quyền: Giấy ủy quyền số 12" in text


def test_each_paper_says_how_it_came(world):
    dossier = world.receive(
        papers=[
            PaperIn("Tờ khai", quantity=2, original=False), PaperIn("Ảnh", how=PaperAs.FILE),
            PaperIn("Cư trú", how=PaperAs.DATA), PaperIn("Giấy kết hôn", how=PaperAs.EXEMPT),
        ]
    )  # fmt: skip
    text = words(printed(world, dossier))

    assert "1. Tờ khai (02 bản sao) 2. Ảnh (bản điện tử)" in text
    assert "3. Cư trú (khai thác từ dữ liệu) 4. Giấy kết hôn (được miễn)" in text


def test_the_fee_is_in_figures_and_words(world):
    dossier = world.receive(procedure="2.000815")
    fee = "Phí, lệ phí: {} đồng ({} nghìn đồng), {}"
    text = words(printed(world, dossier))
    assert fee.format("2.000", "hai", "chưa nộp") in text and "chưa nộp đủ" not in text
    world.do("take_fee", dossier, "2026-03-02 08:10", amount=2000)
    assert fee.format("2.000", "hai", "đã nộp") in words(printed(world, dossier))
    world.do("ask_fee", dossier, "2026-03-02 08:20", amount=3000, reason="thêm bản")
    assert fee.format("5.000", "năm", "chưa nộp đủ") in words(printed(world, dossier))


def test_a_dossier_of_2023_is_printed_on_the_form_of_its_day(world):
    dossier = world.receive("2023-11-29 08:00")
    file = printed(world, dossier, "2023-11-29 08:05")

    assert "Mẫu 01, Thông tư số 01/2018/TT-VPCP" in words(file)
    assert "Số: 0001/TNHS" in words(file)
    width = PdfReader(io.BytesIO(files.content(file))).pages[0].mediabox.width
    assert round(float(width) / 72 * 25.4) == 148


def test_the_control_slip_follows_the_dossier_from_hand_to_hand(world):
    dossier = world.receive("2026-03-02 08:00")
    world.to_done(dossier, "2026-03-06 10:00")
    actions.hand_over(by=world.desk, at=at("2026-03-06 14:00"), key="tra", dossier_id=dossier.pk)
    text = words(printed(world, dossier, "2026-03-06 15:00", printing.control_slip))

    assert "Số: 01/PKS-BPTNTKQ" in text
    assert "Cơ quan (bộ phận) giải quyết hồ sơ: UBND xã xa-thu" in text
    hops = [
        "Nguyễn Thị Ẩn Cán bộ tiếp nhận", "Cán bộ tiếp nhận Công chức chuyên môn",
        "Công chức chuyên môn Chủ tịch", "Chủ tịch Văn thư", "Văn thư Cán bộ tiếp nhận Quá hạn",
        "Cán bộ tiếp nhận Nguyễn Thị Ẩn",
    ]  # fmt: skip
    places = [text.index(hop) for hop in hops]
    assert places == sorted(places)
    assert text.count("Quá hạn") == 1
    assert "1. Giao: 08 giờ 00 phút, ngày 02/03/2026" in text


def test_on_the_control_slip_nobody_took_what_no_clerk_has_touched(world):
    dossier = world.receive("2026-03-02 08:00")
    world.to_signing(dossier, "2026-03-03 10:00")
    actions.approve(by=world.leader, at=at("2026-03-03 11:00"), key="ky", dossier_id=dossier.pk)
    text = words(printed(world, dossier, "2026-03-03 12:00", printing.control_slip))

    assert re.search(r"1\. Giao: 11 giờ 00 phút, ngày 03/03/2026 2\. Nhận: \.{5}", text)


def test_the_control_slip_notes_pauses_beside_who_held_the_dossier(world):
    dossier = world.receive("2026-03-02 08:00")
    actions.ask_supplement(
        by=world.desk, at=at("2026-03-03 09:00"), key="hoi", dossier_id=dossier.pk,
        papers=["Giấy xác nhận"], reason="thiếu",
    )  # fmt: skip
    text = words(printed(world, dossier, "2026-03-03 10:00", printing.control_slip))
    assert "Yêu cầu bổ sung: 09 giờ 00 phút, ngày 03/03/2026" in text


def test_printing_neither_moves_the_dossier_nor_writes_into_its_journal(world):
    dossier = world.receive()
    printed(world, dossier)
    printed(world, dossier, form=printing.control_slip)
    assert Dossier.objects.get(pk=dossier.pk).journal_seq == 1


def test_of_two_who_print_at_once_both_hold_the_first_file(world, monkeypatch):
    dossier = world.receive()
    first = printed(world, dossier)
    monkeypatch.setattr(printing, "_latest", lambda d, f: None)

    assert printed(world, dossier, "2026-03-02 08:06").pk == first.pk
    assert IssuedForm.objects.count() == 1
