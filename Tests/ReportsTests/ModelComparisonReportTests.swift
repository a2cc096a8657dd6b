import Documents
import Evaluation
import Reports
import Testing

@Suite("Comparison of models")
struct ModelComparisonReportTests {
  private func side(
    _ name: String, _ precision: String, bytes: Int, seconds: Double = 0.001, layer: String = "conv1",
    quality: ModelComparisonReport.Quality? = nil
  ) -> ModelComparisonReport.Side {
    .init(
      name: name,
      measurement: BenchmarkMeasurement(
        model: name, precision: precision, configuration: .init(streams: 1, batch: 1, threads: 2), throughput: 100,
        latency: LatencyStatistics(seconds: [0.01]), iterationCount: 1, sliceThroughputs: []),
      weightByteCount: bytes, arenaByteCount: bytes,
      layers: [
        LayerTiming(
          name: layer, layers: [layer], operation: "Conv", kernel: "gemm", precision: precision, seconds: seconds),
        LayerTiming(
          name: "softmax", layers: ["softmax"], operation: "Softmax", kernel: "softmax", precision: "FP32",
          seconds: seconds / 4),
      ], quality: quality)
  }

  private func report(_ reference: [Double], _ optimized: [Double]) -> ModelComparisonReport {
    ModelComparisonReport(
      reference: side("net", "FP32", bytes: 4000),
      others: [
        .init(
          side("net_int8", "INT8", bytes: 1000, seconds: 0.0004),
          speed: SpeedComparison(reference: reference, optimized: optimized))
      ])
  }

  @Test(
    arguments: [
      ([10, 10, 10], [23, 23, 23], "net_int8 is 2.30x faster than net (95 % interval 2.30x to 2.30x)."),
      ([10, 10], [5, 5], "net_int8 is not faster than net: it is 2.00x slower (95 % interval 2.00x to 2.00x)."),
      ([10, 12, 11], [11, 11, 11.5], "net_int8 is not faster than net: 1.02x (95 % interval 0.81x to 1.29x)."),
      ([10], [20], "net_int8 is not faster than net: 2.00x; too few measurements for an interval."),
    ] as [([Double], [Double], String)])
  func saysWhatIsCertain(reference: [Double], optimized: [Double], sentence: String) {
    #expect(report(reference, optimized).sentences == [sentence])
  }

