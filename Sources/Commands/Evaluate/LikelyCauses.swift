import Datasets
import Evaluation
import Reports
import Tensors

/// Why a classifier may be hardly better than chance: the usual mistakes in how it is fed, each tried on some pictures.
struct LikelyCauses {
  private static let pictureLimit = 60
  private static let leastPictures = 10

  /// A way of feeding the model, in the words of `load` and `evaluate`.
  private struct Variant {
    var words: [String] = []
    let preprocessing: Preprocessing
  }

  let model: Model
  let imageModel: ImageModel
  let loaded: LoadedDataset
  /// What is added to annotations now.
  let offset: Int

  /// Whether so few are right that the model must be fed wrongly, or knows nothing.
  static func isNearChance(_ evaluation: ClassificationEvaluation, classCount: Int) -> Bool {
    guard evaluation.imageCount >= leastPictures, classCount > 1 else { return false }
    let comparison = evaluation.comparison
    let chance = 1 / Double(classCount)
    return comparison.top1Interval.lower <= chance + min(1.5 * chance, 0.15 * (1 - chance))
      || (classCount > 20 && comparison.top1 < 0.1)
  }

  /// Tries the usual mistakes on pictures that are spread over the dataset.
  ///
  /// - Throws: `CancellationError`, and as `PredictionRun.predictReadable`.
  func measure(isCancelled: () -> Bool, progress: (_ finished: Int, _ total: Int) -> Void) throws -> Suspicion? {
    let all = loaded.dataset.samples
    let count = min(all.count, Self.pictureLimit)
    let part = loaded.dataset.selecting((0..<count).map { all[$0 * all.count / count] })
    let variants = variants
    var trials: [(words: [String], correct: Int)] = []
    var (now, total) = (0, 0)
    for (index, variant) in variants.enumerated() {
      progress(index, variants.count)
      let tried = try ImageModel(plans: imageModel.plans, preprocessing: variant.preprocessing)
      let predictions = try PredictionRun(tried).predictReadable(part, isCancelled: isCancelled)
      let pairs = predictions.samples.indices.compactMap { place in
        predictions.samples[place].classIndex.map { ($0, predictions.scores(ofSample: place).best) }
      }
      for shift in [0, 1] {
        let correct = pairs.count { $0.0 == $0.1 - shift }
        if variant.words.isEmpty, shift == offset {
          (now, total) = (correct, pairs.count)
        } else {
          trials.append((variant.words + (shift == offset ? [] : ["background: \(shift == 1)"]), correct))
        }
      }
    }
    guard total > 0 else { return nil }
    trials.sort { ($1.correct, $0.words.count) < ($0.correct, $1.words.count) }
    let reported = trials.prefix(8).map {
      Suspicion.Trial(change: $0.words.joined(separator: " "), accuracy: Double($0.correct) / Double(total))
    }
    // So many more than chance explains, even for the best of several.
    let least = Double(now) + 4 * (Double(now) + 1).squareRoot()
    let isHelpful = trials.first.map { Double($0.correct) > least } ?? false
    return Suspicion(
      accuracy: Double(now) / Double(total), imageCount: total, trials: reported,
      remedy: isHelpful ? reported.first : nil)
  }

  /// How the model is fed now, and otherwise.
  private var variants: [Variant] {
    let now = imageModel.preprocessing
    let orders: [ChannelOrder] = now.channels == .gray ? [.gray] : [now.channels, now.channels == .rgb ? .bgr : .rgb]
    var variants: [Variant] = [Variant(preprocessing: now)]
    for order in orders {
      for (mean, scale) in [(now.mean, now.scale)] + Self.normalizations(order) {
        var words = order == now.channels ? [] : ["channels: \(order.rawValue)"]
        if mean != now.mean || scale != now.scale {
          words += ["mean: \(Self.text(mean))", "scale: \(Self.text(scale))"]
        }
        let options = PreprocessingOptions(
          resize: now.resize, crop: now.crop, channels: order, mean: mean, scale: scale, layout: now.layout,
          interpolation: now.interpolation)
        guard !words.isEmpty, let shape = try? now.tensorShape(imageCount: 1),
          let preprocessing = try? Preprocessing(options, inputShape: shape)
        else { continue }
        variants.append(Variant(words: words, preprocessing: preprocessing))
      }
    }
    return variants
  }

  /// Means and scales that networks are trained with: none, 0 to 1, -1 to 1, torchvision's, and Caffe's.
  private static func normalizations(_ order: ChannelOrder) -> [(mean: [Float], scale: [Float])] {
    var all: [(mean: [Float], scale: [Float])] = [([0], [1]), ([0], [255]), ([127.5], [127.5])]
    guard order != .gray else { return all }
    let torch: ([Float], [Float]) = ([123.675, 116.28, 103.53], [58.395, 57.12, 57.375])
    let caffe: [Float] = [123.68, 116.78, 103.94]
    let isReversed = order == .bgr
    all.append(isReversed ? (torch.0.reversed(), torch.1.reversed()) : torch)
    all.append((isReversed ? caffe.reversed() : caffe, [1]))
    return all
  }

  private static func text(_ numbers: [Float]) -> String {
    let texts = numbers.map { number in Int(exactly: number).map(String.init) ?? number.description }
    return texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]"
  }
}
