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
  /// What is written, and what it has no room for.
  ///
  /// - Throws: any error, told with the place of the value; `CancellationError`.
  static func content(of value: SessionValue, in context: CommandContext) throws -> ExportContent
  /// What is shown of the file that was written.
  static func report(of value: SessionValue, path: String, content: ExportContent) throws -> any Report
}

/// The content of a file that is written, and of one that belongs beside it.
struct ExportContent {
  let bytes: [UInt8]
  /// A second file with the first one's name and another extension, without a point.
  var companion: (fileExtension: String, bytes: [UInt8])?
  /// What the file has no room for, one clause each.
  var omissions: [String] = []

  /// Takes the content of one file.
  init(_ bytes: [UInt8], companion: (fileExtension: String, bytes: [UInt8])? = nil) {
    self.bytes = bytes
    self.companion = companion
  }

  /// Takes a rendered report.
  init(_ rendering: Rendering<[UInt8]>) {
    bytes = rendering.content
    omissions = rendering.omissions
  }
}

extension ExportFormat {
  static func report(of value: SessionValue, path: String, content: ExportContent) throws -> any Report {
    ExportedFileReport(path: path, byteCount: content.bytes.count, format: summary, omissions: content.omissions)
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

  static func content(of value: SessionValue, in context: CommandContext) throws -> ExportContent {
    ExportContent(try content(of: value.report, in: context))
  }
}
