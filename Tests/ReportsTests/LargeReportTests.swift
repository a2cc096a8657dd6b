import Datasets
import Documents
import Evaluation
import Foundation
import Reports
import Testing

@Suite("Large reports")
struct LargeReportTests {
  private let count = 50_000

  /// Fifty thousand pictures of four classes, every fiftieth of which the two models differ on.
  private func report() throws -> PredictionComparisonReport {
    let samples = (0..<count).map { Sample(path: "folder_\($0 / 1000)/photograph_number_\($0).jpeg") }
    var values = [Float](repeating: 0.125, count: count * 4)
    for index in 0..<count { values[index * 4 + index % 4] = 0.625 }
    let parent = try Predictions(samples: samples, outputCount: 4, values: values)
    for index in stride(from: 0, to: count, by: 50) {
      values[index * 4 + index % 4] = 0.125
      values[index * 4 + (index + 1) % 4] = 0.625
    }
    let optimized = try Predictions(samples: samples, outputCount: 4, values: values)
    return try PredictionComparisonReport(
      .init(optimized: "net_int8", parent: "net", dataset: "photos", classes: ClassNames(nil)),
      comparison: PredictionComparison(optimized: optimized, parent: parent), optimized: optimized, parent: parent,
      selection: Array(0..<count))
  }

  @Test func fiftyThousandRowsStayBelowTwoMegabytes() throws {
    let report = try report()
    let bundle = report.bundle
    let size = bundle.entries.reduce(0) { sum, entry in
      switch entry.content {
      case .text(let text), .base64(let text), .json(let text): sum + text.utf8.count
      }
    }
    #expect(size < 2_000_000, "\(size) bytes")
    guard case .text(let html)? = bundle["text/html"], case .text(let text)? = bundle["text/plain"] else {
      Issue.record("no text")
      return
    }
    #expect(html.contains("49,000 more images not shown here; an export holds all. All 1,000 marked ✗ are here."))
    #expect(text.contains("more images"))
    #expect(report.document.tables.last?.csv().utf8.count { $0 == 10 } == count + 1)
    guard case .array(let rows)? = report.data["rows"] else {
      Issue.record("no rows")
      return
    }
    #expect(rows.count == count)
  }

  @Test func aPageHoldsAllRowsAndSaysWhoseDetailsItDoesNot() throws {
    let page = try report().forFile().pageWithCharts.renderedPage()
    #expect(page.content.components(separatedBy: "photograph_number_").count > count)
    let unfolding = page.content.components(separatedBy: "<details class=\"octet-unfold\">").count - 1
    let left = page.content.components(separatedBy: "left out to keep the page small").count - 1
    #expect(unfolding > 1000 && unfolding + left == count)
    let number = left.formatted(.number.locale(Locale(identifier: "en_US")))
    #expect(page.omissions == ["details of \(number) rows left out to keep it small"])
    #expect(page.content.utf8.count < 80_000_000)
  }

  @Test func aPictureHoldsSixHundredRowsAndCountsTheOthers() throws {
    let report = try report()
    // The rows of the table of disagreements by class count too.
    let others = report.document.tables.map(\.rows.count).reduce(0, +) - 600
    let picture = try report.pageWithCharts.pagePNG(scale: 0.25)
    let number = others.formatted(.number.locale(Locale(identifier: "en_US")))
    #expect(picture.omissions == ["\(number) more images not drawn"])
    #expect(picture.content.height > 600 * 20)
  }
}
