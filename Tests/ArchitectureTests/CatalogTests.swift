import Foundation
import Testing

@Suite struct CatalogTests {
  /// A folder whose types stand in a catalog: types that conform to the protocol, and where they must be named.
  struct Catalog: CustomTestStringConvertible {
    let folder: String
    let conformance: String
    let list: String
    var testDescription: String { folder }
  }

  static let catalogs = [
    Catalog(
      folder: "Sources/Graphs/Operators",
      conformance: "Operator|ActivationFusing|ElementwiseUnary|ElementwiseBinary|ElementwiseVariadic",
      list: "Sources/Graphs/Operators/OperatorCatalog.swift"),
    Catalog(folder: "Sources/Graphs/Passes", conformance: "Pass", list: "Sources/Graphs/Passes/PassPipeline.swift"),
    Catalog(
      folder: "Sources/ModelFormats", conformance: "ModelFormat", list: "Sources/ModelFormats/ModelFormatCatalog.swift"),
    Catalog(
      folder: "Sources/ModelFormats/ONNX/QuantizedOperators", conformance: "QuantizedOperator",
      list: "Sources/ModelFormats/ONNX/QuantizedOperators/QuantizedOperatorCatalog.swift"),
    Catalog(
      folder: "Sources/ModelFormats/OpenVINO/Layers", conformance: "IRLayerReader|IRNodeWriter",
      list: "Sources/ModelFormats/OpenVINO/Layers/IRLayerCatalog.swift"),
    Catalog(
      folder: "Sources/Datasets/Formats", conformance: "DatasetFormat", list: "Sources/Datasets/DatasetCatalog.swift"),
    Catalog(
      folder: "Sources/Evaluation/Tasks/Heads", conformance: "OutputHead|DetectionHead",
      list: "Sources/Evaluation/Tasks/OutputHead.swift"),
    Catalog(folder: "Sources/Commands", conformance: "Command", list: "Sources/Commands/CommandCatalog.swift"),
    Catalog(
      folder: "Sources/Commands/Export", conformance: "ExportFormat|ReportExportFormat",
      list: "Sources/Commands/Export/ExportCatalog.swift"),
  ]

  @Test(arguments: catalogs) func `every type has its line`(_ catalog: Catalog) throws {
    let words = Set(
      try Project.text(catalog.list).split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
    let declaration = try Regex("(?:struct|enum|class) (\\w+): (?:\\w+, )*(?:\(catalog.conformance))\\b")
    var found = 0
    for file in Project.swiftFiles(below: catalog.folder) {
      for match in try Project.text(file).matches(of: declaration) {
        guard let name = match.output[1].substring else { continue }
        found += 1
        #expect(words.contains(String(name)), "\(name) of \(file) is not in \(catalog.list)")
      }
    }
    #expect(found > 0, "no type of \(catalog.folder) was recognised")
  }
}
