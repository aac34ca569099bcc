"""The limit: the least that a view of the same framework does to keep the same two rows.

No session, no login, no permission, no validation, no chain, no fact: security headers, CSRF, one
transaction, two rows through the ORM, a redirect.
"""
