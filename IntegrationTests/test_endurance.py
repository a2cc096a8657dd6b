"""Ten thousand cells in one kernel: nothing is lost, and memory and latency stay as they are."""

import statistics
import time

from kernel_session import kernel

CELLS = 10_000
CODE = '"{}"'


def test_ten_thousand_cells():
    latencies, memory = [], []
    with kernel() as session:
        client = session.client
        for number in range(CELLS):
            start = time.perf_counter()
            message_id = client.execute(CODE.format(number))
            reply = session.reply(message_id)
            published = session.published(message_id)
            latencies.append(time.perf_counter() - start)
            assert reply["content"]["status"] == "ok"
            assert reply["content"]["execution_count"] == number + 1
            kinds = [message["msg_type"] for message in published]
            assert kinds == ["status", "execute_input", "execute_result", "status"], kinds
            assert published[2]["content"]["data"]["text/plain"] == str(number)
            if number % 1000 == 999:
                memory.append(session.resident_mib())
        history = client.history(hist_access_type="tail", n=3, raw=True, output=False)
        items = session.reply(history)["content"]["history"]
        assert [item[2] for item in items] == [CODE.format(n) for n in range(CELLS - 3, CELLS)]
    early, late = statistics.median(latencies[500:1500]), statistics.median(latencies[-1000:])
    print(f"latency {early * 1e3:.2f} -> {late * 1e3:.2f} ms, memory {memory[0]:.1f} -> {memory[-1]:.1f} MiB")
    # Ten thousand cells of history take about a megabyte; what leaks with each cell would show as more.
    assert memory[-1] - memory[0] < 8, memory
