"""From data to PDF bytes over Typst.

Data reach the template as JSON and are set as plain text: nothing in them can be read as markup.
The same data and font give the same bytes; the only time in the file is `issued_at`.
"""

import io
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, cast

import segno
import typst

from motcua.kernel.vntime import VN
from motcua.papers.fonts import FontChoice, serif
from motcua.papers.pdf.head import Letterhead
from motcua.papers.pdf.signable import with_signature_fields

TEMPLATES = Path(__file__).parent.parent / "typ"
QR_MM = 25
"""Printed width of the QR symbol without its quiet zone, in millimetres."""
ARCHIVAL = "a-2b"
"""PDF/A-2b (ISO 19005-2): what an electronic paper is kept as."""

UNTAGGED = frozenset({"form07"})
"""A register of thousands of rows has a tag for each cell: eight times the file, read by nobody."""

_COMPILING = Lock()
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_LONG_RUN = re.compile(r"\S{32,}")
_VERBATIM = ("svg", "alt", "seal")


class UnreadableSeal(ValueError):
    """The picture of the seal cannot be drawn."""


def made(form: Letterhead) -> bytes:
    """The form as PDF, first print."""
    return printed(form.data())


def printed(data: Mapping[str, Any], *, mark: str = "") -> bytes:
    """PDF of the kept `data` of a form; `mark` stands in a box on top of each page ("IN LẠI …")."""
    return render(data["template"], {**data, "qr": _qr(data), "mark": mark})


def signable(data: Mapping[str, Any], *, seal: bytes = b"") -> bytes:
    """The electronic version, ready for signature: PDF/A-2b with an empty field for each signer.

    `seal`: picture of the seal, PNG, put beside the signature of the head of the agency. Raises
    UnreadableSeal when it is none.
    """
    more = {"qr": _qr(data), "mark": "", "signable": True, "seal": list(seal)}
    try:
        made = render(data["template"], {**data, **more}, standard=ARCHIVAL)
    except typst.TypstError as problem:
        if seal:
            raise UnreadableSeal from problem
        raise
    return with_signature_fields(made)


def render(template: str, data: Mapping[str, Any], *, standard: str = "") -> bytes:
    """Compile `typ/<template>.typ` with `data` (values JSON can hold) to PDF bytes.

    `data` holds what the template reads; letterhead.typ needs the fields of `Letterhead`, "title",
    "form_name" and "paper". `data["issued_at"]` (Unix seconds) becomes the file's time. Only the
    face of `fonts.serif` and those inside Typst are used: no system fonts, no network. Threads
    take turns. Raises KeyError without `issued_at`, typst.TypstError when the template refuses.
    """
    face = serif()
    stamp = datetime.fromtimestamp(data["issued_at"], VN)
    defaults = {"mark": "", "signable": False, "seal": []}
    payload = json.dumps(_clean(defaults | {**data, "font": face.family}), ensure_ascii=False)
    with _COMPILING:
        made = _compiler(face).compile(
            TEMPLATES / f"{template}.typ",
            format="pdf",
            sys_inputs={"data": payload},
            timestamp=stamp,
            pdf_standards=standard or [],
            pdf_tags=template not in UNTAGGED,
        )
    return cast(bytes, made)


@cache
def _compiler(face: FontChoice) -> typst.Compiler:
    fonts = typst.Fonts(
        include_system_fonts=False,
        font_paths=[str(face.path)] if face.path else [],
    )
    return typst.Compiler(root=TEMPLATES, font_paths=fonts, ignore_system_fonts=True)


def _clean(value: Any) -> Any:
    """`value` with its text composed (NFC), printable, and able to wrap anywhere it must."""
    match value:
        case str():
            text = value.encode("utf-8", "replace").decode("utf-8")
            text = _UNPRINTABLE.sub("", unicodedata.normalize("NFC", text))
            return _LONG_RUN.sub(_with_breaks, text)
        case dict():
            return {k: item if k in _VERBATIM else _clean(item) for k, item in value.items()}
        case list() | tuple():
            return [_clean(item) for item in value]
        case _:
            return value


def _with_breaks(run: re.Match[str]) -> str:
    return re.sub(r"(.{10})(?=.)", "\\1\u200b", run[0])


def _qr(data: Mapping[str, Any]) -> dict[str, Any] | None:
    """The symbol of a dossier's code as SVG; None for a paper that has no dossier."""
    holds = data["qr_text"] or data["code"]
    if not holds:
        return None
    symbol = segno.make(holds, error="m", boost_error=False, micro=False)
    svg = io.BytesIO()
    symbol.save(svg, kind="svg", border=4, xmldecl=False, nl=False)
    modules = symbol.symbol_size(border=0)[0]
    return {
        "svg": svg.getvalue().decode(),
        "mm": round(QR_MM * (modules + 8) / modules, 2),
        "alt": f"{data['qr_says']}: {holds}",
        "says": data["qr_says"],
    }
