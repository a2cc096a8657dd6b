public import Datasets
import Tensors

/// What a model says of one picture, in the terms of its task.
public enum TaskPrediction: Sendable, Hashable {
  /// One score for each class.
  case scores([Float])
  /// Objects with boxes in pixels of the picture, the highest score first; classes as the model counts them.
  case detections([Detection])
  /// The class of each pixel of the model's input or of a smaller grid over it, as the model counts them.
  case classes(ClassMap)
  /// A picture.
  case picture(Image)
  /// Points in pixels of the picture.
  case landmarks([ImagePoint])
  /// Numbers that are alike for alike pictures.
  case embedding([Float])
}

/// What a model says of the pictures of a dataset.
public struct TaskPredictions: Sendable {
  /// What is said of one picture.
  public struct Item: Sendable, Hashable {
    /// The picture's size.
    public let size: ImageSize
    /// What is said of it.
    public let prediction: TaskPrediction

    /// Puts what is said beside the size.
    public init(size: ImageSize, prediction: TaskPrediction) {
      self.size = size
      self.prediction = prediction
    }

    /// The objects that were found; none for other tasks.
    public var detections: [Detection] { if case .detections(let found) = prediction { found } else { [] } }
    /// The classes of the pixels; nil for other tasks.
    public var classes: ClassMap? { if case .classes(let map) = prediction { map } else { nil } }
    /// The points; none for other tasks.
    public var landmarks: [ImagePoint] { if case .landmarks(let points) = prediction { points } else { [] } }
    /// The numbers; none for other tasks.
    public var embedding: [Float] { if case .embedding(let numbers) = prediction { numbers } else { [] } }
    /// The picture; nil for other tasks.
    public var picture: Image? { if case .picture(let picture) = prediction { picture } else { nil } }
  }

  /// The pictures that could be used, in the dataset's order.
  public let samples: [Sample]
  /// What is said of each of them.
  public let items: [Item]
  /// The pictures that could not be used.
  public let skipped: [DatasetProblem]

  /// Takes what is said of as many samples as there are items; a surplus of either is left out.
  public init(samples: [Sample], items: [Item], skipped: [DatasetProblem] = []) {
    let count = min(samples.count, items.count)
    self.samples = Array(samples.prefix(count))
    self.items = Array(items.prefix(count))
    self.skipped = skipped
  }

  /// The same with only some of the detections.
  public func keepingDetections(_ isKept: (Detection) -> Bool) -> TaskPredictions {
    let items = items.map { item -> Item in
      guard case .detections(let found) = item.prediction else { return item }
      return Item(size: item.size, prediction: .detections(found.filter(isKept)))
    }
    return TaskPredictions(samples: samples, items: items, skipped: skipped)
  }
}

/// Runs a model on pictures and makes of its outputs what its task wants.
public struct TaskRun: Sendable {
  private let run: PictureRun
  private let head: any OutputHead
  private let options: DetectionOptions

  /// A run of a model with its head.
  public init(_ model: ImageModel, head: any OutputHead, options: DetectionOptions = DetectionOptions()) {
    run = PictureRun(model)
    self.head = head
    self.options = options
  }

  /// What the model says of one picture.
  ///
  /// - Throws: `DatasetError`, `GraphError`, `InferenceError`, `EvaluationError.unexpectedOutput`.
  public func predict(_ image: Image) throws -> TaskPredictions.Item {
    let outputs = try run.model.outputs(for: image)
    return try Self.item(head, options, run.model.preprocessing, outputs, image)
  }

  /// What the model says of all pictures; none is there where none can be read.
  ///
  /// - Throws: as `PictureRun.run`.
  public func predictReadable(
    _ dataset: Dataset, isCancelled: () -> Bool = { false }, progress: (_ finished: Int) -> Void = { _ in }
  ) throws -> TaskPredictions {
    let (head, options, preprocessing) = (head, options, run.model.preprocessing)
    let results = try run.run(dataset, isCancelled: isCancelled, progress: progress) { outputs, image, _ in
      try Self.item(head, options, preprocessing, outputs, image)
    }
    return TaskPredictions(samples: results.samples, items: results.values, skipped: results.skipped)
  }

  private static func item(
    _ head: any OutputHead, _ options: DetectionOptions, _ preprocessing: Preprocessing, _ outputs: [Tensor],
    _ image: Image
  ) throws -> TaskPredictions.Item {
    .init(size: image.size, prediction: try head.decode(outputs, preprocessing.view(of: image.size), options))
  }
}
