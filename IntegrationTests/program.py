"""The program `octet` that the installed kernel starts, from a terminal."""

import json
import subprocess

from jupyter_client.kernelspec import KernelSpecManager


def octet():
    """The path of the program."""
    return KernelSpecManager().get_kernel_spec("octet").argv[0]


def run(text, folder):
    """Runs commands in a folder; gives the result of each statement."""
    done = subprocess.run([octet(), "run", "--json", "-c", text], cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["result"] for line in done.stdout.splitlines()]
