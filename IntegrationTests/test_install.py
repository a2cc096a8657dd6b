"""`octet install`, `uninstall` and `doctor` in a folder of their own."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from jupyter_client.kernelspec import KernelSpecManager


@pytest.fixture
def octet():
    """The program that the installed kernelspec starts."""
    return KernelSpecManager().get_kernel_spec("octet").argv[0]


def run(*arguments, **variables):
    result = subprocess.run(
        [str(a) for a in arguments], capture_output=True, text=True, env={**os.environ, **variables}, check=False)
    return result.returncode, result.stdout, result.stderr


def test_install_writes_what_jupyter_finds_and_uninstall_removes_it(octet, tmp_path):
    status, output, _ = run(octet, "install", "--prefix", tmp_path, "--name", "octet-test", "--display-name", "Test",
                            "--env", "OCTET_MEMORY=2GB")
    folder = tmp_path / "share/jupyter/kernels/octet-test"
    extension = tmp_path / "share/jupyter/labextensions/octet-language"
    assert status == 0 and str(folder) in output and str(extension) in output
    manager = KernelSpecManager(kernel_dirs=[str(folder.parent)])
    spec = manager.get_kernel_spec("octet-test")
    assert spec.argv[0] == octet and spec.argv[-1] == "{connection_file}"
    assert (spec.display_name, spec.language, spec.interrupt_mode) == ("Test", "octet", "message")
    assert spec.env == {"OCTET_MEMORY": "2GB"}
    assert spec.metadata["supported_encryption"] == ["curve"]
    assert {path.name for path in folder.iterdir()} == {
        "kernel.json", "logo-32x32.png", "logo-64x64.png", "logo-svg.svg"}
    package = json.loads((extension / "package.json").read_text())
    script = (extension / package["jupyterlab"]["_build"]["load"]).read_text()
    assert '"calibrate"' in script and "@" + "VERBS" + "@" not in script
    status, *_ = run(octet, "uninstall", "--prefix", tmp_path, "--name", "octet-test")
    assert status == 0 and not folder.exists() and not extension.exists()
    status, _, error = run(octet, "uninstall", "--prefix", tmp_path, "--name", "octet-test")
    assert status == 2 and "no kernelspec" in error


def test_another_kernel_is_not_replaced_without_force(octet, tmp_path):
    folder = tmp_path / "share/jupyter/kernels/octet"
    folder.mkdir(parents=True)
    (folder / "kernel.json").write_text('{"argv": ["python"], "language": "python", "display_name": "x"}')
    status, _, error = run(octet, "install", "--prefix", tmp_path)
    assert status == 2 and "--force" in error
    status, *_ = run(octet, "install", "--prefix", tmp_path, "--force")
    assert status == 0 and json.loads((folder / "kernel.json").read_text())["language"] == "octet"


def test_a_folder_that_cannot_be_written_is_named(octet, tmp_path):
    (tmp_path / "share").write_text("a file")
    status, _, error = run(octet, "install", "--prefix", tmp_path)
    assert status == 2 and "--user" in error


BREAKAGES = {
    "nothing": (lambda folder, extension: None, 0, ""),
    "no kernelspec": (lambda folder, extension: shutil.rmtree(folder), 1, "run octet install"),
    "broken description": (lambda folder, extension: (folder / "kernel.json").write_text("{"), 1, "not JSON"),
    "a logo gone": (lambda folder, extension: (folder / "logo-svg.svg").unlink(), 1, "logo-svg.svg is missing"),
    "another program": (
        lambda folder, extension: replace_program(folder, "/nowhere/octet"), 1, "not there any more"),
    "a program that fails": (lambda folder, extension: replace_program(folder, "/bin/false"), 1, "cannot be started"),
    "no colours": (lambda folder, extension: shutil.rmtree(extension), 1, "no syntax colours"),
    "half the colours": (lambda folder, extension: (extension / "static/remoteEntry.js").unlink(), 1, "incomplete"),
}


def replace_program(folder, program):
    path = Path(folder) / "kernel.json"
    spec = json.loads(path.read_text())
    spec["argv"][0] = program
    path.write_text(json.dumps(spec))


@pytest.mark.parametrize("name", BREAKAGES)
def test_doctor_finds_what_is_broken(octet, tmp_path, name):
    damage, expected, words = BREAKAGES[name]
    assert run(octet, "install", "--prefix", tmp_path)[0] == 0
    damage(tmp_path / "share/jupyter/kernels/octet", tmp_path / "share/jupyter/labextensions/octet-language")
    status, output, _ = run(octet, "doctor", "--prefix", tmp_path)
    assert status == expected, output
    assert words in output
    if expected:
        assert "→" in output


def test_a_kernel_without_a_connection_file_makes_one(octet, tmp_path):
    process = subprocess.Popen(
        [octet, "kernel"], stdout=subprocess.PIPE, text=True, env={**os.environ, "JUPYTER_RUNTIME_DIR": str(tmp_path)})
    try:
        path = process.stdout.readline().split()[-1]
        from jupyter_client import BlockingKernelClient

        client = BlockingKernelClient(connection_file=path)
        client.load_connection_file()
        client.start_channels()
        client.wait_for_ready(timeout=20)
        client.shutdown()
        assert process.wait(timeout=10) == 0
        client.stop_channels()
        assert not Path(path).exists()
    finally:
        process.kill()
