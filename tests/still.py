"""The public pages without anything behind them: scripts run, forms lead nowhere, and no emulator has to start."""

import gzip
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from adapters.site import content_type
from infra import template
from infra.build import built_site


def policy() -> str:
    """The content security policy of the template, where the site's own host is the only one."""
    headers = template.read()["Resources"]["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]
    said: str = headers["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"][0]
    return re.sub(r" ?\$\{\w+\}", "", said)


@contextmanager
def still(pages: Mapping[str, bytes]) -> Iterator[str]:
    """Serves `pages` by their keys in the bucket, and the built scripts and styles, as the edge does; their address."""
    assets = {f"assets/{file.name}": file.read_bytes() for file in (built_site() / "assets").iterdir()}
    objects = {key: gzip.compress(content) for key, content in assets.items()}
    objects |= {key: gzip.compress(page) for key, page in pages.items()}
    headers = {"Content-Encoding": "gzip", "Content-Security-Policy": policy(), "Cache-Control": "no-cache"}

    class Edge(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            key = self.path.partition("?")[0].lstrip("/")
            key += "index.html" if key.endswith("/") or not key else ""
            content = objects.get(key)
            self.send_response(HTTPStatus.OK if content else HTTPStatus.NOT_FOUND)
            given = {"Content-Type": content_type(key), "Content-Length": str(len(content or b"")), **headers}
            for name, value in given.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Edge)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
