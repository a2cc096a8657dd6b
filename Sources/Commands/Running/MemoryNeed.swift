import Datasets
import Evaluation
import Graphs
import Inference
import Tensors

/// How much memory pieces of work take, from what they allocate; rather too much than too little.
enum MemoryNeed {
  /// A file's bytes, what is decoded of them, the graph that passes rewrite, and the plan's packed weights.
  static let copiesWhileLoading = 4

  /// Bytes of an image and its input while one worker prepares it.
  private static let preparedImage = 64 * 1024 * 1024

  /// Bytes that inferences at the same time take: packed weights, an arena each, and inputs and outputs twice.
  static func inference(_ model: Model, batch: Int, executors: Int) -> Int {
    // The bytes of all values that live at the same time, which the arena holds in the best layout, and half as much again
    // for padding of channels and gaps.
    let arena = model.analysis.minimumActivationByteCount.clampedTimes(batch).clampedTimes(3) / 2
    return model.analysis.weightByteCount.clampedPlus(arena.clampedTimes(executors))
  }

  /// Bytes that predictions of a dataset take: workers that each prepare an image, and all scores twice.
  static func predictions(_ model: Model, _ imageModel: ImageModel, imageCount: Int) -> Int {
    let workers = ProcessorCount.active
    let scores = imageCount.clampedTimes(imageModel.outputCount, MemoryLayout<Float>.size, 2)
    return inference(model, batch: 1, executors: workers)
      .clampedPlus(preparedImage.clampedTimes(workers)).clampedPlus(scores)
  }

  /// Bytes that predictions in the terms of a task take: workers, each with all outputs in two forms, and what is kept.
  static func taskPredictions(
    _ model: Model, _ head: any OutputHead, imageCount: Int, _ options: DetectionOptions
  ) -> Int {
    let workers = ProcessorCount.active
    let outputs = model.graph.outputs.compactMap { model.graph.type(of: $0)?.shape.elementCount }.reduce(0) {
      $0.clampedPlus($1)
    }
    // A box with its class and score; masks are kept as runs of equal classes, which are few.
    let kept =
      switch head.task {
      case .objectDetection: options.limit.clampedTimes(128)
      case .semanticSegmentation: outputs / max(head.classCount ?? 1, 1) * 2
      default: outputs.clampedTimes(MemoryLayout<Float>.size)
      }
    // With a low limit of scores every box may be a candidate for every class.
    let candidates = head.task == .objectDetection ? outputs.clampedTimes(MemoryLayout<Detection>.stride, 4) : 0
    let worker = preparedImage.clampedPlus(outputs.clampedTimes(MemoryLayout<Float>.size, 3)).clampedPlus(candidates)
    return inference(model, batch: 1, executors: workers).clampedPlus(worker.clampedTimes(workers))
      .clampedPlus(kept.clampedTimes(imageCount))
  }

  /// Bytes that a calibration takes: workers that each hold all values of the network, and the weights in several forms.
  static func calibration(_ model: Model) -> Int {
    let workers = ProcessorCount.active
    return model.analysis.maximumActivationByteCount.clampedPlus(preparedImage).clampedTimes(workers)
      .clampedPlus(model.analysis.weightByteCount.clampedTimes(copiesWhileLoading))
  }
}
