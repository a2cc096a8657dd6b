import CommandLanguage
public import Datasets
import Reports

/// A dataset that a name stands for.
///
/// Each is a thing of its own, so that what was computed for one is not taken for another of the same folder.
public final class LoadedDataset: Sendable {
  /// The pictures.
  public let dataset: Dataset
  /// The names of the classes that annotations refer to, if they are known.
  public let labels: Labels?
  private let pictures: PictureShelf

  /// Takes a dataset and loads the small pictures that stand for it.
  ///
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true.
  init(_ dataset: Dataset, labels: Labels? = nil, isCancelled: () -> Bool) throws {
    self.dataset = dataset
    self.labels = dataset.labels ?? labels
    pictures = try PictureShelf(DatasetReport.shown(of: dataset), of: dataset, isCancelled: isCancelled)
  }

  /// One line about it.
  var summary: String {
    let count = dataset.samples.count
    return "\(count) image\(count == 1 ? "" : "s"), \(DatasetReport.typeName(of: dataset))"
  }

  /// What is shown of it.
  func report() -> DatasetReport { DatasetReport(dataset, labels: labels, pictures: pictures) }

  /// The sample that a key picks.
  ///
  /// - Throws: `CommandFailure`.
  func sample(_ key: ElementKey, named name: String, at span: SourceSpan) throws -> Sample {
    switch key {
    case .index(let index):
      guard dataset.samples.indices.contains(index) else {
        throw CommandFailure(
          "unknown-sample", "`\(name)` has no image \(index)", at: span,
          help: "use a number from 0 to \(dataset.samples.count - 1)")
      }
      return dataset.samples[index]
    case .name(let wanted):
      do {
        return try dataset.sample(named: wanted)
      } catch {
        let near = dataset.samples.prefix(3).map { "`\(name)[\"\($0.path)\"]`" }.joined(separator: ", ")
        throw CommandFailure(
          "unknown-sample", error.message, at: span, help: error.remedy ?? "it has for instance \(near)")
      }
    }
  }
}
