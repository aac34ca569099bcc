"""The opening balance: checked whole, written once, worked on to the end, equal when rebuilt."""

import datetime as dt

import pytest

from motcua.dossiers import actions, facts
from motcua.dossiers import queries as dossiers
from motcua.dossiers.models import Dossier, DossierFact
from motcua.dossiers.rules import Channel, PaperIn, State
from motcua.journal import queries as journal
from motcua.journal.models import Event
from motcua.kernel.errors import NotPermitted
from motcua.setup import opening
from motcua.setup.tests.tables_made import csv, row, xlsx
from tests.world import at

NOW = at("2026-03-10 08:00")
ALMOST = (at("2026-03-02 08:05") - dt.timedelta(milliseconds=1)).replace(tzinfo=None)


def check(world, content, as_of=NOW, name="so-du.csv"):
    return opening.check(name, content, agency=world.agency, code="", as_of=as_of, at=NOW)


def bring(world, content, as_of=NOW, when=NOW):
    plan = opening.check("so-du.csv", content, agency=world.agency, code="", as_of=as_of, at=when)
    assert plan.reading.refused == [], [one.message for one in plan.reading.refused]
    reached = list(opening.write(plan, by=world.administrator, at=when, as_of=as_of))
    return plan, reached[-1] if reached else opening.Written()


def reasons(found):
    return [(one.row, one.column, one.reason) for one in found]


def whole(world):
    assert list(journal.verify()) == []
    assert list(facts.TABLE.differences()) == []


def test_finished_ones_keep_code_and_times_and_count_in_the_year(world):
    bring(
        world,
        csv(row("260302-0001"), row("260302-0002", **{"Ngày kết thúc xử lý": "09/03/2026 09:00"})),
    )
    one, two = Dossier.objects.order_by("code")
    assert one.code == "H99.99.99-260302-0001" and one.state == State.RETURNED
    assert (one.received_at, one.due_at) == (at("2026-03-02 08:05"), at("2026-03-05 17:00"))
    assert one.finished_at == at("2026-03-04 15:40") + dt.timedelta(seconds=22)
    assert (one.outcome, two.outcome) == ("early", "late")
    assert one.origin["import"]["file"] == "so-du.csv" and one.channel == Channel.IMPORT
    fact = DossierFact.objects.get(pk=one.pk)
    assert (fact.received_on, fact.finished_on) == (dt.date(2026, 3, 2), dt.date(2026, 3, 4))
    whole(world)


def test_the_same_file_twice_changes_nothing(world):
    content = csv(row("260302-0001"), row("260302-0002", "Đang xử lý"))
    assert bring(world, content)[1] == opening.Written(2, 0)
    before = world.written()
    again, done = bring(world, content, when=at("2026-03-11 08:00"))
    assert (again.unchanged, done) == (2, opening.Written(0, 0))
    assert world.written() == before
    assert again.as_json(unchanged=again.unchanged)["accepted"] == 2


def test_a_later_file_tells_more_and_the_facts_follow(world):
    bring(world, csv(row("260302-0001", "Đang xử lý")))
    plan, done = bring(world, csv(row("260302-0001")), when=at("2026-03-11 08:00"))
    assert (len(plan.changed), done) == (1, opening.Written(0, 1))
    one = Dossier.objects.get()
    assert one.state == State.RETURNED and one.outcome == "early"
    last = Event.objects.filter(subject_id=one.pk).order_by("seq").last()
    assert last.verb == "dossier.reimported" and last.data["before"]["state"] == "4"
    whole(world)


def test_an_older_file_and_a_dossier_worked_on_here_are_left_as_they_are(world):
    bring(world, csv(row("260302-0001"), row("260302-0002", "Được tiếp nhận")))
    dossier = Dossier.objects.get(code__endswith="0002")
    actions.assign(by=world.desk, at=at("2026-03-10 09:00"), key="a", dossier_id=dossier.pk,
                   to=world.specialist)  # fmt: skip
    plan = check(world, csv(row("260302-0001", "Đang xử lý"), row("260302-0002")))
    assert reasons(plan.reading.ignored) == [
        (2, "Mã hồ sơ", "went-back"), (3, "Mã hồ sơ", "worked-on-here"),
    ]  # fmt: skip
    assert (plan.accepted, plan.new, plan.changed) == (0, [], [])


def test_open_ones_go_on_to_the_end_with_who_was_named_or_the_desk(world):
    bring(world, csv(
        row("260302-0001", "Đang xử lý", **{"Cán bộ đang xử lý": "Công chức chuyên môn"}),
        row("260302-0002", "Đang xử lý", **{"Cán bộ đang xử lý": "Người lạ"}),
        row("260302-0003", "Được tiếp nhận"),
        row("260302-0004", "Đã xử lý xong"),
    ))  # fmt: skip
    one, two, three, four = Dossier.objects.order_by("code")
    assert one.holder == world.specialist
    assert two.holder == world.desk and three.holder == world.desk
    assert {two, three} <= set(dossiers.waiting_for(world.desk, NOW))
    when = "2026-03-11 08:00"
    for dossier in (two, three):
        world.do("assign", dossier, when, to=world.specialist)
    for dossier in (one, two, three):
        world.do("assess", dossier, when, opinion="Đủ")
        world.do("submit", dossier, when, to=world.leader)
        world.do("approve", dossier, when)
        world.do("number_and_seal", dossier, when, number="1/TL")
        world.do("finish", dossier, when)
    for dossier in (one, two, three, four):
        world.do("hand_over", dossier, "2026-03-11 09:00")
    assert set(Dossier.objects.values_list("state", flat=True)) == {"10"}
    whole(world)


