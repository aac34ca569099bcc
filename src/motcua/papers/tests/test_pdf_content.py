"""What a PDF could do: found however it is written, and never seen where it is not."""

import random
import time
import zlib

import pytest

from motcua.papers import uploads
from motcua.papers.pdf import form01, form06
from motcua.papers.tests.test_pdf import receipt, slip

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n"
FLATE = b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode"
CODE = b"<</S/JavaScript/JS(app.alert(1))>>"
NAMES = (
    "Encrypt", "XFA", "AA", "SubmitForm", "ImportData", "Rendition", "JavaScript", "JS", "Launch",
    "EmbeddedFile", "EmbeddedFiles", "RichMedia",
)  # fmt: skip


def stream(body, dictionary=FLATE, between=b"\n", pack=zlib.compress):
    data = pack(body)
    return b"2 0 obj<<%b>>%bstream\r\n%b\nendstream endobj\n" % (dictionary, between, data)


def plain(body):
    return body


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("where", [plain, stream])
def test_a_name_that_does_something_is_found_in_plain_and_in_packed_objects(name, where):
    for written in (name, f"#{ord(name[0]):02x}{name[1:]}", f"{name[:-1]}#{ord(name[-1]):02X}"):
        with pytest.raises(uploads.ActiveContent):
            uploads.check("a.pdf", PDF + where(f"<</{written} 3 0 R>>".encode()))


@pytest.mark.parametrize(
    "content",
    [
        PDF + stream(CODE, between=b" " * 5_000 + b"% words\n"),
        PDF + stream(CODE, FLATE + b"/X(" + b"x" * 5_000 + b")"),
        PDF + stream(CODE, b"/Type/Obj#53tm/N 1/First 4/Filter/Flate#44ecode"),
        PDF + stream(CODE, b"/N 1/First 4/Filter[/FlateDecode]"),
        PDF + stream(CODE, b"/Type/ObjStm/N 1/First 4", pack=plain),
        PDF + stream(CODE, b"/Length 40", pack=plain),
        PDF + stream(b"/Contents 3 0 R") + stream(CODE),
        PDF + b"(a stream\n is no stream)" + CODE,
    ],
)
def test_code_is_found_wherever_it_is_packed(content):
    with pytest.raises(uploads.ActiveContent):
        uploads.check("a.pdf", content)


@pytest.mark.parametrize(
    "content",
    [
        stream(b"not deflated", pack=plain),
        stream(CODE, pack=lambda body: zlib.compress(body)[:-8]),
        stream(CODE, pack=lambda body: zlib.compress(zlib.compress(body)),
               dictionary=b"/Type/ObjStm/Filter[/FlateDecode/FlateDecode]"),
        stream(CODE, FLATE + b"/DecodeParms<</Predictor 12>>"),
        stream(CODE, b"/Type/ObjStm/Filter/LZWDecode"),
        stream(CODE, b"/Type/ObjStm/Filter 7 0 R"),
        stream(CODE, b"/Type/ObjStm/Filter[7 0 R]/F/FlateDecode"),
        b"3 0 obj<</X(stream\n)/Type/ObjStm/Y(endstream)/Filter/FlateDecode>>"
        b"stream\n" + zlib.compress(CODE) + b"\nendstream",
        stream(b"\0" * (uploads.LIMIT + 1)),
        stream(b"\0" * (uploads.LIMIT // 2)) + stream(b" " * (uploads.LIMIT // 2 + 1)),
    ],
)  # fmt: skip
def test_objects_that_cannot_be_unpacked_are_refused_with_what_to_do(content):
    with pytest.raises(uploads.CannotLookInside, match="In lại thành PDF thường"):
        uploads.check("a.pdf", PDF + content)


@pytest.mark.parametrize(
    "content",
    [
        b"(JavaScript, JS, AA)",
        b"/JSP /AAB /Encrypted",
        b"<</Type/Outlines/First 5 0 R/Last 9 0 R>>" + stream(b"x", b"/Filter/DCTDecode"),
        b"<</Type/Font/FirstChar 32>>" + stream(b"x", b"/Filter/DCTDecode"),
        stream(b"/Contents [3 0 R]"),
        stream(b"<</Type/XRef>>", b"/Type/XRef/Filter/FlateDecode/DecodeParms<</Predictor 12>>"),
        b"/ObjStm stream\nnot compressed\nendstream",
    ],
)
def test_a_pdf_that_does_nothing_is_taken(content):
    assert uploads.check("a.pdf", PDF + content) == "application/pdf"


def test_our_own_pdfs_are_taken():
    for file in (form01(receipt()), form06(slip())):
        assert uploads.check("mau.pdf", file) == "application/pdf"


def test_a_large_scan_is_taken_in_a_second_though_chance_writes_short_names_into_it():
    picture = random.Random(7).randbytes(uploads.LIMIT - 10_000) + b"/AA\x00/JS\xff/XFA#41"
    whole = PDF + stream(picture, b"/Subtype/Image/Filter/DCTDecode", pack=plain)
    began = time.perf_counter()
    assert uploads.check("quet.pdf", whole) == "application/pdf"
    assert time.perf_counter() - began < 5
