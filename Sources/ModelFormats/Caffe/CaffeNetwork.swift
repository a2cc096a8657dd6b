/// A network as its prototxt describes it.
struct CaffeNetwork: Sendable {
  /// Name and inputs; no layers.
  var header: CaffeNetParameter
  /// All layers in order, those of training too.
  var layers: [CaffeLayer]
}

/// A layer and where its description stands.
struct CaffeLayer: Sendable {
  var parameter: CaffeLayerParameter
  /// In the prototxt, from 1.
  var line: Int

  init(_ parameter: CaffeLayerParameter, line: Int) {
    self.parameter = parameter
    self.line = line
  }

  var name: String { parameter.name }
  var type: String { parameter.type }

  /// An error about this layer.
  func error(_ code: ModelFormatError.Code, _ message: String, remedy: String? = nil) -> ModelFormatError {
    ModelFormatError(
      code, "layer “\(name)” (\(type), line \(line)): \(message)", remedy: remedy, context: name)
  }
}

/// What a layer is there for.
enum CaffeLayerRole: Sendable {
  /// Part of what the network computes.
  case computes
  /// Stands for an input.
  case feeds
  /// Losses and measures, left out.
  case trains

  init(type: String) {
    switch type {
    case "Input", "Data", "ImageData", "HDF5Data", "MemoryData", "WindowData", "DummyData", "AnnotatedData":
      self = .feeds
    case "Accuracy", "SoftmaxWithLoss", "EuclideanLoss", "HingeLoss", "SigmoidCrossEntropyLoss", "InfogainLoss",
      "ContrastiveLoss", "MultinomialLogisticLoss", "Silence", "HDF5Output":
      self = .trains
    default: self = .computes
    }
  }
}

extension CaffeLayerParameter {
  /// Whether the layer takes part in the phase TEST at level 0 without stages.
  var isIncludedInTest: Bool {
    include.isEmpty ? !exclude.contains(where: \.isMetInTest) : include.contains(where: \.isMetInTest)
  }
}

extension CaffeNetStateRule {
  fileprivate var isMetInTest: Bool {
    (!hasPhase || phase == .test) && (!hasMinLevel || minLevel <= 0) && (!hasMaxLevel || maxLevel >= 0)
      && stage.isEmpty
  }
}
