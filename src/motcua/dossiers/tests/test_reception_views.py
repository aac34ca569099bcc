"""Receiving on one screen: every button but one writes nothing, and what was typed stays."""

import re

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier, Person
from motcua.dossiers.rules import Channel, PaperAs, ReturnBy
from motcua.journal import queries as journal
from motcua.journal.models import Read
from motcua.kernel.vntime import local
from tests.visits import KEY, value, words
from tests.world import at

PERSON = {
    "so-dinh-danh": "001 090 001 234", "ho-ten": "Nguyễn Thị Ngọc Ẩn", "ngay-sinh": "27/3/1990",
    "dien-thoai": "0912 345 678", "dia-chi": "Thôn 1", "nop-cho": "minh",
}  # fmt: skip
BIRTH = {"ma-thu-tuc": "1.001193", "thu-tuc": "khai sinh", "giay-1": "co", "so-ban-1": "2"}
MARRIAGE = {"ma-thu-tuc": "1.000894", "giay-khac": "Tờ khai\nẢnh", "nhan-kq": "post"}
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
    """What the page puts the keyboard on: the name of the input or button."""
    found = re.findall(
        r"<(?:input|button|textarea)[^>]*\bautofocus[^>]*>", response.content.decode()
    )
    assert len(found) == 1, found
    return re.search(r'name="([^"]*)"', found[0])[1]


def test_an_empty_form_asks_for_the_procedure_first(desk):
    shown = desk.get(reverse("tiep-nhan"))
    assert focused(shown) == "thu-tuc"
    assert "Chọn thủ tục để thấy giấy tờ, hẹn trả và phí." in words(shown)


def test_a_dossier_is_received_and_the_citizen_is_told_when(world, desk):
    done = post(desk, PERSON, BIRTH, WRITE)
    dossier = Dossier.objects.get()
    assert done.url == reverse("da-tiep-nhan", args=[dossier.code])
    told = words(desk.get(done.url))
    assert "Đã tiếp nhận …0001. Hẹn trả 17:00 hôm nay." in told and dossier.code in told
    person = dossier.applicant
    assert (person.name, person.id_number) == ("Nguyễn Thị Ngọc Ẩn", "001090001234")
    assert (person.birth, person.phone) == ("1990-03-27", "0912345678")
    paper = dossier.papers.get()
    assert (paper.name, paper.how, paper.quantity) == ("Giấy chứng sinh", PaperAs.PAPER, 2)


def test_what_is_to_be_posted_needs_an_address_or_a_telephone(world, desk):
    nowhere = PERSON | {"dia-chi": "", "dien-thoai": ""}
    refused = post(desk, nowhere, MARRIAGE, WRITE)
    assert refused.status_code == 422 and not Dossier.objects.exists()
    assert "Nhận kết quả qua bưu chính mà chưa có địa chỉ hay điện thoại" in words(refused)
    assert 'href="#o-dia-chi"' in refused.content.decode()
    assert post(desk, nowhere, MARRIAGE, {"dien-thoai": "0912 345 678"}, WRITE).status_code == 302


def test_other_papers_a_return_by_post_and_the_channel_are_kept(world, desk):
    post(desk, PERSON, MARRIAGE, {"kenh": "online", "noi-dung": "gấp"}, WRITE)
    dossier = Dossier.objects.get()
    assert [p.name for p in dossier.papers.all()] == ["Tờ khai", "Ảnh"]
    assert (dossier.channel, dossier.return_by) == (Channel.ONLINE, ReturnBy.POST)
    assert dossier.content == "gấp" and dossier.papers.first().how == PaperAs.FILE


def test_who_files_for_another_is_kept_with_the_authority(world, desk):
    filer = {"nop-cho": "khac", "nguoi-nop": "Lê Văn Cậy", "uy-quyen": "số 12"}
    post(desk, PERSON, BIRTH, filer, WRITE)
    assert Dossier.objects.get().filer["name"] == "Lê Văn Cậy"


