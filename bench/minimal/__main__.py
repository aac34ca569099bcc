"""Serve the minimal views under the same gunicorn settings as `./motcua serve`."""

import os
import sys
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.minimal.settings"

from motcua.serve import _Application  # noqa: E402  (its settings, whatever they become)


class Application(_Application):
    def load(self) -> Any:
        from bench.minimal.wsgi import application

        return application


if __name__ == "__main__":
    Application("127.0.0.1", int(sys.argv[1])).run()
