"""The colours of the language in JupyterLab, by the extension that `octet install` placed."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from kernel_session import kernel
from nbconvert import HTMLExporter

CELL = """# a comment
m = load "net.onnx" mean: [1, 2.5]
    labels: "labels.txt"
calibration = dataset example: classifier part: calibration subset: 10%
q = calibrate m using: calibration preset: mixed
report predictions q on: photos where: rank > 0 and confidence < 50%; q
m
environment
help report predictions
x = 224x224
print 1..4 true "a # b\\" c" é"""

EXPECTED = {
    "# a comment": "comment", "load": "keyword", '"net.onnx"': "string", "mean": "propertyName", "2.5": "number",
    "labels": "propertyName", "classifier": "atom", "10%": "number", "mixed": "atom", "report": "keyword",
    "predictions": "keyword", ">": "compareOperator", "and": "operatorKeyword", "rank": "variableName",
    "50%": "number", "environment": "keyword", "help": "keyword", "224x224": "number", "1..4": "number", "true": "bool",
    '"a # b\\" c"': "string", "é": "variableName",
}


@pytest.fixture
def script():
    folder = Path(KernelSpecManager().get_kernel_spec("octet").resource_dir)
    return folder.parent.parent / "labextensions/octet-language/static/remoteEntry.js"


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node.js to run the extension")
def test_every_kind_of_word_has_its_colour(script):
    result = subprocess.run(
        ["node", Path(__file__).with_name("colours.mjs"), script], input=CELL, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert (found["name"], found["mime"]) == ("octet", "text/x-octet")
    colours = {}
    for text, colour in found["tokens"]:
        colours.setdefault(text, []).append(colour)
    for text, colour in EXPECTED.items():
        assert set(colours[text]) == {colour}, (text, colours.get(text))
    # The same word is a name that is assigned, a value of `part:`, and a name that is used.
    assert colours["calibration"] == ["variableName.definition", "atom", "variableName"]
    assert colours["m"] == ["variableName.definition", "variableName", "variableName"]


def test_exported_pages_colour_labels_text_numbers_and_comments():
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL.removesuffix(" é"))])
    with kernel() as session:
        reply = session.reply(session.client.kernel_info())
        notebook.metadata["language_info"] = reply["content"]["language_info"]
    page, _ = HTMLExporter().from_notebook_node(notebook)
    for text in ("mean", "labels", "using", "where"):
        assert f'<span class="ss">{text}</span>' in page, text
    for kind, text in (("c1", "# a comment"), ("s2", "(&quot;|\")"), ("mi", "1"), ("mi", "2")):
        assert re.search(f'<span class="{kind}">{text}', page), text
    assert 'class="err"' not in page
