"""Forms 02 to 05 given out for what happened to a dossier: words, numbers, reprints."""

import io
import re
from hashlib import sha256

import pytest
from django.utils import translation
from pypdf import PdfReader

from motcua.dossiers import actions, books, person_queries, printing
from motcua.dossiers.models import Book, IssuedForm
from motcua.dossiers.persons import PersonIn
from motcua.dossiers.refusals_forms import BadSeal, NoOccasion
from motcua.dossiers.rules import AuthorityKind, Filer, PaperIn, ReturnBy
from motcua.dossiers.tests.test_at_once import at_once
from motcua.papers import actions as uploads
from motcua.papers import queries as files
from motcua.papers.tests.test_pdf_signable import SEAL
from motcua.people import actions as people
from motcua.people.rules import Role
from tests.world import at

DAY = "2026-03-03 09:00"


def text_of(content):
    pages = PdfReader(io.BytesIO(content)).pages
    return re.sub(r"\s+", " ", "\n".join(page.extract_text() for page in pages))


def words(row):
    return text_of(files.content(row.file))


def millimetres(row):
    box = PdfReader(io.BytesIO(files.content(row.file))).pages[0].mediabox
    return round(float(box.width) / 72 * 25.4)


def supplement(world, dossier, when=DAY, **given):
    return world.do(
        "ask_supplement", dossier, when, papers=["Giấy xác nhận", "Bản sao"], reason="còn thiếu",
        **given,
    )  # fmt: skip


def extended(world, dossier, when=DAY, new="2026-03-10 17:00"):
    return world.do("extend", dossier, when, new_due_at=at(new), reason="chờ xác minh")


def given(world, dossier, form, when=DAY):
    return printing.issue(dossier=dossier, form=form, by=world.desk, at=at(when))


def test_form_02_tells_what_is_missing_and_why(world):
    dossier = world.receive("2026-03-02 08:00", name="Nguyễn Thị Ngọc Ẩn")
    supplement(world, dossier)
    row = given(world, dossier, "02")
    text = words(row)
    for line in (
        "Số: 01/PBS-BPTNTKQ", f"Mã hồ sơ: {dossier.code}", "Hồ sơ của: Nguyễn Thị Ngọc Ẩn",
        "1. Giấy xác nhận 2. Bản sao", "Lý do: còn thiếu", "Mẫu 02, Thông tư số 03/2025",
    ):  # fmt: skip
        assert line in text, line


def test_form_03_is_given_after_appraisal(world):
    dossier = world.receive("2026-03-02 08:00")
    world.to_signing(dossier, DAY)
    world.do("refuse", dossier, DAY, reason="không đủ điều kiện")
    text = words(given(world, dossier, "03"))
    assert "như sau: không đủ điều kiện" in text
    assert f"tổ chức: {dossier.applicant.id_number}" in text
    assert "Số: 01/PTC-BPTNTKQ" in text


def test_form_04_apologises_and_promises_the_new_time(world):
    dossier = world.receive("2026-03-02 08:00")
    extended(world, dossier)
    text = words(given(world, dossier, "04"))
    assert "kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 05 tháng 3 năm 2026." in text
    assert "vào 17 giờ 00 phút, ngày 10 tháng 3 năm 2026." in text
    assert "Số: 01/PXL " in text
    assert "CHỦ TỊCH" in text and text.startswith("ỦY BAN NHÂN DÂN XÃ XA-THU CỘNG HÒA")


def test_a_deputy_signs_for_the_head(world):
    world.deputy.post.title = "Phó Chủ tịch"
    world.deputy.post.save()
    dossier = world.receive("2026-03-02 08:00")
    world.do(
        "extend", dossier, DAY, by=world.deputy, new_due_at=at("2026-03-10 17:00"), reason="chờ"
    )
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in words(given(world, dossier, "04"))


@pytest.mark.parametrize(("verb", "asked"), [("withdraw", True), ("stop", False)])
def test_form_05_says_when_why_and_who_asked(world, verb, asked):
    dossier = world.receive("2026-03-02 08:00")
    world.do(verb, dossier, DAY, reason="đã tự giải quyết")
    text = words(given(world, dossier, "05"))
    assert "từ 09 giờ 00 phút, ngày 03 tháng 3 năm 2026" in text
    assert ("theo đề nghị của Ông (Bà)/Tổ chức" in text) is asked
    assert "Lý do: đã tự giải quyết." in text
    assert "Số: 01/TBD " in text


