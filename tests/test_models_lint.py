"""Every table of every room: whose it is, how its rows are told apart, who may read it."""

import pytest
from django.apps import apps
from django.db import models
from django.db.models import CASCADE, UUIDField

from motcua.web.scope import AgencyModel, OutOfScope, PublishedModel, _scope

OF_NO_AGENCY = {
    "people.Agency": "the tenant itself",
    "people.AgencyVersion": "what an agency was called: others find it by its code",
    "people.LoginEvent": "the door comes before the agency is known",
    "people.Merger": "which agency lives on in which: read from both sides",
    "people.Session": "tells of which officer, and so of which agency, a request is",
}
UNIQUE_EVERYWHERE = {
    "people.Agency.slug": "names the tenant",
    "people.Officer.login": "given before any agency is known",
    "people.Session.digest": "asked for before any agency is known",
    "surveys.SurveyForm.dossier": "one form a dossier, which has its agency",
}
MODELS = [m for m in apps.get_models() if m.__module__.startswith("motcua.")]


def name(model):
    return model._meta.label


every_model = pytest.mark.parametrize("model", MODELS, ids=name)


def tenant_field(model):
    return "publisher" if issubclass(model, PublishedModel) else "agency"


def fields(model):
    return model._meta.get_fields(include_hidden=True)


def test_all_rooms_are_looked_at():
    rooms = {model._meta.app_label for model in MODELS}
    assert rooms >= {
        "dossiers",
        "journal",
        "papers",
        "people",
        "procedures",
        "registers",
        "surveys",
    }
    assert len(MODELS) > 25


@every_model
def test_it_belongs_to_an_agency_or_a_publisher(model):
    owned = issubclass(model, AgencyModel | PublishedModel)
    assert owned or name(model) in OF_NO_AGENCY


def test_no_exception_is_kept_longer_than_needed():
    assert set(OF_NO_AGENCY) == {
        name(m) for m in MODELS if not issubclass(m, AgencyModel | PublishedModel)
    }
    found = {
        f"{name(m)}.{f.name}" for m in MODELS for f in m._meta.fields
        if f.unique and not f.primary_key
    }  # fmt: skip
    assert set(UNIQUE_EVERYWHERE) == found


@every_model
def test_its_key_is_a_uuid_made_here(model):
    key = model._meta.pk
    assert isinstance(key, UUIDField)
    assert key.default is not models.NOT_PROVIDED
    assert key.default().version == 7


@every_model
def test_what_is_unique_is_unique_within_the_agency(model):
    sets = [
        list(c.fields) for c in model._meta.constraints if isinstance(c, models.UniqueConstraint)
    ]
    sets += [list(names) for names in model._meta.unique_together]
    assert all(names and names[0] == tenant_field(model) for names in sets)


@every_model
def test_nothing_is_removed_behind_ones_back(model):
    relations = [f for f in model._meta.fields if f.remote_field]
    assert not [f.name for f in relations if f.remote_field.on_delete is CASCADE]


@every_model
def test_it_has_no_many_to_many(model):
    assert not model._meta.many_to_many
    assert not [f for f in fields(model) if f.many_to_many]


@every_model
def test_each_choice_fits_its_column_and_has_words(model):
    for field in model._meta.fields:
        for value, label in field.choices or ():
            assert isinstance(value, str)
            assert value.strip() == value != ""
            assert len(value) <= field.max_length
            assert str(label).strip()


@pytest.mark.parametrize("model", [m for m in MODELS if name(m) not in OF_NO_AGENCY], ids=name)
def test_asked_without_an_agency_it_fails_instead_of_showing(model):
    assert _scope.get() is None
    with pytest.raises(OutOfScope):
        model._default_manager.all()


@every_model
def test_reading_across_agencies_has_its_name(model):
    managers = {manager.name for manager in model._meta.managers}
    expected = {"objects"} if name(model) in OF_NO_AGENCY else {"objects", "across_agencies"}
    assert managers == expected


@every_model
def test_it_is_called_something_people_know(model):
    assert model.__str__ is not models.Model.__str__
