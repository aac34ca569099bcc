"""Certification: counted in copies, numbered in a yearly book, gaps and duplicates found."""

import datetime as dt
from threading import Thread

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.dossiers import actions, certifying, facts, refusals
from motcua.dossiers.cert_books import BOOKS, CertBook, book_of, proposed_fee
from motcua.dossiers.models import Certification, Dossier, DossierFact
from motcua.dossiers.rules import CertifiedIn, Money, PaperIn, State
from motcua.people.permissions import WrongRole
from motcua.procedures import shipped
from motcua.web.scope import agency_scope, current
from tests.world import at

MONDAY = "2026-03-02 08:00"
BOOK = CertBook.COPIES


def copied(world, when=MONDAY):
    return world.receive(when, procedure="2.000815")


def certify(world, dossier, *entries, when=MONDAY, **given):
    arguments = {"by": world.desk, "key": world.key()} | given
    return actions.certify(at=at(when), dossier_id=dossier.pk, entries=list(entries), **arguments)


def numbers(world, year=2026):
    rows = Certification.objects.filter(book=BOOK.value, year=year).order_by("number", "id")
    return list(rows.values_list("number", "copies", "void"))


def test_numbers_run_on_in_the_book_and_begin_anew_each_year(world):
    dossier = copied(world)
    certify(world, dossier, CertifiedIn("Căn cước", 3), CertifiedIn("Bằng", 2))
    certify(world, copied(world), CertifiedIn("Căn cước"))
    assert numbers(world) == [(1, 3, ""), (2, 2, ""), (3, 1, "")]
    assert certifying.next_number(BOOK, 2026) == 4
    assert certifying.next_number(BOOK, 2027) == 1
    assert certifying.next_number(CertBook.SIGNATURES, 2026) == 1


def test_the_fee_follows_the_copies_and_the_fact_follows_the_fee(world):
    dossier = copied(world)
    certify(world, dossier, CertifiedIn("Căn cước", 5, 10_000), CertifiedIn("Bằng", 1, 2000))
    dossier.refresh_from_db()
    assert (dossier.fee_owed, dossier.money) == (12_000, Money.OWED)
    fact = DossierFact.objects.get(pk=dossier.pk)
    assert fact.fee_owed == 12_000
    assert [f.fee_owed for f in facts.rebuilt()] == [12_000]


def test_a_fee_is_never_below_what_was_paid(world):
    dossier = copied(world)
    certify(world, dossier, CertifiedIn("Căn cước", 5, 10_000))
    world.do("take_fee", dossier, MONDAY, amount=10_000)
    actions.void_certification(
        by=world.desk, at=at(MONDAY), key="bo", dossier_id=dossier.pk,
        certification_id=certifying.of_dossier(dossier.pk).get().pk, reason="ghi nhầm",
    )  # fmt: skip
    dossier.refresh_from_db()
    assert (dossier.fee_owed, dossier.fee_paid, dossier.money) == (10_000, 10_000, Money.PAID)


def test_what_was_asked_besides_stays_owed_when_copies_are_certified(world):
    dossier = copied(world)
    world.do("ask_fee", dossier, MONDAY, amount=3000, reason="nhầm")
    world.do("undo", dossier, MONDAY, event=2)
    world.do("ask_fee", dossier, MONDAY, amount=10_000, reason="in thêm")
    world.do("take_fee", dossier, MONDAY, amount=12_000)
    certify(world, dossier, CertifiedIn("Căn cước", 3, 6000))
    dossier.refresh_from_db()
    assert (dossier.fee_owed, dossier.fee_paid, dossier.money) == (16_000, 12_000, Money.OWED)
    void(world, dossier)
    dossier.refresh_from_db()
    assert (dossier.fee_owed, dossier.money) == (12_000, Money.PAID)
    certify(world, dossier, CertifiedIn("Căn cước", 1, 2000))
    assert [f.fee_owed for f in facts.rebuilt()] == [12_000]


def test_what_was_asked_under_the_wrong_procedure_is_not_owed_again(world):
    dossier = world.receive(MONDAY)
    world.do("ask_fee", dossier, MONDAY, amount=3000, reason="nhầm")
    world.do("take_fee", dossier, MONDAY, amount=3000)
    world.do(
        "refile", dossier, MONDAY, procedure="2.000815", reason="nhầm", papers=[PaperIn("Bản gốc")]
    )
    certify(world, dossier, CertifiedIn("Căn cước", 2, 4000))
    dossier.refresh_from_db()
    assert (dossier.fee_owed, dossier.fee_paid) == (4000, 2000)


def test_while_a_fee_is_waited_for_no_entry_is_made_or_voided(world):
    dossier = copied(world)
    certify(world, dossier, CertifiedIn("Căn cước", 2, 4000))
    world.do("ask_fee", dossier, MONDAY, amount=10_000, reason="in thêm")
    with world.refuses(refusals.MoveNotAllowed, "không “bỏ lần chứng thực” được"):
        void(world, dossier)
    with world.refuses(refusals.MoveNotAllowed, "không “ghi sổ chứng thực” được"):
        certify(world, dossier, CertifiedIn("Bằng"))
    world.do("take_fee", dossier, MONDAY, amount=14_000)
    void(world, dossier)
    dossier.refresh_from_db()
    assert dossier.state == State.RECEIVED


