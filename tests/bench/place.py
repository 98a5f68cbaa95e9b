"""Where the contestants run: nginx on loopback in Deepgram's place, and the system's whole trust
store, with one authority more, in force for all of them."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

KEY = "fa4e0003" * 5
TOKEN = ".".join(("eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiJmYWtlIn0", "ZmFrZQ" * 7))
SYSTEM_STORE = Path("/etc/ssl/certs")
BUNDLE = "ca-certificates.crt"
INSIDE = "DGAUTH_BENCH_INSIDE"
UNPACKED = Path(__file__).resolve().parents[2] / "build/unpacked/nginx/usr/sbin"
STARTUP_SECONDS = 5.0

# `user root`: there is no other in a name space of our own.
NGINX = """
user root;
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  default_type application/json;
  server {{
    listen 127.0.0.1:{port} ssl {http2};
    ssl_certificate {folder}/server.pem;
    ssl_certificate_key {folder}/server.key;
    ssl_protocols TLSv1.2 TLSv1.3;
    location = /v1/auth/grant {{ return 200 '{{"access_token":"{token}","expires_in":3600}}'; }}
  }}
}}
"""


def enter_own_namespace() -> None:
    """Starts this program anew where it may mount over the system's trust store unseen by others.
    Where that is not allowed it goes on, and variables have to do."""
    alone = ["unshare", "--user", "--map-root-user", "--mount"]
    if INSIDE in os.environ:
        return
    if subprocess.run([*alone, "true"], capture_output=True).returncode == 0:
        os.environ[INSIDE] = "yes"
        os.execvp(alone[0], [*alone, sys.executable, *sys.argv])
    print("no name space of one's own here: variables name the trust store", file=sys.stderr)


class Place:
    def __init__(self, http2: bool):
        self.folder = Path(tempfile.mkdtemp(prefix="dgauth-bench-"))
        self.store = self.folder / "certs"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "DEEPGRAM_API_KEY": KEY,
            "NODE_EXTRA_CA_CERTS": str(self.folder / "ca.pem"),  # Node has a store of its own
        }
        self.nginx: subprocess.Popen | None = None
        try:
            self._make_certificates()
            self._make_store()
            self._start_nginx("http2" if http2 else "")
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> "Place":
        return self

    def __exit__(self, *_) -> None:
        if self.nginx:
            self.nginx.terminate()
            self.nginx.wait()
        if INSIDE in os.environ:
            subprocess.run(["umount", SYSTEM_STORE], capture_output=True)
        shutil.rmtree(self.folder)

    def _openssl(self, *arguments: str) -> None:
        done = subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True,
                              text=True)
        if done.returncode != 0:
            raise SystemExit(f"openssl failed: {done.stderr}")

    def _make_certificates(self) -> None:
        """As on the Internet: an authority on an elliptic curve, a server with an RSA key."""
        curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        (self.folder / "names").write_text("subjectAltName=IP:127.0.0.1\n")
        self._openssl("req", "-x509", *curve, "-nodes", "-days", "1", "-subj", "/CN=dgauth bench",
                      "-keyout", "ca.key", "-out", "ca.pem")
        self._openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=server",
                      "-keyout", "server.key", "-out", "server.csr")
        self._openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                      "-CAcreateserial", "-days", "1", "-extfile", "names", "-out", "server.pem")

    def _make_store(self) -> None:
        self.store.mkdir()
        for file in SYSTEM_STORE.glob("*.pem"):
            if file.exists():
                shutil.copy(file, self.store)
        shutil.copy(SYSTEM_STORE / BUNDLE, self.store)
        ours = (self.folder / "ca.pem").read_text()
        (self.store / "dgauth_bench.pem").write_text(ours)
        with open(self.store / BUNDLE, "a") as whole:
            whole.write(ours)
        self._openssl("rehash", str(self.store))
        if INSIDE in os.environ:
            subprocess.run(["mount", "--bind", self.store, SYSTEM_STORE], check=True)
            self.store = SYSTEM_STORE
        else:
            bundle = str(self.store / BUNDLE)
            self.environment |= {"SSL_CERT_DIR": str(self.store), "SSL_CERT_FILE": bundle,
                                 "CURL_CA_BUNDLE": bundle}

    def _start_nginx(self, http2: str) -> None:
        binary = shutil.which("nginx", path=f"/usr/sbin:/usr/bin:{UNPACKED}")
        if not binary:
            raise SystemExit("nginx is not here: scripts/install-packages bench")
        for _ in range(3):  # nginx cannot choose a free port itself; another may have taken ours
            with socket.create_server(("127.0.0.1", 0)) as probe:
                self.port = probe.getsockname()[1]
            configuration = self.folder / "nginx.conf"
            configuration.write_text(NGINX.format(folder=self.folder, port=self.port, token=TOKEN,
                                                  http2=http2))
            self.nginx = subprocess.Popen([binary, "-p", self.folder, "-c", configuration],
                                          stderr=subprocess.DEVNULL)
            if self._answers():
                self.base_url = f"https://127.0.0.1:{self.port}"
                self.environment["DEEPGRAM_BASE_URL"] = self.base_url
                return
        raise SystemExit("nginx does not start")

    def _answers(self) -> bool:
        deadline = time.monotonic() + STARTUP_SECONDS
        while time.monotonic() < deadline and self.nginx.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return True
            except OSError:
                time.sleep(0.01)
        return False
