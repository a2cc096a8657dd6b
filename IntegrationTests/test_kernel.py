"""The messaging protocol as jupyter_kernel_test checks it, on the installed kernel named `octet`.

Every attribute is filled in, so that no test skips itself.
"""

import unittest

import jupyter_kernel_test


class OctetKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "octet"
    language_name = "octet"
    file_extension = ".octet"

    code_hello_world = 'print "hello, world"'
    code_stderr = 'print "text" to: stderr'
    code_page_something = "help page: true"
    code_generate_error = 'load "missing.onnx"'
    code_clear_output = "clear"
    code_execute_result = [
        {"code": "1", "result": "1"},
        {"code": '"text"', "result": "text"},
    ]
    code_display_data = [{"code": "environment", "mime": "text/html"}]

    completion_samples = [{"text": "cali", "matches": {"calibrate"}}]
    code_inspect_sample = "calibrate"

    complete_code_samples = ["1", 'print "hello, world"', "# a comment"]
    incomplete_code_samples = ["x = [1, 2"]
    invalid_code_samples = ["load )"]

    code_history_pattern = "1*"
    supported_history_operations = ("tail", "range", "search")


class OctetWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "octet"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
