import Documents

enum Samples {
  /// A picture whose bytes follow from its size alone: red grows to the right, green downwards.
  static func gradient(width: Int, height: Int) throws -> Picture {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        pixels += [UInt8(x * 255 / max(width - 1, 1)), UInt8(y * 255 / max(height - 1, 1)), 96]
      }
    }
    return try Picture(width: width, height: height, pixels: pixels)
  }

  static func card(_ name: String, optimized: String, parent: String, picture: Picture? = nil) -> PictureCard {
    let agrees = optimized == parent
    return PictureCard(
      caption: name, picture: picture,
      verdict: agrees
        ? .init("Both say \(parent)")
        : .init("Optimized says \(optimized), parent says \(parent)", isAlarming: true),
      barLists: [
        BarList(title: "Optimized", bars: [.init(optimized, 0.48, isMarked: true), .init("7 cup", 0.19)]),
        BarList(title: "Parent", bars: [.init(parent, 0.9987, isMarked: true), .init("7 cup", 0.0004)]),
      ])
  }

  /// Three predictions, one of them differing, with every kind of cell that a prediction report has.
  static func predictions() throws -> Table {
    let picture = try gradient(width: 8, height: 6)
    return Table(
      title: "Predictions",
      columns: [
        Column(id: "image", title: "Image Name"),
        Column(id: "optimized_class", title: "Class Predicted by Optimized Model", kind: .category),
        Column(id: "rank", title: "Rank", kind: .integer, help: "0 when both models agree."),
        Column(id: "confidence", title: "Confidence", kind: .number(.probability)),
        Column(id: "time", title: "Time", kind: .number(.decimals(1, unit: "ms"))),
      ],
      rows: [
        Row(
          [.text("image10.jpg"), .category(id: 4, name: "bird"), .integer(0), .number(0.9987), .number(12.34)],
          details: card("image10.jpg", optimized: "4 bird", parent: "4 bird", picture: picture)),
        Row(
          [.text("image9.jpg"), .category(id: 2, name: nil), .integer(3), .number(0.4812345678901234), .missing],
          isFlagged: true, details: card("image9.jpg", optimized: "2 mug", parent: "4 bird")),
        Row([.text("image2.jpg"), .category(id: 4, name: "bird"), .integer(0), .number(0.004), .number(1234.5)]),
      ],
      sort: [.descending("rank"), .ascending("image")], visibleRowCount: 2, flag: .erroneous,
      noun: .init("image", "images"))
  }

  /// A document with every kind of block.
  static func document() throws -> Document {
    Document(
      title: "Comparison of Predictions",
      subtitle: .code("int8") + " against " + .strong("its parent"),
      blocks: [
        .facts(
          FactList([.init("Agreement", "2 of 3", note: "66.7%"), .init("Mean rank", "1.00")], style: .headline)),
        .callout(Callout(.warning, "Three images are few.")),
        .table(try predictions()),
        .heading("How", level: 2),
        .paragraph("Both models saw the same pixels."),
        .list(["first", "second"]),
        .gallery(ImageGrid(title: "Gallery", cards: [card("image2.jpg", optimized: "4 bird", parent: "4 bird")])),
        .progress(ProgressBar(label: "Calibrating", fraction: 0.31, detail: "62 of 200 images, 3 s left")),
        .progress(ProgressBar(label: "Reading", fraction: nil)),
        .details(
          summary: "Settings", blocks: [.facts(FactList([.init("Preset", "mixed")])), .code("calibrate a\n  on: b")]),
      ])
  }

  static let bars = Chart(
    title: "Time by layer", subtitle: "mean of 40 runs",
    .bars(
      BarPlot(
        categoryTitle: "Layer", categories: ["conv_1", "add_2 with a long name", "head"],
        series: [
          .init("Parent", [1.82, 0.4, nil], isReference: true), .init("Optimized", [0.61, -0.2, .nan]),
        ], axis: Axis("Time", format: .decimals(2, unit: "ms")))))

  static let lines = Chart(
    title: "Throughput over latency",
    .lines(
      LinePlot(
        series: [
          .init("INT8", [.init(3.1, 320), .init(6.9, 560, label: "best"), .init(24, 633), .init(.nan, 3)]),
          .init("FP32", [.init(8.4, 118), .init(31, 174)], isConnected: false, isReference: true),
        ], xAxis: Axis("Latency", format: .decimals(1, unit: "ms")),
        yAxis: Axis("Throughput", format: .decimals(0, unit: "images/s")),
        guides: [.init(.x, at: 8, label: "limit"), .init(.y, at: 500, label: "wanted")])))

  static let histogram = Chart(
    title: "Change of confidence",
    .histogram(
      Histogram(
        of: [-0.31, -0.05, 0, 0.01, 0.02, 0.02, 0.11, 0.4, .nan], binCount: 8,
        axis: Axis("Change", format: .decimals(2)), countTitle: "Images")))
}
