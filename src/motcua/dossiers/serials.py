"""Serials of the day and numbers of yearly books: one atomic statement, so that no two are one."""

from datetime import date

from django.db import connection

from motcua.dossiers.models import Book, Dossier, Serial
from motcua.web import scope
from motcua.web.ids import uuid7

HIGHEST = 999_999
"""What another system may have counted to in a day; beyond it, its serial counts something else."""


def next_serial(day: date) -> int:
    """Give the next serial of the agency in scope on `day`. Never reused; gaps may occur."""
    table = connection.ops.quote_name(Serial._meta.db_table)
    to_db = Serial._meta.pk.get_db_prep_value
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (id, agency_id, day, last) VALUES (%s, %s, %s, 1) "
            f"ON CONFLICT (agency_id, day) DO UPDATE SET last = {table}.last + 1 RETURNING last",
            [to_db(uuid7(), connection), to_db(scope.current().agency_id, connection), day],
        )
        return cursor.fetchone()[0]


def raise_to(day: date, serial: int) -> None:
    """See to it that the next serial of `day` is beyond `serial`, which is taken by another."""
    table = connection.ops.quote_name(Serial._meta.db_table)
    to_db = Serial._meta.pk.get_db_prep_value
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (id, agency_id, day, last) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT (agency_id, day) DO UPDATE SET last = "
            f"CASE WHEN {table}.last < excluded.last THEN excluded.last ELSE {table}.last END",
            [to_db(uuid7(), connection), to_db(scope.current().agency_id, connection), day, serial],
        )


def pass_over(prefix: str, day: date) -> None:
    """Raise the serials of `day` beyond every code that begins with `prefix` and is here."""
    codes = Dossier.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    ends = [code.removeprefix(prefix) for code in codes]
    taken = [int(end) for end in ends if end.isascii() and end.isdigit() and int(end) <= HIGHEST]
    if taken:
        raise_to(day, max(taken))


def next_in_book(name: str, year: int) -> int:
    """Give the next number of the book `name` of the agency in scope in `year`; gaps may occur."""
    table = connection.ops.quote_name(Book._meta.db_table)
    to_db = Book._meta.pk.get_db_prep_value
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (id, agency_id, name, year, last) VALUES (%s, %s, %s, %s, 1) "
            f"ON CONFLICT (agency_id, name, year) DO UPDATE SET last = {table}.last + 1 "
            "RETURNING last",
            [to_db(uuid7(), connection), to_db(scope.current().agency_id, connection), name, year],
        )
        return cursor.fetchone()[0]
