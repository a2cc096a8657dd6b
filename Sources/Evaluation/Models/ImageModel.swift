public import Datasets
import Graphs
import Inference
import Tensors

/// A network that takes one picture, with the preprocessing that its pictures need.
public struct ImageModel: Sendable {
  /// The network's plans.
  public let plans: PlanCache
  /// How a picture becomes the network's input.
  public let preprocessing: Preprocessing
  /// How many numbers the first output gives for one picture.
  public let outputCount: Int
  /// Whether the first output is one score a class: all its extents but the batch and one more are 1.
  public let isClassifier: Bool

  /// Joins a network with its preprocessing.
  ///
  /// - Throws: `EvaluationError.notForPictures` unless the network has one input of the shape that the preprocessing
  ///   makes and at least one output.
  public init(plans: PlanCache, preprocessing: Preprocessing) throws(EvaluationError) {
    let graph = plans.graph
    guard graph.inputs.count == 1, let input = graph.inputs.first, let type = graph.type(of: input),
      type.shape.rank == 4, type.elementType == .float32
    else {
      let inputs = graph.inputs.map { "\(graph[$0].name) \(graph.type(of: $0)?.description ?? "")" }
      throw EvaluationError(
        .notForPictures,
        "the model takes \(inputs.isEmpty ? "no input" : inputs.joined(separator: ", ")), not one float32 picture")
    }
    guard let output = graph.outputs.first, let shape = graph.type(of: output)?.shape, shape.rank >= 1 else {
      throw EvaluationError(.notForPictures, "the model has no output with one row a picture")
    }
    let batch = max(shape[0], 1)
    self.plans = plans
    self.preprocessing = preprocessing
    outputCount = shape.elementCount / batch
    isClassifier = shape.rank >= 2 && shape.dimensions.dropFirst().count { $0 != 1 } <= 1
  }

  /// - Throws: `EvaluationError.notAClassifier` unless the model gives one score for each class.
  public func requireClassifier() throws(EvaluationError) {
    guard !isClassifier, let output = plans.graph.outputs.first else { return }
    throw EvaluationError(
      .notAClassifier,
      "the model's output is \(plans.graph.type(of: output)?.description ?? "unknown"), not one score for each class",
      remedy: "use a classifier, whose output has a shape such as [1, 1000]")
  }

  /// What the model says of one picture: `outputCount` numbers of its first output.
  ///
  /// - Throws: `DatasetError`, `GraphError`, `InferenceError`.
  public func predict(_ image: Image) throws -> [Float] { try Self.scores(outputs(for: image)) }

  /// All outputs for one picture.
  ///
  /// - Throws: `DatasetError`, `GraphError`, `InferenceError`.
  func outputs(for image: Image) throws -> [Tensor] {
    let executor = try Executor(plans.plan(batch: 1), threads: ProcessorCount.active)
    return try executor.run([preprocessing.apply(to: image)])
  }

  static func scores(_ outputs: [Tensor]) -> [Float] { outputs.first?.floats ?? [] }
}
