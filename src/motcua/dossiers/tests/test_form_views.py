"""The page of a dossier's forms: what is due, issuing, viewing, printing again."""

import io
import re

import pytest
from django.urls import reverse
from pypdf import PdfReader

from motcua.dossiers.models import IssuedForm
from motcua.journal.models import Read
from tests.visits import words


def page_of(dossier):
    return reverse("ho-so-bieu-mau", args=[dossier.code])


def address(name, dossier, which, *more):
    return reverse(name, args=[dossier.code, which, *more])


def text_of(answer):
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return re.sub(r"\s+", " ", "\n".join(page.extract_text() for page in pages))


def waiting(world):
    dossier = world.receive("2026-03-02 07:40")
    return world.do(
        "ask_supplement", dossier, "2026-03-02 07:50", papers=["Giấy xác nhận"], reason="thiếu"
    )


def test_a_new_dossier_offers_its_first_prints(world, visit):
    dossier = world.receive("2026-03-02 07:40")
    page = visit("desk").get(page_of(dossier))
    assert "Chưa lập biểu mẫu nào." in words(page)
    assert "In mẫu 01" in words(page) and "In mẫu 06" in words(page)
    assert "Cần lập" not in words(page)


def test_after_a_supplement_form_02_is_due_until_it_is_given_out(world, visit):
    dossier, client = waiting(world), visit("desk")
    assert "Lập mẫu 02, cấp số" in words(client.get(page_of(dossier)))
    sent = client.post(address("ho-so-mau-lap", dossier, "02"))
    assert sent.status_code == 302 and sent.url == page_of(dossier)
    page = words(client.get(page_of(dossier)))
    assert "Đã lập mẫu 02, số 01/PBS-BPTNTKQ." in page
    assert "Cần lập" not in page
    assert "02 Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ 01/PBS-BPTNTKQ 08:00, 02/03/2026" in page


def test_what_nothing_calls_for_is_refused_in_words(world, visit):
    dossier = world.receive("2026-03-02 07:40")
    answer = visit("desk").post(address("ho-so-mau-lap", dossier, "04"))
    assert answer.status_code == 409
    assert "chưa có việc nào cần mẫu 04" in words(answer)


@pytest.mark.parametrize("which", ["01", "06", "07", "xx"])
def test_only_02_to_05_are_given_out_by_a_button(world, visit, which):
    answer = visit("desk").post(address("ho-so-mau-lap", world.receive(), which))
    assert answer.status_code == 404


def test_a_form_not_given_out_yet_leads_to_the_page_of_forms(world, visit):
    dossier, client = waiting(world), visit("desk")
    url = address("ho-so-mau", dossier, "02")
    assert client.get(url).url == page_of(dossier)
    client.post(address("ho-so-mau-lap", dossier, "02"))
    assert "1. Giấy xác nhận" in text_of(client.get(url))


def test_viewing_counts_nothing_and_printing_again_counts_and_leaves_its_trace(world, visit, clock):
    dossier, client = world.receive("2026-03-02 07:40"), visit("desk")
    first = client.get(address("ho-so-mau", dossier, "01"))
    shown = client.get(address("ho-so-mau-ban-in", dossier, "01", 1))
    assert shown.content == first.content
    clock.set("2026-03-02 09:15")
    again = text_of(client.post(address("ho-so-mau-in-lai", dossier, "01", 1)))
    mark = "IN LẠI lần 1, 09:15 ngày 02/03/2026, Cán bộ tiếp nhận"
    assert mark in again
    assert again.replace(mark, "").split() == text_of(first).split()
    assert IssuedForm.objects.get().prints == 2
    purposes = Read.objects.order_by("id").values_list("purpose", flat=True)
    assert list(purposes) == [
        f"in mẫu 01 hồ sơ {dossier.code}", f"xem mẫu 01 hồ sơ {dossier.code}",
        f"in lại mẫu 01 hồ sơ {dossier.code}",
    ]  # fmt: skip


def test_the_electronic_version_is_fetched_as_a_file(world, visit):
    dossier, client = world.receive("2026-03-02 07:40"), visit("desk")
    client.get(address("ho-so-mau", dossier, "01"))
    answer = client.get(address("ho-so-mau-dien-tu", dossier, "01", 1))
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"pdfaid" in answer.content and b"/AcroForm" in answer.content


def test_a_form_that_was_never_given_out_is_not_found(world, visit):
    dossier = world.receive("2026-03-02 07:40")
    for name in ("ho-so-mau-ban-in", "ho-so-mau-dien-tu"):
        assert visit("desk").get(address(name, dossier, "01", 1)).status_code == 404
    assert visit("desk").post(address("ho-so-mau-in-lai", dossier, "01", 1)).status_code == 404


def test_who_may_not_print_sees_no_buttons(world, visit):
    dossier = waiting(world)
    page = visit("statistician").get(page_of(dossier)).content.decode()
    assert "Lập mẫu 02, cấp số" not in page


def test_the_sub_navigation_of_a_dossier_leads_to_its_forms(world, visit):
    dossier = world.receive("2026-03-02 07:40")
    page = visit("desk").get(reverse("ho-so-chi-tiet", args=[dossier.code])).content.decode()
    assert f'href="{page_of(dossier)}"' in page
