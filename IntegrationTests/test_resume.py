"""A kernel killed at any moment of a calibration and a report starts again, computes only what was not finished, and comes to
the same results.

RESUME_KILLS sets how often.
"""

import os
import random
import re
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
    return {**os.environ, "OCTET_CACHE": folder, "OCTET_WORKSPACE": os.path.join(folder, "workspace.sqlite")}


def without_duration(shown):
    """The outputs without the line that tells how long the calibration took."""
    return ["\n".join(line for line in text.split("\n") if not line.startswith("Time ")) for text in shown]


def kept(folder):
    """The finished work on disk: kind and name of each file, with what changes when it is written anew."""
    found = {}
    for kind in ("calibrations", "stages", "predictions"):
        place = os.path.join(folder, kind)
        for name in os.listdir(place) if os.path.isdir(place) else []:
            if re.fullmatch("[0-9a-f-]+", name):
                found[kind, name] = os.stat(os.path.join(place, name)).st_ino
    return found


def progress(published):
    return [
        message["content"]["data"]["text/plain"]
        for message in published
        if message["msg_type"] in ("display_data", "update_display_data")
        and message["content"].get("transient", {}).get("display_id")
    ]


def results(folder):
    """What the work shows, how long it takes, and how many stages of the calibration an earlier kernel had left of how many."""
    with kernel(env=environment(folder)) as session:
        content, _ = session.run(PREPARE)
        assert content["status"] == "ok", content
        start = time.monotonic()
        content, published = session.run(WORK)
        duration = time.monotonic() - start
        assert content["status"] == "ok", content
        told = re.search(r"(\d+) of (\d+) stages", "\n".join(progress(published)))
        return without_duration(texts(published)), duration, told and tuple(map(int, told.groups()))


def test_killed_kernels_resume():
    chance = random.Random(6)
    undisturbed_folder = tempfile.mkdtemp()
    undisturbed, whole, told = results(undisturbed_folder)
    everything = {kind: sum(key[0] == kind for key in kept(undisturbed_folder)) for kind in ("calibrations", "predictions")}
    shutil.rmtree(undisturbed_folder)
    assert undisturbed and told is None
    assert everything == {"calibrations": 1, "predictions": 8}, everything
    totals = set()
    for number in range(KILLS):
        folder = tempfile.mkdtemp()
        with kernel(env=environment(folder)) as session:
            session.run(PREPARE)
            session.client.execute(WORK)
            moment = chance.uniform(0, whole)
            time.sleep(moment)
            os.kill(session.process.pid, signal.SIGKILL)
            session.process.wait(10)
        left = kept(folder)
        stages = sum(kind == "stages" for kind, _ in left)
        is_calibrated = any(kind == "calibrations" for kind, _ in left)
        resumed, first, told = results(folder)
        now = kept(folder)
        # What was there is not computed anew: its file is the one that the killed kernel wrote.
        assert all(now[key] == inode for key, inode in left.items() if key[0] != "stages")
        assert sum(key[0] == "predictions" for key in now) == everything["predictions"]
        assert not any(key[0] == "stages" for key in now)
        if is_calibrated or not stages:
            assert told is None, told
        else:
            assert told[0] == stages, (told, stages)
            totals.add(told[1])
        again, second, _ = results(folder)
        assert kept(folder) == now
        print(
            f"kill {number} at {moment:.2f} of {whole:.2f} s left {stages} stages, {len(left) - stages} results: "
            f"resumed in {first:.2f} s with {told}, again in {second:.2f} s")
        assert resumed == undisturbed, f"after a kill at {moment:.2f} s"
        assert again == undisturbed
        shutil.rmtree(folder)
    # Every calibration has as many stages, so that one that found some has computed fewer.
    assert len(totals) <= 1, totals


MANY = """
m = load example: classifier
shown = dataset example: classifier
photos = augment shown noise: 1% noised: 10
calibration = dataset example: classifier part: calibration
q = calibrate m using: calibration
"""
REPORT = "r = report predictions q on: photos"


def blocks(folder):
    return {name: inode for (kind, name), inode in kept(folder).items() if kind == "predictions"}


def test_kernels_killed_in_a_report_go_on_behind_the_last_finished_block():
    chance = random.Random(7)
    calibrated = tempfile.mkdtemp()
    with kernel(env=environment(calibrated)) as session:
        content, _ = session.run(MANY)
        assert content["status"] == "ok", content

    def report(folder):
        with kernel(env=environment(folder)) as session:
            session.run(MANY)
            content, published = session.run(REPORT)
            assert content["status"] == "ok", content
            return without_duration(texts(published))

    whole = shutil.copytree(calibrated, tempfile.mkdtemp(), dirs_exist_ok=True)
    undisturbed, wanted = report(whole), len(blocks(whole))
    assert wanted == 2 * -(-2640 // 64)
    within = 0
    for number in range(KILLS):
        folder = shutil.copytree(calibrated, tempfile.mkdtemp(), dirs_exist_ok=True)
        # What the killed kernel has finished is counted on disk, so that the moment does not depend on the machine's speed.
        until = chance.randrange(1, wanted)
        with kernel(env=environment(folder)) as session:
            session.run(MANY)
            session.client.execute(REPORT)
            while len(blocks(folder)) < until:
                time.sleep(0.001)
            os.kill(session.process.pid, signal.SIGKILL)
            session.process.wait(10)
        left = blocks(folder)
        within += len(left) < wanted
        assert report(folder) == undisturbed, f"after a kill behind {until} blocks"
        now = blocks(folder)
        assert len(now) == wanted and all(now[name] == inode for name, inode in left.items())
        print(f"kill {number} left {len(left)} of {wanted} blocks")
        shutil.rmtree(folder)
    assert within > 0, "every kernel had finished before it was killed"
    shutil.rmtree(whole)
    shutil.rmtree(calibrated)
