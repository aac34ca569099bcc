"""Empty signature fields in a PDF that Typst made, as one incremental update (ISO 32000-1, 7.5.6).

A template marks the place of a signature with a link to `motcua-sign:<field>`; here each such link
becomes a signature field (AcroForm, /Sig) with an empty appearance, as PDF/A-2 wants one. Any
signing program then fills it: nothing of the file before it is rewritten. Only files of our own
are read: Typst writes them with a plain cross-reference table and plain objects.
"""

import re

FIELDS = {
    "nguoi_nop": "Chữ ký số của người nộp",
    "nguoi_tiep_nhan": "Chữ ký số của người tiếp nhận",
    "nguoi_huong_dan": "Chữ ký số của người hướng dẫn",
    "thu_truong": "Chữ ký số của thủ trưởng cơ quan, đơn vị",
}
"""The name of each field, and what a reader program says of it."""

_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)
_OBJECT = re.compile(rb"^(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL | re.MULTILINE)
_PLACE = re.compile(rb"/URI\(motcua-sign:(\w+)\)")
_RECT = re.compile(rb"/Rect\s*\[([^\]]+)\]")


def with_signature_fields(pdf: bytes) -> bytes:
    """The same file and, after it, its signature fields; unchanged when it marks no place."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    places = {n: body for n, body in objects.items() if _PLACE.search(body)}
    if not places:
        return pdf
    trailer = _found(_TRAILER, pdf)
    root = int(_found(re.compile(rb"/Root (\d+) 0 R"), trailer))
    size = int(_found(re.compile(rb"/Size (\d+)"), trailer))
    changed: dict[int, bytes] = {}
    page_of = {link: page for page, body in objects.items() for link in _annotations(body)}
    for offset, (number, body) in enumerate(places.items()):
        look = size + offset
        box = [float(edge) for edge in _found(_RECT, body).split()]
        changed[number] = _widget(body, page=page_of[number], look=look)
        changed[look] = _empty_look(width=box[2] - box[0], height=box[3] - box[1])
        changed |= _without_link(objects, number)
    fields = b" ".join(b"%d 0 R" % number for number in places)
    form = b"/AcroForm<</Fields[%s]/SigFlags 1>>" % fields
    changed[root] = objects[root].rstrip()[:-2] + form + b">>"
    return pdf + _update(changed, start=len(pdf), trailer=trailer, before=_found(_START, pdf))


def _found(pattern: re.Pattern[bytes], text: bytes) -> bytes:
    match = pattern.search(text)
    if match is None:
        raise ValueError(f"not a PDF as Typst writes it: no {pattern.pattern!r}")
    return match[1]


def _annotations(body: bytes) -> list[int]:
    if b"/Type/Page/" not in body:
        return []
    listed = re.search(rb"/Annots\[([^\]]*)\]", body)
    return [int(n) for n in re.findall(rb"(\d+) 0 R", listed[1])] if listed else []


def _widget(link: bytes, *, page: int, look: int) -> bytes:
    """The link as a signature field: printed (bit 3), locked against moving (bit 8)."""
    name = _found(_PLACE, link)
    says = FIELDS[name.decode()].encode("utf-16-be").hex().upper().encode()
    return (
        b"<</Type/Annot/Subtype/Widget/FT/Sig/T(%s)/TU<FEFF%s>/F 132/Rect[%s]/P %d 0 R"
        b"/AP<</N %d 0 R>>>>" % (name, says, _found(_RECT, link), page, look)
    )


def _empty_look(*, width: float, height: float) -> bytes:
    box = b"%.3f %.3f" % (width, height)
    return (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 %s]/Resources<<>>/Length 0>>\n"
        b"stream\n\nendstream" % box
    )


def _without_link(objects: dict[int, bytes], annotation: int) -> dict[int, bytes]:
    """The element of the tag tree that held the link, empty: programs that check a signature
    refuse a second one whose field is reached from anywhere but its page and its form.
    """
    held = re.compile(rb"/K\[<</Type/OBJR[^>]*/Obj %d 0 R>>\]" % annotation)
    return {
        number: held.sub(b"/K[]", body).replace(b"/S/Link", b"/S/Div", 1)
        for number, body in objects.items()
        if held.search(body)
    }


def _update(changed: dict[int, bytes], *, start: int, trailer: bytes, before: bytes) -> bytes:
    written, table = b"\n", []
    for number, body in sorted(changed.items()):
        table.append(b"%d 1\n%010d 00000 n\r\n" % (number, start + len(written)))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(max(changed) + 1, int(_found(re.compile(rb"/Size (\d+)"), trailer)))
    kept = re.sub(rb"/Size \d+", b"", trailer)
    tail = b"trailer\n<</Size %d%s/Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
    return written + b"xref\n" + b"".join(table) + tail % (size, kept, before, start + len(written))