def test_a_fee_that_was_paid_is_named_when_the_dossier_stops(world):
    dossier = world.receive("2026-03-02 08:00", procedure="2.000815")
    world.do("take_fee", dossier, "2026-03-02 08:05", amount=2000)
    world.do("stop", dossier, "2026-03-02 09:00", reason="hỏng bản chính")
    assert "đã nộp 2.000 đồng" in words(given(world, dossier, "05", "2026-03-02 09:05"))


def test_without_an_event_there_is_no_form_and_no_number(world):
    dossier = world.receive("2026-03-02 08:00")
    with pytest.raises(NoOccasion):
        given(world, dossier, "02")
    assert not Book.objects.filter(name="PBS").exists()


def test_what_was_undone_calls_for_no_form(world):
    dossier = world.receive("2026-03-02 08:00")
    asked = supplement(world, dossier)
    actions.undo(
        by=world.desk, at=at("2026-03-03 09:05"), key="un", dossier_id=dossier.pk,
        event=asked.journal_seq,
    )  # fmt: skip
    with pytest.raises(NoOccasion):
        given(world, dossier, "02", "2026-03-03 09:10")


def test_given_out_twice_it_is_the_same_paper_with_the_same_number(world):
    dossier = world.receive("2026-03-02 08:00")
    supplement(world, dossier)
    first = given(world, dossier, "02")
    again = given(world, dossier, "02", "2026-03-04 09:00")
    assert (again.pk, again.number) == (first.pk, 1)
    assert Book.objects.get(name="PBS").last == 1


def test_a_second_supplement_has_a_paper_and_a_number_of_its_own(world):
    dossier = world.receive("2026-03-02 08:00")
    supplement(world, dossier)
    first = given(world, dossier, "02")
    papers = [PaperIn("Giấy xác nhận")]
    world.do("take_supplement", dossier, "2026-03-04 09:00", papers=papers)
    supplement(world, dossier, "2026-03-04 10:00", approved_by=world.leader, grounds="luật khác")
    second = given(world, dossier, "02", "2026-03-04 10:05")
    assert (first.number, second.number) == (1, 2)


def test_numbers_begin_anew_with_the_year(world):
    numbers = []
    for when in ("2026-03-02 08:00", "2026-03-02 08:30", "2027-03-02 08:00"):
        dossier = world.receive(when)
        supplement(world, dossier, when)
        numbers.append(given(world, dossier, "02", when).number)
    assert numbers == [1, 2, 1]


def test_a_dossier_of_before_july_2025_gets_the_forms_of_2018(world):
    dossier = world.receive("2025-06-30 08:00")
    slip = printing.control_slip(dossier=dossier, by=world.desk, at=at("2025-07-02 08:00"))
    assert "Mẫu 05, Thông tư số 01/2018" in text_of(files.content(slip))
    supplement(world, dossier, "2025-07-02 09:00")
    row = given(world, dossier, "02", "2025-07-02 09:00")
    assert "Số: 01/HDHS" in words(row)
    assert "Mẫu 02, Thông tư số 01/2018" in words(row)
    assert millimetres(row) == 148
    widths = {r.form: millimetres(r) for r in IssuedForm.objects.filter(dossier=dossier)}
    assert widths == {"02": 148, "06": 210}


def test_the_new_form_05_serves_an_old_dossier_only_after_the_change(world):
    dossier = world.receive("2025-06-26 08:00")
    world.do("stop", dossier, "2025-06-27 09:00", reason="trùng hồ sơ")
    with pytest.raises(NoOccasion):
        given(world, dossier, "05", "2025-06-27 09:05")
    later = world.receive("2025-06-30 08:00")
    world.do("stop", later, "2025-07-02 09:00", reason="trùng hồ sơ")
    row = given(world, later, "05", "2025-07-02 09:05")
    assert "Mẫu 05, Thông tư số 03/2025" in words(row)


def test_all_control_slips_of_a_dossier_bear_one_number(world):
    first, second = world.receive("2026-03-02 08:00"), world.receive("2026-03-02 08:10")
    for dossier, when in ((first, "08:20"), (second, "08:21")):
        printing.control_slip(dossier=dossier, by=world.desk, at=at(f"2026-03-02 {when}"))
    world.do("assign", first, "2026-03-02 09:00", to=world.specialist)
    printing.control_slip(dossier=first, by=world.desk, at=at("2026-03-02 09:01"))
    numbers = IssuedForm.objects.filter(dossier=first, form="06").values_list("number", flat=True)
    assert list(numbers) == [1, 1]


