"""Any figure for any days, asked on the telephone."""

from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest

from motcua.report.tests.made import dossier, save_all
from motcua.report.tests.test_views import text, visible
from motcua.web import clock
from tests.world import at, build

ASK = "/so-lieu/hoi"


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2026-11-23 09:00"))


@pytest.fixture
def desk(world, client):
    client.force_login(world.desk)
    return client


@pytest.fixture
def march(world):
    """Received on 10 March 2026: 2 early, 9 on time, 1 late, 3 open; one more finished in March."""
    day, before = date(2026, 3, 10), date(2026, 2, 20)
    ends = ["early"] * 2 + ["on_time"] * 9 + ["late"]
    rows = [dossier(day, day, outcome=how, code=f"X-{n:02}") for n, how in enumerate(ends)]
    rows += [dossier(day, code=f"O-{n}") for n in range(3)]
    rows += [dossier(before, day, outcome="on_time", code="B-1"),
             dossier(day, day, procedure="1.001776", field="bao-tro", code="K-1")]  # fmt: skip
    return save_all(rows)


def asked(client, **given):
    """The page that answers what was typed, over its one address."""
    response = client.get(ASK, {"hoi": "", "khi": "", "het": ""} | given, follow=True)
    assert response.status_code == 200, visible(response)
    return response


def address(response):
    return urlsplit(response.redirect_chain[-1][0])


def test_the_page_of_figures_offers_the_question(desk):
    shown = text(desk.get("/so-lieu"))
    assert f'action="{ASK}"' in shown and 'name="hoi"' in shown and 'name="khi"' in shown


@pytest.mark.parametrize(
    ("khi", "het", "days"),
    [
        ("1/3", "31-03-2026", "Từ 01/03/2026 đến hết 31/03/2026"),
        ("tháng 3", "", "Từ 01/03/2026 đến hết 31/03/2026"),
        ("Quý 1/2026", "", "Từ 01/01/2026 đến hết 31/03/2026"),
        ("1/3", "hôm nay", "Từ 01/03/2026 đến hôm nay, 23/11/2026"),
        ("từ 1/3 đến 15/3", "", "Từ 01/03/2026 đến hết 15/03/2026"),
        ("10/3", "10/3", "Ngày 10/03/2026"),
    ],
)
def test_days_are_taken_as_people_say_them(desk, march, khi, het, days):
    shown = visible(asked(desk, khi=khi, het=het, hoi="trễ hạn"))
    assert days in shown
    assert "Hồ sơ thuộc thẩm quyền, giải quyết trễ hạn" not in shown
    assert "Hồ sơ thuộc thẩm quyền: giải quyết trễ hạn: 1 hồ sơ" in shown


def test_the_answer_is_a_sentence_with_its_whole_and_a_way_to_the_records(desk, march):
    response = asked(desk, khi="tháng 3", hoi="tre han")
    shown = visible(response)
    assert "giải quyết trễ hạn, 1 hồ sơ. 1 trên 13 = 7,69" in shown
    assert 'href="/so-lieu/2026-03-01_2026-03-31/II.2.own.late"' in text(response)
    assert desk.get("/so-lieu/2026-03-01_2026-03-31/II.2.own.late").status_code == 200


def test_the_address_holds_days_and_ids_and_answers_the_same_again(desk, march):
    response = asked(desk, khi="tháng 3", hoi="trễ hạn")
    given = parse_qsl(address(response).query)
    assert {name for name, _ in given} == {"tu", "den", "so"}
    assert ("tu", "2026-03-01") in given and ("so", "II.2.own.late") in given
    again = desk.get(address(response).geturl())
    assert again.status_code == 200 and "trễ hạn: 1 hồ sơ" in visible(again)


def test_a_procedure_is_counted_in_one_sentence_with_each_list_behind(desk, march):
    response = asked(desk, hoi="bao nhiêu hồ sơ kết hôn từ 1/3 đến hôm nay?")
    shown = visible(response)
    assert "nhận 15 hồ sơ Kết hôn." in shown
    assert "Trong đó 2 trước hạn, 9 đúng hạn, 1 trễ hạn, 3 chưa xong." in shown
    assert "xong 13 hồ sơ, kể cả nhận từ trước." in shown
    (tally,) = [one for one in response.context["tallies"] if one.subject.code == "1.000894"]
    for _words, number, url in tally.lines:
        rows = desk.get(url).context["rows"]
        assert str(len(rows)) == number


