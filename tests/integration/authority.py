#!/usr/bin/env python3
"""A time stamp authority on loopback, good or bad by the path: authority.py FOLDER

Answers come from `openssl ts -reply` with FOLDER/ts.conf. Serves http, https as 127.0.0.1 and https
as somebody else; writes their ports to FOLDER/ports, and each path that was asked for to
FOLDER/asked.
"""
import http.server
import os
import ssl
import subprocess
import sys
import threading

folder = sys.argv[1]


def reply(query, section="tsa"):
    with open(f"{folder}/query", "wb") as file:
        file.write(query)
    subprocess.run(["openssl", "ts", "-reply", "-config", f"{folder}/ts.conf", "-section", section,
                    "-queryfile", f"{folder}/query", "-out", f"{folder}/reply"],
                   check=True, stderr=subprocess.DEVNULL)
    with open(f"{folder}/reply", "rb") as file:
        return file.read()


def flip(data, at):
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


# The query ends with the nonce and three bytes of a BOOLEAN; the imprint is an OCTET STRING of 32.
ANSWERS = {
    "/good": reply,
    "/nonce": lambda query: reply(flip(query, -4)),
    "/imprint": lambda query: reply(flip(query, query.index(b"\x04\x20") + 2)),
    "/rejected": lambda query: reply(query, "picky"),
    "/forged": lambda query: flip(reply(query), -1),
    "/longer": lambda query: reply(query) + b"x",
    "/garbage": lambda query: b"not a time stamp",
    "/large": lambda query: b"x" * (256 * 1024 + 1),
    "/page": reply,
    "/moved": lambda query: b"",
    "/closed": lambda query: b"",
}
STATUSES = {"/moved": 302, "/closed": 503}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        path = self.path.partition("?")[0]
        with open(f"{folder}/asked", "a", encoding="ascii") as asked:
            print(path, self.headers["Content-Type"], file=asked)
        body = ANSWERS[path](self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(STATUSES.get(path, 200))
        self.send_header("Location", "/good")
        self.send_header("Content-Type",
                         "text/html" if path == "/page" else "application/timestamp-reply")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except ConnectionError:
            pass

    def log_message(self, *_):
        pass


def serve(certificate=None):
    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(f"{folder}/{certificate}.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever).start()
    return str(server.server_port)


ports = " ".join([serve(), serve("here"), serve("elsewhere")])
with open(f"{folder}/ports.new", "w", encoding="ascii") as out:
    print(ports, file=out)
os.rename(f"{folder}/ports.new", f"{folder}/ports")
