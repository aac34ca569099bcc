"""What goes wrong while the work goes on: a clear sentence again, and nothing written."""

import pytest

from motcua.dossiers import actions, persons, refusals
from motcua.dossiers.rules import PaperIn, State
from motcua.journal.rules import ClockWentBack, KeyReused
from motcua.people import actions as people
from motcua.people.rules import PostGroup, Role
from tests.world import at

# Two at once, keys


def asked(world, dossier, when, **given):
    given = {"papers": ["Giấy xác nhận"], "reason": "thiếu"} | given
    return world.do("ask_supplement", dossier, when, **given)


def test_what_another_changed_meanwhile_is_not_overwritten(world):
    dossier = world.receive()
    seen = dossier.journal_seq
    world.do("assign", dossier, "2026-03-02 09:00", to=world.specialist)
    words = "Cán bộ tiếp nhận vừa sửa hồ sơ này lúc 09:00. Phần vừa nhập chưa ghi. Xem lại"
    with world.refuses(refusals.Changed, words):
        asked(world, dossier, "2026-03-02 09:05", seen=seen)
    assert asked(world, dossier, "2026-03-02 09:05", seen=seen + 1)


def test_a_repeated_key_gives_the_first_result_and_writes_nothing(world):
    dossier = world.receive()
    first = world.do("assign", dossier, "2026-03-02 09:00", to=world.specialist, key="một")
    before = world.written()
    again = world.do("assign", dossier, "2026-03-02 09:01", to=world.specialist, key="một")
    assert (again.pk, again.journal_seq) == (first.pk, first.journal_seq)
    assert world.written() == before


def test_a_key_repeated_after_the_dossier_moved_on_still_gives_its_result(world):
    dossier = world.receive()
    world.to_signing(dossier, "2026-03-02 10:00")
    world.do("approve", dossier, "2026-03-02 11:00", key="ký")
    world.do("number_and_seal", dossier, "2026-03-02 12:00", number="1/TL")
    before = world.written()
    assert world.do("approve", dossier, "2026-03-02 12:01", key="ký").pk == dossier.pk
    assert world.written() == before


def test_a_key_used_for_another_act_another_dossier_or_by_another_is_refused(world):
    dossier, other = world.receive(key="một"), world.receive()
    words = "đã dùng cho việc khác. Chưa ghi. Tải lại trang"
    with world.refuses(KeyReused, words):
        asked(world, dossier, "2026-03-02 09:00", key="một")
    world.to_signing(dossier, "2026-03-02 10:00")
    world.to_signing(other, "2026-03-02 10:00")
    world.do("approve", dossier, "2026-03-02 11:00", key="ký")
    with world.refuses(KeyReused, words):
        world.do("approve", other, "2026-03-02 11:00", key="ký")
    with world.refuses(KeyReused, words):
        world.do("approve", dossier, "2026-03-02 11:00", key="ký", by=world.deputy)


def test_an_act_without_a_key_or_with_a_naive_time_is_a_defect_not_a_refusal(world):
    with pytest.raises(ValueError, match="idempotency key"):
        world.receive(key="")
    with pytest.raises(ValueError, match="aware"):
        actions.withdraw(
            by=world.desk, at=at("2026-03-02 09:00").replace(tzinfo=None), key="x",
            dossier_id=world.receive().pk, reason="đổi ý",
        )  # fmt: skip


# Signatories


def assessed(world):
    dossier = world.receive("2026-03-02 08:00")
    world.do("assign", dossier, "2026-03-02 09:00", to=world.specialist)
    world.do("assess", dossier, "2026-03-02 10:00", opinion="Đủ")
    return dossier


def test_submitting_to_a_leader_who_is_away(world):
    dossier = assessed(world)
    world.absent(world.leader, "2026-03-02 09:00", "2026-03-02 17:00")
    words = "Chủ tịch họp đến 17:00 02/03. Chưa trình. Trình người khác, hoặc chọn “Vẫn trình"
    with world.refuses(refusals.AbsentSignatory, words):
        world.do("submit", dossier, "2026-03-02 10:30", to=world.leader)
    assert world.do("submit", dossier, "2026-03-02 10:30").holder == world.deputy


def test_the_officer_may_submit_all_the_same_and_the_clock_goes_on(world):
    dossier = assessed(world)
    for leader in (world.leader, world.deputy):
        world.absent(leader, "2026-03-02 09:00", "2026-03-02 17:00")
    with world.refuses(refusals.AbsentSignatory, "Chủ tịch họp.*Phó Chủ tịch họp"):
        world.do("submit", dossier, "2026-03-02 10:30")
    waiting = world.do("submit", dossier, "2026-03-02 10:30", wait=True)
    assert (waiting.holder_role, waiting.state) == ("leader", State.IN_PROGRESS)
    assert waiting.due_at == dossier.due_at


def test_submitting_to_somebody_who_is_no_leader(world):
    dossier = assessed(world)
    with world.refuses(refusals.NotALeader, "Văn thư không có vai trò lãnh đạo ngày 02/03/2026"):
        world.do("submit", dossier, "2026-03-02 10:30", to=world.clerk, wait=True)


@pytest.mark.parametrize("birth", ["2027", "4/2026", "03/03/2026"])
def test_who_is_not_born_yet_files_nothing(world, birth):
    with world.refuses(refusals.NotYetBorn, "chưa đến. Xem lại trên giấy tờ"):
        world.receive(applicant=persons.PersonIn("Lê A", birth=birth))


@pytest.mark.parametrize("birth", ["2026", "3/2026", "02/03/2026"])
def test_who_is_born_today_may_file(world, birth):
    assert world.receive(applicant=persons.PersonIn("Lê A", birth=birth))