def test_the_receipt_is_not_given_out_again_for_what_it_does_not_tell(world):
    dossier = world.receive("2026-03-02 08:00")
    first = printing.receipt(dossier=dossier, by=world.desk, at=at("2026-03-02 08:05"))
    world.do("assign", dossier, "2026-03-02 09:00", to=world.specialist)
    later = printing.receipt(dossier=dossier, by=world.desk, at=at("2026-03-02 10:00"))
    assert later.pk == first.pk


def test_a_reprint_says_which_when_and_who_and_keeps_all_else(world):
    dossier = world.receive("2026-03-02 08:00")
    supplement(world, dossier)
    row = given(world, dossier, "02")
    for number in (1, 2):
        mark = f"IN LẠI lần {number}, 10:15 ngày 05/03/2026, Chủ tịch"
        made = printing.reprint(form=row, by=world.leader, at=at("2026-03-05 10:15"))
        assert text_of(made).replace(mark, "").split() == words(row).split()
        assert mark in text_of(made)
    row.refresh_from_db()
    assert (row.prints, row.number) == (3, 1)


def test_a_reprint_tells_what_was_true_then(world):
    dossier = world.receive("2026-03-02 08:00")
    supplement(world, dossier)
    row = given(world, dossier, "02")
    dossier.applicant.name = "Tên Mới"
    dossier.applicant.save()
    made = printing.reprint(form=row, by=world.desk, at=at("2026-03-05 10:15"))
    assert "Nguyễn Thị Ẩn" in text_of(made) and "Tên Mới" not in text_of(made)


def test_a_form_kept_before_its_data_were_can_be_printed_again(world):
    dossier = world.receive("2026-03-02 08:00")
    printing.receipt(dossier=dossier, by=world.desk, at=at("2026-03-02 08:05"))
    printing.control_slip(dossier=dossier, by=world.desk, at=at("2026-03-02 08:05"))
    IssuedForm.objects.update(data=None, number=None)
    for row in IssuedForm.objects.filter(dossier=dossier):
        made = text_of(printing.reprint(form=row, by=world.desk, at=at("2026-03-05 10:15")))
        assert "IN LẠI lần 1" in made and dossier.code in made


def test_the_electronic_version_has_a_field_for_each_signature(world):
    dossier = world.receive("2026-03-02 08:00")
    extended(world, dossier)
    printing.receipt(dossier=dossier, by=world.desk, at=at("2026-03-03 10:00"))
    given(world, dossier, "04")
    fields = {
        row.form: sorted(PdfReader(io.BytesIO(printing.electronic(row))).get_fields())
        for row in printing.forms_of(dossier)
    }
    assert fields == {"01": ["nguoi_nop", "nguoi_tiep_nhan"], "04": ["thu_truong"]}


def test_the_letterhead_of_the_day_heads_the_paper(world):
    people.set_letterhead(
        by=world.administrator, at=at("2026-03-02 07:30"), key="dau", agency=world.agency,
        on=at(DAY).date(), parent_line="UBND xã Thử Nghiệm", phone="0234 123 456",
        desk_line="Trung tâm Phục vụ hành chính công",
    )  # fmt: skip
    dossier = world.receive("2026-03-02 08:00")
    supplement(world, dossier)
    text = words(given(world, dossier, "02"))
    assert "Số: 01/PBS-TTPVHCC" in text
    assert "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG" in text
    assert "số điện thoại 0234 123 456" in text


def test_of_many_at_once_no_two_get_one_number(committed_world):
    series = books.SERIES.on(at(DAY).date())["02"]
    numbers = at_once(*[lambda: books.next_number(series, 2026)] * 24)
    assert sorted(numbers) == list(range(1, 25))


def test_of_two_who_give_one_form_out_at_once_both_hold_the_same(committed_world):
    world = committed_world
    dossier = world.receive("2026-03-02 08:00")
    supplement(world, dossier)
    rows = at_once(*[lambda: given(world, dossier, "02")] * 2)
    assert rows[0].pk == rows[1].pk
    assert IssuedForm.objects.filter(form="02").count() == 1


def test_a_book_of_a_field_keeps_its_number_all_year(world):
    series = books.SERIES.on(at(DAY).date())["07"]
    long = "chat-luong-cong-trinh-xay-dung"
    numbers = [books.book_of_field(series, f, 2026) for f in ("ho-tich", long, "ho-tich", long)]
    assert numbers == [1, 2, 1, 2]
    assert books.book_of_field(series, long + "-2", 2026) == 3
    assert books.book_of_field(series, "ho-tich", 2027) == 1


