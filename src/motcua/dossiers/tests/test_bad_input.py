"""What goes wrong at the desk: one clear sentence that says what to do, and nothing written."""

import pytest

from motcua.dossiers import refusals
from motcua.dossiers.models import Dossier
from motcua.dossiers.persons import PersonIn
from motcua.dossiers.rules import AuthorityKind, Channel, Filer, PaperAs, PaperIn, State
from motcua.journal import queries as journal
from motcua.kernel.errors import BadInput
from motcua.papers import uploads
from motcua.papers.actions import Upload
from motcua.people.permissions import WrongRole
from motcua.procedures.rules import NotInForce, NotOurs, UnknownProcedure
from motcua.web.scope import TooLong
from tests.world import at

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj"


# Receiving


def test_an_unknown_procedure(world):
    with world.refuses(UnknownProcedure, "Không có thủ tục “9.999999”.*chọn trong danh sách"):
        world.receive(procedure="9.999999")


def test_a_procedure_no_longer_in_force(world):
    words = "“Bỏ hộ khẩu” không có hiệu lực ngày 02/03/2026 .hết hiệu lực từ 01/02/2026."
    with world.refuses(NotInForce, words):
        world.receive("2026-03-02 08:00", procedure="1.010001")


def test_a_procedure_not_yet_in_force(world):
    with world.refuses(NotInForce, "có hiệu lực từ 01/01/2022.*Chọn thủ tục đang có hiệu lực"):
        world.receive("2021-12-31 08:00", procedure="1.010001", by=_since_2021(world))


def _since_2021(world):
    for held in world.desk.assignments.all():
        held.effective_from = at("2021-01-01 00:00").date()
        held.save()
    world.desk.__dict__.pop("assignments_ever", None)
    return world.desk


def test_a_procedure_of_the_police(world):
    with world.refuses(NotOurs, "“Tạm trú” do Công an cấp xã tiếp nhận.*Hướng dẫn người nộp"):
        world.receive(procedure="1.010000")


@pytest.mark.parametrize(
    "papers",
    [
        [PaperIn("Tờ khai")],
        [PaperIn("Giấy chứng sinh", how=PaperAs.MISSING)],
        [],
    ],
)
def test_a_required_paper_is_missing(world, papers):
    words = "Còn thiếu Giấy chứng sinh. Chưa tiếp nhận. Đánh dấu cách có giấy này"
    with world.refuses(refusals.MissingPaper, words) as no:
        world.receive(procedure="1.001193", papers=papers)
    assert no.value.field == "papers"


def test_a_required_paper_written_without_marks_is_the_same_paper(world):
    assert world.receive(procedure="1.001193", papers=[PaperIn("giay chung  sinh")])


def test_no_paper_at_all(world):
    with world.refuses(refusals.NoPaper, "Thêm ít nhất một giấy tờ"):
        world.receive(papers=[PaperIn("  ")])


@pytest.mark.parametrize("name", ["Trần Văn Thay", ""])
def test_somebody_files_for_another_without_authority(world, name):
    filer = Filer(name=name, kind=AuthorityKind.WRITTEN, paper=" ")
    with world.refuses(refusals.NoAuthority, "Thêm giấy, hoặc chọn “nộp cho chính mình”"):
        world.receive(filer=filer)


def test_nobody_is_named(world):
    with world.refuses(refusals.ApplicantMissing, "Gõ họ và tên như trên căn cước"):
        world.receive(name=" ")


@pytest.mark.parametrize(
    ("number", "count"),
    [("12345", 5), ("00109000001A", 11), ("0010900000012", 13), ("²" * 12, 0), ("abc", 0)],
)
def test_an_identity_number_that_cannot_be_one(world, number, count):
    with world.refuses(refusals.BadIdNumber, f"“{number}” có {count} chữ số; cần đủ 12") as no:
        world.receive(id_number=number)
    assert no.value.field == "id_number"


def test_an_identity_number_with_blanks_and_dots_is_read(world):
    assert world.receive(id_number="001.090.000 001").applicant.id_number == "001090000001"


def test_the_identity_number_of_another_person(world):
    world.receive(name="Nguyễn Thị Ẩn", id_number="001090000001")
    with world.refuses(refusals.IdOfAnother, "đã ghi cho Nguyễn Thị Ẩn.*Xem lại số trên thẻ"):
        world.receive(name="Trần Văn Khác", id_number="001090000001")


def test_the_same_person_written_without_marks_is_known_again(world):
    first = world.receive(name="Nguyễn Thị Ẩn", id_number="001090000001")
    again = world.receive(name="nguyen thi an", id_number="001090000001", duplicate_checked=True)
    assert again.applicant_id == first.applicant_id


def test_a_birth_date_that_does_not_exist(world):
    with world.refuses(BadInput, "Ngày 31/2/1990 không có. Nhập lại"):
        world.receive(applicant=PersonIn("Nguyễn Thị Ẩn", "001090000001", birth="31/2/1990"))


