public import Datasets

/// How near the pictures that a model makes come to those that they should be.
public struct PictureEvaluation: TaskEvaluation {
  /// What counts most.
  public enum Metric: String, Sendable, Hashable, CaseIterable {
    /// Structural similarity over the whole picture, as the Open Model Zoo computes it.
    case ssim = "SSIM"
    /// Structural similarity in Gaussian windows, as published.
    case windowedSSIM = "SSIM (windows)"
    /// Peak signal to noise ratio, without a border.
    case psnr = "PSNR"
  }

  /// One picture.
  public struct Row: Sendable, Hashable {
    /// The picture that the model was given.
    public let sample: Sample
    /// By metric; nil where it is not defined, such as windows in a picture smaller than one.
    public let values: [Metric: Double]
  }

  /// The pictures, in the dataset's order.
  public let rows: [Row]
  /// The figures: means over the pictures. Of equal pictures PSNR is infinite; these are left out of its mean.
  public let figures: [AccuracyFigure]
  /// The pictures that could not be used.
  public let skipped: [DatasetProblem]
  /// How many pictures are as they should be to the last bit.
  public let equalCount: Int
  /// How many pictures were judged.
  public var imageCount: Int { rows.count }

  /// Runs a model on pictures and judges what it makes of them by their targets.
  ///
  /// - Parameters:
  ///   - metric: what counts most.
  ///   - border: how many pixels PSNR leaves out at each edge.
  /// - Throws: as `PictureRun.run`; `EvaluationError.mismatch` where no picture can be judged.
  public init(
    of model: ImageModel, head: any OutputHead, on dataset: Dataset, metric: Metric = .ssim, border: Int = 4,
    isCancelled: () -> Bool = { false }, progress: (Int) -> Void = { _ in }
  ) throws {
    let preprocessing = model.preprocessing
    let results = try PictureRun(model).run(dataset, isCancelled: isCancelled, progress: progress) {
      outputs, image, sample in
      let prediction = try head.decode(outputs, preprocessing.view(of: image.size), DetectionOptions())
      guard case .picture(let made) = prediction, let target = try dataset.target(of: sample) else {
        throw DatasetError(.invalidAnnotation, "has no target picture")
      }
      guard target.size == made.size else {
        throw DatasetError(
          .wrongImageSize, "the model makes a picture of \(made.size), but its target has \(target.size) pixels",
          remedy: "load the model with the shape of the small pictures, such as shape: [1, 3, 120, 160]")
      }
      return Self.values(of: made, target, border: border)
    }
    rows = zip(results.samples, results.values).map { Row(sample: $0, values: $1) }
    skipped = results.skipped
    guard !rows.isEmpty else {
      throw EvaluationError(
        .mismatch,
        "none of the \(dataset.samples.count) pictures can be judged"
          + (skipped.first.map { "; the first, \($0)" } ?? ""))
    }
    let rows = rows
    equalCount = rows.count { $0.values[.psnr] == .infinity }
    let order = [metric] + Metric.allCases.filter { $0 != metric }
    figures = order.compactMap { metric in
      let values = rows.compactMap { $0.values[metric] }.filter(\.isFinite)
      guard !values.isEmpty || metric == order[0] else { return nil }
      return AccuracyFigure(meanOf: values, metric.rawValue, unit: metric == .psnr ? .decibels : .number)
    }
  }

  /// The metrics of a picture beside the one that it should be.
  public static func values(of made: Image, _ target: Image, border: Int) -> [Metric: Double] {
    var values: [Metric: Double] = [:]
    values[.ssim] = StructuralSimilarity.ofWholePicture(made, reference: target)
    values[.windowedSSIM] = StructuralSimilarity.windowed(made, reference: target)
    values[.psnr] = PeakSignalToNoise.value(of: made, reference: target, border: border)
    return values
  }
}
