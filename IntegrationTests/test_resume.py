"""A kernel killed at any moment of a calibration and a report starts again and comes to the same results.

RESUME_KILLS sets how often.
"""

import os
import random
import shutil
import signal
import tempfile
import time

from kernel_session import kernel, texts

KILLS = int(os.environ.get("RESUME_KILLS", "4"))
PREPARE = """
m = load example: classifier
photos = dataset example: classifier
calibration = dataset example: classifier part: calibration
"""
WORK = """
q = calibrate m using: calibration
r = report predictions q on: photos
"""


def environment(folder):
    return {**os.environ, "OCTET_CACHE": folder}


def without_duration(shown):
    """The outputs without the line that tells how long the calibration took."""
    return ["\n".join(line for line in text.split("\n") if not line.startswith("Time ")) for text in shown]


def results(folder):
    with kernel(env=environment(folder)) as session:
        content, _ = session.run(PREPARE)
        assert content["status"] == "ok", content
        start = time.monotonic()
        content, published = session.run(WORK)
        duration = time.monotonic() - start
        assert content["status"] == "ok", content
        return without_duration(texts(published)), duration


def test_killed_kernels_resume():
    chance = random.Random(6)
    undisturbed_folder = tempfile.mkdtemp()
    undisturbed, whole = results(undisturbed_folder)
    shutil.rmtree(undisturbed_folder)
    assert undisturbed
    for number in range(KILLS):
        folder = tempfile.mkdtemp()
        session = None
        with kernel(env=environment(folder)) as session:
            session.run(PREPARE)
            session.client.execute(WORK)
            moment = chance.uniform(0, whole)
            time.sleep(moment)
            os.kill(session.process.pid, signal.SIGKILL)
            session.process.wait(10)
        resumed, first = results(folder)
        again, second = results(folder)
        print(f"kill {number} at {moment:.2f} of {whole:.2f} s: resumed in {first:.2f} s, again in {second:.2f} s")
        assert resumed == undisturbed, f"after a kill at {moment:.2f} s"
        assert again == undisturbed
        shutil.rmtree(folder)
