"""The officer's day, the next dossier, the leader's queue, handing over."""

import pytest
from django.test import Client
from django.urls import reverse

from motcua.dossiers import actions
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import PaperIn, Phase, State
from motcua.journal import queries as journal
from motcua.journal.models import Read
from motcua.people import actions as people
from motcua.people.rules import AbsenceKind
from motcua.surveys.models import SurveyForm
from tests.visits import KEY, value, words
from tests.world import at

MONDAY = "2026-03-02 08:00"


def page(name, dossier):
    return reverse(name, args=[dossier.code])


def away(world, officer, until="2026-03-02 17:00"):
    people.note_absence(
        by=officer, at=at("2026-03-02 07:30"), key=f"vang-{officer.pk}", officer=officer,
        kind=AbsenceKind.MEETING, start=at("2026-03-02 07:30"), end=at(until),
    )  # fmt: skip


# The day


def test_the_first_address_leads_to_the_day(visit):
    assert visit("desk").get(reverse("trang-chu")).url == reverse("hom-nay")


def test_the_day_shows_what_waits_worst_first_in_plain_groups(world, visit, clock):
    world.receive(MONDAY, name="Lê Quá Hạn")
    world.receive("2026-03-09 08:00", name="Trần Hôm Nay", procedure="1.001193",
                  papers=[PaperIn("Giấy chứng sinh")])  # fmt: skip
    world.receive("2026-03-09 08:01", name="Phạm Sắp Đến")
    clock.set("2026-03-09 09:00")
    shown = words(visit("desk").get(reverse("hom-nay")))
    assert "1 quá hạn 1 hạn hôm nay 1 khác 0 đang dừng 0 chờ trả" in shown
    places = [shown.index(one) for one in ("Lê Quá Hạn", "Trần Hôm Nay", "Phạm Sắp Đến")]
    assert places == sorted(places)
    assert "Quá 2 ngày · hạn 05/03" in shown and "hạn 17:00" in shown


def test_the_day_of_another_officer_is_empty_and_says_so(world, visit):
    world.receive(MONDAY)
    shown = words(visit("specialist").get(reverse("hom-nay")))
    assert "Không có hồ sơ nào đang chờ. Không còn việc quá hạn." in shown
    assert "Tiếp nhận hồ sơ" not in shown


def test_paused_and_finished_dossiers_are_folded_away_at_the_desk(world, visit):
    paused = world.receive(MONDAY)
    actions.ask_supplement(
        by=world.desk, at=at(MONDAY), key="hoi", dossier_id=paused.pk, papers=["A"], reason="thiếu"
    )
    done = world.to_done(world.receive(MONDAY), MONDAY)
    shown = words(visit("desk").get(reverse("hom-nay")))
    assert "Đang dừng (1)" in shown and "Đã xong, chờ trả (1)" in shown
    assert paused.code in shown and done.code in shown


def test_the_next_dossier_is_what_is_due_first(world, visit):
    world.receive(MONDAY, procedure="1.001776")
    first = world.receive(MONDAY)
    assert visit("desk").get(reverse("ho-so-ke-tiep")).url == page("ho-so-chi-tiet", first)


def test_without_a_next_dossier_the_day_says_so_once(world, visit):
    client = visit("clerk")
    assert client.get(reverse("ho-so-ke-tiep")).url == reverse("hom-nay")
    said = "Không còn hồ sơ nào đang chờ xử lý."
    assert said in words(client.get(reverse("hom-nay")))
    assert said not in words(client.get(reverse("hom-nay")))


# The leader's queue


@pytest.fixture
def waiting(world, clock):
    """Three dossiers that wait for the leader's signature; the first is late."""
    made = [
        world.to_signing(world.receive(when, name=name), when)
        for when, name in (
            ("2026-02-24 08:00", "Lê Thị Hoa"), (MONDAY, "Trần Văn Bình"), (MONDAY, "Vũ Văn Cam"),
        )
    ]  # fmt: skip
    clock.set("2026-03-02 10:00")
    return made


def test_the_queue_shows_what_is_late_first_and_can_tick_all(waiting, visit):
    client = visit("leader")
    shown = client.get(reverse("cho-ky"))
    assert "Chờ ký (3)" in words(shown) and "1 quá hạn 0 hạn hôm nay 2 khác" in words(shown)
    assert words(shown).index("Lê Thị Hoa") < words(shown).index("Trần Văn Bình")
    assert " checked" not in shown.content.decode()
    assert client.get(reverse("cho-ky"), {"chon": "het"}).content.decode().count(" checked") == 3


