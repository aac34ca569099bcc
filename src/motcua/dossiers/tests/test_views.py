"""The list, the dossier, its acts and its papers, as an officer gets them."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from motcua.dossiers import actions
from motcua.dossiers.rules import AuthorityKind, Filer, PaperIn
from motcua.journal.models import Read
from tests.visits import assigned, value, words
from tests.world import at


def page(name, dossier, *more):
    return reverse(name, args=[dossier.code, *more])


def reads(subject):
    return list(Read.objects.filter(subject_id=subject.pk).values_list("by_id", "purpose"))


# The list


def test_the_list_names_dossier_person_clock_and_who_must_act(world, visit):
    dossier = world.receive(name="Nguyễn Thị Ngọc Ẩn")
    shown = words(visit("desk").get(reverse("ho-so")))
    for said in (dossier.code, "Kết hôn", "Nguyễn Thị Ngọc Ẩn", "hạn thứ Năm 05/03", "1 hồ sơ"):
        assert said in shown


def test_the_list_hides_the_identity_number(world, visit):
    world.receive(id_number="001090001234")
    assert "001090001234" not in visit("desk").get(reverse("ho-so")).content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"tim": "nguyen thi hoa"}, ["Nguyễn Thị Hoa"]),
        ({"tim": "260302-0002"}, ["Trần Văn Bình"]),
        ({"tim": "001090000002"}, ["Trần Văn Bình"]),
        ({"tim": "2"}, ["Trần Văn Bình"]),
        ({"tim": "…0002"}, ["Trần Văn Bình"]),
        ({"tim": "20260302–0002"}, []),
        ({"tim": "260302–0002"}, ["Trần Văn Bình"]),
        ({"tim": "269999-0002"}, []),
        ({"tim": "0009"}, []),
        ({"tim": "khong co"}, []),
        ({"loai": "qua-han"}, ["Nguyễn Thị Hoa"]),
        ({"loai": "dang-mo", "linh-vuc": "bao-tro"}, ["Trần Văn Bình"]),
        ({"kenh": "online"}, []),
        ({"tu": "3/3/2026"}, []),
        ({"den": "2/3/2026", "sap": "-han"}, ["Trần Văn Bình", "Nguyễn Thị Hoa"]),
        ({"sap": "han"}, ["Nguyễn Thị Hoa", "Trần Văn Bình"]),
        ({"loai": "khong-co-loai-nay", "sap": "la"}, ["Trần Văn Bình", "Nguyễn Thị Hoa"]),
    ],
)
def test_the_list_answers_its_address(world, visit, clock, asked, found):
    world.receive("2026-03-02 08:00", name="Nguyễn Thị Hoa", id_number="001090000001")
    world.receive(
        "2026-03-02 09:00", name="Trần Văn Bình", id_number="001090000002", procedure="1.001776"
    )
    clock.set("2026-03-10 09:00")
    shown = words(visit("desk").get(reverse("ho-so"), asked))
    places = [shown.find(name) for name in found]
    assert -1 not in places and places == sorted(places)
    assert f"{len(found)} hồ sơ" in shown


def test_a_chosen_filter_can_be_taken_off_again(world, visit):
    shown = visit("desk").get(reverse("ho-so"), {"loai": "qua-han", "tim": "hoa"})
    assert 'href="/ho-so?loai=qua-han"' in shown.content.decode()
    assert "Quá hạn bỏ lọc" in words(shown)


def test_a_day_that_is_none_is_told_at_its_field_and_keeps_what_was_typed(world, visit):
    shown = visit("desk").get(reverse("ho-so"), {"tu": "31/02/2026"})
    assert shown.status_code == 422
    assert "31/02/2026" in words(shown) and value(shown, "tu") == "31/02/2026"


def test_a_long_list_goes_on_where_the_page_ended(world, visit):
    for minute in range(55):
        world.receive(f"2026-03-02 08:{minute:02}")
    client = visit("desk")
    first = client.get(reverse("ho-so")).content.decode()
    assert "260302-0055" in first and "260302-0005" not in first
    link = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    second = client.get(reverse("ho-so") + link.replace("&amp;", "&")).content.decode()
    assert "260302-0005" in second and "260302-0001" in second and "260302-0006" not in second


def test_the_list_opens_in_a_spreadsheet_and_the_export_is_a_read(world, visit):
    dossier = world.receive(name="Nguyễn Thị Ngọc Ẩn")
    answer = visit("desk").get(reverse("ho-so"), {"dang": "xlsx"})
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''ho-so.xlsx"
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    rows = rows.to_python()
    assert rows[4][0] == dossier.code and rows[4][3] == "Nguyễn Thị Ngọc Ẩn"
    assert reads(world.agency) == [(world.desk.pk, "xuất danh sách 1 hồ sơ: không lọc")]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"loai": "dang-mo", "linh-vuc": "ho-tich", "kenh": "counter", "tu": "1/3/2026"},
         "1 hồ sơ: Đang giải quyết, Hộ tịch, Trực tiếp, từ 01/03/2026"),
        ({"tim": "nguyễn thị", "den": "2/3/2026"}, "1 hồ sơ: nguyễn thị, đến 02/03/2026"),
        ({"tim": "không có ai"}, "0 hồ sơ: không có ai"),
        ({"tim": "001090000001"}, "1 hồ sơ: 0010••••0001"),
        ({"tim": "001 090 000 001"}, "1 hồ sơ: 0010••••0001"),
    ],
)  # fmt: skip
def test_the_read_of_an_export_says_in_words_what_was_filtered(world, visit, asked, said):
    world.receive("2026-03-02 08:00", name="Nguyễn Thị Hoa", id_number="001090000001")
    visit("desk").get(reverse("ho-so"), {"dang": "xlsx", **asked})
    assert reads(world.agency) == [(world.desk.pk, f"xuất danh sách {said}")]


def test_the_read_of_an_export_with_many_words_keeps_the_number_and_the_first_of_them(world, visit):
    visit("desk").get(reverse("ho-so"), {"dang": "xlsx", "tim": "hoa " * 60})
    ((_, purpose),) = reads(world.agency)
    assert len(purpose) == 120
    assert purpose.startswith("xuất danh sách 0 hồ sơ: hoa hoa") and purpose.endswith("…")


def test_the_list_of_one_commune_shows_nothing_of_another(other, visit):
    assert other.dossier.code not in visit("desk").get(reverse("ho-so")).content.decode()


# One dossier


def test_opening_a_dossier_shows_it_and_is_a_read(world, visit):
    dossier = world.receive(name="Lê Thị Hoa", id_number="001090001234")
    shown = visit("specialist").get(page("ho-so-chi-tiet", dossier))
    for said in ("Lê Thị Hoa", "0010••••1234", "3 ngày làm việc", "chưa quét", "Tờ khai",
                 "Cách tính hạn"):  # fmt: skip
        assert said in words(shown)
    assert "001090001234" not in shown.content.decode()
    assert reads(dossier.applicant) == [(world.specialist.pk, f"mở hồ sơ {dossier.code}")]


def test_the_expected_act_is_the_filled_button_and_only_for_who_holds_the_dossier(world, visit):
    dossier = assigned(world)
    filled = 'class="button primary" href="{}"'.format(page("ho-so-viec", dossier, "tham-dinh"))
    assert filled in visit("specialist").get(page("ho-so-chi-tiet", dossier)).content.decode()
    theirs = visit("clerk").get(page("ho-so-chi-tiet", dossier)).content.decode()
    assert 'class="button primary"' not in theirs


def test_who_files_for_another_is_named_with_a_masked_number(world, visit):
    filer = Filer("Lê Văn Cậy", AuthorityKind.WRITTEN, "số 12", id_number="001090005678")
    dossier = world.receive(filer=filer)
    shown = words(visit("desk").get(page("ho-so-chi-tiet", dossier)))
    assert "Lê Văn Cậy · giấy ủy quyền: số 12 · 0010••••5678" in shown


def test_a_pause_is_the_citizens_time_not_the_steps(world, visit, clock):
    dossier = world.receive("2026-03-02 08:00")
    actions.ask_supplement(
        by=world.desk, at=at("2026-03-02 08:10"), key="hoi", dossier_id=dossier.pk,
        papers=["Giấy xác nhận"], reason="thiếu",
    )  # fmt: skip
    clock.set("2026-03-06 10:00")
    shown = words(visit("desk").get(page("ho-so-chi-tiet", dossier)))
    assert "đã dùng 10 phút trong 30 phút" in shown and "đang tạm dừng" in shown
    assert "quá" not in shown.lower().split("các bước")[1].split("giấy tờ (1)")[0]


def test_the_journal_is_told_newest_first_and_is_a_read(world, visit):
    dossier = assigned(world)
    shown = words(visit("desk").get(page("ho-so-nhat-ky", dossier)))
    assert shown.index("Đến: Công chức chuyên môn.") < shown.index("Giấy tờ: Tờ khai.")
    assert reads(dossier.applicant) == [(world.desk.pk, f"xem nhật ký hồ sơ {dossier.code}")]


def test_a_whole_identity_number_is_shown_for_a_purpose_that_is_kept(world, visit):
    dossier = world.receive(id_number="001090001234")
    client = visit("desk")
    asked = client.post(page("ho-so-dinh-danh", dossier), {"muc-dich": " "})
    assert asked.status_code == 422 and "Chưa ghi mục đích" in words(asked)
    assert "001090001234" not in asked.content.decode() and not reads(dossier.applicant)
    shown = client.post(page("ho-so-dinh-danh", dossier), {"muc-dich": "đối chiếu thẻ"})
    assert "001090001234" in words(shown)
    assert reads(dossier.applicant) == [(world.desk.pk, "đối chiếu thẻ")]


# Who may not


OF_ONE = [
    ("ho-so-chi-tiet",), ("da-tiep-nhan",), ("ho-so-nhat-ky",), ("ho-so-dinh-danh",),
    ("ho-so-ban-quet",), ("ho-so-giay", 1), ("ho-so-mau", "01"), ("ho-so-viec", "chuyen-xu-ly"),
]  # fmt: skip


@pytest.mark.parametrize("name", OF_ONE, ids=lambda name: name[0])
def test_a_dossier_of_another_commune_is_not_found_and_leaves_no_read(other, visit, name):
    url = reverse(name[0], args=[other.dossier.code, *name[1:]])
    assert visit("desk").get(url).status_code == 404
    assert visit("desk").get(url.replace(other.dossier.code, "khong-co")).status_code == 404
    assert not Read.across_agencies.exists()


@pytest.mark.parametrize("name", [("ho-so",), *OF_ONE], ids=lambda name: name[0])
def test_a_stranger_is_sent_to_the_login(world, clock, name):
    arguments = [world.receive().code, *name[1:]] if len(name) > 1 or name[0] != "ho-so" else []
    sent = Client().get(reverse(name[0], args=arguments))
    assert sent.status_code == 302 and sent.url.startswith(reverse("dang-nhap"))


# How many statements a page costs: none grows with what there is

LIST, OPENED = 2, 5


@pytest.mark.parametrize(("rows", "counted"), [(1, 0), (50, 0), (60, 1)])
def test_a_list_costs_the_same_however_many_rows_but_for_counting_what_no_page_holds(
    world, visit, rows, counted, django_assert_num_queries
):
    for minute in range(rows):
        world.receive(f"2026-03-02 08:{minute:02}")
    client = visit("desk")
    client.get(reverse("ho-so"))
    with django_assert_num_queries(LIST + counted):
        client.get(reverse("ho-so"))


@pytest.mark.parametrize("order", ["", "han", "-han", "nhan"])
def test_the_pages_of_a_list_hold_every_dossier_once_at_the_same_cost(
    world, visit, order, django_assert_num_queries
):
    """Several received in the same minute and due at the same time."""
    codes = [world.receive(f"2026-03-02 08:{n % 7:02}").code for n in range(104)]
    client, seen, after = visit("desk"), [], ""
    client.get(reverse("ho-so"))
    for _ in range(3):
        with django_assert_num_queries(LIST + 1):
            shown = client.get(reverse("ho-so"), {"sap": order, "sau": after})
        seen += [row.name for row in shown.context["rows"]]
        after = shown.context["page"].next_token or ""
    assert not after and sorted(seen) == sorted(codes)


def test_opening_a_dossier_costs_few_statements(world, visit, django_assert_num_queries):
    dossier = world.receive(papers=[PaperIn(f"Tờ {n}") for n in range(9)])
    world.to_done(dossier, "2026-03-02 08:00")
    client = visit("desk")
    client.get(page("ho-so-chi-tiet", dossier))
    with django_assert_num_queries(OPENED):
        client.get(page("ho-so-chi-tiet", dossier))
