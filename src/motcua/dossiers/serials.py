"""Serials of the day and numbers of yearly books: one atomic statement, so that no two are one."""

from datetime import date

from django.db import connection

from motcua.dossiers.models import Book, Serial
from motcua.web import scope
from motcua.web.ids import uuid7


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