def test_another_leaders_queue_is_empty(waiting, visit):
    assert "Không có hồ sơ nào chờ ký." in words(visit("deputy").get(reverse("cho-ky")))


def review(client, *dossiers):
    return client.post(reverse("xem-lai-va-ky"), {"hs": [str(d.pk) for d in dossiers]})


def entries(response):
    """What the review page would send: one entry for each dossier it signs."""
    parts = response.content.decode().split('name="ky" value="')[1:]
    return [part.split('"')[0] for part in parts]


def test_nothing_ticked_is_told_and_leads_to_the_first_box(waiting, visit):
    client = visit("leader")
    sent = review(client)
    shown = client.get(sent.url)
    assert "Chưa chọn hồ sơ nào. Đánh dấu rồi bấm lại." in words(shown)
    assert 'href="#hs-1"' in shown.content.decode() and 'id="hs-1"' in shown.content.decode()


def test_a_review_lists_each_verdict_and_signs_nothing(world, waiting, visit):
    before = world.written()
    shown = words(review(visit("leader"), *waiting[:2]))
    assert "Ký 2 hồ sơ" in shown and "Lê Thị Hoa" in shown and "Được – đã quá hạn" in shown
    assert world.written() == before


def test_a_batch_is_signed_each_on_its_own_and_told_once(waiting, visit):
    client = visit("leader")
    sent = client.post(reverse("ky-nhieu"), {"ky": entries(review(client, *waiting[:2]))})
    shown = words(client.get(sent.url))
    assert "Đã ký 2 hồ sơ." in shown and "Chờ ký (1)" in shown
    assert "Đã ký 2 hồ sơ." not in words(client.get(sent.url))
    phases = [Dossier.objects.get(pk=d.pk).phase for d in waiting]
    assert phases == [Phase.APPROVED, Phase.APPROVED, Phase.SIGNING]


def test_a_batch_sent_twice_signs_once(waiting, visit):
    client = visit("leader")
    sent = {"ky": entries(review(client, waiting[0]))}
    client.post(reverse("ky-nhieu"), sent)
    client.post(reverse("ky-nhieu"), sent)
    assert journal.events_of(waiting[0]).filter(verb="dossier.approve").count() == 1


def test_one_dossier_that_changed_is_named_and_holds_nobody_up(world, waiting, visit):
    client = visit("leader")
    sent = {"ky": entries(review(client, *waiting[:2]))}
    actions.return_for_rework(
        by=world.leader, at=at("2026-03-02 10:00"), key="tra", dossier_id=waiting[0].pk,
        to=world.specialist, reason="sai tên",
    )  # fmt: skip
    client.post(reverse("ky-nhieu"), sent)
    shown = words(client.get(reverse("cho-ky")))
    assert "Đã ký 1 hồ sơ. 1 hồ sơ chưa ký được." in shown
    assert f"{waiting[0].code}: Chủ tịch vừa sửa hồ sơ này lúc 10:00." in shown


def test_a_dossier_that_left_the_queue_is_refused_in_the_review(world, waiting, visit):
    actions.approve(by=world.leader, at=at("2026-03-02 10:00"), key="ky", dossier_id=waiting[0].pk)
    shown = review(visit("leader"), *waiting[:2])
    assert "Không được – không còn chờ ký" in words(shown) and len(entries(shown)) == 1


@pytest.mark.parametrize(
    "entry", ["", "rác", "khong-co|4|k", "{code}|x|k", "{code}|4|", "{code}|²|k", "{code}"]
)
def test_a_tampered_batch_is_refused_in_words(world, waiting, visit, entry):
    before = world.written()
    client = visit("leader")
    client.post(reverse("ky-nhieu"), {"ky": entry.format(code=waiting[0].code)})
    assert "Đã ký 0 hồ sơ. 1 hồ sơ chưa ký được." in words(client.get(reverse("cho-ky")))
    assert world.written() == before