def test_a_repeated_key_receives_once(world, desk):
    first, second = (post(desk, PERSON, BIRTH, WRITE) for _ in range(2))
    assert first.url == second.url
    assert Dossier.objects.count() == Person.objects.count() == 1


@pytest.mark.parametrize(
    "button", ["kiem-tra", "tim", "dung-nguoi", "du-tat-ca", "quay-lai", "khac-nua"]
)
def test_every_button_but_one_writes_nothing_and_keeps_what_was_typed(world, desk, button):
    before = world.written()
    shown = post(desk, PERSON, BIRTH, {button: "1"})
    assert shown.status_code == 200 and world.written() == before
    for name in ("ho-ten", "so-dinh-danh", "dia-chi", "thu-tuc"):
        assert value(shown, name) == (PERSON | BIRTH)[name]


def test_the_key_stays_the_same_from_check_to_check(world, desk):
    assert value(post(desk, BIRTH, {"kiem-tra": "1", "khoa": KEY}), "khoa") == KEY


# The keyboard goes to the first thing still open


@pytest.mark.parametrize(
    ("given", "goes_to"),
    [
        ({"thu-tuc": "khong co thu tuc nay"}, "thu-tuc"),
        ({"thu-tuc": "h"}, "ma-thu-tuc"),
        ({"thu-tuc": "khai"}, "so-dinh-danh"),
        (BIRTH | {"so-dinh-danh": "001090009999"}, "ho-ten"),
        (BIRTH | {"so-dinh-danh": "001090000077", "giay-1": ""}, "dung-nguoi"),
        (BIRTH | {"ho-ten": "Lê A", "giay-1": ""}, "du-tat-ca"),
        (BIRTH | {"ho-ten": "Lê A", "nop-cho": "khac", "giay-1": ""}, "nguoi-nop"),
        ({"ma-thu-tuc": "1.000894", "ho-ten": "Lê A"}, "giay-khac"),
        ({"ma-thu-tuc": "1.009999", "ho-ten": "Lê A", "giay-khac": "Đơn"}, "thoi-han"),
        (BIRTH | {"ho-ten": "Lê A"}, "kiem-tra"),
    ],
)
def test_a_check_leads_to_the_first_thing_still_open(world, desk, given, goes_to):
    world.receive(id_number="001090000077", name="Trần Văn Biết")
    assert focused(post(desk, given, {"kiem-tra": "1"})) == goes_to


def test_a_known_person_is_offered_masked_and_taken_over_by_one_button(world, desk):
    world.receive(id_number="001090000077", name="Trần Văn Biết")
    given = BIRTH | {"so-dinh-danh": "001090000077", "giay-1": ""}
    offered = post(desk, given, {"kiem-tra": "1"})
    assert "Trần Văn Biết, 1990 0010••••0077" in words(offered)
    taken = post(desk, given, {"dung-nguoi": "1"})
    assert (value(taken, "ho-ten"), value(taken, "ngay-sinh")) == ("Trần Văn Biết", "1990")
    assert "Dùng dữ liệu này" not in words(taken)
    assert focused(taken) == "du-tat-ca"


def test_a_stranger_is_said_to_be_new(world, desk):
    shown = post(desk, BIRTH, {"so-dinh-danh": "001090009999", "kiem-tra": "1"})
    assert "Chưa có người mang số này." in words(shown)


def test_a_check_shows_papers_due_time_with_its_proof_and_fee(world, desk):
    shown = words(post(desk, {"thu-tuc": "chung thuc", "kiem-tra": "1"}))
    assert "17:00 hôm nay" in shown and "Cách tính hạn" in shown and "2.000 đồng" in shown


def test_all_papers_are_marked_by_one_button(world, desk):
    shown = post(desk, BIRTH | {"giay-1": ""}, {"du-tat-ca": "1"}).content.decode()
    assert 'name="giay-1" value="co" checked' in shown


