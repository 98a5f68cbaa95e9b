"""A throw-away certificate authority, and a server certificate for loopback that it signs."""

import secrets
import ssl
import subprocess
import time
from pathlib import Path

HOUR = 3600
DAY = 24 * HOUR

# `openssl ca`, not `openssl x509`: before OpenSSL 3.4 only it can set when validity begins.
CONFIGURATION = """
[ca]
default_ca = sandbox
[sandbox]
new_certs_dir = {folder}
database = {folder}/index.txt
serial = {folder}/serial
policy = names
default_md = sha256
unique_subject = no
[names]
commonName = supplied
[authority]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = IP:127.0.0.1, IP:::1, DNS:localhost
[req]
distinguished_name = names_asked
[names_asked]
"""


def server_context(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A TLS context for a server on loopback, and the file a client has to trust.

    Works in `folder`, which must be private, and leaves nothing there but that file.
    """
    before = set(folder.iterdir())
    (folder / "openssl.cnf").write_text(CONFIGURATION.format(folder=folder))
    (folder / "index.txt").touch()
    (folder / "serial").write_text("01" + secrets.token_hex(8))

    _finish(_request(folder, "authority"), _request(folder, "server"))
    now = time.time()
    common = [
        "ca", "-batch", "-notext", "-config", "openssl.cnf",
        "-startdate", _date(now - HOUR), "-enddate", _date(now + DAY),
    ]
    _finish(_openssl(folder, *common, "-selfsign", "-extensions", "authority",
                     "-keyfile", "authority.key", "-in", "authority.csr", "-out", "ca.pem"))
    _finish(_openssl(folder, *common, "-extensions", "server", "-cert", "ca.pem",
                     "-keyfile", "authority.key", "-in", "server.csr", "-out", "server.pem"))

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    context.set_alpn_protocols(["http/1.1"])

    ca_file = folder / "ca.pem"
    for leftover in set(folder.iterdir()) - before - {ca_file}:
        leftover.unlink()
    return context, ca_file


def _request(folder: Path, name: str) -> subprocess.Popen:
    """A new key and a certificate request for it."""
    return _openssl(folder, "req", "-new", "-config", "openssl.cnf", "-nodes",
                    "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                    "-subj", f"/CN=dgauth sandbox {name}",
                    "-keyout", f"{name}.key", "-out", f"{name}.csr")


def _openssl(folder: Path, *arguments: str) -> subprocess.Popen:
    try:
        return subprocess.Popen(["openssl", *arguments], cwd=folder, text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE)
    except FileNotFoundError:
        raise RuntimeError("TLS needs the openssl command (or use plain HTTP)") from None


def _finish(*commands: subprocess.Popen) -> None:
    for command in commands:
        _, complaint = command.communicate()
        if command.returncode != 0:
            raise RuntimeError(f"openssl failed: {complaint.strip()}")


def _date(seconds: float) -> str:
    return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(seconds))
