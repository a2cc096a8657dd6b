import Documents
import Reports

/// One page that needs nothing else, with all rows.
enum HTMLExport: ReportExportFormat {
  static let fileExtension = "html"
  static let summary = "one page that needs nothing else, with all rows"

  static func content(of report: any Report, in context: CommandContext) throws -> Rendering<[UInt8]> {
    let progress = context.beginProgress("Loading pictures")
    let whole = try report.forFile(isCancelled: context.isCancelled) { progress.update($0, of: $1, "pictures") }
    progress.finish()
    return whole.pageWithCharts.renderedPage().map { Array($0.utf8) }
  }
}

/// The table with all rows and full precision.
enum CSVExport: ReportExportFormat {
  static let fileExtension = "csv"
  static let summary = "the table with all rows and full precision"

  static func content(of report: any Report, in context: CommandContext) throws -> Rendering<[UInt8]> {
    let document = report.document
    // What is folded away, such as a list of classes, is not what the report is about.
    let tables = document.blocks.compactMap { block -> Table? in
      if case .table(let table) = block { table } else { nil }
    }
    guard let table = tables.max(by: { $0.rows.count < $1.rows.count }) ?? document.tables.first else {
      throw ExportError(
        "the report has no table", remedy: "export it as .html or .json")
    }
    return Rendering(Array(table.csv().utf8), omissions: remainder("table", tables.count - 1))
  }
}

/// Everything that `octet run --json` would print of it.
enum JSONExport: ReportExportFormat {
  static let fileExtension = "json"
  static let summary = "all numbers with full precision, for programs"

  static func content(of report: any Report, in context: CommandContext) throws -> Rendering<[UInt8]> {
    Rendering(Array((report.data.json + "\n").utf8))
  }
}

/// The page as a picture.
enum PNGExport: ReportExportFormat {
  static let fileExtension = "png"
  static let summary = "the page as a picture"

  static func content(of report: any Report, in context: CommandContext) throws -> Rendering<[UInt8]> {
    try report.pageWithCharts.pagePNG().map(\.bytes)
  }
}

/// The chart or the graph as a drawing that can be enlarged.
enum SVGExport: ReportExportFormat {
  static let fileExtension = "svg"
  static let summary = "the first chart or graph as a drawing that can be enlarged"

  static func content(of report: any Report, in context: CommandContext) throws -> Rendering<[UInt8]> {
    let charts = report.charts + report.document.charts
    for case .diagram(let diagram) in report.document.blocks {
      return Rendering(Array(diagram.svg().utf8), omissions: remainder("chart", charts.count))
    }
    guard let chart = charts.first else {
      throw ExportError("the report has no chart and no graph", remedy: "export it as .png or .html")
    }
    return Rendering(Array(chart.svg().utf8), omissions: remainder("chart", charts.count - 1))
  }
}

/// What a file that holds one thing leaves out, and where it is.
private func remainder(_ noun: String, _ count: Int) -> [String] {
  count < 1 ? [] : ["\(count) more \(noun)\(count == 1 ? "" : "s"), which .html holds"]
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