def test_a_changed_search_forgets_the_procedure_chosen_before(world, desk):
    shown = post(desk, BIRTH | {"thu-tuc": "kết hôn"}, {"kiem-tra": "1"})
    assert "1.000894 · Thủ tục Kết hôn" in words(shown)
    assert "Giấy chứng sinh" not in words(shown)


# Refusals


@pytest.mark.parametrize(
    ("given", "said", "field"),
    [
        ({"ho-ten": " "}, "Chưa có họ và tên người nộp. Gõ như trên căn cước.", "o-ho-ten"),
        ({"so-dinh-danh": "00109000123"}, "“00109000123” có 11 chữ số", "o-so-dinh-danh"),
        ({"ngay-sinh": "30/02/1990"}, "30/02/1990", "o-ngay-sinh"),
        ({"ngay-sinh": "2027"}, "Ngày sinh 2027 chưa đến", "o-ngay-sinh"),
        ({"ngay-sinh": "3/3/2026"}, "Ngày sinh 3/3/2026 chưa đến", "o-ngay-sinh"),
        ({"ngay-sinh": "1/1/54"}, "Ghi đủ bốn chữ số của năm sinh", "o-ngay-sinh"),
        ({"ma-thu-tuc": "", "thu-tuc": ""}, "Chưa chọn thủ tục. Gõ vài chữ", "o-thu-tuc"),
        ({"ma-thu-tuc": "9.999999", "thu-tuc": ""}, "9.999999", "o-thu-tuc"),
        ({"ma-thu-tuc": "1.010001", "thu-tuc": ""}, "hết hiệu lực từ 01/02/2026", "o-thu-tuc"),
        ({"ma-thu-tuc": "1.010000", "thu-tuc": ""}, "Tạm trú", "o-thu-tuc"),
        ({"nop-cho": "khac", "nguoi-nop": "Lê C"}, "Chưa có giấy ủy quyền cho Lê C", "o-uy-quyen"),
        ({"ma-thu-tuc": "1.000894", "thu-tuc": ""}, "Chưa ghi giấy tờ nào.", "o-giay-khac"),
        (
            {"ma-thu-tuc": "1.009999", "thu-tuc": "", "giay-khac": "Đơn"},
            "Danh mục chưa có thời hạn", "o-thoi-han",
        ),
        (
            {"ma-thu-tuc": "1.009999", "thu-tuc": "", "giay-khac": "Đơn", "thoi-han": "vài hôm"},
            "vài hôm", "o-thoi-han",
        ),
        (
            {"ma-thu-tuc": "2.000815", "thu-tuc": "", "giay-khac": "Bản chính", "kenh": "online"},
            "không nhận qua kênh “trực tuyến”", "o-kenh",
        ),
        ({"ho-ten": "Lê " * 80}, "ghi gọn trong 200", "o-ho-ten"),
        ({"giay-khac": "x" * 401}, "ghi gọn tên giấy tờ trong 400", "o-giay-khac"),
    ],
)  # fmt: skip
def test_a_refused_form_says_why_at_the_field_and_writes_nothing(world, desk, given, said, field):
    before = world.written()
    refused = post(desk, PERSON, BIRTH, given, WRITE)
    shown = refused.content.decode()
    assert refused.status_code == 422 and world.written() == before
    assert f'href="#{field}"' in shown and said in words(refused)
    assert value(refused, "dia-chi") == "Thôn 1" and value(refused, "khoa") == KEY


def test_every_fault_is_told_at_once_in_the_order_of_the_page(world, desk):
    refused = post(desk, BIRTH, {"giay-1": "thieu", "so-dinh-danh": "12"}, WRITE)
    told = words(refused).split("Tiếp nhận hồ sơ bắt đầu")[0]
    assert "Cần sửa 3 chỗ" in told
    order = [told.index(one) for one in ("có 2 chữ số", "Chưa có họ và tên", "Còn thiếu")]
    assert order == sorted(order)


