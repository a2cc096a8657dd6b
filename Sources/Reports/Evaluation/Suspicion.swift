import Documents

/// That a model is hardly better than chance, and which other ways of feeding it would make it better, as measured.
public struct Suspicion: Sendable, Hashable {
  /// A way of feeding the model or of counting its classes.
  public struct Trial: Sendable, Hashable {
    /// What would be written, such as `channels: bgr`.
    public let change: String
    /// The part of the pictures that would be right, 0 to 1.
    public let accuracy: Double

    /// A trial.
    public init(change: String, accuracy: Double) {
      self.change = change
      self.accuracy = accuracy
    }
  }

  /// The part of the tried pictures that is right now, 0 to 1.
  public let accuracy: Double
  /// How many pictures were tried.
  public let imageCount: Int
  /// What was tried, the best first.
  public let trials: [Trial]
  /// The trial that is better by more than chance explains; nil where none is.
  public let remedy: Trial?

  /// What came of trials.
  public init(accuracy: Double, imageCount: Int, trials: [Trial], remedy: Trial?) {
    self.accuracy = accuracy
    self.imageCount = imageCount
    self.trials = trials
    self.remedy = remedy
  }

  /// Whether another trial is nearly as good as the best one.
  private var hasRivals: Bool {
    guard let best = trials.first?.accuracy else { return false }
    return trials.dropFirst().contains { best - $0.accuracy < Self.near }
  }

  private static let near = 0.05

  func blocks(_ model: String) -> [Block] {
    let percent = NumberFormat.percent(decimals: 1)
    let tried = "\(imageCount) \(imageCount == 1 ? "image" : "images")"
    let advice =
      remedy.map {
        RichText(
          runs: [
            .init("\(model) is hardly better than chance. On \(tried), "), .init($0.change, .code),
            .init(
              " makes \(percent.string(for: $0.accuracy)) right instead of \(percent.string(for: accuracy)): "
                + (hasRivals
                  ? "the model is fed wrongly now; other ways do about as well, see below."
                  : "it is probably what the model was trained with.")),
          ])
      }
      ?? RichText(
        "\(model) is hardly better than chance, and none of the usual causes explains it: other channels, mean and scale, "
          + "and a background class were tried on \(tried). Check resize: and crop: of the model, and that the annotations "
          + "count classes as the model does.")
    return [
      .callout(Callout(.warning, advice)),
      .details(
        summary: "What was tried",
        blocks: [
          .table(
            Table(
              columns: [
                Column(id: "change", title: "Tried"),
                Column(id: "accuracy", title: "accuracy@top1", kind: .percent(decimals: 1)),
              ],
              rows: [Row([.text("as it is"), .number(accuracy)])]
                + trials.map { Row([.text($0.change), .number($0.accuracy)]) }, noun: .init("trial", "trials")))
        ]),
    ]
  }

  var data: DataValue {
    [
      "accuracy": .number(accuracy), "images": .integer(imageCount),
      "trials": .array(trials.map { ["change": .string($0.change), "accuracy": .number($0.accuracy)] }),
      "remedy": remedy.map { .string($0.change) } ?? .null,
    ]
  }
}
