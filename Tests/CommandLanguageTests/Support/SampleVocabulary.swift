import CommandLanguage

/// Commands enough to meet every form of argument.
enum Sample {
  static let columns: [ColumnSignature] = [
    .init("rank", .number, "place of the right class"), .init("confidence", .number, "probability"),
    .init("class", .text, "name of the class"), .init("correct", .bool, "whether it is right"),
  ]

  static let vocabulary = CommandVocabulary([
    CommandSignature(
      "load", summary: "Reads a model.", result: .model,
      positional: [.init("file", .filePath([.file(extension: "onnx")]), required: false, "the model file")],
      labels: [
        .init("weights", .filePath([.file(extension: "caffemodel")]), "the weights"),
        .init("mean", .list(of: .number, count: 1...4), "subtracted from each channel"),
        .init("scale", .number(0.001..., units: []), spellings: ["std"], "each channel is divided by it"),
        .init("channels", .choice(["rgb", "bgr", .init("gray", "one channel")]), default: "rgb", "order of channels"),
        .init("resize", .size, absent: "the model's own size", "size before the crop"),
        .init("example", .choice(["classifier"]), "the embedded example"),
      ], examples: [.init("m = load \"net.onnx\"", "reads a model")]),
    CommandSignature(
      "dataset", summary: "Opens images.", result: .dataset,
      positional: [.init("path", .filePath([.folder]), required: false, "the folder")],
      labels: [
        .init("subset", .either([.integer(1...), .percent]), absent: "all images", "how many"),
        .init("seed", .integer, default: "0", "for the choice"),
        .init("example", .choice(["classifier"]), "the embedded example"),
      ], examples: [.init("photos = dataset \"photos/\" subset: 10%", "opens a tenth")]),
    CommandSignature(
      "calibrate", aliases: ["quantize"], summary: "Makes the INT8 child of a model.",
      discussion: "Runs the model over the images.", result: .model,
      positional: [.init("model", .reference([.model]), "the parent")],
      labels: [
        .init("using", .reference([.dataset]), required: true, "images for the statistics"),
        .init(
          "preset", .choice(["performance", .init("mixed", "asymmetric activations")]), default: "performance", "how"),
        .init("drop", .percent, default: "1%", "accepted loss of accuracy"),
        .init("ignore", .list(of: .string), "layers that stay in FP32"),
      ], examples: [.init("q = calibrate m using: d preset: mixed", "makes a child")]),
    CommandSignature(
      "benchmark", summary: "Measures speed.",
      positional: [.init("models", .reference([.model]), repeated: true, "what to measure")],
      labels: [
        .init("streams", .either([.integer(1...64), .range(1...64), .list(of: .integer(1...64))]), "parallel streams"),
        .init("seconds", .number(0.1..., units: [.time]), default: "10", "how long"),
        .init("latency", .duration, "the limit"),
      ]),
    CommandSignature(
      "report", subject: "predictions", summary: "Compares predictions.", result: .report,
      positional: [.init("model", .reference([.model]), "the child")],
      labels: [
        .init("on", .reference([.dataset]), "images"), .init("where", .condition(columns), "which rows"),
        .init("sort", .column(columns), "order"), .init("top", .integer(1...100), default: "5", "classes a row"),
      ]),
    CommandSignature(
      "report", subject: "accuracy", summary: "Compares accuracy.", result: .report,
      positional: [.init("model", .reference([.model]), "the child")]),
    CommandSignature(
      "visualize", summary: "Draws an image.",
      positional: [
        .init("model", .reference([.model]), "the model"), .init("image", .either([.element, .filePath]), "it"),
      ],
      labels: [.init("explain", .bool, default: "false", "heat map")]),
    CommandSignature(
      "projects", summary: "Lists the workspace.", labels: [.init("where", .condition([]), "which rows")]),
    CommandSignature("environment", summary: "Shows versions."),
    CommandSignature(
      "help", summary: "Explains.", result: nil,
      positional: [.init("command", .verb, required: false, repeated: true, "which command")]),
  ])

  static let scope = ScopeSnapshot([
    "parent": .init(.model, summary: "MobileNetV2, FP32"), "int8": .init(.model, summary: "MobileNetV2, INT8"),
    "photos": .init(.dataset, summary: "100 images"), "times": .init(.result),
    "limit": .init(.value, literal: ValueSyntax(.number(NumberSyntax(3)), span: SourceSpan(0, 1))),
    "later": .init(.any),
  ])
}

/// Files, samples and columns to be completed.
struct SampleCompletionSource: CompletionSource {
  var paths = ["net.onnx", "a \"b\".onnx", "models/", "photos/"]

  func files(prefix: String, kinds: [FileKind]) -> [String] { paths.filter { $0.hasPrefix(prefix) } }

  func elements(of name: String, prefix: String) -> [String] {
    name == "photos" ? ["bird.jpg", "boat.jpg", "it's.jpg"].filter { $0.hasPrefix(prefix) } : []
  }

  func columns(of name: String) -> [ColumnSignature] { name == "times" ? [.init("fps", .number)] : [] }
}
