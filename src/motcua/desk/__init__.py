"""Bàn làm việc: pages that gather rooms: the officer's day, the leader's queue, handing over."""
