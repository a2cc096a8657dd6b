import Documents
import Reports

/// One page that needs nothing else, with all rows.
enum HTMLExport: ReportExportFormat {
  static let fileExtension = "html"
  static let summary = "one page that needs nothing else, with all rows"

  static func content(of report: any Report) throws -> [UInt8] { Array(report.pageWithCharts.htmlPage().utf8) }
}

/// The table with all rows and full precision.
enum CSVExport: ReportExportFormat {
  static let fileExtension = "csv"
  static let summary = "the table with all rows and full precision"

  static func content(of report: any Report) throws -> [UInt8] {
    // What is folded away, such as a list of classes, is not what the report is about.
    let tables = report.document.blocks.compactMap { block -> Table? in
      if case .table(let table) = block { table } else { nil }
    }
    guard let table = tables.max(by: { $0.rows.count < $1.rows.count }) ?? report.document.tables.first else {
      throw ExportError(
        "the report has no table", remedy: "export it as .html or .json")
    }
    return Array(table.csv().utf8)
  }
}

/// Everything that `octet run --json` would print of it.
enum JSONExport: ReportExportFormat {
  static let fileExtension = "json"
  static let summary = "all numbers with full precision, for programs"

  static func content(of report: any Report) throws -> [UInt8] { Array((report.data.json + "\n").utf8) }
}

/// The page as a picture.
enum PNGExport: ReportExportFormat {
  static let fileExtension = "png"
  static let summary = "the page as a picture; of a long table its first rows"

  static func content(of report: any Report) throws -> [UInt8] {
    try report.pageWithCharts.pagePNG().bytes
  }
}

/// The chart or the graph as a drawing that can be enlarged.
enum SVGExport: ReportExportFormat {
  static let fileExtension = "svg"
  static let summary = "the first chart or graph as a drawing that can be enlarged"

  static func content(of report: any Report) throws -> [UInt8] {
    for case .diagram(let diagram) in report.document.blocks { return Array(diagram.svg().utf8) }
    guard let chart = report.charts.first ?? report.document.charts.first else {
      throw ExportError("the report has no chart and no graph", remedy: "export it as .png or .html")
    }
    return Array(chart.svg().utf8)
  }
}

/// Why something cannot be exported.
struct ExportError: Error {
  let message: String
  let remedy: String

  init(_ message: String, remedy: String) {
    self.message = message
    self.remedy = remedy
  }
}
