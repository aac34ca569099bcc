"""Serve the minimal views under the same gunicorn settings as `./motcua serve`."""

import os
import sys
from typing import Any


def main(port: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.minimal.settings"
    from motcua.serve import _Application  # the same settings, whatever they become

    class Application(_Application):
        def load(self) -> Any:
            from bench.minimal.wsgi import application

            return application

    Application("127.0.0.1", port).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
