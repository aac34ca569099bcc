"""Form 01 as PDF, warm, new content each time, beside an empty page of the same engine."""

import json
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from bench.result import Line, line
from bench.stage import Stage

NAME = "form_pdf"
TARGET_MS = 50


def run(stage: Stage) -> list[Line]:
    """In a process of its own; no database is asked."""
    own, least = stage.scratch.run("bench.form_pdf", str(stage.size.repeats))
    note = f"median, new names each time (unchanged content is cached); target {TARGET_MS} ms"
    return [line(f"{NAME}.form01", own, "ms", least, f"{note}; limit: an empty typst page")]


def main(repeats: int) -> None:
    import typst

    from motcua.papers.fonts import serif

    face = serif()
    paths = [str(face.path)] if face.path else []
    fonts = typst.Fonts(include_system_fonts=False, font_paths=paths)
    compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
    own: list[float] = []
    least: list[float] = []
    for number in range(repeats + 1):
        own.append(_taken(lambda n=number: _form(n)))
        source = f'#set page(paper: "a4")\n// {number}\n'.encode()
        least.append(_taken(lambda s=source: compiler.compile(s, format="pdf")))
    print(json.dumps([median(own[1:]), median(least[1:])]))


def _taken(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def _form(number: int) -> bytes:
    from motcua.papers.pdf import Form01, form01

    return form01(
        Form01(
            parent="ỦY BAN NHÂN DÂN\nXÃ ĐO", agency="BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
            number=f"{number}/TNHS", place_date="Đo, ngày 23 tháng 11 năm 2026",
            issued_at=1_795_000_000 + number, code=f"H00.00.00-261123-{number:05}",
            desk="Bộ phận Tiếp nhận và Trả kết quả", applicant=f"Nguyễn Văn Đo {number}",
            identity=f"{number:012}", address=f"Thôn {number}", phone=f"09{number:08}",
            request="Đăng ký kết hôn", papers=("Tờ khai đăng ký kết hôn", "Giấy xác nhận"),
            term="03 ngày làm việc", received_at="08 giờ 05 phút, ngày 23 tháng 11 năm 2026",
            due_at="17 giờ 00 phút, ngày 26 tháng 11 năm 2026", submitter=f"Nguyễn Văn Đo {number}",
            receiver="Cán bộ", fee="không thu", proof=("Nhận lúc 08:05.", "Hạn 3 ngày làm việc."),
        )
    )  # fmt: skip


if __name__ == "__main__":
    import sys

    main(int(sys.argv[1]))
