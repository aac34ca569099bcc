"""Reception of people: cards read as text, people without a number, further dossiers, origin."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from motcua.dossiers import printing_receipts
from motcua.dossiers.models import Dossier, Person, Visit
from motcua.journal import queries as journal
from motcua.journal.models import Read
from motcua.kernel.vntime import local
from tests.visits import KEY, value, words
from tests.world import at

CARD = "001090001234|191234567|Nguyễn Thị Ngọc Ẩn|27031990|Nữ|Thôn 1|01012021"
MARRIAGE = {"ma-thu-tuc": "1.000894", "giay-khac": "Tờ khai"}
WRITE = {"ghi": "1", "khoa": KEY}


@pytest.fixture
def desk(visit):
    return visit("desk")


def post(client, *given):
    answers = {}
    for one in given:
        answers |= one
    return client.post(reverse("tiep-nhan"), answers)


def focused(response):
    found = re.search(r"<[^>]*\bautofocus[^>]*>", response.content.decode())
    return re.search(r'name="([^"]*)"', found[0])[1]


def hidden(response):
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    return {name: given for name, given in found if name != "csrfmiddlewaretoken"}


# Cards


@pytest.mark.parametrize("button", ["kiem-tra", "ghi", "sua-ten", "da-kiem-tra"])
def test_a_card_read_into_the_number_fills_the_form_and_writes_nothing(world, desk, button):
    before = world.written()
    shown = post(desk, MARRIAGE, {"so-dinh-danh": CARD + "\n", button: "1"})
    assert shown.status_code == 200 and world.written() == before
    assert value(shown, "so-dinh-danh") == "001090001234"
    assert value(shown, "ho-ten") == "Nguyễn Thị Ngọc Ẩn"
    assert (value(shown, "ngay-sinh"), value(shown, "dia-chi")) == ("27/03/1990", "Thôn 1")
    assert "Đối chiếu" not in words(shown)


def test_what_a_card_filled_in_can_be_received(world, desk):
    shown = post(desk, MARRIAGE, {"so-dinh-danh": CARD, "kiem-tra": "1"})
    given = {n: value(shown, n) for n in ("so-dinh-danh", "ho-ten", "ngay-sinh", "dia-chi")}
    assert post(desk, MARRIAGE, given, hidden(shown), {"ghi": "1"}).status_code == 302
    person = Person.objects.get()
    assert (person.name, person.birth) == ("Nguyễn Thị Ngọc Ẩn", "1990-03-27")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (CARD.replace("Ẩn", "A63n"), "Họ tên có thể sai dấu. Đối chiếu với thẻ."),
        (CARD.replace("27031990", "27031991"), "Năm sinh không khớp với số định danh."),
        (CARD.replace("|", ""), "Mã thẻ mất dấu ngăn."),
    ],
)
def test_a_doubtful_card_asks_for_a_look_at_it(desk, typed, said):
    shown = post(desk, MARRIAGE, {"so-dinh-danh": typed, "kiem-tra": "1"})
    assert said in words(shown) and value(shown, "so-dinh-danh") == "001090001234"


def test_a_card_that_cannot_be_read_says_so_at_the_field_and_keeps_what_came(world, desk):
    spoilt = CARD.replace("001090001234", "00109ơ01234")
    shown = post(desk, MARRIAGE, {"so-dinh-danh": spoilt, "ghi": "1"})
    assert "Không đọc được mã trên thẻ căn cước." in words(shown)
    assert value(shown, "so-dinh-danh") == spoilt and not Dossier.objects.exists()


def test_a_known_name_is_kept_where_the_card_lost_its_marks(world, desk):
    world.receive(id_number="001090001234", name="Nguyễn Thị Ngọc Ẩn", procedure="1.001776")
    shown = post(desk, MARRIAGE, {
        "so-dinh-danh": CARD.replace("Nguyễn Thị Ngọc Ẩn", "Nguyen Thi Ngoc An"),
        "kiem-tra": "1"})  # fmt: skip
    assert value(shown, "ho-ten") == "Nguyễn Thị Ngọc Ẩn"
    assert "thẻ đọc “Nguyen Thi Ngoc An”. Giữ tên trong sổ." in words(shown)


def test_a_name_typed_before_is_not_overwritten_but_compared(desk):
    shown = post(desk, MARRIAGE, {"so-dinh-danh": CARD, "ho-ten": "Lê Thị B", "kiem-tra": "1"})
    assert value(shown, "ho-ten") == "Lê Thị B"
    assert "Thẻ đọc được “Nguyễn Thị Ngọc Ẩn”. Xem lại họ tên." in words(shown)


def test_one_known_under_the_old_number_gets_the_new_one_with_the_history(world, desk):
    world.receive(id_number="191234567", name="Nguyễn Thị Ngọc Ẩn", procedure="1.001776")
    known = Person.objects.get()
    shown = post(desk, MARRIAGE, {"so-dinh-danh": CARD, "kiem-tra": "1"})
    assert "Có phải người này? Nguyễn Thị Ngọc Ẩn, 1990 19••••567" in words(shown)
    assert focused(shown) == "la-nguoi"
    given = {"so-dinh-danh": "001090001234", "ho-ten": "Nguyễn Thị Ngọc Ẩn"}
    taken = post(desk, MARRIAGE, given, hidden(shown), {"la-nguoi": str(known.pk)})
    assert "Ghi vào người đã có trong sổ: Nguyễn Thị Ngọc Ẩn" in words(taken)
    assert post(desk, MARRIAGE, given, hidden(taken), {"ghi": "1"}).status_code == 302
    assert Person.objects.get().id_number == "001090001234"
    changed = journal.events_of(Person.objects.get()).last().data["changed"]
    assert changed["id_number"] == ["191234567", "001090001234"]


# Without a number


@pytest.fixture
def hoa(world):
    """Somebody known by name and year only."""
    return world.receive(id_number="", name="Lê Thị Hoa", procedure="1.001776").applicant


@pytest.mark.parametrize(
    ("birth", "stored"),
    [("1954", "1954"), ("3/1954", "1954-03"), ("", ""), ("1/3/1954", "1954-03-01")],
)
def test_a_person_without_a_number_and_an_exact_birth_date_is_received(desk, birth, stored):
    given = {"ho-ten": "Lê Thị Hoa", "ngay-sinh": birth, "ly-do-khong-so": "mất giấy tờ"}
    assert post(desk, MARRIAGE, given, WRITE).status_code == 302
    person = Person.objects.get()
    assert (person.id_number, person.birth) == ("", stored)
    assert journal.events_of(person).get().data["no_number"] == "mất giấy tờ"


def test_a_namesake_without_a_number_is_asked_about_before_anything_is_written(world, desk, hoa):
    before = world.written()
    given = {"ho-ten": "LÊ THỊ HOA", "ngay-sinh": "1990"}
    asked = post(desk, MARRIAGE, given, WRITE)
    assert asked.status_code == 422 and world.written() == before
    assert "Trong sổ có người cùng tên. Chưa ghi." in words(asked)
    assert 'href="#cung-ten"' in asked.content.decode()
    assert post(desk, MARRIAGE, given, hidden(asked), WRITE, {"nguoi": str(hoa.pk)}).url
    assert Person.objects.count() == 1 and Dossier.objects.filter(applicant=hoa).count() == 2


def test_another_person_of_the_same_name_is_noted_when_the_desk_says_so(world, desk, hoa):
    given = {"ho-ten": "Lê Thị Hoa", "ngay-sinh": ""}
    asked = post(desk, MARRIAGE, given, {"nguoi-khac": "1"})
    assert "Có phải người này?" not in words(asked) and hidden(asked)["nguoi"] == "moi"
    assert post(desk, MARRIAGE, given, hidden(asked), WRITE).status_code == 302
    assert Person.objects.count() == 2


def test_another_year_of_birth_is_another_person(desk, hoa):
    assert post(desk, MARRIAGE, {"ho-ten": "Lê Thị Hoa", "ngay-sinh": "1955"}, WRITE).url
    assert Person.objects.count() == 2


def test_who_was_recognised_is_forgotten_when_another_name_is_typed(desk, hoa):
    given = {"ho-ten": "Trần Thị Hoa", "nguoi": str(hoa.pk)}
    assert post(desk, MARRIAGE, given, WRITE).status_code == 302
    assert Person.objects.count() == 2


def test_whoever_is_offered_leaves_the_trace_of_a_read(world, desk, hoa):
    post(desk, {"ho-ten": "Lê Thị Hoa", "kiem-tra": "1"})
    assert Read.objects.get().subject_id == hoa.pk


# Further dossiers of one visit


@pytest.fixture
def first(world, desk):
    given = {"so-dinh-danh": "001090001234", "ho-ten": "Nguyễn Thị Ngọc Ẩn", "giay-1": "co"}
    post(desk, given, {"ma-thu-tuc": "1.001193", "so-ban-1": "2"}, WRITE)
    return Dossier.objects.get()


def add(desk, dossier, button="khac-thu-tuc"):
    return desk.post(reverse("nhan-them", args=[dossier.code]), {button: "1"})


def answers(response, *names):
    return {name: value(response, name) for name in names} | hidden(response)


def test_the_next_dossier_keeps_the_person_and_shows_no_number(desk, first):
    shown = add(desk, first)
    assert value(shown, "ho-ten") == "Nguyễn Thị Ngọc Ẩn"
    assert "001090001234" not in shown.content.decode()
    assert "chung một giấy tiếp nhận" in words(shown) and focused(shown) == "thu-tuc"
    done = post(desk, answers(shown, "ho-ten", "khoa"), MARRIAGE, {"ghi": "1"})
    second = Dossier.objects.get(code__endswith="0002")
    assert done.url == reverse("da-tiep-nhan", args=[second.code])
    assert second.applicant_id == first.applicant_id and Person.objects.count() == 1
    listed = words(desk.get(done.url))
    assert "Lượt này có 2 hồ sơ" in listed and first.code in listed
    assert "In một giấy cho cả lượt" in listed and "In giấy tiếp nhận" not in listed


def test_a_further_set_of_the_same_procedure_needs_no_more_than_the_confirmation(desk, first):
    current = first
    for number in (2, 3):
        shown = add(desk, current, "cung-thu-tuc")
        assert focused(shown) == "kiem-tra"
        given = answers(shown, "ho-ten", "khoa", "so-ban-1")
        done = post(desk, given, {"giay-1": "co", "ma-thu-tuc": "1.001193", "ghi": "1"})
        assert done.status_code == 302
        current = Dossier.objects.get(code__endswith=f"000{number}")
    assert Visit.objects.count() == 1 and current.papers.get().quantity == 2


def test_a_visit_of_another_person_is_refused_at_the_name(desk, first):
    given = hidden(add(desk, first)) | {"ho-ten": "Lê Thị B", "nguoi": "", "so-dinh-danh": ""}
    refused = post(desk, given, MARRIAGE, {"ghi": "1"})
    assert refused.status_code == 422 and "Lượt này của Nguyễn Thị Ngọc Ẩn" in words(refused)
    assert Dossier.objects.count() == 1


def test_the_address_typed_again_leads_to_an_empty_form(desk, first):
    assert desk.get(reverse("nhan-them", args=[first.code])).url == reverse("tiep-nhan")


def test_the_next_day_nothing_is_added(visit, clock, first):
    clock.set("2026-03-03 08:00")
    shown = visit("desk").get(reverse("da-tiep-nhan", args=[first.code]))
    assert "Nhận thêm hồ sơ" not in words(shown)


def test_a_person_without_a_number_stays_one_person_through_a_visit(world, desk, hoa):
    dossier = Dossier.objects.get()
    shown = add(desk, dossier)
    assert post(desk, answers(shown, "ho-ten", "khoa"), MARRIAGE, {"ghi": "1"}).status_code == 302
    assert Person.objects.count() == 1 and Visit.objects.get().person_id == hoa.pk


def test_who_files_for_another_stays_in_the_form_of_the_next(desk):
    filer = {"nop-cho": "khac", "nguoi-nop": "Lê Văn Cậy", "uy-quyen": "số 12", "ho-ten": "Lê A"}
    post(desk, filer, MARRIAGE, WRITE)
    shown = add(desk, Dossier.objects.get())
    assert (value(shown, "nguoi-nop"), value(shown, "uy-quyen")) == ("Lê Văn Cậy", "số 12")


# Where it was before


def test_what_came_by_post_keeps_the_date_of_the_envelope_and_our_clock_starts_now(world, desk):
    given = {"ho-ten": "Lê A", "kenh": "post", "ngay-truoc": "26/2/2026"}
    post(desk, given, MARRIAGE, WRITE)
    dossier = Dossier.objects.get()
    assert dossier.origin == {
        "agency": "Bưu chính", "code": "", "received_at": "2026-02-26T00:00:00+07:00"}  # fmt: skip
    assert local(dossier.started_at) == at("2026-03-02 08:00")
    told = words(desk.get(reverse("da-tiep-nhan", args=[dossier.code])))
    assert "Nơi nhận trước: Bưu chính, nhận 26/02/2026. Hạn tính từ lúc cơ quan này nhận" in told


def test_what_another_agency_took_in_is_on_the_page_of_the_dossier(world, desk):
    given = {"ho-ten": "Lê A", "noi-truoc": "UBND xã Khác", "ma-truoc": "H9-1",
             "ngay-truoc": "27/2/2026", "gio-truoc": "9h30"}  # fmt: skip
    post(desk, given, MARRIAGE, WRITE)
    dossier = Dossier.objects.get()
    assert dossier.foreign_code == "H9-1"
    told = words(desk.get(reverse("ho-so-chi-tiet", args=[dossier.code])))
    assert "Nơi nhận trước UBND xã Khác, mã H9-1, nhận 09:30 27/02/2026" in told


def test_the_proof_of_the_receipt_says_where_it_was_before(world, desk):
    given = {"ho-ten": "Lê A", "noi-truoc": "UBND xã Khác", "ngay-truoc": "27/2/2026"}
    post(desk, given, MARRIAGE, WRITE)
    line = "Nơi nhận trước: UBND xã Khác, nhận 27/02/2026. Hạn tính từ lúc cơ quan này nhận"
    dossier = Dossier.objects.get()
    assert line in words(desk.get(reverse("ho-so-chi-tiet", args=[dossier.code])))
    with translation.override("en"):
        assert printing_receipts._proof(dossier)[0].startswith(line)


@pytest.mark.parametrize(
    ("given", "said", "field"),
    [
        ({"ngay-truoc": "3/3/2026", "kenh": "post"}, "Ngày 03/03/2026 sau hôm nay", "o-ngay-truoc"),
        ({"ma-truoc": "H9-1"}, "Chưa ghi nơi đã nhận trước", "o-noi-truoc"),
        ({"noi-truoc": "Xã", "gio-truoc": "9:00"}, "Có giờ mà chưa có ngày", "o-ngay-truoc"),
        ({"noi-truoc": "Xã", "ngay-truoc": "30/2/2026"}, "30/2/2026", "o-ngay-truoc"),
    ],
)
def test_an_origin_that_cannot_be_is_told_at_its_field(world, desk, given, said, field):
    before = world.written()
    refused = post(desk, {"ho-ten": "Lê A"}, MARRIAGE, given, WRITE)
    assert refused.status_code == 422 and world.written() == before
    assert said in words(refused) and f'href="#{field}"' in refused.content.decode()
