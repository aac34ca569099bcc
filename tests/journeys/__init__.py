"""Journeys through the whole application in Debian's Chromium, over a commune of their own."""
