"""Files as they are kept: by their content, once, whole or noticed."""

import stat

import pytest
from django.conf import settings
from django.db import transaction

from motcua.papers import actions, queries, uploads
from motcua.papers.actions import Upload
from motcua.papers.models import StoredFile
from tests.world import build

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj"


def store(name="giấy.pdf", content=PDF):
    return actions.store(Upload(name, content))


def on_disk(file):
    return actions.path_of(file.sha256)


def test_the_same_content_under_two_names_is_one_file(world):
    first, second = store("a.pdf"), store("b.pdf")
    assert first.pk == second.pk
    assert StoredFile.objects.count() == 1
    assert [path.read_bytes() for path in on_disk(first).parent.iterdir()] == [PDF]


def test_what_was_stored_is_read_back(world):
    file = store()
    assert (queries.content(file), file.mime, file.size) == (PDF, "application/pdf", len(PDF))


@pytest.mark.parametrize("damage", [b"", PDF[:-1], PDF + b" "])
def test_a_file_altered_on_the_disk_is_noticed(world, damage):
    file = store()
    on_disk(file).write_bytes(damage)
    with pytest.raises(queries.Damaged, match=file.sha256):
        queries.content(file)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"), ("/etc/giấy.pdf", "giấy.pdf"),
        ("thư mục/giấy.pdf", "giấy.pdf"), ("a" * 300 + ".pdf", "a" * 200),
    ],
)  # fmt: skip
def test_no_name_leads_out_of_the_folder(world, name, kept):
    file = store(name)
    home = (settings.FILES / str(world.agency.pk)).resolve()
    assert on_disk(file).resolve().is_relative_to(home)
    assert file.name == kept


def test_a_file_is_readable_by_its_owner_only(world):
    assert stat.S_IMODE(on_disk(store()).stat().st_mode) == 0o600


def test_two_agencies_with_the_same_scan_each_keep_their_own(db):
    first = build()
    second = build("xa-khac", "H99.99.88", first.province)
    paths = set()
    for world in (first, second):
        with world.scope():
            paths.add(on_disk(store()))
    assert len(paths) == StoredFile.across_agencies.count() == 2


def test_bytes_left_by_an_act_that_failed_are_taken_up_by_the_next(world):
    with pytest.raises(RuntimeError), transaction.atomic():
        store()
        raise RuntimeError
    assert not StoredFile.objects.exists()
    assert queries.content(store()) == PDF


# What an upload really is


@pytest.mark.parametrize(
    ("name", "start", "mime"),
    [
        ("a.pdf", b"%PDF-1.4\n", "application/pdf"), ("A.PDF", b"%PDF-1.4\n", "application/pdf"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"), ("a.jpeg", b"\xff\xd8\xff", "image/jpeg"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png"), ("a.tif", b"II*\x00", "image/tiff"),
        ("a.tiff", b"MM\x00*", "image/tiff"), ("không tên", b"%PDF-1.4\n", "application/pdf"),
    ],
)  # fmt: skip
def test_scans_and_pdfs_are_taken(name, start, mime):
    assert uploads.check(name, start + b"x" * 100) == mime


def test_the_limit_itself_is_taken_and_one_byte_more_is_not():
    assert uploads.check("a.pdf", PDF.ljust(uploads.LIMIT))
    with pytest.raises(uploads.TooLarge):
        uploads.check("a.pdf", PDF.ljust(uploads.LIMIT + 1))
