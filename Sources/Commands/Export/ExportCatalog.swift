/// Every format that something can be exported as.
enum ExportCatalog {
  /// The formats in the order in which help lists them.
  static let all: [any ExportFormat.Type] = [
    HTMLExport.self,
    CSVExport.self,
    JSONExport.self,
    PNGExport.self,
    SVGExport.self,
    ONNXExport.self,
    OpenVINOExport.self,
  ]

  /// The formats of an extension.
  static func formats(ofExtension fileExtension: String) -> [any ExportFormat.Type] {
    all.filter { $0.fileExtension == fileExtension.lowercased() }
  }
}
