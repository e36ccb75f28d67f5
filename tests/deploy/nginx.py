"""Debian's nginx with the clinic's own configuration, on a port of its own."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from config.env import ROOT
from tests.concurrency.server import free_port

SHIPPED = ROOT / "site" / "deploy" / "nginx"
MODULES = Path("/usr/lib/nginx/modules")
# Debian loads what is installed from /etc/nginx/modules-enabled; in the order that they need each other.
LOADED = ("ndk_http_module", "ngx_http_lua_module", "ngx_http_brotli_static_module")
PLACE = "/srv/iyada"

MAIN = """
{modules}
worker_processes 2;
pid {folder}/pid;
error_log {folder}/errors warn;
events {{ worker_connections 512; }}
http {{
    access_log off;
    types {{ text/html html; text/css css; image/svg+xml svg; }}
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {http}
    server {{
        listen 127.0.0.1:{port} reuseport;
        {server}
    }}
}}
"""


def lacking() -> str:
    """What is missing of nginx, in words; empty when it can run."""
    if not shutil.which("nginx"):
        return "nginx is not installed (apt-get install nginx libnginx-mod-http-lua libnginx-mod-http-brotli-static)."
    missing = [name for name in LOADED if not (MODULES / f"{name}.so").exists()]
    return f"nginx lacks {', '.join(missing)}." if missing else ""


def shipped(name: str) -> str:
    """A file of site/deploy/nginx, with the paths of this checkout."""
    return (SHIPPED / name).read_text().replace(PLACE, str(ROOT))


def settings_of_pages(cache: str) -> str:
    """The call of pages.open in the shipped file, with the Valkey at `cache` and the cookie of this process."""
    place = urlsplit(cache)
    return f"""
    lua_shared_dict iyada_pages 64k;
    init_by_lua_block {{
        package.path = "{SHIPPED}/?.lua;" .. package.path
        require("resty.core")
        pages = require("pages")
        pages.open({{
            host = "{place.hostname}", port = {place.port}, user = "{unquote(place.username or "")}",
            password = "{unquote(place.password or "")}", database = {place.path.strip("/") or 0},
            programs = "{ROOT}/content/pagecache",
            cookie = "{settings.SESSION_COOKIE_NAME}", scheme = "http",
            door = "{settings.DATA_DIR}/run/maintenance",
        }})
    }}
    """


def zones() -> str:
    """The limits of the shipped file, from its map to its zone."""
    text = shipped("iyada.conf")
    return text[text.index("map $request_method") : text.index("server {")]


@contextmanager
def nginx(*, http: str = "", server: str = "") -> Iterator[str]:
    """Run nginx with these parts of a configuration; gives its address. Raises `RuntimeError` if it does not start."""
    with tempfile.TemporaryDirectory(prefix="iyada-nginx-") as folder:
        Path(folder).chmod(0o755)  # under root the workers are nobody
        port = free_port()
        modules = "\n".join(f"load_module {MODULES}/{name}.so;" for name in LOADED)
        file = Path(folder) / "nginx.conf"
        file.write_text(MAIN.format(modules=modules, folder=folder, http=http, server=server, port=port))
        argv = ["nginx", "-c", str(file), "-e", f"{folder}/errors", "-g", "daemon off;"]
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            wait_for_port(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.communicate(timeout=20)


@contextmanager
def clinic_behind_nginx(django: str, *, cache: str = "", socket_port: int = 9) -> Iterator[str]:
    """The shipped locations before the web server at `django`; `cache` is the Valkey of this process by default.

    Live updates are expected at `socket_port`; nobody listens at 9.
    """
    upstream = f"""
    upstream iyada {{ server {urlsplit(django).netloc}; keepalive 8; }}
    upstream iyada_sockets {{ server 127.0.0.1:{socket_port}; }}
    """
    pages = settings_of_pages(cache or settings.CELERY_BROKER_URL)
    with nginx(http=upstream + pages + zones(), server=shipped("locations.conf")) as address:
        yield address


def wait_for_port(port: int, process: subprocess.Popen[str]) -> None:
    while process.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise RuntimeError(process.communicate()[0])