def test_a_printed_due_time_is_kept_and_moves_with_a_pause_only(world):
    times = {"Ngày hẹn trả": "06/03/2026 09:15:00", "Ngày yêu cầu bổ sung": "03/03/2026 10:00"}
    bring(world, csv(row("260302-0001", "Yêu cầu bổ sung giấy tờ", **times)))
    dossier = Dossier.objects.get()
    proof = dossiers.proof_of_due(dossier)
    assert proof.at == at("2026-03-06 09:15") and "trong tệp nhập" in proof.proof[0].vi
    world.do("take_supplement", dossier, "2026-03-10 09:00", papers=[PaperIn("Giấy")])
    moved = Dossier.objects.get()
    # Paused from Tuesday 3 to Tuesday 10 March: five working days.
    assert moved.due_at == moved.first_due_at == at("2026-03-13 09:15")
    assert [len(dossiers.proof_of_due(moved).proof), dossiers.proof_of_due(moved).at] == [
        2, moved.due_at,
    ]  # fmt: skip


def test_a_row_refused_names_its_place_and_nothing_at_all_is_written(world):
    content = xlsx(
        row("260302-0001"),
        row("260302-0002", **{"Ngày nhận": None}),
        row("260302-0003", "Lạ"),
        row("260302-0004", **{"Ngày kết thúc xử lý": "#REF!"}),
        row("260302-0005", **{"Ngày kết thúc xử lý": "01/03/2026 08:00"}),
        row("260302-0006", **{"Ngày nhận": "03/13/2026"}),
        row(
            "260302-0007", **{"Ngày nhận": "11/03/2026 08:00", "Ngày kết thúc xử lý": "11/03/2026"}
        ),
        row("260302-0008", "Đã xử lý xong", **{"Ngày kết thúc xử lý": None}),
        row("260302-0009", **{"Chủ hồ sơ": " "}),
        row("", **{"Mã hồ sơ": "H57.12.34-260302-0001"}),
        row("260302-0011", **{"Loại tiếp nhận": "Bồ câu"}),
        before=[["UBND XÃ THỬ"], ["DANH SÁCH"]],
    )
    plan = check(world, content)
    assert plan.accepted == 1
    assert reasons(plan.reading.refused) == [
        (5, "Ngày nhận", "missing-receipt"), (6, "Trạng thái", "unknown-state"),
        (7, "Ngày kết thúc xử lý", "error-cell"),
        (8, "Ngày kết thúc xử lý", "finish-before-receipt"),
        (9, "Ngày nhận", "month-before-day"), (10, "Ngày nhận", "receipt-in-future"),
        (10, "Ngày kết thúc xử lý", "finish-in-future"),
        (11, "Ngày kết thúc xử lý", "missing-finish"), (12, "Chủ hồ sơ", "missing-owner"),
        (13, "Mã hồ sơ", "other-agency"), (14, "Loại tiếp nhận", "unknown-channel"),
    ]  # fmt: skip
    first = plan.reading.refused[0].message
    assert first.startswith("Trang “Danh sách”, dòng 5, cột “Ngày nhận”: Chưa có ngày nhận")
    assert Dossier.objects.count() == 0


def test_header_below_a_title_number_row_and_totals_are_no_dossiers(world):
    content = xlsx(
        row("260302-0001", STT=1), row("260302-0002", STT=2),
        before=[["UBND XÃ THỬ", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], [], ["(Từ ngày …)"]],
        after=[["Tổng cộng", None, None, 2], [None, None, "NGƯỜI LẬP BIỂU"]],
    )  # fmt: skip
    plan = check(world, content)
    assert plan.accepted == 2 and plan.reading.refused == []
    numbered = csv(dict.fromkeys(row("x"), "(1)"), row("260302-0001"))
    assert check(world, numbered).accepted == 1


def test_dates_come_as_text_serial_cell_and_time_first(world):
    spellings = [
        "02/03/2026 08:05:00", "08:05, 02/03/2026", "2026-03-02T08:05:00", 46083.336805555555,
        ALMOST, "20260302080500", "2/3/2026 8:05",
    ]  # fmt: skip
    rows = [row(f"260302-{n:04}", **{"Ngày nhận": one}) for n, one in enumerate(spellings, 1)]
    plan = check(world, xlsx(*rows))
    assert plan.reading.refused == []
    assert {one.received.at for one in plan.reading.good} == {at("2026-03-02 08:05")}


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_csv_of_any_separator_and_encoding_reads_alike(world, mark, encoding):
    plan = check(world, csv(row("260302-0001"), encoding=encoding, mark=mark))
    assert [one.owner for one in plan.reading.good] == ["Nguyễn Thử A"]


