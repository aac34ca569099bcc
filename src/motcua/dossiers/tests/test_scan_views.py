"""Scans that are attached, exempt, refused, downloaded; the forms that are printed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.dossiers.rules import PaperIn
from motcua.journal.models import Read
from motcua.papers.actions import Upload
from tests.visits import KEY, value, words

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def page(name, dossier, *more):
    return reverse(name, args=[dossier.code, *more])


def reads(subject):
    return list(Read.objects.filter(subject_id=subject.pk).values_list("by_id", "purpose"))


def scan(name="quet.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def test_a_scan_is_kept_and_comes_back_as_a_download_in_a_sandbox(world, visit):
    dossier = world.receive()
    client = visit("desk")
    given = {"tep-1": scan("tờ khai.pdf"), "khoa": KEY}
    done = client.post(page("ho-so-ban-quet", dossier), given)
    assert done.url == page("ho-so-chi-tiet", dossier)
    assert "có bản quét" in words(client.get(done.url))
    answer = client.get(page("ho-so-giay", dossier, 1))
    assert answer.content == PDF
    name = f"{dossier.code}-giay-1.pdf"  # never what the file was called at the counter
    assert answer["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (world.desk.pk, f"mở bản quét 1 hồ sơ {dossier.code}") in reads(dossier.applicant)


@pytest.mark.parametrize("number", [1, 2, 10**30])
def test_a_scan_that_is_not_there_is_not_found(world, visit, number):
    assert visit("desk").get(page("ho-so-giay", world.receive(), number)).status_code == 404


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda: {"tep-1": scan("anh1.heic", b"\0\0\0 ftypheic")}, "không phải PDF, JPG, PNG"),
        (lambda: {"tep-1": scan("a.png", PDF)}, "có tên là image/png nhưng nội dung là"),
        (lambda: {"tep-1": scan("a.pdf", b"")}, "Tệp “a.pdf” trống."),
        (lambda: {"tep-1": scan("a.pdf", PDF + b"/JavaScript")}, "mã chạy được"),
        (lambda: {"mien-1": "x" * 301}, "Lý do dài 301 chữ cái; ghi gọn trong 300."),
        (dict, "Chưa chọn tệp nào."),
        (lambda: {"tep-9": scan()}, "Hồ sơ không có giấy tờ số 9."),
    ],
)
def test_an_upload_is_refused_with_its_reason_and_typed_words_stay(world, visit, given, said):
    dossier = world.receive(papers=[PaperIn("Tờ khai"), PaperIn("Ảnh")])
    before = world.written()
    answers = {"mien-2": "ảnh đã trả lại"} if given() else {}
    refused = visit("desk").post(page("ho-so-ban-quet", dossier), given() | answers | {"khoa": KEY})
    assert refused.status_code == 422 and said in words(refused)
    assert world.written() == before
    assert not answers or value(refused, "mien-2") == "ảnh đã trả lại"


def test_a_file_too_large_is_refused_with_its_size(world, visit, monkeypatch):
    monkeypatch.setattr("motcua.papers.uploads.LIMIT", 100)
    refused = visit("desk").post(
        page("ho-so-ban-quet", world.receive()), {"tep-1": scan(content=PDF * 9), "khoa": KEY}
    )
    assert refused.status_code == 422 and "nhận đến 0 MB" in words(refused)


def test_files_of_no_paper_are_not_read(world, visit, monkeypatch):
    looked_at = []
    monkeypatch.setattr(
        "motcua.papers.uploads.check", lambda name, content: looked_at.append(name) or "x"
    )
    given = {f"tep-{number}": scan(f"{number}.pdf") for number in range(2, 30)} | {"khac": scan()}
    refused = visit("desk").post(
        page("ho-so-ban-quet", world.receive()), given | {"tep-1": scan("1.pdf"), "khoa": KEY}
    )
    assert refused.status_code == 422 and "Hồ sơ không có giấy tờ số 29." in words(refused)
    assert looked_at == ["1.pdf"]


def test_who_was_slower_is_told_and_sends_again(world, visit):
    dossier = world.receive(papers=[PaperIn("Tờ khai"), PaperIn("Ảnh")])
    client, address = visit("desk"), page("ho-so-ban-quet", dossier)
    given = {"da-thay": value(client.get(address), "da-thay"), "mien-2": "đã trả lại"}
    world.do("attach_scans", dossier, "2026-03-02 08:00", scans={1: Upload("a.pdf", PDF)})
    before = world.written()
    refused = client.post(address, given | {"tep-1": scan(content=PDF + b"%"), "khoa": KEY})
    assert refused.status_code == 409 and "vừa sửa hồ sơ này" in words(refused)
    assert world.written() == before
    again = given | {"da-thay": value(refused, "da-thay"), "tep-1": scan(content=PDF + b"%")}
    assert client.post(address, again | {"khoa": KEY}).url == page("ho-so-chi-tiet", dossier)
    assert client.get(page("ho-so-giay", dossier, 1)).content == PDF + b"%"


def test_a_paper_may_stay_unscanned_for_a_reason(world, visit):
    dossier = world.receive()
    client = visit("desk")
    client.post(page("ho-so-ban-quet", dossier), {"mien-1": "trả lại bản chính", "khoa": KEY})
    shown = words(client.get(page("ho-so-chi-tiet", dossier)))
    assert "không quét: trả lại bản chính" in shown
    dossier.refresh_from_db()
    assert dossier.digitised


@pytest.mark.parametrize("which", ["01", "06"])
def test_forms_are_printed_as_pdf_and_are_reads(world, visit, which):
    dossier = world.receive()
    answer = visit("desk").get(page("ho-so-mau", dossier, which))
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("inline")
    assert reads(dossier.applicant) == [(world.desk.pk, f"in mẫu {which} hồ sơ {dossier.code}")]


def test_a_form_that_does_not_exist_is_not_found(world, visit):
    assert visit("desk").get(page("ho-so-mau", world.receive(), "99")).status_code == 404
