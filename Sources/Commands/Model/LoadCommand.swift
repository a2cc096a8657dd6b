import CommandLanguage
import Datasets
import Evaluation
import Examples

/// `load`: a model from its files.
enum LoadCommand: Command {
  static let signature = CommandSignature(
    "load", summary: "Loads a model from ONNX, OpenVINO IR or Caffe files.",
    discussion: """
      How pictures are prepared belongs to the model and holds everywhere: in calibration, predictions, reports and \
      pictures. Each picture is resized, the middle is cut out, the channels are put in order, and then
      (x - mean) / scale is computed for every sample, which is a number from 0 to 255. Without `resize:` and `crop:`, a
      square input of at least 96 pixels of a classifier gets its pictures as ImageNet classifiers are evaluated (224 of
      256); any other input, and detectors, segmenters and the like, get the whole picture stretched.

      What the model is made for is told from its outputs: scores; boxes and scores (SSD, YOLO, DetectionOutput); a class
      for each pixel; a picture. `task:` says so where they could mean several things.

      A Caffe model has two files: `load "net.prototxt" weights: "net.caffemodel"`. So has OpenVINO IR, whose weights are
      found by themselves if they have the name of the .xml file and end with .bin.
      """, result: .model,
    positional: [
      ParameterSignature(
        "file", .filePath([.file(extension: "onnx"), .file(extension: "xml"), .file(extension: "prototxt")]),
        required: false, absent: "example: says what is loaded", "The file that describes the network.")
    ],
    labels: [
      ParameterSignature(
        "weights", .filePath([.file(extension: "caffemodel"), .file(extension: "bin")]),
        absent: "the file itself holds them, or they lie beside it", "The second file of a Caffe or OpenVINO model."),
      ParameterSignature(
        "mean", .list(of: .number, count: 1...3), absent: "0",
        "What is subtracted: one number, or one for each channel in the model's order."),
      ParameterSignature(
        "scale", .list(of: .number, count: 1...3), absent: "1",
        "What is divided by: one number, or one for each channel in the model's order."),
      ParameterSignature(
        "channels",
        .choice([
          ChoiceWord("rgb", "red, green, blue"), ChoiceWord("bgr", "blue, green, red, as Caffe models want it"),
          ChoiceWord("gray", "one channel of luma"),
        ]), absent: "rgb, or gray for one channel", "The channels that the model was trained with."),
      ParameterSignature(
        "resize", .either([.integer(1...Preprocessing.maximumSide), .size]), absent: "follows from the input",
        "The shorter side in pixels, or a size that pictures are stretched to."),
      ParameterSignature(
        "crop", .either([.integer(1...Preprocessing.maximumSide), .size]), absent: "the size of the input",
        "The part that is cut from the middle."),
      ParameterSignature(
        "layout", .choice([ChoiceWord("nchw", "planes"), ChoiceWord("nhwc", "pixels")]), absent: "told from the shape",
        "Where the channels lie in the input."),
      ParameterSignature(
        "labels", .filePath([.file(extension: "txt")]), absent: "classes have numbers only",
        "A text file with the name of one class a line."),
      TaskWord.label,
      ParameterSignature(
        "shape", .list(of: .integer(1...1_000_000), count: 1...8), absent: "the file's",
        "The shape of the input, for models that leave it open."),
      ParameterSignature(
        "example", .choice(ExampleCatalog.all.map { ChoiceWord($0.name, $0.model) }),
        absent: "a file is loaded", "A model that comes with Octet, with its preprocessing and labels."),
    ],
    examples: [
      CommandExample("m = load example: classifier", "a model that comes with Octet"),
      CommandExample(
        """
        m = load "classifier/classifier.onnx" labels: "classifier/labels.txt"
            mean: 127.5 scale: 127.5 channels: rgb resize: 72 crop: 64
        """, "a model from a file, with everything that its pictures need"),
    ])

  static func run(_ arguments: BoundCommand, in context: CommandContext) throws -> CommandOutcome {
    let request = try arguments.isGiven("example") ? exampleRequest(arguments) : fileRequest(arguments, in: context)
    try context.requireMemory(
      ModelLoading.byteCount(of: request).clampedTimes(MemoryNeed.copiesWhileLoading), for: "loading this file",
      at: arguments.span(of: "file"), remedy: "close what else uses memory, or load a smaller model")
    let model = try Interruptible.run(isCancelled: context.isCancelled) {
      try ModelLoading.load(request, arguments)
    }
    return CommandOutcome(.model(model), report: model.report())
  }

  private static func exampleRequest(_ arguments: BoundCommand) throws -> ModelLoading.Request {
    if let other = signature.parameters.first(where: { $0.name != "example" && arguments.isGiven($0.name) }) {
      throw CommandFailure(
        "conflicting-arguments", "`example:` brings everything along, so nothing else can be given",
        at: arguments.span(of: other.name), help: "leave this out, or name a file instead of `example:`")
    }
    return try attempt(arguments, "example") {
      let name = arguments.choice("example") ?? ""
      let example = try ExampleLibrary.example(named: name)
      let (resize, crop): (Resizing, ImageSize?) =
        switch example.resizing {
        case .shorterSide(let side, let crop): (.shorterSide(side), ImageSize(crop))
        case .stretch(let width, let height): (.stretch(ImageSize(width: width, height: height)), nil)
        }
      let options = PreprocessingOptions(
        resize: resize, crop: crop, channels: ChannelOrder(rawValue: example.channels), mean: [Float(example.mean)],
        scale: [Float(example.scale)])
      return ModelLoading.Request(path: example.modelPath, labelsPath: example.labelsPath, options: options)
    }
  }

  private static func fileRequest(_ arguments: BoundCommand, in context: CommandContext) throws -> ModelLoading.Request
  {
    guard let path = arguments.string("file") else {
      throw CommandFailure(
        "missing-argument", "`load` needs the file of a model", at: arguments.verbSpan,
        help: "for instance `load \"model.onnx\"`, or `load example: classifier`")
    }
    let options = PreprocessingOptions(
      resize: resizing(arguments.argument("resize")), crop: cropSize(arguments.argument("crop")),
      channels: arguments.choice("channels").flatMap(ChannelOrder.init(rawValue:)),
      mean: arguments.numbers("mean").map { Float($0) }, scale: arguments.numbers("scale").map { Float($0) },
      layout: arguments.choice("layout").flatMap(ChannelLayout.init(rawValue:)))
    let full = context.session.path(path)
    return ModelLoading.Request(
      path: full,
      companionPath: arguments.string("weights").map(context.session.path) ?? ModelLoading.companion(beside: full),
      labelsPath: arguments.string("labels").map(context.session.path),
      shape: arguments.isGiven("shape") ? arguments.integers("shape") : nil, options: options,
      task: arguments.choice("task").flatMap(TaskWord.task))
  }

  private static func resizing(_ argument: BoundArgument?) -> Resizing? {
    switch argument?.value {
    case .integer(let side): .shorterSide(side)
    case .size(let width, let height): .stretch(ImageSize(width: width, height: height))
    default: nil
    }
  }

  private static func cropSize(_ argument: BoundArgument?) -> ImageSize? {
    switch argument?.value {
    case .integer(let side): ImageSize(side)
    case .size(let width, let height): ImageSize(width: width, height: height)
    default: nil
    }
  }
}
