"""A hostile client: random and mutated frames on every socket, with and without a right signature.

The kernel answers the next good request as if nothing had happened. HOSTILE_FRAMES sets the number of messages.
"""

import hashlib
import hmac
import json
import os
import random
import time

import zmq
from kernel_session import kernel

MESSAGES = int(os.environ.get("HOSTILE_FRAMES", "20000"))
BATCH = 500
TYPES = [
    "execute_request", "complete_request", "inspect_request", "is_complete_request", "history_request",
    "comm_info_request", "comm_open", "comm_msg", "comm_close", "kernel_info_request", "connect_request",
    "create_subshell_request", "delete_subshell_request", "list_subshell_request", "usage_request", "input_reply",
    "debug_request", "nonsense",
]
VALUES = [
    None, True, -1, 0, 2**63, -2**63, 1e308, "", "x", "\ud83d", "é" * 50, "m = load", "describe [", [], [[]], {},
    {"code": 1}, {"a": {"b": []}},
]
KEYS = [
    "code", "cursor_pos", "detail_level", "silent", "store_history", "user_expressions", "allow_stdin", "hist_access_type",
    "session", "start", "stop", "n", "pattern", "unique", "output", "raw", "comm_id", "target_name", "data", "subshell_id",
]


class Attacker:
    def __init__(self, session, seed):
        self.random = random.Random(seed)
        self.session = session.client.session
        connection = session.manager.get_connection_info()
        self.context = zmq.Context()
        self.sockets = {}
        for channel, kind in {
            "shell": zmq.DEALER, "control": zmq.DEALER, "stdin": zmq.DEALER, "hb": zmq.DEALER, "iopub": zmq.XSUB,
        }.items():
            socket = self.context.socket(kind)
            socket.setsockopt(zmq.LINGER, 0)
            socket.setsockopt(zmq.RCVHWM, 10)
            socket.connect(f"tcp://{connection['ip']}:{connection[f'{channel}_port']}")
            self.sockets[channel] = socket

    def close(self):
        self.context.destroy(0)

    def bytes(self, most=200):
        return self.random.randbytes(self.random.randrange(most))

    def value(self, depth=0):
        if depth < 3 and self.random.random() < 0.3:
            return {self.random.choice(KEYS): self.value(depth + 1) for _ in range(self.random.randrange(4))}
        return self.random.choice(VALUES)

    def text(self):
        """JSON, now and then broken."""
        text = json.dumps(self.value()).encode()
        if self.random.random() < 0.3:
            text = bytearray(text)
            for _ in range(self.random.randrange(1, 4)):
                text[self.random.randrange(len(text))] = self.random.randrange(256)
        return bytes(text[: self.random.randrange(len(text) + 1)] if self.random.random() < 0.1 else text)

    def header(self):
        header = {
            "msg_id": f"hostile-{self.random.getrandbits(64)}", "msg_type": self.random.choice(TYPES), "session": "s",
            "username": "u", "date": "2026-01-01T00:00:00Z", "version": "5.5",
        }
        for _ in range(self.random.randrange(3)):
            header[self.random.choice(["msg_id", "msg_type", "session", "subshell_id", "version"])] = self.value(2)
        return json.dumps(header).encode()

    def content(self):
        fields = {self.random.choice(KEYS): self.value() for _ in range(self.random.randrange(6))}
        # What would really run for long, or end the kernel, is not what this is about.
        return json.dumps(fields).encode()

    def signed(self, frames):
        code = hmac.new(self.session.key, digestmod=hashlib.sha256)
        for frame in frames:
            code.update(frame)
        return code.hexdigest().encode()

    def message(self):
        kind = self.random.randrange(6)
        if kind == 0:
            return [self.bytes() for _ in range(self.random.randrange(1, 9))]
        if kind == 1:
            return [b"<IDS|MSG>"] + [self.bytes(40) for _ in range(self.random.randrange(8))]
        frames = [self.header(), b"{}", b"{}", self.content()]
        if kind == 2:
            frames = [self.text() if self.random.random() < 0.5 else frame for frame in frames]
        if kind == 3:
            frames[1 + self.random.randrange(3)] = self.text()
        signature = self.signed(frames)
        if kind == 4:
            signature = self.random.choice([b"", b"0" * 64, signature[:-1], signature.upper(), self.bytes(80)])
        message = [b"<IDS|MSG>", signature, *frames]
        if self.random.random() < 0.2:
            message += [self.bytes(3000) for _ in range(self.random.randrange(3))]
        if self.random.random() < 0.1:
            message.insert(self.random.randrange(len(message)), self.bytes())
        return message

    def attack(self):
        channel = self.random.choice(list(self.sockets))
        message = self.message()
        if channel == "iopub" and self.random.random() < 0.5:
            message = [self.random.choice([b"\x01", b"\x00", b"\x02", b""]) + self.bytes(30)]
        try:
            self.sockets[channel].send_multipart(message, flags=zmq.NOBLOCK)
        except zmq.Again:
            pass

    def drain(self):
        for socket in self.sockets.values():
            while socket.poll(0):
                socket.recv_multipart()


def test_a_hostile_client_changes_nothing_for_others():
    with kernel() as session:
        content, _ = session.run("kept = [1, 2, 3]")
        assert content["status"] == "ok"
        attacker = Attacker(session, seed=6)
        slowest, before = [], session.resident_mib()
        for start in range(0, MESSAGES, BATCH):
            for _ in range(BATCH):
                attacker.attack()
            attacker.drain()
            # The kernel has to work off what it was sent first; the request behind that is the one that counts.
            assert session.reply(session.client.kernel_info(), patience=20) is not None, f"silent after {start} messages"
            begin = time.perf_counter()
            assert session.reply(session.client.kernel_info(), patience=20) is not None
            slowest.append(time.perf_counter() - begin)
        attacker.drain()
        attacker.close()
        assert session.manager.is_alive()
        slowest.sort()
        print(
            f"next answer: median {slowest[len(slowest) // 2] * 1e3:.2f} ms, slowest {slowest[-1] * 1e3:.1f} ms; "
            f"memory {before:.1f} -> {session.resident_mib():.1f} MiB")
        for subshell in session.control("list_subshell_request")["subshell_id"]:
            session.control("delete_subshell_request", {"subshell_id": subshell})
        content, published = session.run("kept")
        assert content["status"] == "ok"
        assert any(message["msg_type"] == "execute_result" for message in published)