def test_a_missing_paper_leads_to_its_line(world, desk):
    refused = post(desk, PERSON, BIRTH, {"giay-1": "thieu"}, WRITE)
    assert refused.status_code == 422
    assert 'href="#giay-1-1"' in refused.content.decode()
    assert "Còn thiếu Giấy chứng sinh." in words(refused)


@pytest.mark.parametrize(("chosen", "how"), [("du-lieu", PaperAs.DATA), ("mien", PaperAs.EXEMPT)])
def test_a_paper_may_be_data_or_not_needed(world, desk, chosen, how):
    assert post(desk, PERSON, BIRTH, {"giay-1": chosen}, WRITE).status_code == 302
    assert Dossier.objects.get().papers.get().how == how


def test_the_number_of_another_person_is_refused_with_that_persons_name(world, desk):
    world.receive(id_number="001090001234", name="Trần Văn Biết")
    refused = post(desk, PERSON, BIRTH, WRITE)
    assert refused.status_code == 422
    assert "Số định danh này đã ghi cho Trần Văn Biết." in words(refused)
    assert Dossier.objects.count() == 1


@pytest.fixture
def twin(world, desk):
    post(desk, PERSON, BIRTH, WRITE)
    return post(desk, PERSON, BIRTH, {"dia-chi": "Thôn 9"}, WRITE | {"khoa": f"{KEY}-2"})


def kept(response):
    """The answers that the page of a possible duplicate carries on."""
    found = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode())
    return {name: given for name, given in found if name != "csrfmiddlewaretoken"}


def test_a_possible_duplicate_is_asked_about_once_and_nothing_is_written(world, desk, twin):
    assert twin.status_code == 409 and Dossier.objects.count() == 1
    assert "đang có hồ sơ H99.99.99-260302-0001 cùng thủ tục" in words(twin)
    back = post(desk, kept(twin), {"quay-lai": "1"})
    assert value(back, "dia-chi") == "Thôn 9" and value(back, "khoa") == f"{KEY}-2"
    assert Dossier.objects.count() == 1


def test_a_checked_duplicate_is_received(world, desk, twin):
    assert post(desk, kept(twin), {"da-kiem-tra": "1"}).status_code == 302
    assert Dossier.objects.count() == 2


@pytest.mark.parametrize("name", ["tiep-nhan", "tim-thu-tuc", "xem-truoc"])
@pytest.mark.parametrize("who", ["specialist", "leader", "clerk", "statistician"])
def test_reception_is_for_the_desk(visit, name, who):
    ask = visit(who).post if name == "xem-truoc" else visit(who).get
    refused = ask(reverse(name))
    assert refused.status_code == 403
    assert "Việc này dành cho: cán bộ tiếp nhận." in words(refused)


# What the page asks for while somebody types


def test_the_search_gives_results_only_without_diacritics_and_without_the_polices(world, desk):
    part = desk.get(reverse("tim-thu-tuc"), {"thu-tuc": "KHAI sinh"})
    assert "Khai sinh 1.001193 · Hộ tịch · trong ngày · 0 đồng" in words(part)
    assert "<html" not in part.content.decode() and "checked" in part.content.decode()
    assert "Không thấy mục nào khớp." in words(
        desk.get(reverse("tim-thu-tuc"), {"thu-tuc": "tam tru"})
    )
    assert words(desk.get(reverse("tim-thu-tuc"))) == ""


def test_the_preview_follows_the_choice_and_judges_nothing(world, desk):
    part = desk.post(reverse("xem-truoc"), {"ma-thu-tuc": "1.001193", "so-dinh-danh": "1"})
    assert "Giấy chứng sinh" in words(part) and "17:00 hôm nay" in words(part)
    assert "chữ số; cần đủ" not in words(part) and "<html" not in part.content.decode()


