"""A disk that takes no more: a readable refusal, nothing half written, on again when there is room.

No test may need root, so no small file system is mounted. On SQLite, and for scans, the kernel
refuses to let a file of the server grow (RLIMIT_FSIZE): writes break off in the middle, as on a
full disk, with EFBIG. PostgreSQL says itself what it says on a full disk (SQLSTATE 53100).
"""

from contextlib import ExitStack, contextmanager
from resource import RLIM_INFINITY

import pytest

from tests.nothing_lost.clients import Desks
from tests.nothing_lost.counts import reckon
from tests.nothing_lost.office import ON_POSTGRESQL, open_office

FULL = "Đĩa máy chủ đã đầy hoặc không ghi được."
SIX_PAGES = 6 * 4096
NO_ROOM = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON journal_event FOR EACH ROW EXECUTE FUNCTION no_room()
"""
ROOM = "DROP TRIGGER no_room ON journal_event; DROP FUNCTION no_room()"
SCAN = b"%PDF-1.4\n" + b"% a page of nothing\n" * 75_000 + b"%%EOF\n"


@pytest.fixture
def office(tmp_path):
    with ExitStack() as stack:
        yield open_office(tmp_path, stack)


@contextmanager
def full_disk(office):
    if ON_POSTGRESQL:
        office.execute(NO_ROOM)
        yield
        office.execute(ROOM)
    else:
        office.limit_files(SIX_PAGES)
        yield
        office.limit_files(RLIM_INFINITY)


def test_a_full_database_disk_refuses_in_words_and_goes_on_when_there_is_room(office, tell):
    with Desks(office) as desks:
        desks.wait_for_more()
        with full_disk(office):
            desks.wait_for_refusals(15)
            page = office.get("/phim-tat")
            before = len(desks.acknowledged)
            desks.wait_for_refusals(15)
            assert len(desks.acknowledged) == before, "something was written to a full disk"
        desks.wait_for_more()
    assert page.status == 200, "pages that write nothing stay open"
    assert set(desks.statuses) == {302, 503}, desks.statuses
    for text in desks.refused:
        assert FULL in text and "Báo quản trị máy chủ giải phóng đĩa" in text
        assert ("Chưa ghi gì." in text) != ("Chưa rõ đã ghi hay chưa" in text)
    tell(f"{reckon(office, desks)}; {len(desks.refused)} refused for want of room")


def test_a_scan_that_does_not_fit_leaves_nothing_behind_and_is_taken_later(office):
    path = f"/ho-so/{office.first_code}/ban-quet"
    office.limit_files(len(SCAN) // 2)
    refused = office.upload(path, "tep-1", SCAN)
    office.limit_files(RLIM_INFINITY)
    assert refused.status == 503 and FULL in refused.text and "Chưa ghi gì." in refused.text
    assert files_of(office) == []
    assert office.upload(path, "tep-1", SCAN).status == 302
    assert [file.read_bytes() for file in files_of(office)] == [SCAN]


def files_of(office):
    return [path for path in (office.folder / "files").rglob("*") if path.is_file()]