def test_the_receipt_of_a_visit_names_every_dossier_and_is_kept_at_each(world):
    first = world.receive("2026-03-02 08:00")
    second = actions.receive_more(
        by=world.desk, at=at("2026-03-02 08:05"), key="them", after=first.pk,
        procedure="1.001776", papers=[PaperIn("Đơn")],
        applicant=PersonIn(first.applicant.name, first.applicant.id_number),
    )  # fmt: skip
    second.refresh_from_db()
    visit = person_queries.visit(second.visit_id)
    file = printing.visit_receipt(visit, by=world.desk, at=at("2026-03-02 08:06"))
    text = text_of(files.content(file))
    assert "Dùng chung cho 2 hồ sơ" in text
    assert first.code in text and second.code in text
    assert "17 giờ 00 phút, ngày 05 tháng 3 năm 2026 (3 ngày làm việc)" in text
    again = printing.visit_receipt(visit, by=world.desk, at=at("2026-03-02 08:09"))
    assert again.pk == file.pk
    rows = IssuedForm.objects.filter(form=printing.VISIT)
    assert {row.dossier_id for row in rows} == {first.pk, second.pk}
    printing.reprint(form=rows[0], by=world.desk, at=at("2026-03-02 08:10"))
    assert set(rows.values_list("prints", flat=True)) == {2}


def test_papers_stay_vietnamese_for_who_reads_english(world):
    dossier = world.receive("2026-03-02 08:00", return_by=ReturnBy.POST)
    world.do("assign", dossier, "2026-03-02 09:00", to=world.specialist)
    supplement(world, dossier)
    with translation.override("en"):
        printing.receipt(dossier=dossier, by=world.desk, at=at(DAY))
        printing.control_slip(dossier=dossier, by=world.desk, at=at(DAY))
        given(world, dossier, "02")
    text = " ".join(words(row) for row in printing.forms_of(dossier))
    for line in (
        "3 ngày làm việc", "Bưu chính công ích", "Yêu cầu bổ sung: 09 giờ", Role.SPECIALIST.vi,
        "thứ Năm",
    ):  # fmt: skip
        assert line in text, line


def sealed(world, picture):
    stored = uploads.store(uploads.Upload("dau.png", SEAL))
    path = uploads.path_of(digest := sha256(picture).hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture)
    type(stored).objects.filter(pk=stored.pk).update(sha256=digest)
    people.set_letterhead(
        by=world.administrator, at=at("2026-03-02 07:30"), key="dau", agency=world.agency,
        on=at("2026-03-02 00:00").date(), seal_id=stored.pk,
    )  # fmt: skip


def drawn(row):
    return len(PdfReader(io.BytesIO(printing.electronic(row))).pages[0].images)


def test_the_seal_is_drawn_only_on_what_the_head_signs_electronically(world):
    sealed(world, SEAL)
    dossier = world.receive("2026-03-02 08:00")
    extended(world, dossier)
    printing.receipt(dossier=dossier, by=world.desk, at=at("2026-03-03 10:00"))
    row = given(world, dossier, "04")
    assert {one.form: drawn(one) for one in printing.forms_of(dossier)} == {"01": 0, "04": 1}
    assert len(PdfReader(io.BytesIO(files.content(row.file))).pages[0].images) == 0


def test_a_seal_that_is_no_picture_is_said_in_words(world):
    sealed(world, SEAL[:40])
    dossier = world.receive("2026-03-02 08:00")
    extended(world, dossier)
    with pytest.raises(BadSeal, match="Ảnh con dấu"):
        printing.electronic(given(world, dossier, "04"))


def test_on_the_receipt_of_a_visit_stands_for_whom_each_dossier_is(world):
    filer = Filer(name="Trần Văn Thay", kind=AuthorityKind.WRITTEN, paper="Giấy ủy quyền số 12")
    first = world.receive("2026-03-02 08:00", name="Nguyễn Thị Ẩn", filer=filer)
    second = actions.receive_more(
        by=world.desk, at=at("2026-03-02 08:05"), key="them", after=first.pk,
        procedure="1.001776", papers=[PaperIn("Đơn")], applicant=PersonIn("Trần Văn Thay"),
    )  # fmt: skip
    visit = person_queries.visit(second.visit_id)
    file = printing.visit_receipt(visit, by=world.desk, at=at("2026-03-02 08:06"))
    text = text_of(files.content(file))
    assert "Ông (Bà)/Tổ chức: Trần Văn Thay" in text
    assert text.count("Người ủy quyền") == 1
    assert f"Nguyễn Thị Ẩn, {first.applicant.id_number}, Giấy ủy quyền số 12" in text
