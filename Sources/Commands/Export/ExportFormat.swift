import Documents
import Reports

/// A kind of file that something can be exported as.
///
/// A format is one file here and one line in `ExportCatalog`.
protocol ExportFormat: Sendable {
  /// The extension of the files without a point, in lower case.
  static var fileExtension: String { get }
  /// What it is, for help pages.
  static var summary: String { get }
  /// What it can hold, for errors, such as `reports`.
  static var subjects: String { get }
  /// Whether it can hold a value.
  static func holds(_ value: SessionValue) -> Bool
  /// The content of the file, and what it has no room for.
  ///
  /// - Throws: any error, told with the place of the value; `CancellationError`.
  static func content(of value: SessionValue, in context: CommandContext) throws -> Rendering<[UInt8]>
  /// What is shown of the file that was written.
  static func report(of value: SessionValue, path: String, file: Rendering<[UInt8]>) throws -> any Report
}

extension ExportFormat {
  static func report(of value: SessionValue, path: String, file: Rendering<[UInt8]>) throws -> any Report {
    ExportedFileReport(path: path, byteCount: file.content.count, format: summary, omissions: file.omissions)
  }
}

/// A format of reports.
protocol ReportExportFormat: ExportFormat {
  /// The content of the file, and what it has no room for.
  static func content(of report: any Report, in context: CommandContext) throws -> Rendering<[UInt8]>
}

extension ReportExportFormat {
  static var subjects: String { "reports" }

  /// Reports and what commands found out; of models and datasets, their description.
  static func holds(_ value: SessionValue) -> Bool {
    if case .plain = value { false } else { true }
  }

  static func content(of value: SessionValue, in context: CommandContext) throws -> Rendering<[UInt8]> {
    try content(of: value.report, in: context)
  }
}
