import CommandLanguage
import Commands
import Foundation
import Reports
import Synchronization
import Testing

@Suite struct ProvenanceTests {
  private func run(_ text: String) -> (ending: ProgramRunner.Ending, output: RecordedOutput) {
    let output = RecordedOutput()
    let session = Session(results: ResultStore(folder: nil))
    return (ProgramRunner(session: session).run(SourceText(text), output: output), output)
  }

  /// A notebook with one output that says `made` of itself.
  private func notebook(_ made: String) throws -> String {
    let path = FileManager.default.temporaryDirectory.appending(path: "octet-\(UUID().uuidString).ipynb").path
    let text = """
      {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
        {"cell_type": "markdown", "metadata": {}, "source": "text"},
        {"cell_type": "code", "metadata": {}, "source": "", "outputs": [
          {"output_type": "stream", "name": "stdout", "text": "x"},
          {"output_type": "execute_result", "data": {}, "metadata": {"image/png": {"width": 3}, "octet": \(made)}}]}]}
      """
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  @Test func `a result says what made it`() throws {
    let (ending, output) = run("m = load example: classifier; describe m")
    #expect(ending == .finished)
    let made = try #require(output.provenances.withLock { $0.last })
    #expect(made["command"] == "describe m")
    #expect(made["version"] == .string(OctetVersion.current))
    guard case .string(let hash)? = made["inputs"]?["m"]?["file_sha256"] else {
      Issue.record("the model's file has no hash")
      return
    }
    // As `sha256sum` gives it for the example's file.
    #expect(hash.count == 64 && hash.allSatisfy(\.isHexDigit))
    #expect(output.text.contains(hash))
  }

  @Test func `a dataset's hash is there once its files were read`() throws {
    let program = "m = load example: classifier; p = dataset example: classifier subset: 2"
    let (_, output) = run(program + "; environment; predict m on: p")
    let made = try #require(output.provenances.withLock { $0.last })
    guard case .string(let hash)? = made["inputs"]?["p"]?["sha256"] else {
      Issue.record("the dataset has no hash")
      return
    }
    // The table of what is loaded breaks a hash into lines.
    #expect(hash.count == 64 && output.text.contains(hash.prefix(12)))
  }

  @Test func `what differs from a saved notebook is said`() throws {
    let made = """
      {"command": "x", "version": "0.0.1", "processor": "another", "instructions": "none", "processors": 1,
       "inputs": {"m": {"kind": "model", "summary": "", "file_sha256": "00"}, "gone": {"kind": "model"}}}
      """
    let (ending, output) = run("m = load example: classifier; environment since: \"\(try notebook(made))\"")
    #expect(ending == .finished)
    for words in [
      "version is \(OctetVersion.current) now, and was 0.0.1", "and was another", "`m` is another model now",
    ] {
      #expect(output.text.contains(words), "\(output.text)")
    }
    #expect(!output.text.contains("`gone`"))
  }

  @Test func `nothing differs from what was made here`() throws {
    let (_, first) = run("m = load example: classifier; describe m")
    let made = try #require(first.provenances.withLock { $0.last })
    let (_, output) = run("m = load example: classifier; environment since: \"\(try notebook(made.json))\"")
    #expect(output.text.contains("Nothing differs"))
  }

  @Test(arguments: [
    ("null", "no-provenance"), ("{\"version\": 1}", "no-provenance"), ("[]", "no-provenance"), ("x", "not-a-notebook"),
  ])
  func `a notebook without provenance, and what is none, are refused`(made: String, code: String) throws {
    guard case .failed(let diagnostics) = run("environment since: \"\(try notebook(made))\"").ending else {
      Issue.record("not refused")
      return
    }
    #expect(diagnostics.first?.code.rawValue == code)
  }
}