def test_a_leader_recorded_away_signs_nothing(world, waiting, visit):
    away(world, world.leader)
    client = visit("leader")
    shown = review(client, *waiting)
    assert words(shown).count("Không được – đang được ghi vắng mặt") == 3 and not entries(shown)
    assert 'class="primary"' not in shown.content.decode()
    refused = client.post(reverse("ho-so-viec", args=[waiting[0].code, "ky-duyet"]), {"khoa": KEY})
    assert refused.status_code == 409
    assert "đang được ghi vắng mặt (họp) đến 17:00 02/03/2026" in words(refused)


def test_a_card_shows_what_is_signed_and_is_a_read(world, waiting, visit):
    shown = visit("leader").get(page("cho-ky-chi-tiet", waiting[0]))
    for said in ("1/3", "Lê Thị Hoa", "Đề nghị giải quyết: Đủ điều kiện", "Tờ khai",
                 "Ký duyệt …0001"):  # fmt: skip
        assert said in words(shown)
    read = Read.objects.get(subject_id=waiting[0].applicant_id)
    assert (read.by, read.purpose) == (world.leader, f"xem để ký hồ sơ {waiting[0].code}")


def test_signing_from_a_card_leads_back_to_the_queue(waiting, visit):
    client = visit("leader")
    card = client.get(page("cho-ky-chi-tiet", waiting[0]))
    assert 'name="ve" value="cho-ky"' in card.content.decode()
    given = {name: value(card, name) for name in ("khoa", "da-thay")} | {"ve": "cho-ky"}
    done = client.post(reverse("ho-so-viec", args=[waiting[0].code, "ky-duyet"]), given)
    assert done.url == reverse("cho-ky")
    assert f"Đã ký duyệt hồ sơ {waiting[0].code}." in words(client.get(done.url))


def test_a_proposal_to_refuse_cannot_be_signed_by_mistake(world, visit, clock):
    dossier = world.receive(MONDAY)
    common = {"at": at(MONDAY), "dossier_id": dossier.pk}
    actions.assign(by=world.desk, key="1", to=world.specialist, **common)
    actions.assess(by=world.specialist, key="2", opinion="Chưa đủ tuổi", grant=False, **common)
    actions.submit(by=world.specialist, key="3", to=world.leader, **common)
    shown = visit("leader").get(page("cho-ky-chi-tiet", dossier))
    assert "Đề nghị từ chối: Chưa đủ tuổi" in words(shown)
    assert "Ký duyệt" not in words(shown) and "Từ chối giải quyết" in words(shown)


def test_a_card_of_what_waits_for_somebody_else_has_no_button(waiting, visit):
    shown = visit("deputy").get(page("cho-ky-chi-tiet", waiting[0]))
    assert "Hồ sơ này không chờ tài khoản này ký." in words(shown)
    assert "Ký duyệt" not in words(shown)


# Handing over


@pytest.fixture
def done(world, clock):
    return world.to_done(world.receive(MONDAY), MONDAY)


def hand_over(client, dossier, **given):
    answers = {"khoa": KEY, "da-thay": str(dossier.journal_seq), "phieu": "khong"} | given
    return client.post(page("tra-ket-qua", dossier), answers)


def test_a_result_is_handed_over_with_a_survey_form_whose_code_is_told(world, done, visit):
    client = visit("desk")
    fresh = Dossier.objects.get(pk=done.pk)
    other = {"nguoi-nhan": "Lê Văn Cậy", "giay-uy-quyen": "UQ 12, 01/03/2026"}
    sent = hand_over(client, fresh, phieu="co", **other)
    form = SurveyForm.objects.get()
    assert f"Mã phiếu khảo sát: {form.token}." in words(client.get(sent.url))
    fresh.refresh_from_db()
    assert fresh.state == State.RETURNED and form.dossier_id == done.pk
    assert journal.latest(fresh, "dossier.hand_over").data["to"] == "Lê Văn Cậy"


def test_a_form_is_not_forced_on_anybody(done, visit):
    assert hand_over(visit("desk"), done).status_code == 302
    assert not SurveyForm.objects.exists()


def test_a_result_sent_twice_is_handed_over_once(done, visit):
    client = visit("desk")
    for _time in range(2):
        assert hand_over(client, done, phieu="co").status_code == 302
    assert SurveyForm.objects.count() == 1
    assert journal.events_of(done).filter(verb="dossier.hand_over").count() == 1


