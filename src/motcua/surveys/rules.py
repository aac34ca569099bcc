"""What makes a form valid. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.kernel.errors import BadInput, Refused
from motcua.kernel.labelled import Labelled

CRITERIA: Mapping[str, str] = {
    "c1": "Nơi đón tiếp của Bộ phận Tiếp nhận và trả kết quả hiện đại",
    "c2": "Thái độ hướng dẫn, tiếp nhận, trả kết quả",
    "c3": "Thời gian xử lý, hoàn trả kết quả",
    "c4": "Thời gian chờ đến lượt nộp hồ sơ hoặc nhận kết quả",
    "c5": "Hồ sơ thủ tục hành chính",
}


class Answer(Labelled):
    """The annex prints the bare letters; the words are ours."""

    A = "A", "Hài lòng"
    B = "B", "Bình thường"
    C = "C", "Không hài lòng"


class Invalid(Labelled):
    """Why a collected form does not count."""

    MISSING = "missing", "Bỏ trống tiêu chí"
    TWICE = "twice", "Một tiêu chí có nhiều câu trả lời"
    UNKNOWN = "unknown", "Câu trả lời không phải A, B hay C"


class NotHandedOver(Refused):
    code = "survey-before-hand-over"
    message = "Hồ sơ {code} chưa trả kết quả. Phát phiếu khảo sát khi trả kết quả."


class AlreadyOffered(Refused):
    code = "survey-already-offered"
    message = "Hồ sơ {code} đã có phiếu khảo sát. Dùng mã trên phiếu đã phát."


class UnknownToken(BadInput):
    code = "survey-unknown-token"
    message = "Không có phiếu mang mã “{token}”. Xem lại mã in ở đầu phiếu."


class AlreadyReturned(Refused):
    code = "survey-already-returned"
    message = "Phiếu này đã thu ngày {on}. Mỗi phiếu chỉ ghi một lần."


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a form counts; its answers when it does; why not when it does not."""

    valid: bool
    answers: Mapping[str, str]
    reason: str = ""


def judge(marks: Mapping[str, str]) -> Verdict:
    """Judge the marks of a collected form: for each criterion the letters that were ticked."""
    read = {name: "".join(marks.get(name, "").upper().split()) for name in CRITERIA}
    if any(mark not in set(Answer) for letters in read.values() for mark in letters):
        return Verdict(False, {}, Invalid.UNKNOWN)
    if any(not letters for letters in read.values()):
        return Verdict(False, {}, Invalid.MISSING)
    if any(len(letters) > 1 for letters in read.values()):
        return Verdict(False, {}, Invalid.TWICE)
    return Verdict(True, read)