def test_a_term_the_catalogue_does_not_know(world):
    with world.refuses(refusals.TermUnknown, "Nhập thời hạn theo quyết định công bố"):
        world.receive(procedure="1.009999")
    with world.refuses(BadInput, "Không hiểu thời hạn “vài hôm”"):
        world.receive(procedure="1.009999", term="vài hôm")
    assert world.receive(procedure="1.009999", term="5 ngày làm việc").term == "5 ngày làm việc"


def test_a_channel_the_procedure_does_not_offer(world):
    with world.refuses(refusals.ChannelNotOffered, "Chọn kênh khác: trực tiếp"):
        world.receive(procedure="2.000815", channel=Channel.ONLINE)


def test_a_possible_duplicate_is_shown_and_received_when_checked(world):
    first = world.receive(id_number="001090000001")
    words = f"đang có hồ sơ {first.code} cùng thủ tục, nhận lúc 08:00 02/03/2026"
    with world.refuses(refusals.PossibleDuplicate, words):
        world.receive(id_number="001090000001")
    assert world.receive(id_number="001090000001", procedure="1.001776")
    assert world.receive(id_number="001090000001", duplicate_checked=True)


def test_a_finished_dossier_is_no_duplicate(world):
    first = world.receive(id_number="001090000001")
    world.do("withdraw", first, "2026-03-02 09:00", reason="đổi ý")
    assert world.receive("2026-03-02 09:30", id_number="001090000001")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "Ẩ" * 201}, "“họ và tên” dài 201 ký tự; nhận đến 200. Viết ngắn lại"),
        ({"content": "x" * 601}, "“nội dung yêu cầu” dài 601 ký tự; nhận đến 600"),
        ({"papers": [PaperIn("x" * 401)]}, "“tên giấy tờ” dài 401 ký tự; nhận đến 400"),
    ],
)
def test_words_too_long_for_their_place(world, given, words):
    with world.refuses(TooLong, words):
        world.receive(**given)


def test_somebody_who_is_not_at_the_desk_does_not_receive(world):
    with world.refuses(WrongRole, "Việc này dành cho: cán bộ tiếp nhận"):
        world.receive(by=world.specialist)


# Supplements


def asked(world, dossier, when, **given):
    given = {"papers": ["Giấy xác nhận"], "reason": "thiếu"} | given
    return world.do("ask_supplement", dossier, when, **given)


def supplied(world):
    dossier = world.receive("2026-03-02 08:00")
    asked(world, dossier, "2026-03-02 09:00")
    world.do("take_supplement", dossier, "2026-03-03 09:00", papers=[PaperIn("Giấy xác nhận")])
    return dossier


@pytest.mark.parametrize(
    "override",
    [
        {}, {"approved_by": "leader"}, {"grounds": "Luật mới"},
        {"approved_by": "specialist", "grounds": "Luật mới"},
        {"approved_by": "leader", "grounds": " "},
    ],
)  # fmt: skip
def test_a_second_supplement_needs_a_leader_and_grounds(world, override):
    dossier = supplied(world)
    override = override | (
        {"approved_by": getattr(world, override["approved_by"])}
        if "approved_by" in override
        else {}
    )
    words = "đã yêu cầu bổ sung một lần ngày 02/03/2026.*Trình lãnh đạo trước"
    with world.refuses(refusals.SecondSupplement, words):
        asked(world, dossier, "2026-03-03 10:00", **override)


def test_a_leader_with_grounds_allows_a_second_supplement_and_both_are_on_record(world):
    dossier = supplied(world)
    after = asked(world, dossier, "2026-03-03 10:00", approved_by=world.leader, grounds="Luật mới")
    assert (after.state, after.supplements) == (State.SUPPLEMENT, 2)
    last = journal.latest(dossier, "dossier.ask_supplement")
    assert (last.data["approved_by"], last.data["grounds"]) == (str(world.leader.pk), "Luật mới")


def test_asking_for_nothing_or_without_a_reason(world):
    dossier = world.receive()
    with world.refuses(refusals.NothingAsked, "Nêu đủ mọi giấy tờ trong một lần"):
        asked(world, dossier, "2026-03-02 09:00", papers=[" "])
    with world.refuses(refusals.ReasonMissing, "Viết một câu để người nộp và lãnh đạo hiểu"):
        asked(world, dossier, "2026-03-02 09:00", reason="  ")


@pytest.mark.parametrize("papers", [[], [PaperIn(" ")], [PaperIn("Giấy", how=PaperAs.MISSING)]])
def test_a_supplement_that_brings_nothing(world, papers):
    dossier = world.receive()
    asked(world, dossier, "2026-03-02 09:00")
    with world.refuses(refusals.NoPaper, "Thêm ít nhất một giấy tờ"):
        world.do("take_supplement", dossier, "2026-03-03 09:00", papers=papers)


# Handing over


