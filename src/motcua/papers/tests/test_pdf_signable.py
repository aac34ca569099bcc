"""The electronic version of a form: archival, with an empty field for each signature."""

import io
import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, signers, validation
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko_certvalidator import ValidationContext

from motcua.papers import pdf
from motcua.papers.pdf.signable import with_signature_fields
from motcua.papers.tests.filled import form02, form03, form04, form05, made, read, visit, words
from motcua.papers.tests.test_pdf import receipt, slip

SIGNED_BY = [
    (receipt(), ["nguoi_nop", "nguoi_tiep_nhan"]),
    (receipt(regime="tt01-2018"), ["nguoi_nop", "nguoi_tiep_nhan"]),
    (visit(), ["nguoi_nop", "nguoi_tiep_nhan"]),
    (form02(), ["nguoi_huong_dan"]),
    (form03(), ["nguoi_nop", "nguoi_tiep_nhan"]),
    (form04(), ["thu_truong"]),
    (form05(), ["thu_truong"]),
    (slip(), []),
]
# A picture of one red dot, as small as PNG gets.
SEAL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.mark.parametrize(("form", "fields"), SIGNED_BY)
def test_there_is_an_empty_field_for_each_who_signs(form: pdf.Letterhead, fields: list) -> None:
    found = PdfFileReader(io.BytesIO(pdf.signable(form.data())))
    assert _empty_fields(found) == fields
    assert found.embedded_signatures == []


def _empty_fields(reader: PdfFileReader) -> list[str]:
    return [name for name, value, _ref in enumerate_sig_fields(reader) if value is None]


@pytest.mark.parametrize("form", [receipt(), form04(regime="tt01-2018")])
def test_the_field_is_a_box_on_the_page_below_the_words_about_it(form: pdf.Letterhead) -> None:
    page = read(pdf.signable(form.data())).pages[-1]
    for note in page["/Annots"]:
        box = note.get_object()
        left, bottom, right, top = (float(edge) for edge in box["/Rect"])
        assert box["/Subtype"] == "/Widget"
        assert right - left > 100 and top - bottom > 20
        assert 0 < left < right < float(page.mediabox.width)
        assert box["/TU"].startswith("Chữ ký số của ")


@pytest.mark.parametrize("form", [form for form, _fields in SIGNED_BY])
def test_it_says_that_it_is_pdf_a_2b(form: pdf.Letterhead) -> None:
    about = read(pdf.signable(form.data())).trailer["/Root"]["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part>2<.*pdfaid:conformance>B<", about, re.DOTALL)


@pytest.mark.parametrize("form", [receipt(), visit(), form02(), form03(), slip()])
def test_it_reads_as_the_printed_one(form: pdf.Letterhead) -> None:
    assert words(pdf.signable(form.data())) == words(made(form))


def test_a_form_that_nobody_signs_stays_as_it_was_made() -> None:
    plain = pdf.printed(slip().data())
    assert with_signature_fields(plain) is plain


def test_what_typst_did_not_make_is_refused() -> None:
    with pytest.raises(ValueError, match="not a PDF as Typst writes it"):
        with_signature_fields(b"%PDF-1.7\n1 0 obj\n<</URI(motcua-sign:x)>>\nendobj\n")


def test_the_seal_is_drawn_only_where_it_is_given() -> None:
    assert len(read(pdf.signable(form04().data(), seal=SEAL)).pages[0].images) == 1
    assert len(read(pdf.signable(form04().data())).pages[0].images) == 0
    assert len(read(made(form04())).pages[0].images) == 0


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, x509.Certificate]:
    """A throw-away key and its certificate."""
    folder = tmp_path_factory.mktemp("key")
    secret = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Người ký thử")])
    today = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=False, crl_sign=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(secret.public_key())
        .serial_number(7)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .add_extension(usage, critical=True)
        .sign(secret, hashes.SHA256())
    )
    (folder / "key.pem").write_bytes(
        secret.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder / "key.pem", folder / "cert.pem", made


@pytest.mark.parametrize(("form", "fields"), [SIGNED_BY[0], SIGNED_BY[5]])
def test_a_signing_program_fills_every_field_one_after_the_other(
    form: pdf.Letterhead, fields: list, key: tuple, tmp_path: Path
) -> None:
    secret, certificate, _made = key
    signer = signers.SimpleSigner.load(str(secret), str(certificate))
    file = pdf.signable(form.data())
    for name in fields:
        writer = IncrementalPdfFileWriter(io.BytesIO(file))
        about = PdfSignatureMetadata(field_name=name)
        file = signers.sign_pdf(writer, about, signer=signer, existing_fields_only=True).getvalue()

    trust = ValidationContext(trust_roots=[signer.signing_cert], allow_fetching=False)
    signatures = PdfFileReader(io.BytesIO(file)).embedded_signatures
    assert [one.field_name for one in signatures] == fields
    for one in signatures:
        status = validation.validate_pdf_signature(one, trust)
        assert status.intact and status.valid and status.bottom_line, status.summary()
    (tmp_path / "signed.pdf").write_bytes(file)
    seen = subprocess.run(
        ["pdfsig", "-nocert", str(tmp_path / "signed.pdf")], capture_output=True, check=False
    ).stdout.decode()
    assert seen.count("Signature is Valid.") == len(fields), seen