def test_the_counts_are_as_they_stood_on_the_last_day(desk, world):
    save_all([dossier(date(2026, 3, 30), date(2026, 4, 2), outcome="late")])
    assert "0 trễ hạn, 1 chưa xong" in visible(asked(desk, khi="tháng 3", hoi="kết hôn"))
    assert "1 trễ hạn, 0 chưa xong" in visible(asked(desk, khi="1/3", het="2/4", hoi="kết hôn"))


def test_a_field_is_counted_with_all_its_procedures(desk, march):
    shown = visible(asked(desk, khi="tháng 3", hoi="hộ tịch"))
    assert "nhận 15 hồ sơ Hộ tịch." in shown


def test_letters_inside_other_words_find_no_procedure(desk, march):
    response = asked(desk, khi="tháng 3", hoi="trễ hạn")
    assert not response.context["tallies"]
    assert [one.result.id for one in response.context["answers"]] == ["II.2.own.late"]


def test_nothing_named_gives_the_usual_figures_of_the_year_so_far(desk, march):
    shown = visible(asked(desk))
    assert "Từ 01/01/2026 đến hôm nay, 23/11/2026" in shown
    assert "Hồ sơ thuộc thẩm quyền: tiếp nhận: 17 hồ sơ" in shown


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"khi": "ngày mai kia"}, "Không đọc được “ngày mai kia”"),
        ({"khi": "15/3/2026", "het": "1/3/2026"}, "trước ngày đầu 15/03/2026"),
        ({"khi": "1/1/1950", "het": "2/1/1950"}, "Không đọc được kỳ"),
        ({"hoi": "xyzzy"}, "mang chữ “xyzzy”"),
    ],
)
def test_what_cannot_be_read_is_said_and_stays_in_its_box(desk, given, words):
    response = desk.get(ASK, {"hoi": "", "khi": "", "het": ""} | given)
    assert response.status_code == 422 and words in visible(response)
    for typed in given.values():
        assert f'value="{typed}"' in text(response)


@pytest.mark.parametrize(
    "query", ["?tu=2026-03-01", "?dem=nhan", "?dem=moi&thu-tuc=1.000894", "?dem=nhan&thu-tuc=9.9"]
)
def test_a_list_of_nothing_known_is_not_found(desk, query):
    assert desk.get(f"{ASK}/ho-so{query}").status_code == 404


def test_records_go_on_from_page_to_page(desk, world):
    save_all([dossier(date(2026, 3, 10), code=f"P-{n:03}") for n in range(103)])
    url, seen = f"{ASK}/ho-so?tu=2026-03-01&den=2026-03-31&thu-tuc=1.000894&dem=nhan", []
    after = ""
    while after is not None:
        page = desk.get(f"{url}&sau={after}")
        seen += [row.cells[0].text for row in page.context["rows"]]
        after = page.context["page"].next_token
    assert sorted(seen) == [f"P-{n:03}" for n in range(103)]


def test_only_the_agency_that_asks_is_counted(world, march, client):
    other = build("xa-khac", "H99.99.98", province=world.province)
    client.force_login(other.desk)
    assert "Hồ sơ thuộc thẩm quyền: tiếp nhận: 0 hồ sơ" in visible(asked(client, khi="tháng 3"))


def test_nobody_without_a_login_asks(world, client):
    for path in (ASK, f"{ASK}/ho-so?dem=nhan&thu-tuc=1.000894"):
        assert client.get(path).url.startswith("/dang-nhap")


@pytest.mark.parametrize("dossiers", [1, 60])
def test_an_answer_costs_the_same_however_many_dossiers(
    desk, world, dossiers, django_assert_max_num_queries
):
    save_all([dossier(date(2026, 3, 10), date(2026, 3, 11)) for _ in range(dossiers)])
    url = address(asked(desk, khi="tháng 3", hoi="trễ hạn")).geturl()
    with django_assert_max_num_queries(5):
        desk.get(url)
    url = address(asked(desk, khi="tháng 3", hoi="kết hôn")).geturl()
    with django_assert_max_num_queries(7):
        desk.get(url)
