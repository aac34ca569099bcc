"""The page of each act: done once, told once; refused at its field with nothing lost."""

import pytest
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import PaperIn, Phase, State
from motcua.journal import queries as journal
from motcua.journal.models import Event
from motcua.kernel.vntime import local
from motcua.people.rules import AbsenceKind
from tests import world as worlds
from tests.visits import KEY, assigned, value, words
from tests.world import at


def act(dossier, slug):
    return reverse("ho-so-viec", args=[dossier.code, slug])


def page(dossier):
    return reverse("ho-so-chi-tiet", args=[dossier.code])


def test_an_act_is_done_told_once_and_leads_back(world, visit):
    dossier = world.receive()
    client = visit("desk")
    form = client.get(act(dossier, "chuyen-xu-ly"))
    given = {"den": world.specialist.pk, "khoa": value(form, "khoa"), "da-thay": 1}
    done = client.post(act(dossier, "chuyen-xu-ly"), given)
    assert done.url == page(dossier)
    said = f"Đã chuyển hồ sơ {dossier.code} cho Công chức chuyên môn."
    assert said in words(client.get(done.url))
    assert said not in words(client.get(done.url))
    dossier.refresh_from_db()
    assert (dossier.phase, dossier.holder) == (Phase.ASSESSING, world.specialist)


def test_a_repeated_key_writes_once(world, visit):
    dossier = world.receive()
    client = visit("desk")
    for _time in range(2):
        given = {"den": world.specialist.pk, "khoa": KEY, "da-thay": 1}
        assert client.post(act(dossier, "chuyen-xu-ly"), given).status_code == 302
    assert journal.events_of(dossier).filter(verb="dossier.assign").count() == 1


def test_who_was_slower_is_told_who_was_quicker_and_keeps_what_was_typed(world, visit):
    dossier = assigned(world)
    client = visit("specialist")
    form = client.get(act(dossier, "yeu-cau-bo-sung"))
    actions.assess(
        by=world.specialist, at=at("2026-03-02 08:00"), key="khac", dossier_id=dossier.pk,
        opinion="Đủ",
    )  # fmt: skip
    before = world.written()
    given = {"giay": "Giấy xác nhận", "ly-do": "hết hạn", "khoa": KEY,
             "da-thay": value(form, "da-thay")}  # fmt: skip
    refused = client.post(act(dossier, "yeu-cau-bo-sung"), given)
    assert refused.status_code == 409 and world.written() == before
    assert "Công chức chuyên môn vừa sửa hồ sơ này lúc 08:00." in words(refused)
    assert "Giấy xác nhận" in words(refused) and "hết hạn" in words(refused)
    again = client.post(
        act(dossier, "yeu-cau-bo-sung"), given | {"da-thay": value(refused, "da-thay")}
    )
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("slug", "given", "status", "said", "field"),
    [
        ("yeu-cau-bo-sung", {"giay": "Tờ A"}, 422, "Chưa ghi lý do. Viết một câu.", "o-ly-do"),
        ("yeu-cau-bo-sung", {"ly-do": "thiếu"}, 422, "Chưa ghi cần bổ sung gì.", "o-giay"),
        ("yeu-cau-phi", {"so-tien": "tám nghìn"}, 422, "không phải là số nguyên", "o-so-tien"),
        ("yeu-cau-phi", {"so-tien": "0", "ly-do": "x"}, 422, "Số tiền 0 không đúng", "o-so-tien"),
        ("gia-han", {"ngay": "30/02/2026", "gio": "17:00"}, 422, "30/02/2026", "o-ngay"),
        ("gia-han", {"ngay": "9/3/2026", "gio": "25h"}, 422, "Không đọc được giờ “25h”", "o-gio"),
        (
            "gia-han", {"ngay": "3/3/2026", "gio": "17:00", "ly-do": "xin lỗi"}, 422,
            "phải sau hạn đang có", "o-ngay",
        ),
    ],
)  # fmt: skip
def test_a_refused_answer_is_told_at_its_field_and_nothing_is_lost(
    world, visit, slug, given, status, said, field
):
    dossier, before = assigned(world), world.written()
    who = "leader" if slug == "gia-han" else "specialist"
    refused = visit(who).post(act(dossier, slug), given | {"khoa": KEY})
    shown = refused.content.decode()
    assert refused.status_code == status
    assert words(refused).count(said) == 2, "once in the summary, once at the field"
    assert f'href="#{field}"' in shown and f'id="{field}-loi"' in shown
    assert all(typed in words(refused) + shown for typed in given.values())
    assert world.written()["Event"] == before["Event"] + 0


