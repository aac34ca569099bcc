from datetime import date

import pytest

from motcua.kernel.errors import BadInput, NotPermitted, Refused
from motcua.kernel.labelled import Labelled
from motcua.kernel.law import Dated
from motcua.kernel.terms import Unit

TERM = Dated(
    "Quyết định 12/QĐ-UBND",
    {date(2025, 7, 1): 5, date(2026, 3, 1): 3},
    {date(2026, 3, 1): "Quyết định 7/QĐ-UBND"},
)


class StepMissing(Refused):
    code = "step-missing"
    message = "Còn thiếu bước {step}."


def test_a_refusal_keeps_its_msgid_and_fills_it_for_people():
    refused = StepMissing(step="thẩm định")
    assert refused.message == "Còn thiếu bước {step}."
    assert refused.values == {"step": "thẩm định"}
    assert str(refused) == "Còn thiếu bước thẩm định."
    assert refused.code == "step-missing"


def test_a_refusal_may_bring_its_own_sentence():
    assert str(Refused("Hồ sơ {code} đã trả.", code="0001")) == "Hồ sơ 0001 đã trả."
    assert str(Refused("Không có {gì}")) == "Không có {gì}"


def test_the_kinds_of_refusal_have_stable_codes():
    assert (Refused.code, NotPermitted.code, BadInput.code) == (
        "refused",
        "not-permitted",
        "bad-input",
    )
    assert issubclass(NotPermitted, Refused) and issubclass(BadInput, Refused)


def test_bad_input_names_the_field():
    assert BadInput("Sai.", field="term").field == "term"
    assert BadInput("Sai.").field is None


@pytest.mark.parametrize(("day", "term"), [(date(2026, 2, 28), 5), (date(2026, 3, 1), 3)])
def test_the_value_in_force_on_the_day_applies(day, term):
    assert TERM.on(day) == term


def test_each_version_has_its_source():
    assert TERM.source_on(date(2026, 2, 28)) == "Quyết định 12/QĐ-UBND"
    assert TERM.source_on(date(2026, 3, 1)) == "Quyết định 7/QĐ-UBND"


def test_before_the_first_version_there_is_no_value():
    with pytest.raises(LookupError, match="2025-06-30"):
        TERM.on(date(2025, 6, 30))


def test_a_labelled_member_is_its_code_and_carries_its_name():
    assert issubclass(Unit, Labelled)
    assert (Unit("day"), str(Unit.DAY), Unit.DAY.label) == (Unit.DAY, "day", "ngày")
    assert ("month", "tháng") in Unit.choices()