def test_what_is_not_signed_is_not_handed_over(world, visit):
    dossier = world.to_signing(world.receive(MONDAY), MONDAY)
    before = world.written()
    other = {"nguoi-nhan": "Lê Văn Cậy", "giay-uy-quyen": "UQ 12, 01/03/2026"}
    refused = hand_over(visit("desk"), dossier, **other)
    assert refused.status_code == 409 and world.written() == before
    assert "kết quả chưa ký hoặc chưa xong. Đang chờ Chủ tịch." in words(refused)
    assert value(refused, "nguoi-nhan") == "Lê Văn Cậy"
    assert visit("desk").get(page("tra-ket-qua", dossier)).status_code == 409


def test_an_unpaid_fee_is_asked_for_first(world, visit, clock):
    dossier = world.to_done(world.receive(MONDAY, procedure="2.000815"), MONDAY)
    refused = hand_over(visit("desk"), dossier)
    assert refused.status_code == 409
    assert "còn nợ 2.000 đồng. Thu phí trước" in words(refused)


def test_a_change_by_another_is_told_before_the_hand_over(world, done, visit):
    seen = done.journal_seq
    actions.correct(
        by=world.clerk, at=at(MONDAY), key="sua", dossier_id=done.pk, what="tên", reason="gõ sai"
    )
    refused = hand_over(visit("desk"), done, **{"da-thay": str(seen)})
    assert refused.status_code == 409 and "Văn thư vừa sửa hồ sơ này" in words(refused)
    assert (
        hand_over(visit("desk"), done, **{"da-thay": value(refused, "da-thay")}).status_code == 302
    )


# Who may not


@pytest.mark.parametrize("name", ["cho-ky", "cho-ky-chi-tiet", "xem-lai-va-ky", "ky-nhieu"])
@pytest.mark.parametrize("who", ["desk", "specialist", "clerk", "statistician"])
def test_the_queue_is_for_leaders(world, visit, name, who):
    dossier = world.receive(MONDAY)
    url = page(name, dossier) if name == "cho-ky-chi-tiet" else reverse(name)
    client = visit(who)
    refused = client.get(url) if name.startswith("cho-ky") else client.post(url, {"hs": "x"})
    assert refused.status_code == 403 and "Việc này dành cho: lãnh đạo." in words(refused)


@pytest.mark.parametrize("who", ["specialist", "leader", "clerk"])
def test_handing_over_is_for_the_desk(done, visit, who):
    assert visit(who).get(page("tra-ket-qua", done)).status_code == 403
    assert hand_over(visit(who), done).status_code == 403


@pytest.mark.parametrize(("name", "who"), [("cho-ky-chi-tiet", "leader"), ("tra-ket-qua", "desk")])
def test_a_dossier_of_another_commune_is_not_found(other, visit, name, who):
    assert visit(who).get(page(name, other.dossier)).status_code == 404


def test_a_batch_never_reaches_another_commune(other, visit):
    there = other.world
    with there.scope():
        dossier = there.to_signing(other.dossier, MONDAY)
    client = visit("leader")
    client.post(reverse("ky-nhieu"), {"ky": f"{dossier.code}|4|k"})
    assert "Không thấy hồ sơ này." in words(client.get(reverse("cho-ky")))
    with there.scope():
        assert Dossier.objects.get(pk=dossier.pk).phase == Phase.SIGNING


@pytest.mark.parametrize("name", ["trang-chu", "hom-nay", "ho-so-ke-tiep", "cho-ky"])
def test_a_stranger_is_sent_to_the_login(world, clock, name):
    assert Client().get(reverse(name)).url.startswith(reverse("dang-nhap"))


# How many statements a page costs


@pytest.mark.parametrize("rows", [1, 60])
def test_the_day_costs_the_same_for_one_row_and_for_sixty(
    world, visit, rows, django_assert_num_queries
):
    for minute in range(rows):
        world.receive(f"2026-03-02 08:{minute:02}")
    client = visit("desk")
    client.get(reverse("hom-nay"))
    with django_assert_num_queries(4):
        client.get(reverse("hom-nay"))


def test_the_queue_and_its_review_cost_the_same_for_one_and_for_three(
    waiting, visit, django_assert_num_queries
):
    client = visit("leader")
    client.get(reverse("cho-ky"))
    with django_assert_num_queries(2):
        client.get(reverse("cho-ky"))
    for count in (1, 3):
        with django_assert_num_queries(2):
            review(client, *waiting[:count])
