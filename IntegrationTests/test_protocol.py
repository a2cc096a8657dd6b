"""What jupyter_kernel_test leaves out: hostile messages, requests beside a running cell, interrupts, the end.

The kernel is the installed one named `octet`.
"""

import hashlib
import hmac
import json
import os
import signal
import tempfile
import time
import unittest
from queue import Empty

from jupyter_client.manager import KernelManager

KERNEL = "octet"
PREPARE = "m = load example: classifier"
BUSY = "benchmark m seconds: 60"
PROBE = "describe m"
FAILS = 'load "missing.onnx"'
PARTIAL = "cali"
PATIENCE = 30


class ProtocolTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.log = tempfile.TemporaryFile()
        cls.manager = KernelManager(kernel_name=KERNEL)
        cls.manager.start_kernel(stderr=cls.log)
        cls.client = cls.manager.client()
        cls.client.start_channels()
        cls.client.wait_for_ready(timeout=PATIENCE)

    @classmethod
    def tearDownClass(cls):
        cls.client.stop_channels()
        cls.manager.shutdown_kernel()
        cls.log.close()

    def reply(self, message_id, get=None):
        """The reply to a request on shell, or on another channel."""
        get = get or self.client.get_shell_msg
        while True:
            message = get(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == message_id:
                return message

    def published(self, message_id):
        """What is published for a request, up to its first idle."""
        messages = []
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == message_id:
                messages.append(message)
                if message["content"].get("execution_state") == "idle":
                    return messages

    def run_cell(self, code, **options):
        content = self.reply(self.client.execute(code, **options))["content"]
        return content["status"], content

    def send_control(self, message_type):
        message = self.client.session.msg(message_type, {})
        self.client.control_channel.send(message)
        return message["header"]["msg_id"]

    def start_busy_cell(self):
        """Starts the long cell and waits until it runs."""
        self.assertEqual(self.run_cell(PREPARE)[0], "ok")
        message_id = self.client.execute(BUSY)
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["msg_type"] == "execute_input" and message["parent_header"]["msg_id"] == message_id:
                return message_id

    def logged(self):
        self.log.seek(0)
        return self.log.read().decode()

    def signed(self, *frames):
        code = hmac.new(self.client.session.key, digestmod=hashlib.sha256)
        for frame in frames:
            code.update(frame)
        return [b"<IDS|MSG>", code.hexdigest().encode(), *frames]

    def test_bad_messages_are_dropped_and_logged(self):
        header = json.dumps({"msg_id": "1", "msg_type": "kernel_info_request"}).encode()
        forged = self.signed(header, b"{}", b"{}", b"{}")
        forged[1] = b"0" * 64
        replayed = self.signed(header, b"{}", b"{}", b'{"replayed": 1}')
        self.client.shell_channel.socket.send_multipart(replayed)
        self.reply("1")
        cases = {
            "the signature does not match": forged,
            "the signature was used before": replayed,
            "there is no <IDS|MSG> delimiter": [b"junk"],
            "frames follow the delimiter": [b"<IDS|MSG>", b""],
            "expected a key in quotes": self.signed(b"{bad", b"{}", b"{}", b"{}"),
            "the header is not an object": self.signed(b"[]", b"{}", b"{}", b"{}"),
            "the header lacks msg_id": self.signed(b"{}", b"{}", b"{}", b"{}"),
            "it is not an object": self.signed(header, b"{}", b"{}", b"null"),
        }
        for cause, frames in cases.items():
            with self.subTest(cause):
                self.client.shell_channel.socket.send_multipart(frames)
                answered = self.reply(self.client.kernel_info())
                self.assertEqual(answered["content"]["status"], "ok")
                self.assertIn(cause, self.logged())
        with self.assertRaises(Empty):
            while True:
                self.assertNotEqual(self.client.get_shell_msg(timeout=0.5)["parent_header"].get("msg_id"), "1")

    def test_requests_are_answered_beside_a_running_cell(self):
        running = self.start_busy_cell()
        control = self.send_control("kernel_info_request")
        self.assertEqual(self.reply(control, self.client.get_control_msg)["content"]["status"], "ok")
        question = self.client.complete(PARTIAL)
        self.assertEqual(self.reply(question)["content"]["status"], "ok")
        self.published(question)
        status = self.client.get_iopub_msg(timeout=PATIENCE)
        while status["msg_type"] != "status":
            status = self.client.get_iopub_msg(timeout=PATIENCE)
        self.assertEqual(status["content"]["execution_state"], "busy")
        self.assertEqual(status["parent_header"]["msg_id"], running)
        self.send_control("interrupt_request")
        self.assertEqual(self.reply(running)["content"]["ename"], "KernelInterrupted")

    def test_an_interrupt_ends_the_cell_and_keeps_the_state(self):
        kill = lambda: os.kill(self.manager.provisioner.pid, signal.SIGINT)  # noqa: E731
        for name, interrupt in {"message": self.manager.interrupt_kernel, "signal": kill}.items():
            with self.subTest(name):
                running = self.start_busy_cell()
                waiting = self.client.execute(PROBE)
                self.reply(self.client.kernel_info())
                interrupt()
                self.assertEqual(self.reply(running)["content"]["status"], "error")
                self.assertEqual(self.reply(waiting)["content"]["status"], "aborted")
                interrupt()
                time.sleep(0.2)
                self.assertEqual(self.run_cell(PROBE)[0], "ok")

    def test_a_failure_aborts_what_was_sent_with_it(self):
        requests = [self.client.execute(code) for code in (FAILS, PREPARE, PREPARE)]
        states = [self.reply(request)["content"]["status"] for request in requests]
        self.assertEqual(states, ["error", "aborted", "aborted"])
        requests = [self.client.execute(FAILS, stop_on_error=False), self.client.execute(PREPARE)]
        states = [self.reply(request)["content"]["status"] for request in requests]
        self.assertEqual(states, ["error", "ok"])

    def test_everything_of_a_request_comes_before_its_idle(self):
        for code in (PREPARE, PROBE, FAILS):
            with self.subTest(code):
                request = self.client.execute(code)
                kinds = [message["msg_type"] for message in self.published(request)]
                self.assertEqual(kinds[:2], ["status", "execute_input"])
                self.assertEqual(kinds[-1], "status")
                with self.assertRaises(Empty):
                    self.client.get_iopub_msg(timeout=0.3)

    def test_it_ends_with_status_zero(self):
        def ask(manager, client):
            request = client.shutdown()
            self.assertEqual(self.reply(request, client.get_control_msg)["content"]["status"], "ok")

        def terminate(manager, client):
            os.kill(manager.provisioner.pid, signal.SIGTERM)

        for end in (ask, terminate):
            with self.subTest(end.__name__):
                manager = KernelManager(kernel_name=KERNEL)
                manager.start_kernel()
                client = manager.client()
                client.start_channels()
                client.wait_for_ready(timeout=PATIENCE)
                end(manager, client)
                self.assertEqual(manager.provisioner.process.wait(timeout=PATIENCE), 0)
                client.stop_channels()
                manager.cleanup_resources()


if __name__ == "__main__":
    unittest.main()
