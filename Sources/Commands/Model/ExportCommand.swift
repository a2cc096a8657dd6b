import CommandLanguage
import FoundationEssentials
import Graphs
import ModelFormats
import Reports

/// `export`: a model as an ONNX file.
enum ExportCommand: Command {
  static let signature = CommandSignature(
    "export", summary: "Writes a model as an ONNX file that other programs can run.",
    discussion: """
      A quantized model is written with QuantizeLinear and DequantizeLinear nodes (QDQ), the standard form that ONNX
      Runtime and OpenVINO run on 8-bit integers. The preprocessing of pictures is not part of the file. A file that
      stands there already is replaced once the new one is complete.
      """, result: nil,
    positional: [ParameterSignature("model", .reference([.model]), "The model.")],
    labels: [
      ParameterSignature(
        "to", .filePath([.file(extension: "onnx")]), required: true, "The file to write; its name ends in .onnx.")
    ],
    examples: [
      CommandExample("export int8 to: \"int8.onnx\"", "the quantized model for other programs")
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let model = try context.model(arguments)
    guard let written = arguments.string("to") else { throw CommandFailure(.missing("to", arguments)) }
    guard written.lowercased().hasSuffix(".onnx") else {
      throw CommandFailure(
        "unknown-format", "the ending of “\(written)” names no format that can be written",
        at: arguments.span(of: "to"), help: "let the file's name end in .onnx")
    }
    let path = context.session.path(written)
    let producer = (name: "Octet", version: OctetVersion.current)
    let form = try attempt(arguments, "to") {
      try ONNXExporter.write(model.graph, to: path, producer: producer)
      return try ONNXExporter.form(of: model.graph)
    }
    let size = (try? Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe).count) ?? 0
    return CommandOutcome(
      report: ExportReport(
        model: model.name, path: written, precision: model.precision, opset: form.opset, nodeCount: form.nodeCount,
        byteCount: size, digest: FileDigest.ofFile(path) ?? ""))
  }
}
