"""Bản quét minh họa: tiny valid PDF files, each different, that say what they are. Pure."""

TITLE = "Bản quét minh họa, dữ liệu hư cấu"


def scan(code: str, number: int) -> bytes:
    """A one-page PDF for paper `number` of dossier `code`."""
    words = f"BAN QUET MINH HOA - DU LIEU HU CAU - {code} - GIAY TO {number}"
    page = f"BT /F1 12 Tf 40 780 Td ({words}) Tj ET".encode("ascii")
    title = "FEFF" + TITLE.encode("utf-16-be").hex().upper()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(page), page),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Title<{title}>>>".encode("ascii"),
    )
    return _file(objects)


def _file(objects: tuple[bytes, ...]) -> bytes:
    found, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(found))
        found += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    tail = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return found + table + tail % (size, len(objects), len(found))
