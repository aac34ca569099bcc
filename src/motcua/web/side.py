"""The field in which each form says for which agency its page was made."""

MADE_FOR = "lam-cho"
"""A live agency and its training copy use the same codes: an address alone tells no side."""
