from datetime import date

import pytest

from motcua.kernel.calendar import load_calendar, national_calendar
from motcua.kernel.clock import Pause, Resume, due
from motcua.kernel.terms import parse_cutoff, parse_term
from motcua.kernel.tests.cases import at, due_for, pause, words


def test_the_published_example_explains_itself_in_both_languages():
    found = due_for("2024-02-07 16:10", "3 ngày làm việc")
    assert [line.vi for line in found.proof] == [
        "Nhận lúc 16:10 thứ Tư, 07/02/2024, trong giờ làm việc.",
        "Thời hạn 3 ngày làm việc: không tính ngày nhận 07/02/2024.",
        "Không tính từ 08/02/2024 đến 14/02/2024: Tết Giáp Thìn.",
        "Không tính thứ Bảy, Chủ nhật: 17/02/2024, 18/02/2024.",
        "Hạn trả: 17:00 thứ Hai, 19/02/2024.",
    ]
    assert [line.en for line in found.proof] == [
        "Received at 16:10 on Wednesday, 07/02/2024, within working hours.",
        "Term of 3 working days: the day of receipt, 07/02/2024, is not counted.",
        "08/02/2024 to 14/02/2024 do not count: Lunar New Year 2024.",
        "Weekends do not count: 17/02/2024, 18/02/2024.",
        "Due: 17:00 on Monday, 19/02/2024.",
    ]


@pytest.mark.parametrize(
    ("received", "sentence"),
    [
        (
            "2026-11-16 12:00",
            "Nhận lúc 12:00 thứ Hai, 16/11/2026, ngoài giờ làm việc: "
            "tính là nhận lúc 13:30 thứ Hai, 16/11/2026.",
        ),
        (
            "2026-11-14 09:00",
            "Nhận lúc 09:00 thứ Bảy, 14/11/2026, ngày nghỉ: "
            "tính là nhận lúc 07:30 thứ Hai, 16/11/2026.",
        ),
        (
            "2026-11-24 09:00",
            "Nhận lúc 09:00 thứ Ba, 24/11/2026, ngày nghỉ (Ngày Văn hóa Việt Nam): "
            "tính là nhận lúc 07:30 thứ Tư, 25/11/2026.",
        ),
    ],
)
def test_it_says_when_a_dossier_counts_as_received_and_why(received, sentence):
    assert due_for(received, "1 ngày làm việc").proof[0].vi == sentence


def test_it_says_on_which_side_of_the_cut_off_a_dossier_came():
    before, after = (
        words(due_for(f"2026-11-16 {clock}", "trong ngày")) for clock in ("14:59", "15:00")
    )
    assert "Nhận trước giờ chốt 15:00: tính từ ngày nhận." in before
    assert "Nhận từ giờ chốt 15:00 trở đi: tính là nhận lúc 07:30 thứ Ba, 17/11/2026." in after


def test_it_says_by_how_much_each_pause_moved_the_due_day():
    found = words(
        due_for(
            "2026-11-09 09:00",
            "5 ngày làm việc",
            pause("2026-11-10 10:00", "2026-11-12 09:00"),
            pause("2026-11-13 08:00", "2026-11-13 16:00"),
        )
    )
    assert "Tạm dừng từ 10/11/2026 đến 12/11/2026: lùi hạn 2 ngày làm việc." in found
    assert "Tạm dừng từ 13/11/2026 đến 13/11/2026: hạn không đổi." in found


def test_it_says_by_how_much_a_pause_moved_a_term_in_hours():
    found = due_for(
        "2026-11-16 08:00", "4 giờ làm việc", pause("2026-11-16 11:00", "2026-11-16 14:15")
    )
    assert "lùi hạn 1 giờ 15 phút làm việc." in words(found)


def test_it_says_that_a_supplement_restarts_the_term():
    supplement = pause("2026-11-18 10:00", "2026-11-20 09:00")
    found = due_for("2026-11-16 09:00", "5 ngày làm việc", supplement, resume=Resume.RESTART)
    assert "Nhận đủ bổ sung lúc 09:00 thứ Sáu, 20/11/2026: thời hạn tính lại từ đầu." in words(
        found
    )


