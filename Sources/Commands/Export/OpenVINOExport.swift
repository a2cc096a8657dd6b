import FoundationEssentials
import Graphs
import ModelFormats
import Reports

/// A model as OpenVINO IR: an .xml file, and a .bin file of the weights beside it.
enum OpenVINOExport: ExportFormat {
  static let fileExtension = "xml"
  static let summary =
    "a model for OpenVINO, with its weights in a .bin file beside it; a quantized one with FakeQuantize and 8-bit weights"
  static let subjects = "models"

  static func holds(_ value: SessionValue) -> Bool {
    if case .model = value { true } else { false }
  }

  static func content(of value: SessionValue, in context: CommandContext) throws -> ExportContent {
    guard case .model(let model) = value else {
      throw ExportError("only a model can be written as OpenVINO IR", remedy: "export it as .html or .json")
    }
    let files = try OpenVINOExporter.export(model.graph, producer: ("Octet", OctetVersion.current))
    return ExportContent([UInt8](files.description), companion: ("bin", [UInt8](files.weights)))
  }

  static func report(of value: SessionValue, path: String, content: ExportContent) throws -> any Report {
    guard case .model(let model) = value else {
      return ExportedFileReport(path: path, byteCount: content.bytes.count, format: summary)
    }
    let weights = content.companion?.bytes ?? []
    return ExportReport(
      model: model.name, path: path, precision: model.precision, format: "OpenVINO IR, version 11",
      quantizedForm: "FakeQuantize and 8-bit weights", nodeCount: model.graph.nodes.count,
      byteCount: content.bytes.count + weights.count, digest: FileDigest.ofBytes(Data(content.bytes)),
      companion: .init(
        path: (path.lowercased().hasSuffix(".xml") ? String(path.dropLast(4)) : path) + ".bin",
        byteCount: weights.count, digest: FileDigest.ofBytes(Data(weights))))
  }
}