  @Test func setsPrecisionsAndLayerTypesSideBySide() throws {
    let tables = report([1, 1], [2, 2]).document.tables
    let overview = try #require(tables.first)
    let size = overview.rows.first { $0.cells.first == .text("Size of weights") }
    #expect(size?.cells == [.text("Size of weights"), .text("4.00 kB"), .text("1.00 kB"), .text("0.25x")])
    #expect(
      tables[1].rows.map { Array($0.cells.prefix(2)) } == [
        [.text("Conv"), .text("FP32")], [.text("Conv"), .text("INT8")], [.text("Softmax"), .text("FP32")],
      ])
    guard case .number(let share) = tables[1].rows[0].cells[4] else {
      Issue.record("no share")
      return
    }
    #expect(abs(share - 0.8) < 1e-9)
  }

  @Test func matchesLayersByWhatIsFusedIntoThem() throws {
    let table = try #require(report([1, 1], [2, 2]).document.tables.last)
    let delta = try #require(table.columns.firstIndex { $0.id == "delta" })
    #expect(table.rows.count == 2)
    guard case .number(let difference) = table.rows[0].cells[delta],
      case .number(let ratio) = table.rows[0].cells[delta + 1]
    else {
      Issue.record("no difference")
      return
    }
    #expect(abs(difference + 0.6) < 1e-9 && abs(ratio - 0.4) < 1e-9)
    let other = ModelComparisonReport(
      reference: side("net", "FP32", bytes: 1),
      others: [
        .init(
          side("b", "FP32", bytes: 1, layer: "other"), speed: SpeedComparison(reference: [1, 1], optimized: [1, 1]))
      ])
    let apart = try #require(other.document.tables.last)
    #expect(apart.rows.map { $0.cells[0] } == [.text("conv1"), .text("softmax"), .text("other")])
    #expect(apart.rows[0].cells[delta] == .missing)
  }

  @Test func countsChangesOfPrecision() throws {
    let table = try #require(
      report([1, 1], [2, 2]).document.tables.first { $0.columns.first?.id == "model" && $0.columns.last?.id == "count" }
    )
    #expect(table.rows.map(\.cells) == [[.text("net_int8"), .text("INT8"), .text("FP32"), .integer(1)]])
  }

  @Test func setsThreeModelsAndTheirQualitySideBySide() throws {
    func quality(_ correct: Int, _ agreeing: Int?) -> ModelComparisonReport.Quality {
      .init(correctCount: correct, agreementCount: agreeing, imageCount: 100)
    }
    let speed = SpeedComparison(reference: [1, 1], optimized: [3, 3])
    let report = ModelComparisonReport(
      reference: side("net", "FP32", bytes: 4, quality: quality(80, nil)),
      others: [
        .init(side("a", "INT8", bytes: 1, quality: quality(79, 97)), speed: speed),
        .init(side("b", "INT8", bytes: 1, quality: quality(78, 95)), speed: speed),
      ], dataset: "photos")
    let overview = try #require(report.document.tables.first)
    #expect(overview.columns.map(\.id) == ["quantity", "model_1", "model_2", "ratio_2", "model_3", "ratio_3"])
    let accuracy = try #require(overview.rows.first { $0.cells[0] == .text("accuracy@top1 on photos") })
    // Wilson's intervals, by statsmodels' proportion_confint(method="wilson").
    #expect(accuracy.cells[1] == .text("80.0% (71.1% to 86.7%)"))
    #expect(accuracy.cells[2] == .text("79.0% (70.0% to 85.8%)"))
    let agreement = try #require(overview.rows.first { $0.cells[0] == .text("Agreement with net") })
    #expect(agreement.cells[1] == .text("–") && agreement.cells[4] == .text("95.0% (88.8% to 97.8%)"))
    #expect(report.sentences.count == 2 && report.charts.count == 2)
  }

  @Test(arguments: [(0.01, true, "acceptable"), (0.005, false, "too high")])
  func judgesTheLoss(tolerated: Double, isAcceptable: Bool, words: String) throws {
    let speed = SpeedComparison(reference: [1, 1], optimized: [3, 3])
    let report = ModelComparisonReport(
      reference: side(
        "net", "FP32", bytes: 4, quality: .init(correctCount: 80, agreementCount: nil, imageCount: 100)),
      others: [
        .init(
          side("a", "INT8", bytes: 1, quality: .init(correctCount: 79, agreementCount: 97, imageCount: 100)),
          speed: speed)
      ], dataset: "photos", toleratedDrop: tolerated)
    let verdict = try #require(report.verdicts.first)
    #expect(verdict.isAcceptable == isAcceptable && verdict.text.contains(words))
    #expect(verdict.text.contains("from 80.00% to 79.00%, a loss of 1.00%"))
  }

  /// One image of a hundred is 1 %, although 1 - 0.99 is more than 0.01 in binary fractions.
  @Test(arguments: [(99, true), (98, false)])
  func judgesTheLossWithoutAnnotations(agreeing: Int, isAcceptable: Bool) throws {
    func quality(_ agreeing: Int?) -> ModelComparisonReport.Quality {
      .init(correctCount: nil, agreementCount: agreeing, imageCount: 100)
    }
    let report = ModelComparisonReport(
      reference: side("net", "FP32", bytes: 4, quality: quality(nil)),
      others: [
        .init(
          side("a", "INT8", bytes: 1, quality: quality(agreeing)),
          speed: SpeedComparison(reference: [1, 1], optimized: [3, 3]))
      ], dataset: "photos", toleratedDrop: 0.01)
    let verdict = try #require(report.verdicts.first)
    #expect(verdict.isAcceptable == isAcceptable && verdict.text.contains("\(100 - agreeing) of 100 images"))
  }

  @Test func hintsSayWhatToDo() {
    let plain = ModelComparisonReport(
      reference: side("a", "FP32", bytes: 1),
      others: [.init(side("b", "FP32", bytes: 1), speed: SpeedComparison(reference: [1, 1], optimized: [1, 1]))])
    func words(_ report: ModelComparisonReport) -> String {
      report.plainText.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    #expect(words(plain).contains("calibrate a using: …"))
    #expect(!words(report([1, 1], [2, 2])).contains("calibrate"))
  }
}
