"""What the screens say: short sentences, no banned words, no capitals that the law does not print.

A syllable is what stands between blanks. `docs/glossary.md` says what the words mean.
"""

import re

import pytest

from tests import english

LONGEST = 28
"""Syllables an official reads in one sentence."""
# Other systems are spoken of; this one is never a culprit.
BANNED = (
    "bạn", "khách hàng", "quý khách", "(?:cho|của|là) người dùng", "hệ thống(?! khác| riêng| hóa)",
    "vui lòng",
)  # fmt: skip
NEXT_STEP = (
    "bấm|báo|bổ sung|bỏ|chạy|chia|cho|chọn|chốt|chờ|chuyển|chụp|cấp|dùng|đánh dấu|đăng|đặt|để|đổi|"
    "đợi|ghi|giao|gõ|gọi|gửi|gộp|hỏi|hướng dẫn|in|kiểm|kết thúc|làm|lập|liên hệ|lưu|lọc|mở|nêu|"
    "nhập|nhờ|nhận|phát|quét|quay|rút|sang|sửa|tách|tải|thêm|thu|tìm|tra|trả|trình|viết|xem|xóa|xuất"
)
END = re.compile(r"(?<=[.!?;])\s+|\n|:\s")
SHOUT = re.compile(r"\b[A-ZĐÀ-Ỹ]{2,}(?:\s+[A-ZĐÀ-Ỹ]{2,}){3,}")


@pytest.fixture(scope="module")
def said() -> set[str]:
    return english.msgids() - english.of_figures()


def test_a_sentence_is_read_in_one_breath(said):
    long = [s for text in said for s in END.split(text) if len(s.split()) > LONGEST]
    assert long == []


def test_nobody_is_addressed_as_a_customer_and_nothing_is_blamed_on_a_system(said):
    words = re.compile(rf"\b({'|'.join(BANNED)})\b", re.IGNORECASE)
    assert [text for text in said if words.search(text)] == []


def test_nothing_is_shouted(said):
    assert [text for text in said if "!" in text or SHOUT.search(text)] == []


def test_a_refusal_says_what_to_do_next():
    from motcua.kernel.errors import Refused

    step = re.compile(rf"\b({NEXT_STEP})\b", re.IGNORECASE)
    refusals = {kind.__name__: kind.message for kind in english._below(Refused)}
    assert [name for name, words in refusals.items() if not step.search(words)] == []
