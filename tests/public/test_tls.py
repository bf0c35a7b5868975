"""The store over TLS, as on AWS: the certificate and its host name are checked."""

import ssl
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chalicelib.public import store
from chalicelib.rules.errors import Unavailable

ROOT = Path(__file__).parents[2]
ITEM = b'{"Item":{"pk":{"S":"the one item"}}}'
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(ITEM), ITEM)
INIT = "import sys; sys.path.insert(0, sys.argv[1]); import chalicelib.functions.verify; print(*sys.modules)"


def certificate(folder, host):
    """Write a self-signed certificate for a host, with its key, into one file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"{host}.pem"
    path.write_bytes(made.public_bytes(pem) + private)
    return path


@pytest.fixture
def serve(tmp_path, monkeypatch, dynamodb):
    """Serve one item over TLS as a host: `serve(host, trusted=...)`; requests are counted."""
    listening = create_server(("127.0.0.1", 0))
    seen = []

    def answer(context):
        kept, _ = listening.accept()
        try:
            with context.wrap_socket(kept, server_side=True) as secured:
                while request := secured.recv(65536):
                    seen.append(request)
                    secured.sendall(ANSWER)
        except OSError:
            pass

    def start(host, *, trusted):
        path = certificate(tmp_path, host)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"https://localhost:{listening.getsockname()[1]}")
        monkeypatch.setenv("SSL_CERT_FILE", str(path if trusted else certificate(tmp_path, "other.example")))
        monkeypatch.setattr(store, "_contexts", [])
        threading.Thread(target=answer, args=(context,), daemon=True).start()
        return seen

    yield start
    listening.close()


def test_an_item_is_read_over_tls_on_one_connection(serve):
    seen = serve("localhost", trusted=True)

    assert store.get("codes", "a") == store.get("codes", "b") == {"pk": {"S": "the one item"}}
    assert len(seen) == 2


@pytest.mark.parametrize(("host", "trusted"), [("localhost", False), ("elsewhere.example", True)])
def test_a_certificate_that_is_not_trusted_or_of_another_host_is_refused(serve, host, trusted):
    seen = serve(host, trusted=trusted)

    with pytest.raises(Unavailable, match="could not be reached"):
        store.get("codes", "a")
    assert seen == []


@pytest.mark.parametrize(("endpoint", "ready"), [("", True), ("http://localhost:1", False)])
def test_in_lambda_tls_is_made_ready_before_the_first_request(endpoint, ready):
    lambdas = {"AWS_LAMBDA_FUNCTION_NAME": "verify", "AWS_REGION": "cn-north-1"}
    environment = lambdas | ({"AWS_ENDPOINT_URL": endpoint} if endpoint else {})
    command = [sys.executable, "-S", "-c", INIT, str(ROOT)]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    assert ("ssl" in done.stdout.split()) is ready
