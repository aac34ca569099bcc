"""Settings of the tests: a data folder per process that goes away, a quick password hasher.

MOTCUA_TEST_DATABASE=postgresql runs the same suite on a PostgreSQL server of its own.
"""

import atexit
import importlib
import os
import shutil
import tempfile

from tests import postgres

_data = tempfile.mkdtemp(prefix="motcua-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["MOTCUA_DATA"] = _data
if os.environ.get("MOTCUA_TEST_DATABASE") == "postgresql":
    os.environ["MOTCUA_DATABASE"] = postgres.url()
else:
    os.environ.pop("MOTCUA_DATABASE", None)

# Only now: the settings read the environment when they are imported.
_settings = importlib.import_module("motcua.settings")
globals().update({name: value for name, value in vars(_settings).items() if name.isupper()})

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES = _settings.DATABASES
DATABASES["default"]["CONN_MAX_AGE"] = 0
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(_data, "test.sqlite3")}