def test_handing_over_before_approval_names_who_has_the_dossier(world):
    dossier = world.receive()
    with world.refuses(refusals.NotSigned, "chưa ký hoặc chưa xong. Đang chờ Cán bộ tiếp nhận"):
        world.do("hand_over", dossier, "2026-03-02 09:00")
    world.to_signing(dossier, "2026-03-02 10:00")
    with world.refuses(refusals.NotSigned, "Đang chờ Chủ tịch"):
        world.do("hand_over", dossier, "2026-03-02 11:00")
    world.do("approve", dossier, "2026-03-02 11:00")
    with world.refuses(refusals.NotSigned, "Đang chờ văn thư"):
        world.do("hand_over", dossier, "2026-03-02 11:00")


def test_handing_over_a_paused_dossier_says_that_it_waits_for_papers(world):
    dossier = world.receive()
    asked(world, dossier, "2026-03-02 09:00")
    with world.refuses(refusals.NotSigned, "Đang chờ người nộp .chờ bổ sung."):
        world.do("hand_over", dossier, "2026-03-02 10:00")


def test_handing_over_what_was_withdrawn(world):
    dossier = world.receive()
    world.do("withdraw", dossier, "2026-03-02 09:00", reason="đổi ý")
    words = "đang “Công dân rút hồ sơ”.*không “trả kết quả” được.*Tải lại trang"
    with world.refuses(refusals.MoveNotAllowed, words):
        world.do("hand_over", dossier, "2026-03-02 10:00")


def test_handing_over_while_the_fee_is_owed(world):
    dossier = world.receive(procedure="2.000815")
    world.do("resolve_on_the_spot", dossier, "2026-03-02 08:10", signer=world.leader)
    with world.refuses(refusals.FeeOwed, "còn nợ 2.000 đồng. Thu phí trước"):
        world.do("hand_over", dossier, "2026-03-02 08:15")
    world.do("take_fee", dossier, "2026-03-02 08:15", amount=2000)
    assert world.do("hand_over", dossier, "2026-03-02 08:15").state == State.RETURNED


@pytest.mark.parametrize("amount", [0, -1, 2001])
def test_a_wrong_amount(world, amount):
    dossier = world.receive(procedure="2.000815")
    with world.refuses(refusals.WrongAmount, "còn phải nộp 2.000 đồng"):
        world.do("take_fee", dossier, "2026-03-02 08:15", amount=amount)


def test_a_fee_of_nothing_is_not_asked_for(world):
    dossier = world.receive()
    with world.refuses(refusals.WrongAmount, "một số lớn hơn 0"):
        world.do("ask_fee", dossier, "2026-03-02 09:00", amount=0, reason="thuế")


# Uploads


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        ("giấy.pdf", b"\xff\xd8\xff\xe0", uploads.NotWhatItSays, "nội dung là image/jpeg"),
        ("giấy.png", PDF, uploads.NotWhatItSays, "có tên là image/png"),
        ("giấy.pdf", b"MZ\x90\x00", uploads.WrongKind, "Lưu lại thành một trong các dạng đó"),
        ("giấy.exe", PDF, uploads.WrongKind, "không phải PDF, JPG, PNG hay TIFF"),
        ("giấy.pdf", b"", uploads.Empty, "Tệp “giấy.pdf” trống. Quét hoặc chọn lại"),
        ("to.pdf", PDF + b" " * uploads.LIMIT, uploads.TooLarge, "nặng 20,0 MB; nhận đến 20 MB"),
        ("mã.pdf", PDF + b"/OpenAction<</S/JavaScript/JS(x)>>", uploads.ActiveContent, "In lại"),
        ("nhúng.pdf", PDF + b"/EmbeddedFile", uploads.ActiveContent, "tệp nhúng. In lại"),
    ],
)  # fmt: skip
def test_an_upload_that_is_not_an_acceptable_file(world, name, content, kind, words):
    dossier = world.receive()
    with world.refuses(kind, words):
        world.do(
            "attach_scans", dossier, "2026-03-02 09:00",
            scans={1: Upload(name, content)},
        )  # fmt: skip
    assert Dossier.objects.get(pk=dossier.pk).digitised is False


def test_a_scan_of_a_paper_that_is_not_there(world):
    dossier = world.receive()
    with world.refuses(refusals.NoSuchPaper, "không có giấy tờ số 7. Tải lại trang"):
        world.do("attach_scans", dossier, "2026-03-02 09:00", scans={7: Upload("a.pdf", PDF)})


def test_one_bad_scan_among_good_ones_keeps_all_out(world):
    dossier = world.receive(papers=[PaperIn("Tờ khai"), PaperIn("Ảnh")])
    scans = {1: Upload("a.pdf", PDF), 2: Upload("b.pdf", b"")}
    with world.refuses(uploads.Empty, "b.pdf"):
        world.do("attach_scans", dossier, "2026-03-02 09:00", scans=scans)
