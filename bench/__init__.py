"""Measurements of the product, each beside a limit measured in the same run.

Nothing here is part of the product, and nothing here is asserted by a test.
"""