def test_a_leader_who_is_away_is_told_at_the_question_that_answers_it(world, visit):
    dossier = assigned(world)
    common = {"at": at("2026-03-02 08:00"), "dossier_id": dossier.pk}
    actions.assess(by=world.specialist, key="y-kien", opinion="Đủ", **common)
    for one in (world.leader, world.deputy):
        worlds.people.note_absence(
            by=one, at=at("2026-03-02 07:30"), key=f"vang-{one.pk}", officer=one,
            kind=AbsenceKind.MEETING, start=at("2026-03-02 07:30"), end=at("2026-03-02 17:00"),
        )  # fmt: skip
    client = visit("specialist")
    given = {"nguoi-ky": world.leader.pk, "khoa": KEY, "cho": ""}
    refused = client.post(act(dossier, "trinh-ky"), given)
    assert refused.status_code == 409
    assert "Chủ tịch họp đến 17:00 02/03" in words(refused)
    assert 'id="o-cho-loi"' in refused.content.decode()
    assert client.post(act(dossier, "trinh-ky"), given | {"cho": "cho"}).status_code == 302


def test_a_second_supplement_is_refused_in_words(world, visit, clock):
    dossier = assigned(world)
    common = {"by": world.specialist, "dossier_id": dossier.pk}
    when = at("2026-03-02 08:00")
    actions.ask_supplement(at=when, key="1", papers=["Tờ A"], reason="thiếu", **common)
    actions.take_supplement(at=when, key="2", papers=[PaperIn("Tờ A")], **common)
    given = {"giay": "Tờ B", "ly-do": "thiếu nữa", "khoa": KEY}
    refused = visit("specialist").post(act(dossier, "yeu-cau-bo-sung"), given)
    assert refused.status_code == 409
    assert "đã yêu cầu bổ sung một lần ngày 02/03/2026" in words(refused)
    assert "thiếu nữa" in words(refused)


@pytest.mark.parametrize("slug", ["vao-so", "chuyen-ket-qua", "dinh-chinh", "nhan-bo-sung"])
def test_an_old_link_to_an_act_says_where_the_dossier_is_now(world, visit, slug):
    dossier = assigned(world)
    who = "specialist" if slug == "nhan-bo-sung" else "clerk"
    refused = visit(who).get(act(dossier, slug))
    assert refused.status_code == 409
    assert "đang “Đang xử lý” (đang thẩm định)" in words(refused)


def test_a_colleague_who_does_not_hold_the_dossier_is_sent_to_who_does(world, visit):
    dossier = assigned(world)
    refused = visit("desk").post(
        act(dossier, "chuyen-xu-ly"), {"den": world.specialist.pk, "khoa": KEY}
    )
    assert refused.status_code == 403
    assert "đang do Công chức chuyên môn giữ" in words(refused)


def test_an_act_that_does_not_exist_is_not_found(world, visit):
    assert visit("desk").get(act(world.receive(), "bay-len-troi")).status_code == 404


def test_a_text_too_long_for_its_place_is_told_not_cut(world, visit):
    dossier = world.receive()
    world.to_signing(dossier, "2026-03-02 08:00")
    common = {"at": at("2026-03-02 08:00"), "dossier_id": dossier.pk}
    actions.approve(by=world.leader, key="ky", **common)
    refused = visit("clerk").post(act(dossier, "vao-so"), {"so": "1" * 61, "khoa": KEY})
    assert refused.status_code == 422
    assert "Dài 61 chữ cái; ghi gọn trong 60." in words(refused)


