"""Journeys across rooms, repository tests, and what all tests lean on."""
