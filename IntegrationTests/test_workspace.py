"""One workspace for many kernels: history across them, four that write at once and are killed, reports of another notebook.

WORKSPACE_SECONDS sets how long the four work.
"""

import contextlib
import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import pytest
from kernel_session import kernel, texts
from program import octet

SECONDS = float(os.environ.get("WORKSPACE_SECONDS", "12"))


@contextlib.contextmanager
def workspace():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "octet", "workspace.sqlite")
        yield {**os.environ, "OCTET_WORKSPACE": path}, path


def rows(path, query):
    with contextlib.closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def test_history_outlives_the_kernel():
    with workspace() as (env, path):
        with kernel(env=env) as first:
            first.run('"é[1]"')
            first.run("print 2")
        with kernel(env=env) as second:
            second.run("3")

            def history(**access):
                reply = second.reply(second.client.history(raw=True, **access))
                return [tuple(item) for item in reply["content"]["history"]]

            assert history(output=False, hist_access_type="tail", n=9) == [
                (1, 1, '"é[1]"'), (1, 2, "print 2"), (2, 1, "3")
            ]
            assert history(output=True, hist_access_type="range", session=-1, start=1, stop=2) == [
                (1, 1, ['"é[1]"', "é[1]"])
            ]
            assert history(output=False, hist_access_type="search", pattern="*[[]*") == []
            assert history(output=False, hist_access_type="search", pattern="*[1]*") == [(1, 1, '"é[1]"')]
        assert rows(path, "SELECT count(*) FROM cell") == [(3,)]


def hammer(env, chance, end, finished, trouble):
    """Runs statements, each of another text, in kernels that are killed at random; notes those whose reply came."""
    try:
        while time.monotonic() < end:
            with kernel(env=env) as session:
                content, _ = session.run("m = load example: classifier")
                assert content["status"] == "ok", content
                death = time.monotonic() + chance.uniform(0.2, 4)
                killer = threading.Timer(death - time.monotonic(), os.kill, [session.process.pid, signal.SIGKILL])
                killer.start()
                while time.monotonic() < min(death, end):
                    statement = f"benchmark m seconds: 0.01{chance.randrange(10**8):08}1"
                    message_id = session.client.execute(statement)
                    reply = session.reply(message_id, patience=max(0.05, death - time.monotonic() + 0.5))
                    if reply is None:
                        break
                    assert reply["content"]["status"] == "ok", reply["content"]
                    finished.append(statement)
                    # A workspace that could not be written fails no statement; it is told.
                    while session.client.iopub_channel.msg_ready():
                        message = session.client.get_iopub_msg(timeout=1)
                        assert message["content"].get("name") != "stderr", message["content"]
                killer.join()
                session.process.wait(10)
    except Exception as error:  # pragma: no cover
        trouble.append(error)


def test_killed_kernels_leave_the_workspace_whole():
    with workspace() as (env, path):
        end = time.monotonic() + SECONDS
        finished, trouble = [], []
        threads = [
            threading.Thread(target=hammer, args=(env, random.Random(number), end, finished, trouble))
            for number in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not trouble, trouble
        assert rows(path, "PRAGMA integrity_check") == [("ok",)]
        assert rows(path, "PRAGMA foreign_key_check") == []
        kept = {statement for (statement,) in rows(path, "SELECT statement FROM run WHERE status = 'ready'")}
        print(f"{len(finished)} statements were answered, {len(kept)} are kept")
        assert len(finished) > 20
        assert set(finished) <= kept
        unfinished = rows(
            path,
            "SELECT count(*) FROM run WHERE status = 'ready' AND id NOT IN (SELECT run FROM measurement)"
            " OR status = 'ready' AND id NOT IN (SELECT run FROM report)")
        assert unfinished == [(0,)]
        with kernel(env=env) as session:
            content, published = session.run("projects\nruns where: status = \"killed\" top: 3")
            assert content["status"] == "ok", content
            # A page has the whole name, of which a text table shows what fits.
            pages = [
                message["content"]["data"].get("text/html", "")
                for message in published
                if message["msg_type"] in ("execute_result", "display_data")
            ]
            assert any("classifier" in page for page in pages)


PREPARE = """
m = load example: classifier
photos = dataset example: classifier subset: 24
calibration = dataset example: classifier part: calibration subset: 20
q = calibrate m using: calibration
"""


def test_a_report_is_shown_again_in_another_notebook():
    with workspace() as (env, _):
        with kernel(env=env) as first:
            assert first.run(PREPARE)[0]["status"] == "ok"
            content, published = first.run("report accuracy q on: photos")
            assert content["status"] == "ok", content
            shown = texts(published)
        with kernel(env=env) as second:
            content, published = second.run('reports where: title contains "Accuracy"')
            assert content["status"] == "ok", content
            number = int(re.search(r"^ *(\d+) +Accuracy", "\n".join(texts(published)), re.MULTILINE)[1])
            content, published = second.run(f"recall {number}")
            assert content["status"] == "ok", content
            assert texts(published) == shown
            assert second.run("recall 999")[0]["ename"] == "unknown"


@pytest.mark.parametrize("example", ["detector", "segmenter", "super_resolution"])
def test_boxes_masks_and_targets_move_along(example):
    program = f"""
m = load example: {example}
photos = dataset example: {example} subset: 5 seed: 3
"""
    with workspace() as (env, _), workspace() as (other, _), tempfile.TemporaryDirectory() as folder:
        def run(text, env):
            done = subprocess.run(
                [octet(), "run", "--json", "-c", text], cwd=folder, env=env, capture_output=True, text=True, timeout=120)
            assert done.returncode == 0, done.stderr
            return [json.loads(line)["result"] for line in done.stdout.splitlines()]

        before = run(program + 'describe photos\nexport project m on: photos to: "moved.project"', env)[-2]
        run('import "moved.project" into: "here"', other)
        (line,) = [path for path in Path(folder, "here").glob("*/dataset")] or [Path(folder, "here/dataset")]
        after = run(f'photos = dataset "{line}"\ndescribe photos', other)[-1]
        for key in ("type", "images", "tasks", "classes"):
            assert after[key] == before[key], key
        refused = subprocess.run(
            [octet(), "run", "-c", program + 'a = augment photos flip: vertical\nexport project m on: a to: "b.project"'],
            cwd=folder, env=env, capture_output=True, text=True, timeout=120)
        assert refused.returncode == 1 and "augmented pictures are in no files" in refused.stderr


def test_a_project_moves_to_another_machine():
    with workspace() as (env, _), workspace() as (other, path), tempfile.TemporaryDirectory() as folder:
        with kernel(env=env, cwd=folder) as first:
            assert first.run(PREPARE)[0]["status"] == "ok"
            content, published = first.run("a = report accuracy q on: photos\na")
            shown = texts(published)
            content, _ = first.run('export project q on: photos to: "moved.project"')
            assert content["status"] == "ok", content
        with kernel(env=other, cwd=folder) as second:
            content, published = second.run('import "moved.project" into: "here"')
            assert content["status"] == "ok", content
            statements = [line.strip() for line in "\n".join(texts(published)).split("\n") if " = " in line]
            assert len(statements) == 3, statements
            before = rows(path, "SELECT count(*) FROM model")
            # What was imported loads, is known again, and gives the same accuracy.
            content, _ = second.run("\n".join(statements))
            assert content["status"] == "ok", content
            content, published = second.run("report accuracy m on: photos")
            assert content["status"] == "ok", content
            assert rows(path, "SELECT count(*) FROM model") == before
            assert shown