@pytest.mark.parametrize("verb", ["approve", "refuse"])
def test_a_leader_recorded_away_does_not_sign(world, verb):
    dossier = world.receive("2026-03-02 08:00")
    world.to_signing(dossier, "2026-03-02 08:30")
    world.absent(world.leader, "2026-03-02 09:00", "2026-03-02 17:00")
    given = {"reason": "không đủ điều kiện"} if verb == "refuse" else {}
    words = "Chủ tịch đang được ghi vắng mặt .họp. đến 17:00 02/03/2026.*Kết thúc vắng mặt trước"
    with world.refuses(refusals.SignerAway, words):
        world.do(verb, dossier, "2026-03-02 10:00", **given)
    assert world.do(verb, dossier, "2026-03-02 10:00", by=world.deputy, **given)
    other = world.receive("2026-03-02 08:00")
    world.to_signing(other, "2026-03-02 08:30")
    assert world.do(verb, other, "2026-03-02 17:00", **given)


def test_on_the_spot_only_where_the_procedure_says_so_and_a_leader_is_there(world):
    wedding = world.receive()
    with world.refuses(refusals.NotOnTheSpot, "“Kết hôn” không thuộc loại giải quyết ngay"):
        world.do("resolve_on_the_spot", wedding, "2026-03-02 08:10", signer=world.leader)
    copy = world.receive(procedure="2.000815")
    with world.refuses(refusals.NotALeader, "Chọn người ký khác"):
        world.do("resolve_on_the_spot", copy, "2026-03-02 08:10", signer=world.clerk)
    world.absent(world.leader, "2026-03-02 08:00", "2026-03-02 17:00")
    with world.refuses(refusals.SignerAway, "nhờ người ký thay"):
        world.do("resolve_on_the_spot", copy, "2026-03-02 08:10", signer=world.leader)
    done = world.do("resolve_on_the_spot", copy, "2026-03-02 08:10", signer=world.deputy)
    assert (done.state, done.signer) == (State.DONE, world.deputy)


# The work


def test_only_a_specialist_is_assigned_or_gets_a_draft_back(world):
    dossier = world.receive()
    words = "Văn thư không được phân công xử lý hồ sơ ngày 02/03/2026. Chọn người khác"
    with world.refuses(refusals.NotASpecialist, words):
        world.do("assign", dossier, "2026-03-02 09:00", to=world.clerk)
    world.to_signing(dossier, "2026-03-02 10:00")
    with world.refuses(refusals.NotASpecialist, words):
        world.do("return_for_rework", dossier, "2026-03-02 11:00", to=world.clerk, reason="sai")


def test_only_who_holds_the_dossier_works_on_it(world):
    other = people.add_officer(
        agency=world.agency, login="hai", name="Người thứ hai", post_code="hai", post_title="Hai",
        group=PostGroup.JUSTICE, roles=(Role.SPECIALIST,), source="thử",
        effective_from=at("2022-01-01 00:00").date(), at=at("2026-03-02 07:00"),
    )  # fmt: skip
    dossier = world.receive()
    world.do("assign", dossier, "2026-03-02 09:00", to=world.specialist)
    with world.refuses(refusals.NotHolder, "đang do Công chức chuyên môn giữ. Nhờ người đó làm"):
        world.do("assess", dossier, "2026-03-02 10:00", opinion="Đủ", by=other)


def test_a_leader_may_take_a_dossier_from_who_holds_it(world):
    dossier = world.receive()
    world.do("assign", dossier, "2026-03-02 09:00", to=world.specialist)
    assert world.do("assign", dossier, "2026-03-02 10:00", to=world.specialist, by=world.leader)


def test_an_act_out_of_its_order(world):
    dossier = world.receive()
    words = "đang “Được tiếp nhận” .chờ chuyển xử lý., không “ký duyệt” được. Chưa ghi"
    with world.refuses(refusals.MoveNotAllowed, words):
        world.do("approve", dossier, "2026-03-02 09:00")


def test_a_result_without_its_number(world):
    dossier = world.receive()
    world.to_signing(dossier, "2026-03-02 10:00")
    world.do("approve", dossier, "2026-03-02 10:00")
    with world.refuses(refusals.DocumentNumberMissing, "Nhập số đã vào sổ"):
        world.do("number_and_seal", dossier, "2026-03-02 10:00", number=" ")


def test_a_correction_needs_what_and_why(world):
    dossier = world.to_done(world.receive(), "2026-03-02 10:00")
    for given in ({"what": " ", "reason": "sai tên"}, {"what": "tên", "reason": " "}):
        with world.refuses(refusals.ReasonMissing, "Chưa ghi lý do"):
            world.do("correct", dossier, "2026-03-02 11:00", **given)


# The clock


def test_a_clock_that_went_back_before_the_last_act(world):
    dossier = world.receive("2026-03-02 08:00")
    words = (
        "Giờ máy .07:59:59 02/03/2026. sớm hơn việc đã ghi trước đó .08:00:00 02/03/2026.. "
        "Chưa ghi. Chỉnh lại đồng hồ"
    )
    with world.refuses(ClockWentBack, words):
        world.do("withdraw", dossier, "2026-03-02 07:59:59", reason="đổi ý")
    assert world.do("withdraw", dossier, "2026-03-02 08:00", reason="đổi ý")


def test_a_clock_that_went_back_during_a_pause(world):
    dossier = world.receive("2026-03-02 08:00")
    asked(world, dossier, "2026-03-02 09:00")
    with world.refuses(ClockWentBack, "08:30:00 02/03/2026. sớm hơn .* .09:00:00 02/03/2026."):
        world.do("take_supplement", dossier, "2026-03-02 08:30", papers=[PaperIn("Giấy")])
