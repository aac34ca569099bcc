"""Kernel (nền tảng): calendar, clock, terms, numbering, rounding, text, hash chain.

Pure Python: no framework, no database, no reading of the clock. Time is always an argument,
an aware instant; days are civil days in Asia/Ho_Chi_Minh (+07:00). Every module is a door.
"""