def test_every_act_of_the_life_is_a_page_that_does_it(world, visit, clock):
    dossier = world.receive()
    clerk, leader, specialist = visit("clerk"), visit("leader"), visit("specialist")
    walked = [
        (visit("desk"), "chuyen-xu-ly", {"den": world.specialist.pk}),
        (specialist, "yeu-cau-bo-sung", {"giay": "Tờ A\nTờ B", "ly-do": "thiếu"}),
        (specialist, "nhan-bo-sung", {"giay": "Tờ A\nTờ B"}),
        (specialist, "yeu-cau-phi", {"so-tien": "8.000", "ly-do": "lệ phí"}),
        (specialist, "thu-phi", {"so-tien": "8 000"}),
        (leader, "gia-han", {"ngay": "9/3/2026", "gio": "11:30", "ly-do": "xin lỗi"}),
        (specialist, "tham-dinh", {"ket-luan": "duoc", "y-kien": "Đủ điều kiện"}),
        (specialist, "trinh-ky", {"nguoi-ky": world.leader.pk, "cho": ""}),
        (leader, "tra-lai", {"den": world.specialist.pk, "ly-do": "sai tên"}),
        (specialist, "tham-dinh", {"ket-luan": "duoc", "y-kien": "Đã sửa tên"}),
        (specialist, "trinh-ky", {"nguoi-ky": world.leader.pk, "cho": ""}),
        (leader, "ky-duyet", {}),
        (clerk, "vao-so", {"so": "12/TL"}),
        (clerk, "chuyen-ket-qua", {}),
        (clerk, "dinh-chinh", {"noi-dung": "tên", "so": "13/TL", "ly-do": "gõ sai"}),
    ]
    for number, (client, slug, given) in enumerate(walked):
        seen = value(client.get(act(dossier, slug)), "da-thay")
        done = client.post(act(dossier, slug), given | {"khoa": f"{KEY}-{number}", "da-thay": seen})
        assert done.status_code == 302, (slug, words(done))
    dossier.refresh_from_db()
    assert (dossier.state, dossier.result_number) == (State.DONE, "13/TL")
    assert local(dossier.due_at) == at("2026-03-09 11:30")
    assert journal.events_of(dossier).count() == 1 + len(walked)


@pytest.mark.parametrize(("slug", "state"), [("rut", State.WITHDRAWN), ("dung", State.STOPPED)])
def test_a_dossier_ends_early_with_its_reason(world, visit, slug, state):
    dossier = world.receive()
    client = visit("desk")
    shown = words(client.get(act(dossier, slug)))
    assert "Không hoàn tác được." in shown
    client.post(act(dossier, slug), {"ly-do": "người nộp xin", "khoa": KEY, "da-thay": 1})
    dossier.refresh_from_db()
    assert dossier.state == state
    assert "từ 02/03/2026" in words(client.get(page(dossier)))


def test_an_act_on_a_dossier_of_another_commune_writes_nothing(other, visit):
    events = Event.across_agencies.count()
    refused = visit("desk").post(act(other.dossier, "rut"), {"ly-do": "x", "khoa": KEY})
    assert refused.status_code == 404 and Event.across_agencies.count() == events


@pytest.mark.parametrize(
    ("who", "slug"),
    [("statistician", "chuyen-xu-ly"), ("clerk", "tham-dinh"), ("desk", "ky-duyet"),
     ("leader", "vao-so"), ("administrator", "rut"), ("desk", "gia-han")],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_role_is_told_whose_work_it_is(world, visit, who, slug, method):
    refused = getattr(visit(who), method)(act(world.receive(), slug))
    assert refused.status_code == 403 and "Việc này dành cho:" in words(refused)


def test_approving_costs_few_statements(world, visit, django_assert_num_queries):
    client = visit("leader")
    first, second = (world.to_signing(world.receive(), "2026-03-02 08:00") for _ in range(2))
    client.post(act(first, "ky-duyet"), {"khoa": KEY})
    with django_assert_num_queries(7):
        client.post(act(second, "ky-duyet"), {"khoa": f"{KEY}-2", "da-thay": 4})
    assert Dossier.objects.get(pk=second.pk).phase == Phase.APPROVED


def test_an_unpaid_fee_is_the_next_act_before_the_hand_over(world, visit, clock):
    dossier = world.to_done(world.receive(procedure="2.000815"), "2026-03-02 08:00")
    client = visit("desk")
    filled = 'class="button primary" href="{}"'
    assert filled.format(act(dossier, "thu-phi")) in client.get(page(dossier)).content.decode()
    client.post(act(dossier, "thu-phi"), {"so-tien": "2000", "khoa": KEY})
    hand_over = reverse("tra-ket-qua", args=[dossier.code])
    assert filled.format(hand_over) in client.get(page(dossier)).content.decode()
