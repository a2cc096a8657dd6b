import Documents
import Evaluation

/// What might be done about what a comparison shows.
enum ComparisonHints {
  private static let notableReorderShare = 0.1

  /// One sentence for each hint.
  static func sentences(of report: ModelComparisonReport) -> [RichText] {
    let sides = report.sides
    let hasInteger = sides.contains { $0.precisions.contains("INT8") }
    var hints: [RichText] = []
    for side in sides {
      let integerShare = side.share { $0.precision == "INT8" }
      if integerShare == 0, !hasInteger {
        hints.append(
          RichText(runs: [
            .init("\(side.name) computes in floating point only. An INT8 child may be several times faster: "),
            .init("calibrate \(side.name) using: …", .code),
          ]))
      }
      if integerShare > 0 {
        let isFloatConvolution = { (layer: LayerTiming) in
          layer.precision == "FP32" && (layer.operation.hasPrefix("Conv") || layer.operation.hasPrefix("DepthwiseConv"))
        }
        let count = side.layers.count(where: isFloatConvolution)
        if count > 0 {
          hints.append(
            RichText(
              "\(side.name) still computes \(count) \(count == 1 ? "convolution" : "convolutions") in FP32, "
                + "which take \(percent(side.share(isFloatConvolution))) of its time."))
        }
      }
      let reorder = side.share { $0.operation == "Reorder" || $0.operation == "QuantizeLinear" }
      if reorder > notableReorderShare {
        hints.append(
          RichText(
            "\(side.name) spends \(percent(reorder)) of its time on changing the layout or the precision of tensors; "
              + "layers left in floating point between quantized ones cause that."))
      }
      let slow = side.share { $0.kernel == "reference" }
      let slowCount = side.layers.count { $0.kernel == "reference" }
      if slowCount > 0 {
        hints.append(
          RichText(
            "\(slowCount) \(slowCount == 1 ? "layer" : "layers") of \(side.name) have no fast kernel and take "
              + "\(percent(slow)) of its time."))
      }
    }
    for other in report.others where other.speed.verdict != .faster && other.side.precisions.contains("INT8") {
      hints.append(
        RichText(
          "\(other.side.name) has gained nothing here. With several streams or a larger batch the picture may differ; "
            + "a busy machine widens the interval, and seconds: gives more turns."))
    }
    return hints
  }

  private static func percent(_ share: Double) -> String { NumberFormat.percent().string(for: share) }
}
