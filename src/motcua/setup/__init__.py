"""Thiết lập: an installation's first day, what is brought in, and what is kept safe.

The wizard at /thiet-lap, `init`, `import`, `backup`, `restore`, `systemd`, and the upgrade that
`serve` does. A gathering room beside `desk`: it changes things through other rooms' actions only.
Doors: `upgrade`, `archive`, the commands.
"""
