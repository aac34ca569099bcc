"""Two administrators at the same moment, each over their own connection to the database."""

import contextvars
import datetime as dt
import threading

from django.db import connection

from motcua.journal import queries as journal
from motcua.kernel.errors import Refused
from motcua.people import actions, officer_queries
from motcua.people.models import Officer, OneTimeCode
from motcua.people.rules import OfficerIn, PostGroup, Role
from motcua.people.secret import Secret
from tests.world import at

NOW = at("2026-03-02 08:00")
MONDAY = dt.date(2026, 3, 2)


def at_once(*acts):
    """Run the acts in threads that start together; what each returned or was refused with."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index, act):
        try:
            gate.wait(10)
            results[index] = act()
        except Refused as refusal:
            results[index] = refusal
        finally:
            connection.close()

    threads = [
        threading.Thread(target=contextvars.copy_context().run, args=(run, index, act))
        for index, act in enumerate(acts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads)
    return results


def release(by, whom, key):
    return actions.end_assignment(
        by=by, at=NOW, key=key, officer_id=whom.pk, role=Role.ADMINISTRATOR, on=MONDAY, source=""
    )


def test_of_two_administrators_who_strip_each_other_one_stays(committed_world):
    world = committed_world
    actions.assign_role(
        by=world.administrator, at=NOW, key="hai", officer_id=world.clerk.pk,
        role=Role.ADMINISTRATOR, on=MONDAY, source="",
    )  # fmt: skip
    first, second = (
        world.administrator,
        Officer.objects.select_related("agency").get(pk=world.clerk.pk),
    )
    results = at_once(lambda: release(first, second, "một"), lambda: release(second, first, "kia"))
    assert officer_queries.administrators(MONDAY) == 1
    assert sum(isinstance(one, Officer) for one in results) == 1
    assert list(journal.verify()) == []


def test_a_code_sent_from_two_machines_at_once_sets_one_password(committed_world):
    world = committed_world
    actions.give_code(
        by=world.administrator, at=NOW, key="mã", officer_id=world.desk.pk,
        code=Secret("BCGH-2345-KMNP"),
    )  # fmt: skip

    def use(password):
        return actions.use_code(
            by=world.desk, at=NOW, key=password, code=Secret("BCGH-2345-KMNP"),
            new=Secret(password),
        )  # fmt: skip

    results = at_once(lambda: use("may thu nhat day"), lambda: use("may thu hai day"))
    assert sum(isinstance(one, actions.WrongCode) for one in results) == 1
    assert OneTimeCode.objects.filter(used_at=None).count() == 0


def test_two_officers_taken_on_with_one_login_are_one(committed_world):
    world = committed_world

    def take_on(key):
        given = OfficerIn("Ai", "aiday", "Gì", PostGroup.OTHER, (Role.DESK,), MONDAY)
        return actions.enrol(by=world.administrator, at=NOW, key=key, given=given)

    results = at_once(lambda: take_on("một"), lambda: take_on("hai"))
    assert sum(isinstance(one, actions.LoginTaken) for one in results) == 1
    assert Officer.objects.filter(login="aiday").count() == 1