def test_windows_1258_with_its_combining_marks_reads_alike(world):
    import unicodedata

    def split(text):
        kept = []
        for letter in text:
            try:
                letter.encode("cp1258")
                kept.append(letter)
            except UnicodeEncodeError:
                base, *tones = unicodedata.normalize("NFD", letter)
                keeps = [t for t in tones if t in "\u0302\u0306\u031b"]
                rest = [t for t in tones if t not in keeps]
                kept += [unicodedata.normalize("NFC", base + "".join(keeps)), *rest]
        return "".join(kept)

    content = split(csv(row("260302-0001")).decode()).encode("cp1258")
    plan = check(world, content)
    assert [(one.owner, one.state) for one in plan.reading.good] == [
        ("Nguyễn Thử A", State.RETURNED)
    ]


def test_repetitions_fall_out_later_states_win_and_contradictions_are_both_refused(world):
    plan = check(world, csv(
        row("260302-0001"), row("260302-0001"),
        row("260302-0002", "Được tiếp nhận"), row("260302-0002"),
        row("260302-0003"), row("260302-0003", **{"Chủ hồ sơ": "Người Khác"}),
    ))  # fmt: skip
    assert reasons(plan.reading.ignored) == [
        (3, "Mã hồ sơ", "duplicate"), (4, "Mã hồ sơ", "superseded"),
    ]  # fmt: skip
    assert [one.row for one in plan.reading.good] == [2, 5]
    assert [one.row for one in plan.reading.refused] == [6, 7]


def test_states_are_counted_as_the_interface_names_them(world):
    plan = check(world, csv(
        row("260302-0001"), row("260302-0002", **{"Ngày kết thúc xử lý": "05/03/2026 16:00"}),
        row("260302-0003", **{"Ngày kết thúc xử lý": "06/03/2026 16:00"}),
        row("260302-0004", "Đang xử lý"),
        row("260302-0005", "Đang xử lý", **{"Ngày hẹn trả": "20/03/2026"}),
        row("260302-0006", "Yêu cầu bổ sung giấy tờ"),
        row("260302-0007", "Yêu cầu thực hiện nghĩa vụ tài chính"),
        row("260302-0008", "Dừng xử lý"), row("260302-0009", "Công dân yêu cầu rút hồ sơ"),
        row("260302-0010", "Mới đăng ký", **{"Ngày nhận": None}),
        row("260302-0011", "Không được tiếp nhận", **{"Ngày nhận": None}),
        row("260302-0012", **{"Loại tiếp nhận": "Qua mạng"}),
    ))  # fmt: skip
    told = plan.as_json()
    assert told["counts"] == {
        "outcome": {
            "done_early": 2, "done_ontime": 1, "done_late": 1, "open_late": 1, "open_in_time": 1,
            "paused_supplement": 1, "paused_finance": 1, "stopped": 1, "withdrawn": 1,
            "pending_receive": 1, "not_received": 1,
        },
        "channel": {"import": 11, "online": 1},
    }  # fmt: skip
    assert (told["accepted"], len(plan.new)) == (12, 10)


def test_a_procedure_that_the_catalogue_lacks_is_taken_in_and_offered_to_nobody(world):
    names = {"Tên thủ tục hành chính": "Thủ tục lạ"}
    plan, _ = bring(world, csv(row("260302-0001", **names), row("260302-0002", **names)))
    assert [one.reason for one in plan.reading.warnings].count("unknown-procedure") == 2
    one, two = Dossier.objects.select_related("version__procedure")
    assert one.version == two.version and "KHONG-MA-" in one.version.procedure.code
    from motcua.procedures import queries as procedures

    assert procedures.search("lạ", NOW) == []
    whole(world)


def test_a_code_received_here_is_never_overwritten(world):
    dossier = world.receive("2026-03-02 08:00")
    plan = check(world, csv(row("x", **{"Mã hồ sơ": dossier.code})))
    assert reasons(plan.reading.refused) == [(2, "Mã hồ sơ", "received-here")]


def test_personal_numbers_of_finished_dossiers_are_not_taken(world):
    more = {"Số CCCD chủ hồ sơ": "001090000001", "SĐT": "0900000000"}
    bring(world, csv(row("260302-0001", **more), row("260302-0002", "Đang xử lý", **more)))
    one, two = (d.applicant for d in Dossier.objects.order_by("code").select_related("applicant"))
    assert (one.id_number, one.phone) == ("", "")
    assert (two.id_number, two.phone) == ("001090000001", "0900000000")


def test_only_the_administrator_brings_dossiers_in(world):
    plan = check(world, csv(row("260302-0001")))
    with pytest.raises(NotPermitted):
        list(opening.write(plan, by=world.desk, at=NOW, as_of=NOW))
    assert Dossier.objects.count() == 0
