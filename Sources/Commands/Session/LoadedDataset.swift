import CommandLanguage
public import Datasets
import Reports
import Synchronization

/// A dataset that a name stands for.
///
/// Each is a thing of its own, so that what was computed for one is not taken for another of the same folder.
public final class LoadedDataset: Sendable {
  /// The pictures.
  public let dataset: Dataset
  /// The names of the classes that annotations refer to, if they are known.
  public let labels: Labels?
  private let pictures: PictureShelf
  /// The digest of each sample's file, as far as it was needed.
  private let digests: Mutex<[String?]>

  /// Takes a dataset and loads the small pictures that stand for it.
  ///
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true.
  init(_ dataset: Dataset, labels: Labels? = nil, isCancelled: () -> Bool) throws {
    self.dataset = dataset
    self.labels = dataset.labels ?? labels
    digests = Mutex([String?](repeating: nil, count: dataset.samples.count))
    pictures = try PictureShelf(DatasetReport.shown(of: dataset), of: dataset, isCancelled: isCancelled)
  }

  /// The SHA-256 of all samples: of one line `digest  path` for each, as `sha256sum` writes it, and the alteration of those
  /// that are altered.
  ///
  /// - Throws: `CancellationError` soon after `isCancelled` becomes true.
  func digest(isCancelled: () -> Bool) throws -> String {
    try digest(of: dataset.samples.indices, isCancelled: isCancelled)
  }

  /// The same of some of the samples.
  func digest(of range: Range<Int>, isCancelled: () -> Bool) throws -> String {
    var lines = ""
    for index in range {
      let sample = dataset.samples[index]
      var digest = digests.withLock { $0[index] }
      if digest == nil {
        if isCancelled() { throw CancellationError() }
        let read = FileDigest.ofFile(dataset.filePath(of: sample)) ?? "unreadable"
        digests.withLock { $0[index] = read }
        digest = read
      }
      lines += "\(digest ?? "")  \(sample.path)\(sample.alteration.map { "  \($0)" } ?? "")\n"
    }
    return FileDigest.ofText(lines)
  }

  /// The digest of all samples, if all files have been read for it already.
  var knownDigest: String? {
    guard digests.withLock({ !$0.contains(nil) }) else { return nil }
    return try? digest { false }
  }

  /// One line about it.
  var summary: String {
    let count = dataset.samples.count
    return "\(count) image\(count == 1 ? "" : "s"), \(DatasetReport.typeName(of: dataset))"
  }

  /// What is shown of it, with what reading all of its pictures brings to light where that was done.
  func report(_ survey: DatasetSurvey? = nil) -> DatasetReport {
    DatasetReport(dataset, labels: labels, pictures: pictures, survey: survey)
  }

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