STEPS = st.tuples(st.sampled_from(["certify", "void", "ask", "take"]), st.integers(1, 9))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, max_size=9))
def test_the_fee_is_that_of_the_entries_and_what_was_asked_in_any_order(world, steps):
    dossier, asked, paid = copied(world), 0, 0
    certify(world, dossier, CertifiedIn("Giấy", 1, 2000))
    for what, amount in steps:
        dossier.refresh_from_db()
        if dossier.state == State.PAYMENT and what != "take":
            continue
        standing = certifying.of_dossier(dossier.pk).filter(void="")
        if what == "certify":
            certify(world, dossier, CertifiedIn("Giấy", amount, amount * 1000))
        elif what == "void" and standing:
            void(world, dossier, standing.last())
        elif what == "ask":
            world.do("ask_fee", dossier, MONDAY, amount=amount * 1000, reason="thêm")
            asked += amount * 1000
        elif what == "take" and dossier.fee_owed > paid:
            part = min(amount * 1000, dossier.fee_owed - paid)
            world.do("take_fee", dossier, MONDAY, amount=part)
            paid += part
        dossier.refresh_from_db()
        booked = sum(standing.values_list("fee", flat=True))
        assert dossier.fee_paid == paid
        if what in ("certify", "void"):
            assert dossier.fee_owed == max(booked + asked, paid)
        assert dossier.fee_owed >= max(booked + asked, paid)
        assert dossier.state != State.PAYMENT or dossier.fee_owed > paid
    fact = DossierFact.objects.get(pk=dossier.pk)
    assert (fact.fee_owed, fact.fee_paid) == (dossier.fee_owed, paid)


def test_a_number_that_stands_is_refused_unless_the_paper_book_has_it_so(world):
    first, second = copied(world), copied(world)
    certify(world, first, CertifiedIn("Căn cước", number=7))
    with world.refuses(refusals.NumberTaken, f"Số 7 .* {first.code}.* Số tiếp theo: 8"):
        certify(world, second, CertifiedIn("Bằng", number=7))
    certify(world, second, CertifiedIn("Bằng", number=7), number_checked=True)
    assert certifying.state_of(BOOK, 2026).duplicates == [7]


def test_the_number_of_a_void_entry_may_be_written_again(world):
    dossier = copied(world)
    certify(world, dossier, CertifiedIn("Căn cước", 2, number=7))
    void(world, dossier)
    certify(world, dossier, CertifiedIn("Căn cước", 3, number=7))
    assert numbers(world) == [(7, 2, "sai số bản"), (7, 3, "")]
    assert certifying.state_of(BOOK, 2026).duplicates == []


def test_a_slip_of_the_pen_far_ahead_is_asked_about_and_once_void_the_book_goes_on(world):
    dossier = copied(world)
    certify(world, dossier, CertifiedIn("Căn cước"))
    with world.refuses(refusals.NumberFarAhead, "Số 999999 cách xa số tiếp theo .* là 2. Chưa"):
        certify(world, dossier, CertifiedIn("Bằng", number=999_999))
    certify(world, dossier, CertifiedIn("Bằng", number=999_999), number_checked=True)
    assert certifying.next_number(BOOK, 2026) == 1_000_000
    void(world, dossier, Certification.objects.get(number=999_999))
    assert certifying.next_number(BOOK, 2026) == 2
    certify(world, dossier, CertifiedIn("Bằng"), CertifiedIn("Sổ"))
    assert [number for number, _, _ in numbers(world)] == [1, 2, 3, 999_999]


def test_a_hundred_ahead_is_not_asked_about(world):
    certify(world, copied(world), CertifiedIn("Căn cước", number=101))
    assert certifying.next_number(BOOK, 2026) == 102


def test_a_void_number_next_to_the_last_is_not_proposed_again(world):
    dossier = copied(world)
    certify(world, dossier, *[CertifiedIn(f"Giấy {n}") for n in range(1, 6)])
    for number in (3, 4, 5):
        void(world, dossier, Certification.objects.get(number=number))
    assert certifying.next_number(BOOK, 2026) == 6


def void(world, dossier, row=None, **given):
    row = row or certifying.of_dossier(dossier.pk).first()
    arguments = {"by": world.desk, "key": world.key(), "reason": "sai số bản"} | given
    return actions.void_certification(
        at=at(MONDAY), dossier_id=dossier.pk, certification_id=row.pk, **arguments
    )


