"""Certificates made for the tests, by an authority of their own: a good one and each bad kind."""

from __future__ import annotations

import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Certificates:
    """`authority` is the file to trust; each context is a server's."""

    authority: Path
    good: ssl.SSLContext
    other_name: ssl.SSLContext
    expired: ssl.SSLContext
    unknown_authority: ssl.SSLContext


def make_certificates(folder: Path) -> Certificates:
    """Make everything in a folder, with the openssl of the system."""
    _authority(folder, "ca")
    _authority(folder, "stranger")
    return Certificates(
        authority=folder / "ca.pem",
        good=_server(folder, "good", "ca", "DNS:localhost"),
        other_name=_server(folder, "other", "ca", "DNS:mail.example.org"),
        expired=_server(folder, "expired", "ca", "DNS:localhost", expired=True),
        unknown_authority=_server(folder, "strange", "stranger", "DNS:localhost"),
    )


def _authority(folder: Path, name: str) -> None:
    _openssl(
        folder,
        *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
        *("-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}", "-days", "30"),
        *("-addext", "keyUsage=critical,keyCertSign,cRLSign"),
    )


def _server(
    folder: Path, name: str, authority: str, names: str, *, expired: bool = False
) -> ssl.SSLContext:
    request = folder / f"{name}.csr"
    _openssl(
        folder,
        *("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
        *("-keyout", f"{name}.key", "-out", request.name, "-subj", f"/CN={name}"),
    )
    (folder / "ext").write_text(f"subjectAltName={names}\n", encoding="utf-8")
    days = ["-days", "-1"] if expired else ["-days", "30"]
    _openssl(
        folder,
        *("x509", "-req", "-in", request.name, "-CA", f"{authority}.pem", "-CAkey"),
        *(f"{authority}.key", "-CAcreateserial", "-out", f"{name}.pem", "-extfile", "ext", *days),
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
    return context


def _openssl(folder: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)
