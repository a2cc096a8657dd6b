import Documents
import FoundationEssentials
import ModelFormats
import Reports

/// A model as an ONNX file that other programs can run.
enum ONNXExport: ExportFormat {
  static let fileExtension = "onnx"
  static let summary =
    "a model for other programs; a quantized one with QuantizeLinear and DequantizeLinear nodes (QDQ)"
  static let subjects = "models"

  static func holds(_ value: SessionValue) -> Bool {
    if case .model = value { true } else { false }
  }

  static func content(of value: SessionValue, in context: CommandContext) throws -> ExportContent {
    guard case .model(let model) = value else {
      throw ExportError("only a model can be written as ONNX", remedy: "export it as .html or .json")
    }
    return ExportContent([UInt8](try ONNXExporter.export(model.graph, producer: ("Octet", OctetVersion.current))))
  }

  static func report(of value: SessionValue, path: String, content: ExportContent) throws -> any Report {
    guard case .model(let model) = value else {
      return ExportedFileReport(path: path, byteCount: content.bytes.count, format: summary)
    }
    let form = try ONNXExporter.form(of: model.graph)
    return ExportReport(
      model: model.name, path: path, precision: model.precision, format: "ONNX, opset \(form.opset)",
      quantizedForm: "QuantizeLinear and DequantizeLinear nodes", nodeCount: form.nodeCount,
      byteCount: content.bytes.count, digest: FileDigest.ofBytes(Data(content.bytes)))
  }
}
