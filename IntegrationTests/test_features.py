"""Encryption, other transports, subshells, floods, provenance and stale names, over real sockets."""

import hashlib
import hmac
import json
import os
import re
import subprocess
import time
from queue import Empty

import pytest
import zmq
from jupyter_client import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from kernel_session import kernel, texts

PREPARE = "m = load example: classifier"


def test_encrypted_channels():
    if not zmq.has("curve"):
        pytest.skip("this pyzmq has no CURVE")
    with kernel(manager={"transport_encryption": "required"}) as session:
        assert session.manager.get_connection_info().get("curve_publickey")
        content, published = session.run("1")
        assert content["status"] == "ok"
        assert texts(published) == ["1"]
        connection = session.manager.get_connection_info()
        plain = zmq.Context.instance().socket(zmq.DEALER)
        plain.connect(f"tcp://{connection['ip']}:{connection['shell_port']}")
        plain.setsockopt(zmq.LINGER, 0)
        plain.send_multipart(session.client.session.serialize(session.client.session.msg("kernel_info_request", {})))
        assert not plain.poll(500), "an unencrypted client was answered"
        plain.close(0)


def test_unix_domain_sockets(tmp_path):
    with kernel(manager={"transport": "ipc"}) as session:
        assert session.manager.transport == "ipc"
        content, published = session.run("1")
        assert content["status"] == "ok"
        assert texts(published) == ["1"]


def test_a_kernel_that_finds_its_ports_tells_them(tmp_path):
    context = zmq.Context()
    router = context.socket(zmq.ROUTER)
    port = router.bind_to_random_port("tcp://127.0.0.1")
    key = "registration-secret"
    file = tmp_path / "registration.json"
    file.write_text(json.dumps({
        "transport": "tcp", "ip": "127.0.0.1", "signature_scheme": "hmac-sha256", "key": key, "kernel_id": "k-1",
        "registration_ip": "127.0.0.1", "registration_port": port}))
    sign = lambda content: hmac.new(key.encode(), content, hashlib.sha256).hexdigest().encode()  # noqa: E731
    program = KernelSpecManager().get_kernel_spec("octet").argv[0]
    process = subprocess.Popen([program, "kernel", "-f", str(file)])
    try:
        assert router.poll(10_000)
        identity, delimiter, signature, content = router.recv_multipart()
        assert delimiter == b"<IDS|MSG>" and signature == sign(content)
        ports = json.loads(content)
        assert ports.pop("kernel_id") == "k-1"
        receipt = b'"ACK"'
        router.send_multipart([identity, b"<IDS|MSG>", sign(receipt), receipt])
        client = BlockingKernelClient(
            ip="127.0.0.1", transport="tcp", **{name: int(value) for name, value in ports.items()})
        client.session.key = key.encode()
        client.start_channels(hb=False)
        client.wait_for_ready(timeout=20)
        client.shutdown()
        assert process.wait(timeout=10) == 0
        client.stop_channels()
    finally:
        process.kill()
        context.destroy(0)


def test_usage():
    with kernel() as session:
        usage = session.control("usage_request")
        assert usage["pid"] == session.process.pid
        assert abs(usage["kernel_memory"] / 2**20 - session.resident_mib()) < 5
        assert usage["host_virtual_memory"]["total"] > 0


def test_a_subshell_runs_beside_the_main_shell():
    with kernel() as session:
        session.run(PREPARE)
        created = session.control("create_subshell_request")
        busy = session.client.execute("benchmark m seconds: 60")
        message = session.client.session.msg("execute_request", {"code": "describe m", "silent": False})
        message["header"]["subshell_id"] = created["subshell_id"]
        session.client.shell_channel.send(message)
        reply = session.reply(message["header"]["msg_id"])
        assert reply["content"]["status"] == "ok"
        assert reply["content"]["execution_count"] == 1
        assert session.control("list_subshell_request")["subshell_id"] == [created["subshell_id"]]
        assert session.control("delete_subshell_request", created)["status"] == "ok"
        session.control("interrupt_request")
        assert session.reply(busy)["content"]["ename"] == "KernelInterrupted"


def test_a_flood_is_capped_and_the_rest_is_in_a_file(tmp_path):
    with kernel(env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)}) as session:
        start = time.monotonic()
        content, published = session.run("\n".join(["print 1..10000"] * 40))
        shown = "".join(texts(published))
        assert content["status"] == "ok"
        assert len(shown) < 600_000
        assert shown.endswith("\n9999\n10000\n")
        path = re.search(r"the whole output is in (\S+)", shown)[1]
        assert path.startswith(str(tmp_path))
        with open(path) as file:
            assert file.read() == "".join(f"{n}\n" for n in range(1, 10_001)) * 40
        print(f"{time.monotonic() - start:.2f} s, {len(published)} messages")


def test_outputs_say_what_made_them():
    with kernel() as session:
        session.run(PREPARE)
        _, published = session.run("describe m")
        made = next(m["content"]["metadata"]["octet"] for m in published if m["msg_type"] == "execute_result")
        assert made["command"] == "describe m"
        assert re.fullmatch(r"\d+\.\d+\.\d+", made["version"])
        assert re.fullmatch(r"[0-9a-f]{64}", made["inputs"]["m"]["file_sha256"])
        assert made["processor"] and made["instructions"] and made["processors"] >= 1


def test_names_out_of_date_are_told():
    with kernel() as session:
        def cell(identifier, code, deleted=()):
            content, published = session.run(code, metadata={"cellId": identifier, "deletedCells": list(deleted)})
            assert content["status"] == "ok", content
            return "\n".join(texts(published))

        cell("a", "x = [1, 2]")
        cell("b", "y = x")
        assert "Warning" not in cell("c", "y")
        assert "Warning" not in cell("a", "x = [1, 2]")
        assert "y is out of date now" in cell("a", "x = [3, 4]")
        assert "y is out of date" in cell("c", "y")
        assert "Warning" not in cell("b", "y = x")
        assert "Warning" not in cell("c", "y")
        assert "deleted" in cell("c", "x", deleted=["a"])


def test_completion_answers_at_once_and_knows_names_and_kinds():
    with kernel() as session:
        start = time.perf_counter()
        reply = session.reply(session.client.complete("cali"))["content"]
        print(f"first completion {1e3 * (time.perf_counter() - start):.1f} ms")
        assert reply["matches"] == ["calibrate"]
        session.run(PREPARE + "; p = dataset example: classifier subset: 3")
        for text, expected, kind in [
            ("describe ", "m", "instance"), ("predict m ", "on: ", "keyword"), ("predict m on: ", "p", "instance"),
            ("calibrate m using: p preset: ", "mixed", "enum"), ('predict m on: p["', '.jpg"', "value"),
            ("describe m layers: true where: oper", "operations", "property"),
        ]:
            content = session.reply(session.client.complete(text))["content"]
            typed = content["metadata"]["_jupyter_types_experimental"]
            assert any(item["text"].startswith(expected) or expected in item["text"] for item in typed), (text, typed)
            assert any(item["type"] == kind for item in typed), (text, typed)
            assert [item["text"] for item in typed] == content["matches"]


def test_nothing_is_printed_to_the_server_log():
    with kernel() as session:
        session.run(PREPARE)
        with pytest.raises(Empty):
            session.client.get_stdin_msg(timeout=0.2)
        session.log.seek(0)
        assert session.log.read() == b""