def test_an_entry_is_voided_once_with_a_reason(world):
    dossier = copied(world)
    certify(world, dossier, CertifiedIn("Căn cước", 2))
    with world.refuses(refusals.ReasonMissing, "Chưa ghi lý do"):
        void(world, dossier, reason=" ")
    void(world, dossier)
    with world.refuses(refusals.AlreadyVoid, "số 1 đã bỏ, lý do: sai số bản"):
        void(world, dossier)
    state = certifying.state_of(BOOK, 2026)
    assert (state.entries, state.copies, state.void) == (0, 0, 1)


def test_an_entry_of_another_dossier_is_not_voided_from_here(world):
    one, other = copied(world), copied(world)
    certify(world, one, CertifiedIn("Căn cước"))
    row = certifying.of_dossier(one.pk).get()
    with world.refuses(refusals.NoSuchEntry, "không có lần chứng thực này"):
        actions.void_certification(
            by=world.desk, at=at(MONDAY), key="k", dossier_id=other.pk, certification_id=row.pk,
            reason="nhầm",
        )  # fmt: skip


@pytest.mark.parametrize("entries", [[], [CertifiedIn(" ")], [CertifiedIn("Bằng", 0)]])
def test_nothing_or_no_copy_is_not_certified(world, entries):
    dossier = copied(world)
    with world.refuses(refusals.NothingCertified, "Chưa ghi giấy tờ nào"):
        certify(world, dossier, *entries)


def test_what_is_not_certification_has_no_book(world):
    dossier = world.receive()
    with world.refuses(refusals.NoBook, "“Kết hôn” không ghi sổ chứng thực"):
        certify(world, dossier, CertifiedIn("Bằng"))


@pytest.mark.parametrize("who", ["leader", "statistician", "administrator"])
def test_only_who_keeps_the_book_writes_in_it(world, who):
    dossier = copied(world)
    with world.refuses(WrongRole, "Việc này dành cho"):
        certify(world, dossier, CertifiedIn("Bằng"), by=getattr(world, who))


def test_the_same_entry_sent_twice_is_entered_once(world):
    dossier = copied(world)
    for _ in range(2):
        certify(world, dossier, CertifiedIn("Bằng", 2), key="k")
    assert numbers(world) == [(1, 2, "")]


def test_every_procedure_of_a_book_is_in_the_shipped_catalogue():
    shipped_codes = {r.code for name in ("current", "2023") for r in shipped.catalogue(name)}
    assert set(BOOKS.on(dt.date(2026, 3, 2))) <= shipped_codes
    assert book_of("2.000815", dt.date(2026, 3, 2)) is CertBook.COPIES
    assert book_of("1.001193", dt.date(2026, 3, 2)) is None


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    entered=st.lists(
        st.tuples(st.integers(1, 12), st.integers(1, 4), st.booleans()), min_size=1, max_size=12
    )
)
def test_gaps_duplicates_and_sums_are_what_counting_by_hand_finds(world, entered):
    dossier = copied(world)
    Certification.objects.all().delete()
    Certification.objects.bulk_create(
        Certification(
            agency=world.agency, dossier=dossier, book=BOOK.value, year=2026, number=number,
            document="Bằng", copies=copies, fee=copies * 2000, at=at(MONDAY), by=world.desk,
            void="nhầm" if is_void else "",
        )
        for number, copies, is_void in entered
    )  # fmt: skip
    state = certifying.state_of(BOOK, 2026)
    have = {number for number, _, _ in entered}
    valid = [(number, copies) for number, copies, is_void in entered if not is_void]
    missing = [n for n in range(1, max(have)) if n not in have]
    assert [n for first, last in state.gaps for n in range(first, last + 1)] == missing
    assert all(first == 1 or first - 1 in have for first, _ in state.gaps)
    plain = [number for number, _ in valid]
    assert state.duplicates == sorted({n for n in plain if plain.count(n) > 1})
    copies = sum(c for _, c in valid)
    assert (state.entries, state.copies, state.fees) == (len(valid), copies, copies * 2000)


def test_two_who_number_at_once_get_two_numbers(committed_world):
    world = committed_world
    dossiers, scope = [copied(world) for _ in range(4)], current()

    def enter(dossier, key):
        try:
            with agency_scope(scope):
                certify(world, dossier, CertifiedIn("Bằng"), key=key)
        finally:
            connection.close()

    threads = [Thread(target=enter, args=(one, f"thread{n}")) for n, one in enumerate(dossiers)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [number for number, _, _ in numbers(world)] == [1, 2, 3, 4]


def test_the_book_belongs_to_the_agency(world, other):
    certify(world, copied(world), CertifiedIn("Bằng"))
    with other.world.scope():
        assert certifying.next_number(BOOK, 2026) == 1
        assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("book", "copies", "fee"),
    [(CertBook.COPIES, 5, 10_000), (CertBook.SIGNATURES, 5, 2000), (CertBook.DEALS, 1, 2000)],
)
def test_the_fee_proposed_is_by_the_copy_only_where_the_law_says_so(book, copies, fee):
    assert proposed_fee(book, 2000, copies, dt.date(2026, 3, 2)) == fee
