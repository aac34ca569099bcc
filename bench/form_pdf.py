"""Forms as PDF, warm, new content each time, beside an empty page of the same engine."""

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
    own, signable, slowest, least = stage.scratch.run("bench.form_pdf", str(stage.size.repeats))
    note = f"median, new names each time (unchanged content is cached); target {TARGET_MS} ms"
    beside = f"{note}; limit: an empty typst page"
    return [
        line(f"{NAME}.form01", own, "ms", least, beside),
        line(f"{NAME}.form01_signable", signable, "ms", least, beside),
        line(f"{NAME}.slowest_of_02_to_06", slowest, "ms", least, beside),
    ]


def main(repeats: int) -> None:
    import typst

    from motcua.papers import pdf
    from motcua.papers.fonts import serif

    face = serif()
    paths = [str(face.path)] if face.path else []
    fonts = typst.Fonts(include_system_fonts=False, font_paths=paths)
    compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)

    def empty(number: int) -> None:
        source = f'#set page(paper: "a4")\n// {number}\n'.encode()
        compiler.compile(source, format="pdf")

    own = _median(lambda n: pdf.made(_receipt(n)), repeats)
    signable = _median(lambda n: pdf.signable(_receipt(n).data()), repeats)
    slowest = max(
        _median(lambda n, make=make: pdf.made(make(n)), repeats)
        for make in (_two, _three, _four, _six)
    )
    print(json.dumps([own, signable, slowest, _median(empty, repeats)]))


def _median(call: Callable[[int], Any], repeats: int) -> float:
    """Milliseconds of the usual call, the first left out."""
    taken = [_taken(lambda n=number: call(n)) for number in range(repeats + 1)]
    return median(taken[1:])


def _taken(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


RECEIVED = "08 giờ 05 phút, ngày 23 tháng 11 năm 2026"
DUE = "17 giờ 00 phút, ngày 26 tháng 11 năm 2026"


def _head(number: int) -> dict[str, Any]:
    return {
        "parent": "ỦY BAN NHÂN DÂN\nXÃ ĐO", "agency": "BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
        "number": f"{number}/TNHS", "place_date": "Đo, ngày 23 tháng 11 năm 2026",
        "issued_at": 1_795_000_000 + number, "code": f"H00.00.00-261123-{number:05}",
    }  # fmt: skip


def _who(number: int) -> dict[str, Any]:
    return {
        "applicant": f"Nguyễn Văn Đo {number}", "address": f"Thôn {number}",
        "request": f"Đăng ký kết hôn {number}",
    }  # fmt: skip


def _receipt(number: int) -> Any:
    from motcua.papers.pdf import Form01

    return Form01(
        **_head(number), **_who(number), desk="Bộ phận Tiếp nhận và Trả kết quả",
        identity=f"{number:012}", phone=f"09{number:08}",
        papers=("Tờ khai đăng ký kết hôn", "Giấy xác nhận"), term="03 ngày làm việc",
        received_at=RECEIVED, due_at=DUE, submitter=f"Nguyễn Văn Đo {number}", receiver="Cán bộ",
        fee="không thu", proof=("Nhận lúc 08:05.", "Hạn 3 ngày làm việc."),
    )  # fmt: skip


def _two(number: int) -> Any:
    from motcua.papers.pdf import Form02

    return Form02(**_head(number), **_who(number), items=("Giấy xác nhận", f"Giấy {number}"))


def _three(number: int) -> Any:
    from motcua.papers.pdf import Form03

    return Form03(**_head(number), **_who(number), desk="Bộ phận", reason=f"Lý do {number}")


def _four(number: int) -> Any:
    from motcua.papers.pdf import Form04

    return Form04(
        **_head(number), **_who(number), issuer="Ủy ban nhân dân xã Đo", received_at=RECEIVED,
        due_at=DUE, new_due_at=DUE, reason=f"chờ xác minh {number}", signer="Chủ tịch",
    )  # fmt: skip


def _six(number: int) -> Any:
    from motcua.papers.pdf import Form06, Hop

    hops = tuple(
        Hop(unit=f"Đơn vị {n}", given_at=RECEIVED, giver=f"Người {number}", taker=f"Người {n}")
        for n in range(6)
    )
    return Form06(**_head(number), resolver="UBND xã", received_at=RECEIVED, due_at=DUE, hops=hops)


if __name__ == "__main__":
    import sys

    main(int(sys.argv[1]))