def test_after_the_cut_off_the_preview_says_the_next_day(visit, clock):
    clock.set("2026-03-02 15:00")
    part = visit("desk").post(reverse("xem-truoc"), {"ma-thu-tuc": "1.001193"})
    assert "17:00 thứ Ba, 03/03/2026" in words(part)


def test_the_receipt_page_leads_on_and_offers_only_what_can_be_done(world, desk):
    dossier = world.receive(procedure="2.000815")
    url = reverse("da-tiep-nhan", args=[dossier.code])
    shown = desk.get(url).content.decode()
    assert reverse("ho-so-viec", args=[dossier.code, "giai-quyet-ngay"]) in shown
    world.to_done(dossier, "2026-03-02 08:00")
    assert "/viec/" not in desk.get(url).content.decode()


def test_opening_the_form_costs_few_statements(desk, django_assert_num_queries):
    desk.get(reverse("tiep-nhan"))
    with django_assert_num_queries(1):
        desk.get(reverse("tiep-nhan"))


def test_receiving_costs_few_statements(world, desk, django_assert_num_queries):
    post(desk, PERSON, BIRTH, WRITE)
    given = PERSON | {"so-dinh-danh": "001090005678"}
    with django_assert_num_queries(10):
        post(desk, given, BIRTH, WRITE | {"khoa": f"{KEY}-2"})
    dossier = Dossier.objects.get(code__endswith="0002")
    assert journal.events_of(dossier).count() == 1
    assert local(dossier.received_at) == at("2026-03-02 08:00")


def test_a_known_person_shown_at_the_desk_leaves_the_trace_of_a_read(world, visit):
    world.receive(id_number="001090000001", name="Lê Văn An")
    shown = visit("desk").post(reverse("tiep-nhan"), {"so-dinh-danh": "001090000001"})
    assert "Lê Văn An" in shown.content.decode()
    read = Read.objects.get()
    assert (read.by, read.purpose) == (world.desk, "tra người nộp khi tiếp nhận")


def test_a_name_noted_wrongly_can_be_mended_by_who_sees_the_card(world, visit):
    world.receive(id_number="001090000001", name="Lê Văn Ăn", procedure="1.001776")
    client, given = visit("desk"), {
        "khoa": "k", "ma-thu-tuc": "1.000894", "so-dinh-danh": "001090000001",
        "ho-ten": "Lê Văn Ân Ngọc", "giay-khac": "Tờ khai",
    }  # fmt: skip
    told = client.post(reverse("tiep-nhan"), given | {"ghi": "1"})
    assert told.status_code == 422 and 'name="sua-ten"' in told.content.decode()
    assert client.post(reverse("tiep-nhan"), given | {"sua-ten": "1"}).status_code == 302
    assert Person.objects.get(id_number="001090000001").name == "Lê Văn Ân Ngọc"


@pytest.mark.parametrize(
    ("number", "status"), [("3301234567", 302), ("3301234567-001", 302), ("33012345", 422)]
)
def test_an_organisation_is_received_under_its_tax_number(world, visit, number, status):
    given = {
        "khoa": "k", "ma-thu-tuc": "1.000894", "loai-nguoi": "to-chuc", "so-dinh-danh": number,
        "ho-ten": "Hợp tác xã Thử", "giay-khac": "Tờ khai", "ghi": "1",
    }  # fmt: skip
    assert visit("desk").post(reverse("tiep-nhan"), given).status_code == status


def test_once_a_procedure_is_chosen_only_it_is_listed_until_the_next_search(desk):
    chosen = {"thu-tuc": "k", "ma-thu-tuc": "1.000894"}
    checked = post(desk, chosen, {"kiem-tra": "1"}).content.decode()
    assert checked.count('name="ma-thu-tuc"') == 1
    searched = post(desk, chosen, {"tim": "thu-tuc"}).content.decode()
    assert searched.count('name="ma-thu-tuc"') > 1