def test_it_names_holidays_exchanged_days_and_worked_saturdays():
    found = words(due_for("2024-04-26 10:00", "4 ngày làm việc"))
    assert "Không tính thứ Hai, 29/04/2024: Nghỉ hoán đổi." in found
    assert "Không tính thứ Ba, 30/04/2024: Ngày Chiến thắng." in found
    assert "Có tính thứ Bảy, 04/05/2024: Làm bù thứ Bảy." in found


def test_it_says_why_a_calendar_term_rolled_and_from_which_short_month():
    rolled = words(due_for("2024-02-01 10:00", "10 ngày"))
    assert (
        "Ngày cuối Chủ nhật, 11/02/2024 là ngày nghỉ (Tết Giáp Thìn): "
        "chuyển sang thứ Năm, 15/02/2024." in rolled
    )
    short = words(due_for("2024-01-31 10:00", "1 tháng"))
    assert "tháng cuối không có ngày 31, lấy ngày cuối tháng 29/02/2024." in short


def test_a_calendar_term_does_not_claim_to_leave_out_weekends_within_it():
    assert "Không tính thứ Bảy" not in words(due_for("2026-11-02 10:00", "15 ngày"))


def test_a_term_beyond_the_known_calendar_says_so():
    found = words(due_for("2027-12-20 10:00", "20 ngày làm việc"))
    assert "Chưa có lịch nghỉ lễ năm 2028" in found
    assert "Chưa có lịch" not in words(due_for("2027-12-20 10:00", "5 ngày làm việc"))


def test_many_weekend_days_are_counted_rather_than_listed():
    found = words(due_for("2026-03-02 10:00", "30 ngày làm việc"))
    assert "Không tính thứ Bảy, Chủ nhật: 12 ngày, từ 07/03/2026 đến 12/04/2026." in found


def test_up_to_six_weekend_days_are_listed():
    found = words(due_for("2026-03-02 10:00", "15 ngày làm việc"))
    assert (
        "Không tính thứ Bảy, Chủ nhật: "
        "07/03/2026, 08/03/2026, 14/03/2026, 15/03/2026, 21/03/2026, 22/03/2026." in found
    )


def test_touching_pauses_are_told_as_one():
    found = due_for(
        "2026-11-09 09:00",
        "5 ngày làm việc",
        pause("2026-11-11 10:00", "2026-11-12 09:00"),
        pause("2026-11-10 10:00", "2026-11-11 09:00"),
    )
    assert [line.vi for line in found.proof if "Tạm dừng" in line.vi] == [
        "Tạm dừng từ 10/11/2026 đến 12/11/2026: lùi hạn 2 ngày làm việc."
    ]


def test_a_make_up_saturday_that_was_closed_is_not_said_to_count():
    closed = load_calendar(closures={date(2024, 5, 4): "Cúp điện toàn xã"})
    found = words(due_for("2024-04-26 10:00", "3 ngày làm việc", calendar=closed))
    assert "Không tính thứ Bảy, 04/05/2024: Cúp điện toàn xã." in found
    assert "Có tính" not in found


def test_every_line_is_one_sentence_in_each_language():
    found = due_for(
        "2024-02-07 18:10",
        "2 ngày làm việc",
        pause("2024-02-19 10:00", "2024-02-21 10:00"),
        cutoff=parse_cutoff("15:00"),
    )
    for line in found.proof:
        assert line.vi.endswith(".") and line.en.endswith(".")
        assert line.vi != line.en


def test_an_instant_without_a_zone_is_an_error_of_the_program():
    naive = at("2026-11-16 09:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="aware"):
        due(received=naive, term=parse_term("1 ngày"), calendar=national_calendar())
    with pytest.raises(ValueError, match="aware"):
        Pause(naive, naive)


def test_a_pause_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="ends before"):
        pause("2026-11-16 09:00", "2026-11-16 08:59")
