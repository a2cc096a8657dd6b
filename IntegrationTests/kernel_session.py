"""A kernel of its own and a client that talks to it, for the tests."""

import contextlib
import tempfile
import time
from queue import Empty

import psutil
from jupyter_client.manager import KernelManager

KERNEL = "octet"
PATIENCE = 30


class KernelSession:
    def __init__(self, **options):
        self.log = tempfile.TemporaryFile()
        self.manager = KernelManager(kernel_name=KERNEL, **options.pop("manager", {}))
        self.manager.start_kernel(stderr=self.log, **options)
        self.client = self.manager.client()
        self.client.start_channels(hb=False)
        self.client.wait_for_ready(timeout=PATIENCE)
        self.process = psutil.Process(self.manager.provisioner.pid)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()
        self.manager.cleanup_resources()
        self.log.close()

    def reply(self, message_id, get=None, patience=PATIENCE):
        """The reply to a request on shell, or on another channel; None where none comes."""
        get = get or self.client.get_shell_msg
        end = time.monotonic() + patience
        while time.monotonic() < end:
            with contextlib.suppress(Empty):
                message = get(timeout=max(0.001, end - time.monotonic()))
                if (message["parent_header"] or {}).get("msg_id") == message_id:
                    return message
        return None

    def published(self, message_id, patience=PATIENCE):
        """What is published for a request, up to its idle."""
        messages = []
        while True:
            message = self.client.get_iopub_msg(timeout=patience)
            if (message["parent_header"] or {}).get("msg_id") == message_id:
                messages.append(message)
                if message["content"].get("execution_state") == "idle":
                    return messages

    def run(self, code, metadata=None):
        """Runs a cell; its reply's content and what it published."""
        content = {
            "code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False,
            "stop_on_error": True,
        }
        message = self.client.session.msg("execute_request", content, metadata=metadata)
        self.client.shell_channel.send(message)
        message_id = message["header"]["msg_id"]
        reply = self.reply(message_id, patience=300)
        return reply["content"], self.published(message_id)

    def control(self, message_type, content=None):
        message = self.client.session.msg(message_type, content or {})
        self.client.control_channel.send(message)
        return self.reply(message["header"]["msg_id"], self.client.get_control_msg)["content"]

    def resident_mib(self):
        return self.process.memory_info().rss / 2**20


@contextlib.contextmanager
def kernel(**options):
    session = KernelSession(**options)
    try:
        yield session
    finally:
        session.close()


def texts(messages):
    """The plain text of everything that a cell showed for good, and what it printed; progress is left out."""
    shown = []
    for message in messages:
        content = message["content"]
        if content.get("transient", {}).get("display_id"):
            continue
        if message["msg_type"] in ("execute_result", "display_data"):
            shown.append(content["data"]["text/plain"])
        elif message["msg_type"] == "stream":
            shown.append(content["text"])
    return shown
