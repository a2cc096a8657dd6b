import CommandLanguage
import Documents
import FoundationEssentials
import Reports

/// `export`: a value as a file, in the format that the file's name ends with.
enum ExportCommand: Command {
  static let signature = CommandSignature(
    "export",
    summary: "Writes a report or a model to a file: a page, a table, numbers, a picture, ONNX, or OpenVINO IR.",
    discussion: """
      The name of the file decides on the format: .html is one page that needs nothing else, .csv the table, .json all
      numbers, .png the page as a picture, .svg the chart or graph as a drawing. Rows that a notebook leaves out are all
      there, and numbers have their full precision. In a .csv file text that a spreadsheet would take for a formula gets
      an apostrophe in front. A page has the pictures of up to 4,000 rows, and a picture of a page up to 600 rows; what is
      not in a file is said when it is written.

      .onnx is a model for other programs. A quantized one is written with QuantizeLinear and DequantizeLinear nodes
      (QDQ), the standard form that ONNX Runtime and OpenVINO run on 8-bit integers. .xml is OpenVINO IR, with the weights
      in a .bin file beside it; a quantized model is written with FakeQuantize and 8-bit weights. The preprocessing of
      pictures is not part of either.
      """, result: nil,
    positional: [
      ParameterSignature(
        "value", .reference([.report, .result, .model, .dataset]),
        "The report or model, or whatever else is shown as a report.")
    ],
    labels: [
      ParameterSignature(
        "to", .filePath(ExportCatalog.all.map { .file(extension: $0.fileExtension) }), required: true,
        "The file; one that is there is replaced.")
    ],
    examples: [
      CommandExample("export r to: \"report.html\"", "one page that can be opened and sent"),
      CommandExample("export r to: \"report.csv\"", "the table for a spreadsheet"),
      CommandExample("export r to: \"report.png\"", "a picture for a document"),
      CommandExample("export int8 to: \"int8.onnx\"", "the quantized model for other programs"),
      CommandExample("export int8 to: \"int8.xml\"", "the quantized model for OpenVINO, with int8.bin"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    guard let reference = arguments.reference("value"), let path = arguments.string("to") else {
      throw CommandFailure(.missing("to", arguments))
    }
    guard let value = context.session.value(of: reference.name) else {
      throw CommandFailure(.gone(reference.name, .report, at: reference.span))
    }
    let format = try format(for: value, path, arguments)
    let content: ExportContent
    do {
      content = try format.content(of: value, in: context)
    } catch let error as CancellationError {
      throw error
    } catch let error as ExportError {
      throw CommandFailure("cannot-export", error.message, at: arguments.span(of: "to"), help: error.remedy)
    } catch {
      throw CommandFailure(Diagnostic(error, at: arguments.span(of: "value")))
    }
    let full = context.session.path(path)
    do {
      if let companion = content.companion {
        try Data(companion.bytes).write(
          to: URL(fileURLWithPath: full).deletingPathExtension().appendingPathExtension(companion.fileExtension),
          options: .atomic)
      }
      try Data(content.bytes).write(to: URL(fileURLWithPath: full), options: .atomic)
    } catch {
      throw CommandFailure(
        "cannot-write", "\(path) cannot be written", at: arguments.span(of: "to"),
        help: "name a file in a folder that exists and that you may write to")
    }
    return CommandOutcome(
      report: try attempt(arguments, "value") { try format.report(of: value, path: path, content: content) })
  }

  private static func format(
    for value: SessionValue, _ path: String, _ arguments: BoundCommand
  ) throws -> any ExportFormat.Type {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let suffix = name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
    let formats = ExportCatalog.formats(ofExtension: suffix)
    if let format = formats.first(where: { $0.holds(value) }) { return format }
    let fitting = ExportCatalog.all.filter { $0.holds(value) }.map { ".\($0.fileExtension)" }
    let cause =
      formats.first.map { ".\(suffix) is for \($0.subjects)" }
      ?? (suffix.isEmpty
        ? "the name `\(name)` does not say which format is wanted" : "nothing is written as .\(suffix)")
    throw CommandFailure(
      "unknown-format", cause, at: arguments.span(of: "to"),
      help: "let the name end with \(fitting.joined(separator: ", "))")
  }
}
