"""The small registers: each entry once, each mark in its order, each an event."""

import datetime as dt

import pytest

from motcua.journal import queries as journal
from motcua.kernel.errors import Refused
from motcua.people.permissions import WrongRole
from motcua.registers import actions
from motcua.registers.models import AllowanceRate, Equipment, Petition, ProvincialDecision
from motcua.registers.rules import EquipmentKind
from tests.world import at

WHEN = at("2026-03-02 08:00")


def day(text):
    return dt.date.fromisoformat(text)


def act(world, action, **given):
    return action(**({"by": world.statistician, "at": WHEN, "key": world.key()} | given))


def decision(world, **given):
    return act(
        world, actions.receive_decision,
        **{"number": "1102/QĐ-UBND", "issued_on": day("2026-02-20"), "title": "Công bố",
           "on": day("2026-02-25")} | given,
    )  # fmt: skip


def test_a_decision_is_received_posted_and_turned_into_processes(world):
    row = decision(world)
    act(world, actions.post_decision, decision_id=row.pk, on=day("2026-02-27"))
    done = act(world, actions.build_processes, decision_id=row.pk, on=day("2026-03-02"))

    assert (done.received_on, done.reviewed_on, done.posted_on, done.processed_on) == (
        day("2026-02-25"), day("2026-02-27"), day("2026-02-27"), day("2026-03-02"),
    )  # fmt: skip
    assert [e.verb for e in journal.events_of(row)] == [
        "decision.received", "decision.posted", "decision.processed",
    ]  # fmt: skip
    assert list(journal.verify()) == []


def refused(world, action, message, **given):
    """Refused in these words, and nothing was written."""
    events = world.written()["Event"]
    with pytest.raises(Refused, match=message) as no:
        act(world, action, **given)
    assert world.written()["Event"] == events
    return no.value


def test_the_same_decision_is_registered_once(world):
    decision(world)
    problem = refused(
        world, actions.receive_decision, "“1102/QĐ-UBND” đã có trong sổ. Mở dòng đó",
        number=" 1102/QĐ-UBND ", issued_on=day("2026-02-20"), title="", on=day("2026-02-25"),
    )  # fmt: skip
    assert problem.field == "number"


def test_a_decision_without_its_number_is_refused(world):
    refused(
        world, actions.receive_decision, "Nhập như trên văn bản", number=" ",
        issued_on=day("2026-02-20"), title="", on=day("2026-02-25"),
    )  # fmt: skip


def test_processes_come_after_the_posting_and_each_mark_is_made_once(world):
    row = decision(world)
    mark = {"decision_id": row.pk, "on": day("2026-02-27")}
    refused(world, actions.build_processes, "Chưa niêm yết quyết định", **mark)
    act(world, actions.post_decision, **mark)
    refused(world, actions.post_decision, "Niêm yết đã ghi ngày 27/02/2026", **mark)
    act(world, actions.build_processes, **mark)
    refused(world, actions.build_processes, "Công bố quy trình đã ghi ngày 27/02/2026", **mark)


def test_no_day_comes_before_the_day_it_follows(world):
    refused(
        world, actions.receive_decision,
        "Nhận ngày 19/02/2026 không thể trước ngày ban hành ngày 20/02/2026",
        number="2/QĐ", issued_on=day("2026-02-20"), title="", on=day("2026-02-19"),
    )  # fmt: skip
    row = decision(world)
    refused(
        world, actions.post_decision, "không thể trước ngày nhận", decision_id=row.pk,
        on=day("2026-02-24"),
    )  # fmt: skip
    act(world, actions.post_decision, decision_id=row.pk, on=day("2026-02-25"))
    refused(
        world, actions.build_processes, "không thể trước ngày niêm yết", decision_id=row.pk,
        on=day("2026-02-24"),
    )  # fmt: skip


def test_a_review_is_registered_then_done_once(world):
    given = {"procedure": "Khai sinh", "on": day("2026-01-10")}
    row = act(world, actions.register_review, **given)
    refused(world, actions.register_review, "“Khai sinh” đã có trong sổ", **given)
    end = {"review_id": row.pk, "on": day("2026-03-01"), "proposal": "Bỏ một giấy tờ"}
    refused(
        world, actions.finish_review, "không thể trước ngày đăng ký",
        **end | {"on": day("2026-01-09")},
    )  # fmt: skip
    done = act(world, actions.finish_review, **end)
    assert (done.reviewed_on, done.proposal) == (day("2026-03-01"), "Bỏ một giấy tờ")
    refused(world, actions.finish_review, "Rà soát đã ghi ngày 01/03/2026", **end)


def test_a_petition_is_entered(world):
    row = act(world, actions.receive_petition, on=day("2026-03-01"), content="Chờ lâu")
    assert Petition.objects.get().content == "Chờ lâu"
    assert "content" not in journal.events_of(row).get().data


def test_a_machine_is_in_use_from_a_day_to_a_day(world):
    given = {"kind": EquipmentKind.SCANNER, "name": "Máy quét 1", "on": day("2026-01-05")}
    row = act(world, actions.add_equipment, **given)
    refused(world, actions.add_equipment, "“Máy quét 1” đã có trong sổ", **given)
    refused(
        world, actions.retire_equipment, "không thể trước ngày bắt đầu dùng",
        equipment_id=row.pk, on=day("2026-01-04"),
    )  # fmt: skip
    act(world, actions.retire_equipment, equipment_id=row.pk, on=day("2026-03-01"))
    assert Equipment.objects.get().used_to == day("2026-03-01")
    refused(
        world, actions.retire_equipment, "Thôi dùng đã ghi ngày 01/03/2026",
        equipment_id=row.pk, on=day("2026-03-02"),
    )  # fmt: skip


def test_one_rate_holds_from_one_day(world):
    given = {"amount": 300_000, "on": day("2026-01-01"), "source": "NQ thử"}
    act(world, actions.set_allowance, **given)
    refused(world, actions.set_allowance, "“mức từ 01/01/2026” đã có trong sổ", **given)
    assert AllowanceRate.objects.get().amount == 300_000


def test_a_repeated_entry_with_the_same_key_is_the_first_one(world):
    first = decision(world, key="một")
    assert decision(world, key="một").pk == first.pk
    assert ProvincialDecision.objects.count() == 1


@pytest.mark.parametrize("who", ["desk", "specialist", "leader"])
def test_only_those_who_keep_the_registers_write_in_them(world, who):
    events = world.written()["Event"]
    with pytest.raises(WrongRole, match="người làm báo cáo, văn thư, quản trị"):
        decision(world, by=getattr(world, who))
    assert world.written()["Event"] == events
