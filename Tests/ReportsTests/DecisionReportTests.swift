import Evaluation
import Reports
import Testing

@Suite struct DecisionReportTests {
  private func report(_ evidence: DecisionReport.Evidence, bound: Double) -> DecisionReport {
    DecisionReport(model: "q", parent: "m", dataset: "photos", evidence: evidence, bound: bound)
  }

  private func accuracy(_ right: Int, of total: Int) -> AccuracyFigure {
    AccuracyFigure(
      "accuracy@top1", Double(right) / Double(total), interval: .wilson(successes: right, of: total), count: total)
  }

  /// 0.93 - 0.92 is more than 0.01 in binary fractions; one picture of a hundred is not more than 1 %.
  @Test(arguments: [(93, 92, 0.01, true), (93, 91, 0.01, false), (92, 93, 0, true), (93, 93, 0, true)])
  func comparesWithTheBound(_ before: Int, _ after: Int, _ bound: Double, _ isAcceptable: Bool) {
    let report = report(
      .measured(parent: accuracy(before, of: 100), optimized: accuracy(after, of: 100)), bound: bound)
    #expect(report.isAcceptable == isAcceptable)
    #expect(report.plainText.contains(isAcceptable ? "Acceptable" : "Too big"))
    #expect(report.plainText.contains(after > before ? "accuracy@top1 gained" : "accuracy@top1 lost"))
  }

  @Test func saysWhereTheIntervalHoldsTheBound() {
    // Wilson's interval of 2 of 100 is 0.55 % to 7.0 %, that of 0 of 1000 is 0 to 0.38 %.
    #expect(report(.agreement(count: 98, of: 100), bound: 0.03).plainText.contains("more images"))
    #expect(!report(.agreement(count: 1000, of: 1000), bound: 0.01).plainText.contains("more images"))
  }

  @Test func isNotAcceptableWithoutFigures() {
    let none = AccuracyFigure("mAP@0.5", nil, count: 0)
    #expect(!report(.measured(parent: none, optimized: none), bound: 1).isAcceptable)
    #expect(!report(.agreement(count: 0, of: 0), bound: 1).isAcceptable)
    #expect(report(.agreement(count: 0, of: 0), bound: 1).plainText.contains("Unknown"))
  }
}
