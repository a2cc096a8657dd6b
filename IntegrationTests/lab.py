"""A JupyterLab server with an empty workspace, and a headless Chromium that looks at it."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none", "recordTiming": False},
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},
}
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


def chromium():
    """The path of a Chromium; CHROMIUM names another one."""
    names = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


@contextmanager
def server():
    """Runs JupyterLab in a folder of its own; gives the folder and the address."""
    with tempfile.TemporaryDirectory(prefix="octet-lab-") as scratch:
        scratch = Path(scratch)
        folder, settings = scratch / "notebooks", scratch / "settings"
        folder.mkdir()
        for plugin, values in SETTINGS.items():
            path = settings / f"{plugin}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        token = secrets.token_hex(16)
        environment = dict(
            os.environ,
            JUPYTERLAB_SETTINGS_DIR=str(settings),
            JUPYTERLAB_WORKSPACES_DIR=str(scratch / "workspaces"),
            JUPYTER_CONFIG_DIR=str(scratch / "config"),
            JUPYTER_RUNTIME_DIR=str(scratch / "runtime"),
        )
        arguments = [
            "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--ServerApp.port={port}",
            "--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}",
            "--LabApp.expose_app_in_browser=True", "--LabApp.extension_manager=readonly", "--KernelSpecManager.ensure_native_kernel=False",
        ]
        with open(scratch / "log", "w") as log:
            process = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=log, stderr=log)
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_ready(f"{address}/api/status?token={token}", process, scratch / "log")
            yield folder, address, token
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_ready(url, process, log, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"JupyterLab ended: {log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterLab does not answer: {log.read_text()[-2000:]}")


class Lab:
    """A page of JupyterLab with one notebook open."""

    def __init__(self, page, folder, address, token):
        self.page, self.folder, self.address, self.token = page, folder, address, token

    def open(self, path, theme="light"):
        """Opens a notebook of this project, or a list of cells, in the Octet kernel."""
        if isinstance(path, list):
            content, name = notebook(path), "cells.ipynb"
            (self.folder / name).write_text(json.dumps(content))
        else:
            name = Path(path).name
            shutil.copy(path, self.folder / name)
        self.page.goto(f"{self.address}/lab/tree/{name}?reset&token={self.token}")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=90_000)
        self.page.wait_for_function("!!window.jupyterapp", timeout=30_000)
        self.page.evaluate("jupyterapp.restored")
        self.theme(theme)
        self.command("application:set-mode", {"mode": "single-document"})
        self.page.evaluate("jupyterapp.shell.collapseLeft(); jupyterapp.shell.collapseRight()")

    def command(self, name, arguments=None):
        return self.page.evaluate(
            "([name, args]) => jupyterapp.commands.execute(name, args).then(() => null)", [name, arguments or {}])

    def theme(self, kind):
        """Switches to the `light` or the `dark` theme."""
        self.command("apputils:change-theme", {"theme": THEMES[kind]})
        self.page.wait_for_function(
            "light => document.body.dataset.jpThemeLight === light", arg="true" if kind == "light" else "false")

    def run_all(self, seconds=240):
        """Runs all cells and waits for the last."""
        self.page.wait_for_function(
            """() => {
              const kernel = jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel;
              return kernel?.connectionStatus === "connected" && kernel.status === "idle" && kernel.info;
            }""", timeout=60_000)
        self.page.evaluate("() => { jupyterapp.commands.execute('notebook:run-all-cells'); }")
        self.page.wait_for_function(
            """() => {
              const cells = Array.from(document.querySelectorAll(".jp-Notebook .jp-CodeCell"));
              const prompts = cells.map(c => c.querySelector(".jp-InputPrompt").textContent);
              return prompts.length > 0 && prompts.every(p => /\\[\\d+\\]/.test(p));
            }""", timeout=seconds * 1000)
        self.page.wait_for_timeout(500)

    def cell(self, index):
        """The code cell of this number, from 0."""
        return self.page.locator(".jp-Notebook .jp-CodeCell").nth(index)

    def output(self, index):
        """The output of the code cell of this number, from 0."""
        return self.cell(index).locator(".jp-Cell-outputArea")

    def reports(self):
        """All reports in the notebook."""
        return self.page.locator(".jp-RenderedHTML .octet")


def notebook(cells):
    """A notebook of code cells for the Octet kernel."""
    return {
        "cells": [
            {"cell_type": "code", "id": f"cell-{index}", "metadata": {}, "source": source, "outputs": [],
             "execution_count": None}
            for index, source in enumerate(cells)
        ],
        "metadata": {"kernelspec": {"name": "octet", "display_name": "Octet", "language": "octet"}},
        "nbformat": 4, "nbformat_minor": 5,
    }


@contextmanager
def lab(width=1280, height=1000):
    """A JupyterLab in a headless Chromium."""
    from playwright.sync_api import sync_playwright

    with server() as (folder, address, token), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        try:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.set_default_timeout(20_000)
            yield Lab(page, folder, address, token)
        finally:
            browser.close()
